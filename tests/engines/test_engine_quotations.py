"""Long quotations are translated apart; the cases stand in tests/cases/engines/quotations.txt."""

from __future__ import annotations

from pathlib import Path

import pytest
from marked import request_of

from dragoman.engines.quotations import apart
from dragoman.records import Draft

CASES = Path(__file__).parents[1] / "cases" / "engines" / "quotations.txt"
LINES = [line for line in CASES.read_text("utf-8").splitlines() if "|" in line and line[0] != "#"]


@pytest.mark.parametrize("line", LINES)
def test_apart_and_together(line: str) -> None:
    to, marked, lemmas, shown, said, quoted, wanted = (part.strip() for part in line.split("|"))
    request = request_of(marked, lemmas.split(", "), to)
    found = apart(request)
    assert (found.sentence.text if found else "") == shown
    if found:
        named = [term.lemma for part in (found.sentence, found.quotation) for term in part.terms]
        assert sorted(named) == sorted(["Mir", *filter(None, lemmas.split(", "))])
        for part in (found.sentence, found.quotation):
            assert all(part.text[t.start : t.stop] == t.surface for t in part.terms)
        second = Draft(quoted, "engine" if quoted else "failed")
        made = found.together(Draft(said, "engine"), second, to)
        assert (made.text if made else "") == wanted
