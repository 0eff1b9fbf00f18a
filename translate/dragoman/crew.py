"""Who drafts: the engine in this process, or somebody else.

A crew takes chunks of requests and gives a future for each. Whatever crew a run has, the chunks
are the same and so are the drafts; `dragoman.processes` and `dragoman.cluster` are further crews.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from dragoman.enforcing import enforcer
from dragoman.engines import Engine
from dragoman.engines.base import runtime_of
from dragoman.errors import DragomanError
from dragoman.garbage import rarely_collected
from dragoman.parts import InParts
from dragoman.records import Draft, Request
from dragoman.report import fault


class Chunk(NamedTuple):
    """The drafts of a chunk of requests, in their order, the seconds they took, and what computed
    (`engines.base.runtime_of`)."""

    drafts: tuple[Draft, ...]
    seconds: float
    runtime: str = ""


class Crew(Protocol):
    """Who drafts. `busy` tells whether it works while its master does something else.

    `workers` is how many chunks it works on at once.
    """

    @property
    def busy(self) -> bool: ...

    @property
    def workers(self) -> int: ...

    def submit(self, requests: Sequence[Request], lang: str) -> Future[Chunk]:
        """Draft `requests` into `lang`. The future raises EngineError when the engine cannot."""
        ...

    def poll(self) -> None:
        """See to it that futures whose chunks have come are done."""
        ...

    def wait(self, futures: Collection[Future[Chunk]]) -> None:
        """Until one of `futures` is done. May raise EngineError too."""
        ...


@dataclass(frozen=True, slots=True)
class Here:
    """The engine in this process: a chunk is drafted when `submit` returns."""

    engine: Engine
    on_draft: Callable[[int], None] = lambda count: None
    busy: bool = False
    workers: int = 1

    def submit(self, requests: Sequence[Request], lang: str) -> Future[Chunk]:
        """See `Crew.submit`."""
        future: Future[Chunk] = Future()
        try:
            future.set_result(draft(self.engine, requests, lang, self.on_draft))
        except Exception as error:  # a future hands every error on
            future.set_exception(error)
        return future

    def poll(self) -> None:
        """See `Crew.poll`."""

    def wait(self, futures: Collection[Future[Chunk]]) -> None:
        """See `Crew.wait`."""
        wait(futures, return_when=FIRST_COMPLETED)


def draft(
    engine: Engine,
    requests: Sequence[Request],
    lang: str,
    on_draft: Callable[[int], None] = lambda count: None,
) -> Chunk:
    """Draft a chunk with `engine`, here and now; a sentence that trips a rule fails alone."""
    began = time.monotonic()
    counted: set[int] = set()

    def tell(index: int) -> None:
        if index not in counted:  # and not again when a chunk is tried in halves
            counted.add(index)
            on_draft(1)

    with rarely_collected():
        drafts = _drafts(enforcer(engine, lang), requests, tell)
    return Chunk(tuple(drafts), time.monotonic() - began, runtime_of(engine))


def _drafts(
    enforcing: InParts, requests: Sequence[Request], tell: Callable[[int], None], first: int = 0
) -> list[Draft]:
    """The drafts of `requests`, which begin at number `first` of their chunk."""
    try:
        return enforcing.drafts(requests, on_draft=lambda index, made: tell(first + index))
    except DragomanError:
        raise
    except Exception as error:  # a check, say, over the words of a model that nobody foresaw
        if os.environ.get("DRAGOMAN_DEBUG"):
            raise
        if len(requests) < 2:
            tell(first)
            return [Draft("", "failed", enforcing.engine.name, reason=fault(error))]
    half = len(requests) // 2
    return [
        *_drafts(enforcing, requests[:half], tell, first),
        *_drafts(enforcing, requests[half:], tell, first + half),
    ]
