"""A synthetic archive of any size, and how a run over it grows.

    python tests/bench/archive.py                      # 100, 1,000 and 10,000 releases
    python tests/bench/archive.py 100 1000             # other sizes
    python tests/bench/archive.py --words 10000        # files of one word instead
    python tests/bench/archive.py --make DIR 500       # only makes a workspace, to play with

The releases are put together from sentences of the training corpus, by a seeded generator: a
title, some 20 sentences in paragraphs, one in eight of them boilerplate that many releases share,
the figures in the others drawn anew so that an archive of any size has sentences of its own.

The sizes are run with the fake engine, which is instant, so that what is measured is everything
but the model; its process also judges what it made, as that of a model does. The embedded model
itself is run over a few releases first, to give its share of the work.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from dragoman.ledger import Ledger
from dragoman.training.corpus import read_corpus
from dragoman.workspace import init

BOILERPLATE = 60
STEP = 250  # releases after which a run says on standard error where it is
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


@dataclass(slots=True)
class Usage:
    """What a run took: seconds by the clock, seconds of processor time of the process that reads
    and writes and of that of the engine, and memory of the first in MB, by releases done.

    `own` is memory of its own, `files` are pages of files that the system may take back.
    """

    seconds: float = 0.0
    master: float = 0.0
    engine: float = 0.0
    own: list[tuple[int, float]] = field(default_factory=list)
    files: float = 0.0
    peak: float = 0.0
    engine_peak: float = 0.0

    def take(self, process: int, done: int) -> None:
        """A sample of a process that lives, after so many catalogs."""
        status = _status(process)
        if not status:
            return
        own = status["RssAnon"]
        self.peak = max(self.peak, own)
        self.files = max(self.files, status["RssFile"])
        self.master = max(self.master, _processor(process))
        if not self.own or done // 2 > self.own[-1][0]:
            if done // 2 // STEP > (self.own[-1][0] if self.own else 0) // STEP:
                print(
                    f"{done // 2:>7} releases, {own:.0f} MB, {self.master:.0f} s", file=sys.stderr
                )
            self.own.append((done // 2, own))
        for child in _children(process):
            self.engine_peak = max(self.engine_peak, _status(child).get("RssAnon", 0.0))
            self.engine = max(self.engine, _processor(child))

    def tenths(self, releases: int) -> list[float]:
        """The most memory of its own in each tenth of the releases."""
        most = [0.0] * 10
        for done, size in self.own:
            tenth = min(9, done * 10 // max(1, releases))
            most[tenth] = max(most[tenth], size)
        return most


def translate(root: Path, engine: str = "fake") -> Usage:
    """Run the command as people do, the engine in a process of its own; what it took."""
    command = [sys.executable, "-m", "dragoman", "translate", "--engine", engine, "-w", str(root)]
    command += ["--log-json", "--on", "process"]
    usage, began, done = Usage(), time.monotonic(), 0
    with tempfile.TemporaryFile() as log:
        run = subprocess.Popen(command, stdout=log, stderr=subprocess.DEVNULL)
        with Path(f"/proc/{os.getpid()}/fd/{log.fileno()}").open("rb") as lines:
            while run.poll() is None:
                done += lines.read().count(b'"event": "catalog"')
                usage.take(run.pid, done)
                time.sleep(0.2)
    assert run.returncode in (0, 1), f"exit status {run.returncode}"  # 1: a word that is chrome
    usage.seconds = time.monotonic() - began
    return usage


def _status(process: int) -> dict[str, float]:
    """The memory of a process by kind, in MB; nothing when it is gone."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return {}
    found = re.findall(r"(Rss\w+):\s+(\d+) kB", status)
    return {name: int(size) / 1024 for name, size in found}


def _processor(process: int) -> float:
    """Seconds of processor time until now."""
    try:
        values = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(values[11]) + int(values[12])) / os.sysconf("SC_CLK_TCK")


def _children(process: int) -> list[int]:
    try:
        return [
            int(n) for n in Path(f"/proc/{process}/task/{process}/children").read_text().split()
        ]
    except OSError:
        return []


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


