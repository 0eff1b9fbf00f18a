"""Times and recall of the translation memory at any size.

    python tests/bench/memory.py --entries 1000000

Sentences are recombined from the clauses of our corpus, with figures drawn anew, from a fixed seed.
They are looked up as a changed release would have them: figures, words or a clause changed, words
inflected otherwise, something added; a quarter are new sentences altogether. Recall is against
scoring every sentence of a memory of `--recall` entries, and of all of them for the first
`--recall-at-size` queries. Times are given by the clock and, for
machines that are busy with other things, in processor time.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from rapidfuzz import process
from rapidfuzz.distance import Indel

from dragoman.memory import THRESHOLD, Pair, TranslationMemory
from dragoman.memory.store import Store
from dragoman.memory.writing import Writer

CORPUS = Path(__file__).parents[2] / "translate" / "dragoman" / "training" / "corpus"
ENDINGS = ("ый", "ого", "ая", "ой", "ом", "ами", "ов", "а", "ы", "у")


def corpus() -> list[tuple[str, str]]:
    """Russian and English sentences, in the order of the files."""
    lines = (line for path in sorted(CORPUS.glob("*.tsv")) for line in path.open(encoding="utf-8"))
    return [(fields[0], fields[1]) for line in lines if len(fields := line.split("\t")) >= 2]


class Sentences:
    """An endless supply of sentences, the same for the same seed, no two alike."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)
        cut = [(re.split(r"(?<=,) ", russian), english) for russian, english in corpus()]
        self._whole = [(clauses, english) for clauses, english in cut if len(clauses) > 1]
        self._heads = [clauses[0] for clauses, _ in self._whole]
        self._middles = [clause for clauses, _ in self._whole for clause in clauses[1:-1]]
        self._tails = [clauses[-1] for clauses, _ in self._whole]
        self._seen: set[int] = set()

    def __iter__(self) -> Iterator[tuple[str, str]]:
        draw = self._random
        while True:
            clauses, english = draw.choice(self._whole)
            clauses = list(clauses)
            if draw.random() < 0.5:
                clauses = [draw.choice(self._heads), draw.choice(self._tails)]
            else:
                place = draw.randrange(len(clauses))
                last = place == len(clauses) - 1
                stock = self._tails if last else self._middles if place else self._heads
                clauses[place] = draw.choice(stock)
            text = re.sub(r"\d+", self._figure, " ".join(clauses))
            if hash(text) not in self._seen:
                self._seen.add(hash(text))
                yield text, english

    def _figure(self, found: re.Match[str]) -> str:
        return str(self._random.randrange(1, 10 ** len(found[0])))

    def changed(self, text: str) -> str:
        """`text` as the next release might have it."""
        draw, words = self._random, text.split(" ")
        kind = draw.choice(("figures", "words", "words", "clause", "endings", "longer"))
        if kind == "figures" and re.search(r"\d", text):
            return re.sub(r"\d+", self._figure, text)
        if kind == "clause" and len(parts := re.split(r"(?<=,) ", text)) > 2:
            parts.pop(draw.randrange(len(parts)))
            return " ".join(parts)
        if kind == "endings":
            return " ".join(
                word[:-2] + draw.choice(ENDINGS) if len(word) > 5 and draw.random() < 0.3 else word
                for word in words
            )
        others = draw.choice(self._heads).split(" ")
        if kind == "longer":
            return " ".join((*words, *others[: max(1, len(words) // 4)]))
        for _ in range(draw.choice((1, 2, 3))):
            words[draw.randrange(len(words))] = draw.choice(others)
        return " ".join(words)


def timed(action: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock and of processor time."""
    clock, processor = time.perf_counter(), time.thread_time()
    action()
    return time.perf_counter() - clock, time.thread_time() - processor


def build(path: Path, entries: int) -> tuple[TranslationMemory, list[str]]:
    """A memory of so many entries, made unless `path` is one, and the sentences in it."""
    if path.exists():
        memory = TranslationMemory(Store(path))
        rows = memory.store.connection.execute("SELECT text FROM source ORDER BY id & 0xffffffff")
        return memory, [text for (text,) in rows]
    made = [pair for _, pair in zip(range(entries), Sentences(1), strict=False)]
    store = Store(path)

    def write() -> None:
        with store.transaction():
            writer = Writer(store)
            file = writer.file("bench.tmx", "tmx", "", (0, 0, b""))
            writer.add(file, (Pair(russian, "en", english) for russian, english in made))
            writer.settle()

    memory = TranslationMemory(store)
    said("entering", *timed(write))
    said("indexing, at the first look-up", *timed(lambda: memory.similar(made[0][0], "en")))
    print(f"on disk: {memory.stats().size / 1e6:.0f} MB")
    return memory, [russian for russian, _ in made]


def said(what: str, clock: float, processor: float) -> None:
    print(f"{what}: {clock:.1f} s, {processor:.1f} s of processor time")


def queries(known: list[str], count: int) -> list[str]:
    """Sentences to look up."""
    draw, supply = random.Random(2), Sentences(3)
    new = [russian for _, (russian, _) in zip(range(count // 4), supply, strict=False)]
    return [supply.changed(draw.choice(known)) for _ in range(count - len(new))] + new


def times(what: str, look: Callable[[str], object], asked: list[str]) -> None:
    both = [timed(lambda text=text: look(text)) for text in asked]  # type: ignore[misc]
    for kind, spent in zip(("clock", "processor"), zip(*both, strict=True), strict=True):
        ordered = sorted(1000 * seconds for seconds in spent)
        print(
            f"{what}, {kind}: median {statistics.median(ordered):.2f} ms, "
            f"95% {ordered[int(len(ordered) * 0.95)]:.2f} ms, most {ordered[-1]:.1f} ms"
        )


def recall(memory: TranslationMemory, known: list[str], asked: list[str]) -> None:
    """How often the best match, and each of the three best, is found by the index."""
    best = found = all_three = found_of_three = 0
    for text in asked:
        wanted = process.extract(
            text, known, scorer=Indel.normalized_similarity, score_cutoff=THRESHOLD, limit=3
        )
        scores = [match.score for match in memory.similar(text, "en")]
        if wanted:
            best += 1
            found += bool(scores) and scores[0] >= wanted[0][1]
        all_three += len(wanted)
        found_of_three += sum(
            score >= true for score, (_, true, _) in zip(scores, wanted, strict=False)
        )
    if not asked:
        return
    print(
        f"recall at {len(known)}: best match {found}/{best}, "
        f"three best {found_of_three}/{all_three}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--entries", type=int, default=200_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--recall", type=int, default=10_000)
    parser.add_argument("--recall-queries", type=int, default=300)
    parser.add_argument(
        "--recall-at-size", type=int, default=0, help="queries scored against all --entries"
    )
    parser.add_argument("--keep", type=Path, help="a file to keep the memory in, or to use again")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        memory, known = build(Path(folder) / "small.sqlite", options.recall)
        recall(memory, known, queries(known, options.recall_queries))
        memory, known = build(options.keep or Path(folder) / "memory.sqlite", options.entries)
        print(f"{len(known)} entries")
        asked = queries(known, options.queries)
        recall(memory, known, asked[: options.recall_at_size])
        by_length = sorted(asked, key=len)
        tenth = len(asked) // 10
        for what, some in (
            ("similar", asked),
            (f"similar, shortest (to {len(by_length[tenth])} characters)", by_length[:tenth]),
            (f"similar, longest (from {len(by_length[-tenth])} characters)", by_length[-tenth:]),
            ("similar, known sentences", known[: options.queries]),
        ):
            fresh = TranslationMemory(memory.store)  # it remembers what it was asked
            fresh.similar("Раз.", "en")  # opens the index
            times(what, partial(fresh.similar, lang="en"), some)
        times("exact", lambda text: memory.exact(text, "en"), asked + known[: options.queries])
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"peak memory of this process, sentences included: {peak:.0f} MB")


if __name__ == "__main__":
    main()
