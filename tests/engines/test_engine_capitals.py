"""Headlines in capitals; the cases stand in tests/cases/engines/capitals.txt."""

from __future__ import annotations

from pathlib import Path

import pytest
from marked import request_of

from dragoman.engines.capitals import lowered, raised
from dragoman.records import Draft

CASES = Path(__file__).parents[1] / "cases" / "engines" / "capitals.txt"
LINES = [line for line in CASES.read_text("utf-8").splitlines() if "|" in line and line[0] != "#"]


@pytest.mark.parametrize("line", LINES)
def test_capitals(line: str) -> None:
    to, marked, lemmas, shown, said, wanted = (part.strip() for part in line.split("|"))
    request = request_of(marked, lemmas.split(", "), to)
    found = lowered(request)
    assert (found.text if found else "") == shown
    if found:
        assert all(found.text[t.start : t.stop] == t.surface for t in found.terms)
        assert len(found.text) == len(request.text)
        assert raised(Draft(said, "engine"), to).text == wanted