def measure(root: Path) -> dict[str, str]:
    """Run over the archive at `root` twice; figures by name."""
    usage = translate(root)
    report = json.loads((root / ".dragoman" / "run-report.json").read_text("utf-8"))
    total, releases = report["total"], report["catalogs"] // 2
    drafts = total["drafted"] + total["reused"] + total["memory"]
    again = translate(root)
    times = lookups(root)
    tenths = usage.tenths(releases)
    size = sum(path.stat().st_size for path in (root / ".dragoman").glob("ledger.sqlite*"))
    return {
        "releases": f"{releases:,}",
        "sentences, both languages": f"{total['segments']:,}",
        "drafted by the engine": f"{total['drafted']:,}",
        "reused": f"{total['reused']:,}",
        "failures": f"{len(report['failures']) + total['failed']:,}",
        "seconds by the clock": f"{usage.seconds:,.0f}",
        "sentences a second": f"{drafts / usage.seconds:.0f}",
        "outside the engine, processor s": f"{usage.master:.1f}",
        "outside the engine, ms a release": f"{1000 * usage.master / releases:.1f}",
        "the engine's process, processor s": f"{usage.engine:.1f}",
        "memory, own, peak, MB": f"{usage.peak:.0f}",
        "memory, own, tenths 1 to 5, MB": " ".join(f"{mb:.0f}" for mb in tenths[:5]),
        "memory, own, tenths 6 to 10, MB": " ".join(f"{mb:.0f}" for mb in tenths[5:]),
        "memory, pages of files, MB": f"{usage.files:.0f}",
        "memory, the engine's process, MB": f"{usage.engine_peak:.0f}",
        "ledger, MB": f"{size / 2**20:.1f}",
        "ledger, bytes a draft": f"{size / max(1, drafts):.0f}",
        "look-up, µs, median": f"{statistics.median(times):.0f}",
        "look-up, µs, 99 of 100": f"{times[len(times) * 99 // 100]:.0f}",
        "run again, processor s": f"{again.master:.1f}",
        "run again, ms a release": f"{1000 * again.master / releases:.2f}",
    }


def measure_model(root: Path) -> None:
    """The share of the embedded model in a run over the archive at `root`, and how well the time
    of that was foreseen."""
    command = [sys.executable, "-m", "dragoman", "translate", "--dry-run", "--log-json"]
    said = subprocess.run([*command, "-w", str(root)], capture_output=True, check=True).stdout
    foreseen = json.loads(said.splitlines()[-1])
    usage = translate(root, "embedded")
    report = json.loads((root / ".dragoman" / "run-report.json").read_text("utf-8"))
    releases, drafted = report["catalogs"] // 2, report["total"]["drafted"]
    begun = translate(root, "embedded").master  # nothing to do: what it costs to start
    work = max(0.0, usage.master - begun)
    print(f"the embedded model, {releases} releases, {drafted} sentences drafted, processor time:")
    print(
        f"  model {usage.engine:.1f} s, {1000 * usage.engine / max(1, drafted):.0f} ms a sentence"
    )
    print(f"  all else {usage.master:.1f} s, {begun:.1f} of them to start and {work:.1f} at work")
    share = usage.engine / (usage.engine + usage.master)
    print(f"  the model's share {share:.1%}; its process {usage.engine_peak:.0f} MB")
    print(f"  by the clock {usage.seconds:.0f} s, the model at work for {report['engine_seconds']}")
    print(f"  foreseen by --dry-run {foreseen['seconds']:.0f} s, ", end="")
    print(f"{foreseen['to_draft']} sentences to draft\n", flush=True)


def show(columns: list[dict[str, str]]) -> None:
    """A row for each figure, a column for each size."""
    for name in columns[0]:
        print(f"{name:<34}" + "".join(f"{column[name]:>26}" for column in columns))
    print(flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("sizes", type=int, nargs="*", help="releases; 100, 1,000 and 10,000")
    parser.add_argument("--make", type=Path, metavar="DIR", help="only make a workspace there")
    parser.add_argument("--words", type=int, metavar="N", help="N files of one word instead")
    parser.add_argument("--model", type=int, metavar="N", default=5, help="N with the model; 5")
    options = parser.parse_args()
    if options.make:
        make(options.make, (options.sizes or [100])[0])
        return
    with tempfile.TemporaryDirectory(prefix="archive-") as folder:
        if options.model and not options.words:
            make(Path(folder) / "model", options.model)
            measure_model(Path(folder) / "model")
        columns = []
        for size in [options.words] if options.words else options.sizes or [100, 1000, 10_000]:
            root = Path(folder) / str(size)
            (make_words if options.words else make)(root, size)
            columns.append(measure(root))
            shutil.rmtree(root)
            show(columns)


if __name__ == "__main__":
    main()
