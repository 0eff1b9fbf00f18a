"""How a run would scale on a cluster: python tests/bench/cluster.py [releases measured]

The costs of the stages are measured here, in processor time, over a small synthetic archive; then
a run over 10,000 releases is played through for 1 to 256 workers, in the order in which the code
does things: the master plans a window and hands out its chunks, and writes the window before while
the workers are at work; reading goes on ahead on the cluster. "Bends" is where a worker is worth
less than 0.8 of the first one.
"""

from __future__ import annotations

import heapq
import sys
import tempfile
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path

import archive

from dragoman import pipeline
from dragoman.crew import Chunk, Here
from dragoman.drafting import CHUNK, Drafter
from dragoman.records import Request
from dragoman.report import Tally
from dragoman.session import open_job
from dragoman.workspace import Workspace

RELEASES = 10_000
WORKERS = (1, 2, 4, 8, 16, 32, 64, 128, 256)
SPEEDS = (5, 50, 300)  # sentences a second of one worker: a processor, a small card, a large one
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
    """The fake engine here; its processor time is not the master's."""

    spent = 0.0
    chunks = 0

    def submit(self, requests: Sequence[Request], lang: str) -> Future[Chunk]:
        began = time.process_time()
        future = Here.submit(self, requests, lang)
        Timed.spent += time.process_time() - began
        Timed.chunks += 1
        return future


def measure(root: Path) -> Costs:
    """The costs of the stages over the archive at `root`."""
    workspace = Workspace.at(root)
    with open_job(workspace, "fake", ("en", "az")) as job:
        job.glossary().find("Баку")
        crew = Timed(job.engine)
        drafter = Drafter(job.engine, crew, job.ledger, job.memory)
        tally = Tally()
        clock = time.process_time
        began = clock()
        (window,) = pipeline._windows(job, workspace.releases(), 10**9, tally, lambda: None)
        read, began = clock() - began, clock()
        legs = [pipeline._ask(job, drafter, window, lang, tally) for lang in job.languages]
        plan, began = clock() - began - Timed.spent, clock()
        sentences = sum(len(leg.batch.missing) for leg in legs)
        for leg in legs:
            deque(pipeline._write(job, drafter, leg, tally), maxlen=0)
        write = clock() - began
    count = len(window)
    take = 80 * 60e-6  # a chunk's drafts: unpickled and recorded, 60 µs each (bench/ledger.py)
    return Costs(
        read / count, plan / count, write / count, take, sentences / count, sentences / Timed.chunks
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


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "ws"
        archive.make(root, count)
        costs = measure(root)
    print(f"measured over {count} releases, processor time a release in both languages:")
    print(f"  read {1e3 * costs.read:.1f} ms, plan {1e3 * costs.plan:.1f} ms, ", end="")
    print(f"write {1e3 * costs.write:.1f} ms; {costs.sentences:.0f} sentences to the engine,")
    print(f"  {costs.chunk:.0f} a chunk of {CHUNK:,} characters\n")
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


if __name__ == "__main__":
    main()
