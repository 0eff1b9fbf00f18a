"""How fast terms are found: 5,000 concepts over a million characters, without and with the cache.

    PYTHONPATH=translate python tests/bench/terms.py

The concepts are the repository's own and recombinations of their adjectives and nouns; the text
is made of the seeds and the fragments of the case table, with people the base does not know.
The bars are 10 s of processor time the first time and 2 s with the cache.
"""

from __future__ import annotations

import csv
import random
import re
import shutil
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "translate"))

from dragoman.glossary import load_glossary  # noqa: E402
from dragoman.glossary.load import COLUMNS  # noqa: E402

CONCEPTS, CHARACTERS = 5_000, 1_000_000
RELEASE = 20  # segments


def make_base(folder: Path) -> None:
    """The repository's term base, filled up to `CONCEPTS` with recombined terms."""
    shutil.copytree(ROOT / "glossary", folder)
    terms = [c.ru[0].split() for c in load_glossary(ROOT / "glossary").concepts]
    heads = sorted({t[0] for t in terms if len(t) > 1 and t[0].endswith(("ый", "ий", "ой"))})
    nouns = sorted({t[1] for t in terms if len(t) > 1 and t[0] in heads})
    tails = sorted({" ".join(t[2:]) for t in terms if 2 < len(t) < 6})
    rng = random.Random(7)
    made: set[str] = set()
    while len(made) < CONCEPTS - len(terms):
        made.add(f"{rng.choice(heads)} {rng.choice(nouns)} {rng.choice(tails)}")
    with (folder / "zz-made.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        for i, ru in enumerate(sorted(made)):
            cells = {"id": f"made-{i}", "type": "general", "ru": ru, "en": f"t{i}", "az": f"t{i}"}
            writer.writerow(dict.fromkeys(COLUMNS, "") | cells)


def make_segments() -> list[str]:
    """Sentences of the seeds, every other one with a fragment of the case table before it."""
    sentences = [
        sentence.strip()
        for seed in sorted((ROOT / "seeds").glob("*.txt"))
        for sentence in re.split(r"(?<=[а-я»)]\.)\s|\n", seed.read_text(encoding="utf-8"))
        if len(sentence) > 20
    ]
    table = (ROOT / "tests" / "cases" / "term_matches.txt").read_text(encoding="utf-8")
    fragments = [
        line[2:].replace("[", "").replace("]", "").split("   #")[0]
        for line in table.splitlines()
        if line[:2] in ("+ ", "- ")
    ]
    rng = random.Random(7)
    segments: list[str] = []
    size = 0
    while size < CHARACTERS:
        segment = rng.choice(sentences)
        if rng.random() < 0.5:
            segment = f"{rng.choice(fragments)}: {segment}"
        segments.append(segment)
        size += len(segment)
    return segments


def timed(label: str, base: Path, cache: Path, segments: list[str]) -> float:
    """Load, find everything, print; seconds of processor time (the machine may be shared)."""
    releases = [segments[i : i + RELEASE] for i in range(0, len(segments), RELEASE)]
    wall, start = time.perf_counter(), time.process_time()
    glossary = load_glossary(base, cache)
    loaded = time.process_time()
    _ = glossary.index
    built = time.process_time()
    hits = sum(len(found) for each in releases for found in glossary.find_in_document(each))
    done = time.process_time()
    print(
        f"{label}: {done - start:.2f} s ({time.perf_counter() - wall:.2f} s on the clock; "
        f"read {loaded - start:.2f}, forms {built - loaded:.2f}, find {done - built:.2f}; "
        f"{len(glossary.concepts)} concepts, {hits} hits)"
    )
    return done - start


def main() -> None:
    """Print both times and, for the record, the bars."""
    with tempfile.TemporaryDirectory() as name:
        base, cache = Path(name) / "glossary", Path(name) / "terms.sqlite"
        make_base(base)
        segments = make_segments()
        print(f"{sum(map(len, segments)):,} characters in {len(segments):,} segments")
        first = timed("first time", base, cache, segments)
        second = timed("with cache", base, cache, segments)
        print(f"bars: 10 s and 2 s; {'held' if first < 10 and second < 2 else 'NOT held'}")


if __name__ == "__main__":
    main()
