"""How a run scales on a cluster: measured with 1 and 2 workers, simulated for up to 256.

    python tests/bench/cluster.py                # two to four minutes on two quiet cores
    python tests/bench/cluster.py --simulate     # the simulation alone; needs no Ray
    python tests/bench/cluster.py --releases 20  # more to translate

Measured: a small synthetic archive is translated by the embedded model on a real local Ray
cluster, by one actor and then by two, each on one core. The actors have loaded the model before
the clock starts, and chunks are cut small, so that two workers have enough of them to share; what
must come out the same is compared byte for byte.

Simulated: the costs of the stages are measured here, in processor time; then a run over 10,000
releases is played through for 1 to 256 workers, in the order in which the code does things: the
master plans a window and hands out its chunks, and writes the window before while the workers are
at work; reading, with matching of terms, goes on ahead on the cluster. "Bends" is where a worker is
worth less than 0.8 of the first one.
"""

from __future__ import annotations

import argparse
import heapq
import os
import pickle
import shutil
import tempfile
import time
from collections import deque
from collections.abc import Collection, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import archive

from dragoman import drafting, pipeline
from dragoman.crew import Chunk, Crew, Here, draft
from dragoman.drafting import Batch, Drafter
from dragoman.records import Request
from dragoman.report import Tally
from dragoman.session import open_job
from dragoman.workspace import Workspace

RELEASES = 10_000
WORKERS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
SPEEDS = (5, 50, 300)  # sentences a second of one worker: a processor, a small card, a large one
ENGINE = "embedded"
SMALL = 2_000  # characters of a chunk where the scaling is measured
LATENCY = 0.002  # seconds to send a chunk and have it back, apart from the work in it


@dataclass(frozen=True, slots=True)
class Costs:
    """Seconds: `read`, `plan` and `write` a release into both languages, `take` a chunk."""

    read: float
    plan: float
    write: float
    take: float
    sentences: float  # a release that the engine has to translate, both languages
    chunk: float  # sentences of a chunk


class Timed(Here):
    """The engine here, its processor time kept apart; chunks come in when they are waited for."""

    spent = 0.0
    made: ClassVar[list[tuple[Future[Chunk], bytes]]] = []
    chunks = 0

    def submit(self, requests: Sequence[Request], lang: str) -> Future[Chunk]:
        began = time.process_time()
        future: Future[Chunk] = Future()
        Timed.made.append((future, pickle.dumps(draft(self.engine, requests, lang))))
        Timed.spent += time.process_time() - began
        Timed.chunks += 1
        return future

    def wait(self, futures: Collection[Future[Chunk]]) -> None:
        for future, chunk in Timed.made:
            future.set_result(pickle.loads(chunk))
        Timed.made.clear()


class Taking(Drafter):
    """Keeps apart what it costs to take in the drafts: unpickled and recorded."""

    spent = 0.0

    def finish(self, batch: Batch) -> None:
        began = time.process_time()
        Drafter.finish(self, batch)
        Taking.spent += time.process_time() - began


