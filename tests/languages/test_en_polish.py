"""Articles and capitals of titles, case by case."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dragoman.engines.wording import replaced
from dragoman.languages.en_polish import polished
from dragoman.records import Term

CASES = Path(__file__).resolve().parents[1] / "cases" / "engines" / "polish.txt"
ROWS = [
    tuple(cell.strip() for cell in line.split(" | "))
    for line in CASES.read_text("utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


@pytest.mark.parametrize(("russian", "lemmas", "said", "expected"), ROWS)
def test_polish(russian: str, lemmas: str, said: str, expected: str) -> None:
    terms, source = [], russian
    for lemma in filter(None, lemmas.split("; ")):
        found = re.search(r"\[([^]]*)\]", source)
        assert found is not None
        source = source[: found.start()] + found[1] + source[found.end() :]
        stop = found.start() + len(found[1])
        base, _, many = lemma.removeprefix("~").partition(" > ")
        forms = (many, base) if many else (base,)
        guessed = lemma.startswith("~")
        terms.append(Term(found.start(), stop, found[1], base, forms, guessed=guessed))
    text = said
    for old, new in polished(source, said, terms):
        text = replaced(text, old, new)
    assert text == (said if expected == "-" else expected)
