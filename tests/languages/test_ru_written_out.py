"""Abbreviations as they are read; the cases stand in tests/cases/ru_written_out.txt."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.languages.ru_written_out import written_out
from dragoman.records import Request
from dragoman.rewriting import rewritten

CASES = Path(__file__).resolve().parents[1] / "cases" / "ru_written_out.txt"
ROWS = [
    tuple(cell.strip() for cell in line.split(" | "))
    for line in CASES.read_text("utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


@pytest.mark.parametrize(("text", "expected"), ROWS)
def test_written_out(text: str, expected: str) -> None:
    made = rewritten(Request(text), written_out(text))
    assert (made.text if made else "-") == expected


@pytest.mark.parametrize("text", [expected for _, expected in ROWS if expected != "-"])
def test_what_is_written_out_stays(text: str) -> None:
    assert written_out(text) == []


@given(st.text(alphabet='гст. 0123456789,%«»"xхГС–МАкв$°чп', max_size=40))
def test_edits_are_in_order_and_apart(text: str) -> None:
    edits = written_out(text)
    assert all(start < stop for start, stop, _ in edits)
    assert all(one[1] <= other[0] for one, other in pairwise(edits))
