"""A crew of engines in processes of their own, so that nothing else slows them."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from multiprocessing import connection
from pathlib import Path

from dragoman.crew import Chunk, draft
from dragoman.engines import Engine, load_engine
from dragoman.engines.runtime import available_cores
from dragoman.errors import EngineError
from dragoman.records import Request

ROOM = 2**31  # bytes of this machine's memory for each process with a small model: three times it
MOST = 8  # processes: more would wait for the one that reads and writes
GPU = Path("/dev/nvidiactl")  # there where a GPU is: asking PyTorch would load it
LIMIT = Path("/sys/fs/cgroup/memory.max")  # what a container may use, or the word "max"


@dataclass(frozen=True, slots=True)
class Apart:
    """The engine called `name` in `workers` processes of its own. Made by `apart`."""

    pool: ProcessPoolExecutor
    name: str
    root: Path
    workers: int = 1
    busy: bool = True

    def submit(self, requests: Sequence[Request], lang: str) -> Future[Chunk]:
        """See `Crew.submit`."""
        told: Future[Chunk] = Future()
        try:
            future = self.pool.submit(_draft_apart, self.name, self.root, tuple(requests), lang)
        except BrokenProcessPool:
            told.set_exception(_broken())
        else:
            future.add_done_callback(lambda done: _hand_on(done, told))
        return told

    def poll(self) -> None:
        """See `Crew.poll`."""

    def wait(self, futures: Collection[Future[Chunk]]) -> None:
        """See `Crew.wait`."""
        wait(futures, return_when=FIRST_COMPLETED)


def fitting(engine: Engine) -> int:
    """How many processes of `engine` this machine is good for.

    Several of a small model on a processor, whose cores one alone does not fill; one of a model
    that needs the memory or a GPU.
    """
    if not getattr(engine, "quick", False) or GPU.exists():
        return 1
    return max(1, min(MOST, available_cores(), _memory() // ROOM))


def _memory() -> int:
    """The bytes of memory of this machine, or of the container that it is."""
    whole = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    try:
        limit = LIMIT.read_text("ascii").strip()
    except OSError:
        return whole
    return min(whole, int(limit)) if limit.isdigit() else whole


@contextlib.contextmanager
def apart(name: str, root: Path, workers: int = 1) -> Iterator[Apart]:
    """A crew that runs the engine `name` in `workers` other processes, which end with the block.

    They share the cores. They end at once, in the midst of a chunk too, and when this process is
    killed.
    """
    context = multiprocessing.get_context("spawn")
    threads = max(1, available_cores() // workers)
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=_serve, initargs=(threads,)
    ) as pool:
        try:
            yield Apart(pool, name, root, workers)
        finally:
            serving = tuple((pool._processes or {}).values())  # from 3.14 on: kill_workers()
            pool.shutdown(wait=False, cancel_futures=True)
            for process in serving:
                process.kill()


def _serve(threads: int) -> None:
    """Share the cores, leave Ctrl-C to the master, and go when it goes, however it goes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    os.environ.setdefault("OMP_NUM_THREADS", str(threads))
    master = multiprocessing.parent_process()
    assert master is not None
    sentinel = master.sentinel

    def watch() -> None:
        connection.wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


@cache
def _engine(name: str, root: Path) -> Engine:
    return load_engine(name, workspace=root)


def _draft_apart(name: str, root: Path, requests: tuple[Request, ...], lang: str) -> Chunk:
    return draft(_engine(name, root), requests, lang)


def _hand_on(done: Future[Chunk], told: Future[Chunk]) -> None:
    """Pass a result on, a process that broke down in words a person understands."""
    if done.cancelled():
        told.cancel()
        return
    error = done.exception()
    if isinstance(error, BrokenProcessPool):
        error = _broken()
    if error is not None:
        told.set_exception(error)
    else:
        told.set_result(done.result())


def _broken() -> EngineError:
    return EngineError(
        "the process of the engine ended without a word, perhaps for lack of memory",
        advice="run again to go on from here; should it happen again, with --workers 1 or a smaller"
        " engine",
    )
