"""Several requests at once, none of which keeps a program that was stopped from ending."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from queue import Empty, SimpleQueue
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def as_they_come(
    work: Callable[[Item], Result], items: Sequence[Item], workers: int
) -> Iterator[tuple[Item, Result]]:
    """Each item with what `work` makes of it, as soon as that is there, in any order.

    What `work` raises is raised here. After that, or once nobody asks for more, no further item is
    begun; those that are under way are waited for by nobody, not even when the program ends (the
    threads of `concurrent.futures` would be, and a server may take minutes).
    """
    waiting: SimpleQueue[Item] = SimpleQueue()
    done: SimpleQueue[tuple[Item, Result | BaseException]] = SimpleQueue()
    stopped = threading.Event()
    for item in items:
        waiting.put(item)

    def labour() -> None:
        while not stopped.is_set():
            try:
                item = waiting.get_nowait()
            except Empty:
                return
            try:
                done.put((item, work(item)))
            except BaseException as error:  # it is raised where somebody can see it
                done.put((item, error))

    for _ in range(min(workers, len(items))):
        threading.Thread(target=labour, daemon=True).start()
    try:
        for _ in items:
            item, result = done.get()
            if isinstance(result, BaseException):
                raise result
            yield item, result
    finally:
        stopped.set()