def measure(root: Path) -> Costs:
    """The costs of the stages over the archive at `root`, once the caches are warm."""
    workspace = Workspace.at(root)
    paths = list(workspace.releases())
    with open_job(workspace, "fake", ("en", "az")) as job:
        pipeline.run(job, paths[: len(paths) // 2])  # warm-up
        crew = Timed(job.engine)
        drafter = Taking(job.engine, crew, job.ledger, job.memory)
        tally = Tally()
        clock = time.process_time
        began = clock()
        (window,) = pipeline._windows(job, paths[len(paths) // 2 :], 10**9, tally, lambda: None)
        read, began = clock() - began, clock()
        legs = [pipeline._ask(job, drafter, window, lang, tally) for lang in job.languages]
        plan, began = clock() - began - Timed.spent, clock()
        sentences = sum(len(leg.batch.missing) for leg in legs)
        for leg in legs:
            deque(pipeline._write(job, drafter, leg, tally), maxlen=0)
        write = clock() - began - Taking.spent
    count, chunks = len(window), Timed.chunks
    return Costs(
        read / count,
        plan / count,
        write / count,
        Taking.spent / chunks,
        sentences / count,
        sentences / chunks,
    )


def play(costs: Costs, workers: int, speed: float, releases: int = RELEASES) -> tuple[float, float]:
    """Seconds of a run, and the share of them that the master is at work."""
    window = max(pipeline.WINDOW_SEGMENTS, 320 * workers)
    size = max(1, round(window / (costs.sentences / 2)))  # releases of a window
    readers = max(1, workers // 8)
    free = [0.0] * workers
    heapq.heapify(free)
    now = work = 0.0
    before: tuple[float, int, int] | None = None  # when its chunks are done, chunks, releases
    for first in range(0, releases, size):
        count = min(size, releases - first)
        now = max(now, (first + count) * costs.read / readers)
        for _ in ("en", "az"):
            cost = costs.plan / 2 * count
            now, work = now + cost, work + cost
            chunks = max(1, round(count * costs.sentences / 2 / costs.chunk))
            done = now
            for _ in range(chunks):
                start = max(heapq.heappop(free), now) + LATENCY
                heapq.heappush(free, start + costs.chunk / speed)
                done = max(done, start + costs.chunk / speed)
            if before:
                now, work = _finish(now, work, before, costs)
            before = (done, chunks, count)
    if before:
        now, work = _finish(now, work, before, costs)
    return now, work / now


def _finish(
    now: float, work: float, leg: tuple[float, int, int], costs: Costs
) -> tuple[float, float]:
    done, chunks, count = leg
    cost = chunks * costs.take + costs.write / 2 * count
    return max(now, done) + cost, work + cost


def scaling(root: Path) -> None:
    """Translate the archive at `root` with one worker and with two, and say how long it took."""
    import ray

    source = str(Path(pipeline.__file__).parents[1])
    os.environ["PYTHONPATH"] = os.pathsep.join((source, os.environ.get("PYTHONPATH", "")))
    os.environ["RAY_USAGE_STATS_ENABLED"] = "0"
    os.environ.setdefault("RAY_raylet_start_wait_time_s", "60")  # a busy machine is slow to start
    drafting.CHUNK = SMALL
    found: list[dict[str, bytes]] = []
    seconds = []
    for workers in (1, 2):
        place = root.with_name(f"{root.name}-{workers}")
        shutil.copytree(root, place)
        with open_job(Workspace.at(place), ENGINE, ("en", "az"), on="ray", workers=workers) as job:
            assert job.crew is not None
            _warm(job.crew)
            began = time.monotonic()
            report = pipeline.run(job, job.workspace.releases())
            seconds.append(time.monotonic() - began)
        drafted = report.total.drafted
        speed = drafted / seconds[-1]
        print(f"{workers:>8}{drafted:>12}{seconds[-1]:>10.1f}{speed:>14.2f}", flush=True)
        found.append({p.name: p.read_bytes() for p in (place / "locales").rglob("*.po*")})
        ray.shutdown()
    assert found[0] == found[1], "the catalogs differ"
    print(f"speed-up {seconds[0] / seconds[1]:.2f}; {len(found[0])} files, the same bytes\n")


def _warm(crew: Crew) -> None:
    """Have every actor load the model: each takes two chunks at a time."""
    text = [Request("Стороны обменялись мнениями.")]
    futures = [crew.submit(text, lang) for lang in ("en", "az") for _ in range(2 * crew.workers)]
    for future in futures:
        crew.wait([future])


def simulate(count: int) -> None:
    """Measure the stages over so many releases, play the run through and print tables."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "ws"
        archive.make(root, 2 * count)
        costs = measure(root)
    print(f"measured over {count} releases, processor time a release in both languages:")
    print(f"  read {1e3 * costs.read:.1f} ms, plan {1e3 * costs.plan:.1f} ms, ", end="")
    print(f"write {1e3 * costs.write:.1f} ms; {costs.sentences:.0f} sentences to the engine,")
    print(f"  {costs.chunk:.0f} a chunk of {drafting.CHUNK:,} characters, ", end="")
    print(f"{1e3 * costs.take:.1f} ms to take one in\n")
    for speed in SPEEDS:
        print(f"{speed} sentences a second and worker, {RELEASES:,} releases")
        print(f"{'workers':>8}{'hours':>9}{'speed-up':>10}{'a worker':>10}{'master':>8}")
        alone = play(costs, 1, speed)[0]
        bend = 0
        for workers in WORKERS:
            seconds, share = play(costs, workers, speed)
            gain = alone / seconds
            facts = f"{workers:>8}{seconds / 3600:>9.2f}{gain:>10.1f}"
            print(f"{facts}{gain / workers:>10.2f}{share:>8.0%}")
            bend = bend or (workers if gain / workers < 0.8 else 0)
        print(f"bends at {bend} workers\n" if bend else "does not bend\n", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--releases", type=int, default=8, help="to translate with the model; 8")
    parser.add_argument("--simulate", action="store_true", help="the simulation alone")
    options = parser.parse_args()
    simulate(60)
    if options.simulate:
        return
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "ws"
        archive.make(root, options.releases)
        print(f"on Ray, {options.releases} releases, {ENGINE}, chunks of {SMALL:,} characters")
        print(f"{'workers':>8}{'sentences':>12}{'seconds':>10}{'a second':>14}", flush=True)
        scaling(root)


if __name__ == "__main__":
    main()
