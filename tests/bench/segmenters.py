"""How many hard lines each segmenter cuts right: ``python tests/bench/segmenters.py``.

The lines are those of tests/cases/sentences.txt and sentences-known-failures.txt. A line is right
when every cut is where its bar is and nowhere else. Ours was made with these lines in view and
the others were not, so read the column as "what this table asks for", not as a fair race. The
others are optional: ``pip install sentence-splitter rusenttokenize pysbd``; none is needed to run
Dragoman.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module, util
from itertools import accumulate, pairwise
from pathlib import Path

CASES = Path(__file__).parent.parent / "cases"
CORPUS = Path(__file__).parents[2] / "translate" / "dragoman" / "training" / "corpus"
FILES = ("sentences.txt", "sentences-known-failures.txt")
Segmenter = Callable[[str], Iterable[str]]


def cases(*names: str) -> tuple[str, ...]:
    """The lines of case files, bars and all, without remarks and empty lines."""
    lines = (line for name in names for line in (CASES / name).read_text("utf-8").splitlines())
    return tuple(line for line in lines if line.strip() and not line.startswith("#"))


def ours(text: str) -> list[str]:
    from dragoman.segment import split_sentences

    return [text[start:stop] for start, stop in split_sentences(text)]


def razdel(text: str) -> list[str]:
    return [sentence.text for sentence in import_module("razdel").sentenize(text)]


def sentence_splitter(text: str) -> list[str]:
    module = import_module("sentence_splitter")
    return list(_once("sentence_splitter", lambda: module.SentenceSplitter("ru")).split(text))


def rusenttokenize(text: str) -> list[str]:
    return list(import_module("rusenttokenize").ru_sent_tokenize(text))


def pysbd(text: str) -> list[str]:
    module = import_module("pysbd")
    return list(_once("pysbd", lambda: module.Segmenter(language="ru", clean=False)).segment(text))


SEGMENTERS: dict[str, Segmenter] = {
    "ours": ours,
    "razdel": razdel,
    "sentence_splitter": sentence_splitter,
    "rusenttokenize": rusenttokenize,
    "pysbd": pysbd,
}
_MADE: dict[str, object] = {}


def _once(name: str, make: Callable[[], object]) -> object:
    if name not in _MADE:
        _MADE[name] = make()
    return _MADE[name]


def is_right(segmenter: Segmenter, line: str) -> bool:
    """Whether the cuts of `segmenter` are those of the bars; spaces do not count."""
    text = line.replace("¦", "")
    wanted = ["".join(part.split()) for part in line.split("¦")]
    return [s for s in ("".join(part.split()) for part in segmenter(text)) if s] == wanted


def lines_right(segmenter: Segmenter, lines: Iterable[str]) -> int:
    """How many of `lines` are cut right."""
    return sum(is_right(segmenter, line) for line in lines)


def running_text(every: int = 10) -> list[str]:
    """Sentences of the training corpus: ordinary text, read once in full to mend the rules."""
    files = sorted(CORPUS.glob("*.tsv"))
    rows = [line.split("\t")[0] for path in files for line in path.read_text("utf-8").splitlines()]
    ended = [row for row in rows if row.endswith((".", "!", "?", "…", ".»", "!»", "?»"))]
    return ended[::every]


def errors_in_running_text(segmenter: Segmenter, sentences: list[str]) -> tuple[int, int]:
    """(sentences cut in two, ends missed between two sentences that follow each other)."""
    cut = sum(len([s for s in segmenter(sentence) if s.strip()]) > 1 for sentence in sentences)
    missed = 0
    for one, two in pairwise(sentences):
        if two[0].islower() or two[0] in "–—-(":
            continue  # by our conventions these go with the sentence before
        ends = accumulate(len("".join(part.split())) for part in segmenter(f"{one} {two}"))
        missed += len("".join(one.split())) not in ends
    return cut, missed


def table() -> Iterator[str]:
    """The table, line by line; a segmenter that is not installed says so."""
    lines = cases(*FILES)
    sentences = running_text()
    yield f"{len(lines)} hard lines; {len(sentences)} sentences of running text"
    yield f"{'segmenter':<20}{'right':>7}{'share':>8}{'seconds':>9}{'cut in two':>12}{'missed':>8}"
    for name, segmenter in SEGMENTERS.items():
        if name != "ours" and util.find_spec(name) is None:
            yield f"{name:<20}  not installed"
            continue
        segmenter("Разминка. Вторая фраза.")
        begin = time.perf_counter()
        right = lines_right(segmenter, lines)
        seconds = time.perf_counter() - begin
        cut, missed = errors_in_running_text(segmenter, sentences)
        share = right / len(lines)
        yield f"{name:<20}{right:>7}{share:>8.1%}{seconds:>9.2f}{cut:>12}{missed:>8}"


if __name__ == "__main__":
    sys.stdout.writelines(f"{line}\n" for line in table())
