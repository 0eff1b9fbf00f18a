"""Addresses and telephone numbers stay; the cases stand in tests/cases/engines/literals.txt."""

from __future__ import annotations

from pathlib import Path

import pytest
from marked import request_of

from dragoman.literals import coded
from dragoman.records import Draft, Request, Term

CASES = Path(__file__).parents[1] / "cases" / "engines" / "literals.txt"
LINES = [line for line in CASES.read_text("utf-8").splitlines() if "|" in line and line[0] != "#"]


@pytest.mark.parametrize("line", LINES)
def test_literals(line: str) -> None:
    to, marked, lemmas, shown, said, wanted = (part.strip() for part in line.split("|"))
    found = coded(request_of(marked, lemmas.split(", "), to), to)
    assert (found.request.text if found else "") == shown
    if found:
        text = found.request.text
        assert all(text[t.start : t.stop] == t.surface for t in found.request.terms)
        made = found.restored(Draft(said, "engine"), to)
        assert (made.text if made else "") == wanted


def test_a_term_that_ends_within_an_address_leaves_it() -> None:
    term = Term(0, 10, "Сайт asan.", "ASAN", ("ASAN",))
    assert coded(Request("Сайт asan.gov.az открыт.", (term,)), "en") is None
