"""A run on a Ray cluster: Ray Data reads the releases, actors hold the model, one writer here.

    dragoman translate --on ray               # a local cluster, ended with the run
    dragoman translate --on ray:10.0.0.1:6379 # one that is there already

Every machine needs Dragoman installed and sees the workspace under the same path. What is known,
what is a duplicate and whose text it is are decided here, where the ledger is; only sentences that
nobody has translated go out, in the chunks that a single machine would draft, so the catalogs are
the same. Ray restarts an actor that is lost and sends its chunks again.

Ray Data reads, since that is one stream over the whole archive. It does not draft: each window
would be a data set of its own, and with each the actors would load the model anew. So the actors
outlive the windows, and Ray's `ActorPool` hands them their chunks.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import signal
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any

from dragoman.crew import Chunk, draft
from dragoman.engines import load_engine
from dragoman.errors import DragomanError, EngineError, UsageError
from dragoman.glossary import Glossary, load_glossary
from dragoman.job import Found, Langs, Opened, Reader
from dragoman.reading import open_release
from dragoman.records import Request
from dragoman.workspace import Workspace

CORES = 4  # of a machine without a GPU for each actor
RETRIES = 5  # a chunk that costs so many actors their lives is at fault itself
_BLOCK = 32  # releases that are read in one task


class Worker:
    """An actor: holds the engine and drafts chunks, one after the other."""

    def __init__(self, name: str, root: str) -> None:
        self._engine = cache(lambda: load_engine(name, workspace=Path(root)))

    def draft(self, number: int, requests: Sequence[Request], lang: str) -> tuple[int, Chunk]:
        """A chunk with the number by which its master knows it."""
        return number, draft(self._engine(), requests, lang)


@dataclass
class RayCrew:
    """Actors on a cluster as a `Crew`. Made by `cluster`."""

    ray: Any
    pool: Any  # ray.util.ActorPool, each actor twice, so that none waits for its next chunk
    actors: Sequence[Any]
    busy: bool = True
    _sent: int = 0
    _open: dict[int, Future[Chunk]] = field(default_factory=dict)

    @property
    def workers(self) -> int:
        """How many actors there are."""
        return len(self.actors)

    def submit(self, requests: Sequence[Request], lang: str) -> Future[Chunk]:
        """See `Crew.submit`."""
        self._sent += 1
        future = self._open[self._sent] = Future()
        job = (self._sent, tuple(requests), lang)
        self.pool.submit(lambda actor, job: actor.draft.remote(*job), job)
        return future

    def poll(self) -> None:
        """Take in what has come and send out what waits."""
        while self._open and self._next(0):
            pass

    def wait(self, futures: Collection[Future[Chunk]]) -> None:
        """Until one of `futures` is done."""
        while not any(future.done() for future in futures):
            self._next(None)

    def _next(self, timeout: float | None) -> bool:
        """Take in one chunk; False when none comes in time. Raises EngineError."""
        try:
            number, chunk = self.pool.get_next_unordered(timeout=timeout)
        except TimeoutError:
            return False
        except self.ray.exceptions.RayError as error:
            raise _explained(error) from error
        self._open.pop(number).set_result(chunk)
        return True


def _explained(error: Any) -> DragomanError:
    cause = getattr(error, "cause", None)
    if isinstance(cause, DragomanError):
        return cause
    first = str(error).strip().splitlines()[-1:]
    return EngineError(
        f"the cluster failed: {type(error).__name__}: {' '.join(first)}",
        advice="look at its nodes; what was done is kept, run again to go on",
    )


@contextlib.contextmanager
def cluster(address: str, engine: str, workspace: Workspace, workers: int = 0) -> Iterator[RayCrew]:
    """A crew on the cluster at `address`, or on a local one that lasts as long as the block.

    There are `workers` actors, by default one for each GPU, or else one for every `CORES` cores.
    Raises UsageError where Ray is not installed, EngineError where the cluster is not there.
    """
    ray = _ray()
    mine = not ray.is_initialized()
    with _signals_kept():
        if mine:
            _join(ray, address, workers)
    try:
        yield _crew(ray, engine, workspace, workers)
    finally:
        if mine:
            ray.shutdown()


def _ray() -> Any:
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nothing goes out unasked
    # The next Ray leaves this alone by itself, and until then it warns that it will.
    os.environ.setdefault("RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO", "0")
    try:
        import ray
        import ray.util
    except ImportError:
        raise UsageError(
            "--on ray: Ray is not installed here",
            advice="in Dragoman's folder: pip install -e '.[cluster]'",
        ) from None
    return ray


def _join(ray: Any, address: str, workers: int) -> None:
    options: dict[str, Any] = {"log_to_driver": False, "logging_level": "error"}
    if address:
        options["address"] = address
    else:  # one core more than the actors ask for, so that there is always one to read
        cores = max(os.cpu_count() or 1, workers + 1, 2)
        options.update(address="local", num_cpus=cores, include_dashboard=False)
    try:
        ray.init(**options)
    except Exception as error:  # of many kinds: Ray's own, and bare ones
        lines = str(error).strip().splitlines()
        raise EngineError(
            f"no Ray cluster answers at {address or 'this machine'} ({lines[0] if lines else ''})",
            advice="check the address, or use --on ray for a local one"
            if address
            else "a busy machine may be too slow to start one: run again, or use --on process",
        ) from error


def _crew(ray: Any, engine: str, workspace: Workspace, workers: int) -> RayCrew:
    has = ray.cluster_resources()
    cards, spare = int(has.get("GPU", 0)), int(has.get("CPU", 1)) - 1  # one is for reading
    count = workers or cards or max(1, spare // CORES)
    options: dict[str, Any] = {"max_restarts": -1, "max_task_retries": RETRIES}
    options["num_cpus"] = min(1 if cards else CORES, spare // count)
    if cards:
        options["num_gpus"] = min(1.0, cards / count)
    kind = ray.remote(Worker).options(**options)
    actors = [kind.remote(engine, str(workspace.root)) for _ in range(count)]
    return RayCrew(ray, ray.util.ActorPool([*actors, *actors]), actors)


@contextlib.contextmanager
def _signals_kept() -> Iterator[None]:
    """Ray takes SIGTERM for itself when it starts; a run has its own way to stop."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def reader(workspace: Workspace) -> Reader:
    """Reads releases on the cluster, many at once, and gives them in their order: a `Job.read`."""

    def read(found: Iterable[Found], glossary: object, langs: Langs) -> Iterator[Opened]:
        import ray.data

        items = [{"found": pickle.dumps(one)} for one in found]
        if not items:
            return
        context = ray.data.DataContext.get_current()
        context.enable_progress_bars = False
        context.execution_options.preserve_order = True
        blocks = -(-len(items) // _BLOCK)
        source = ray.data.from_items(items, override_num_blocks=blocks)
        opened = source.map_batches(
            _read_batch, batch_size=_BLOCK, fn_kwargs={"root": str(workspace.root), "langs": langs}
        )
        for row in opened.iter_rows():
            yield pickle.loads(row["opened"])

    return read


def _read_batch(batch: dict[str, Any], root: str, langs: Langs) -> dict[str, list[bytes]]:
    found = map(pickle.loads, batch["found"])
    opened = (open_release(one, partial(_glossary, root), langs) for one in found)
    return {"opened": [pickle.dumps(one) for one in opened]}


@cache
def _glossary(root: str) -> Glossary:
    """The term base, read once in each process of the cluster."""
    workspace = Workspace(Path(root))
    return load_glossary(workspace.glossary, workspace.state / "terms.sqlite")
