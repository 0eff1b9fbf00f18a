"""A synthetic archive of any size, and how a run over it grows.

    python tests/bench/archive.py                      # measures 100 and 1,000 releases
    python tests/bench/archive.py 100 1000 10000       # other sizes
    python tests/bench/archive.py --make DIR 500       # only makes a workspace, to play with

The releases are put together from sentences of the training corpus, by a seeded generator: a
title, some 20 sentences in paragraphs, one in eight of them boilerplate that many releases share,
the figures in the others drawn anew so that an archive of any size has sentences of its own. The
engine is the fake one, so that what is measured is everything but the model.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import cache
from pathlib import Path

from dragoman.ledger import Ledger
from dragoman.training.corpus import read_corpus
from dragoman.workspace import init

BOILERPLATE = 60
_DIGITS = re.compile(r"(?<![\d,.])[1-9]\d?(?![\d,.])")


@cache
def sentences() -> tuple[str, ...]:
    """The Russian side of the corpus, whole sentences only."""
    return tuple(t.ru for t in read_corpus() if t.ru.endswith(".") and 40 < len(t.ru) < 400)


@cache
def titles() -> tuple[str, ...]:
    return tuple(t.ru for t in read_corpus() if t.ru[-1:].isalpha() and 20 < len(t.ru) < 120)


def release(number: int, seed: int = 7) -> str:
    """The text of release `number`: the same for the same number and seed."""
    draw = random.Random(f"{seed}-{number}")
    count = max(3, round(draw.gauss(20, 6)))
    chosen = [_sentence(draw) for _ in range(count)]
    paragraphs = []
    while chosen:
        size = draw.randint(1, 4)
        paragraphs.append(" ".join(chosen[:size]))
        del chosen[:size]
    return "\n\n".join((draw.choice(titles()), *paragraphs)) + "\n"


def _sentence(draw: random.Random) -> str:
    if draw.random() < 1 / 8:
        return sentences()[draw.randrange(BOILERPLATE)]
    text = draw.choice(sentences())
    return _DIGITS.sub(lambda _: str(draw.randint(1, 28)), text)


def make(root: Path, count: int, seed: int = 7) -> None:
    """A workspace with `count` releases, in folders of a thousand."""
    init(root)
    for number in range(count):
        folder = root / "seeds" / f"{number // 1000:03}"
        folder.mkdir(exist_ok=True)
        (folder / f"release-{number:06}.txt").write_text(release(number, seed), "utf-8")


def make_words(root: Path, count: int) -> None:
    """A workspace with `count` files of one word."""
    init(root)
    words = sorted({word for text in sentences() for word in text.split() if word.isalpha()})
    draw = random.Random(7)
    for number in range(count):
        text = draw.choice(words).capitalize()
        (root / "seeds" / f"word-{number:06}.txt").write_text(f"{text}\n", "utf-8")


def translate(root: Path) -> tuple[float, float, list[float]]:
    """Run the command; seconds by the clock, seconds of processor time, memory in MB over time.

    The memory is that of the process that reads and writes; the fake engine's own, in another
    process, is not what a model would take.
    """
    command = [sys.executable, "-m", "dragoman", "translate", "--engine", "fake", "-w", str(root)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    memory = []
    while run.poll() is None:
        memory.append(_resident(run.pid))
        time.sleep(0.1)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert run.returncode in (0, 1), f"exit status {run.returncode}"  # 1: a word that is chrome
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, processor, [size for size in memory if size]


def _resident(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(found[1]) / 1024 if found else 0.0


def lookups(root: Path, count: int = 2000) -> list[float]:
    """Microseconds of single look-ups in the ledger, of what it has and of what it has not."""
    draw, times = random.Random(1), []
    with Ledger(root / ".dragoman" / "ledger.sqlite") as ledger:
        for _ in range(count):
            source = _sentence(draw)
            began = time.perf_counter()
            ledger.drafts(source, "en")
            times.append(1e6 * (time.perf_counter() - began))
    return sorted(times)


def measure(root: Path) -> None:
    """Run over the archive at `root` twice and print what it took."""
    seconds, processor, memory = translate(root)
    report = json.loads((root / ".dragoman" / "run-report.json").read_text("utf-8"))
    total, engine = report["total"], report["engine_seconds"]
    releases = report["catalogs"] // 2
    drafts = total["drafted"] + total["reused"] + total["memory"]
    again, again_processor, _ = translate(root)
    times = lookups(root)
    quarters = [max(memory[len(memory) * i // 4 : len(memory) * (i + 1) // 4]) for i in range(4)]
    size = sum(path.stat().st_size for path in (root / ".dragoman").glob("ledger.sqlite*"))
    rows = (
        ("releases", f"{releases:,}"),
        ("sentences, both languages", f"{total['segments']:,}"),
        ("drafted by the engine", f"{total['drafted']:,}"),
        ("reused", f"{total['reused']:,}"),
        ("seconds", f"{seconds:.1f}"),
        ("sentences a second", f"{drafts / seconds:.0f}"),
        ("processor seconds", f"{processor:.1f}"),
        ("processor ms a release", f"{1000 * processor / releases:.1f}"),
        ("of the seconds, the fake engine at work", f"{engine:.1f}"),
        ("memory by quarter of the run, MB", " ".join(f"{size:.0f}" for size in quarters)),
        ("ledger, MB", f"{size / 2**20:.1f}"),
        ("ledger, bytes a draft", f"{size / max(1, drafts):.0f}"),
        ("look-up, µs, median", f"{statistics.median(times):.0f}"),
        ("look-up, µs, 99 of 100", f"{times[len(times) * 99 // 100]:.0f}"),
        ("second run, nothing changed, seconds", f"{again:.1f}"),
        ("second run, processor ms a release", f"{1000 * again_processor / releases:.2f}"),
    )
    for name, value in rows:
        print(f"{name:<42}{value:>20}")
    print(flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="*", help="releases; 100 and 1,000 by default")
    parser.add_argument("--make", type=Path, metavar="DIR", help="only make a workspace there")
    parser.add_argument("--words", type=int, metavar="N", help="N files of one word instead")
    options = parser.parse_args()
    if options.make:
        make(options.make, (options.sizes or [100])[0])
        return
    for size in [options.words] if options.words else options.sizes or [100, 1000]:
        root = Path(tempfile.mkdtemp(prefix="archive-"))
        try:
            (make_words if options.words else make)(root, size)
            measure(root)
        finally:
            shutil.rmtree(root)


if __name__ == "__main__":
    main()
