"""How fast the ledger answers: python tests/bench/ledger.py [drafts] [file]

Fills a ledger with drafts of some 300 characters and measures single look-ups in random order,
found and not found, as the command does them: through the public methods, one sentence at a time.
"""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from dragoman.ledger import Ledger, Row
from dragoman.records import Draft

BATCH = 20_000
PROBES = 5_000
WORDS = ("xidmət", "nümayəndə", "görüş", "saziş", "dövlət", "miqrasiya", "beynəlxalq", "təşkilat")


def source(n: int) -> str:
    return f"Предложение номер {n} о государственной миграционной службе и её делах."


def target(n: int) -> str:
    chosen = random.Random(n)
    return " ".join(chosen.choice(WORDS) for _ in range(30)) + f" {n}."


def fill(ledger: Ledger, count: int) -> float:
    start = time.perf_counter()
    for first in range(0, count, BATCH):
        numbers = range(first, min(count, first + BATCH))
        rows = [Row(source(n), "t", Draft(target(n), "engine", "e", -0.3)) for n in numbers]
        ledger.record("az", "e", rows)
    return time.perf_counter() - start


def measure(name: str, probe: Callable[[int], object], numbers: list[int], expected: bool) -> None:
    times = []
    cpu = time.process_time()
    for n in numbers:
        start = time.perf_counter()
        answer = probe(n)
        times.append(1e6 * (time.perf_counter() - start))
        assert bool(answer) is expected
    cpu = 1e6 * (time.process_time() - cpu) / len(numbers)  # free of waits for a busy machine
    times.sort()
    median, high = statistics.median(times), times[len(times) * 99 // 100]
    print(
        f"{name:20} µs: median {median:6.1f}, 99% {high:8.1f}, worst {times[-1]:8.1f}; "
        f"processor {cpu:6.1f}"
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(sys.argv[2] if len(sys.argv) > 2 else folder) / "ledger.sqlite"
        with Ledger(path) as ledger:
            seconds = fill(ledger, count)
        size = path.stat().st_size / 1e6
        print(f"{count} drafts, {size:.0f} MB, recorded at {count / seconds:.0f} a second")
        start = time.perf_counter()
        with Ledger(path) as ledger:
            print(f"opened in {1e3 * (time.perf_counter() - start):.1f} ms")
            inside = random.Random(1).sample(range(count), min(PROBES, count))
            outside = [count + n for n in inside]
            texts = {n: target(n) for n in inside}
            measure(
                "lookup, found", lambda n: ledger.lookup(source(n), "az", "e", "t"), inside, True
            )
            measure(
                "lookup, not found",
                lambda n: ledger.lookup(source(n), "az", "e", "t"),
                outside,
                False,
            )
            measure(
                "is_machine_text",
                lambda n: ledger.is_machine_text(source(n), "az", texts[n], "r"),
                inside,
                True,
            )


if __name__ == "__main__":
    main()
