"""Figures put into an old translation, and when that is left alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memories import CASES

from dragoman.memory.adapting import adapted


def cases() -> list[list[str]]:
    text = (CASES / "adapted.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [lines[i : i + 5] for i in range(0, len(lines), 5)]


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case[0]} {case[2]}")
def test_adapted(case: list[str]) -> None:
    lang, old, target, new, expected = case
    found = adapted(old, new, target, lang)
    assert (f"= {found}" if found is not None else "-") == expected


SENTENCES = st.lists(st.sampled_from(("10", "12", "7", "дней", "мер", ",", "из")), min_size=1)


@given(SENTENCES, SENTENCES)
def test_figures_of_the_new_sentence_and_no_others(old: list[str], new: list[str]) -> None:
    """With the Russian for its own translation, the outcome must be the new Russian."""
    before, after = " ".join(old), " ".join(new)
    found = adapted(before, after, before, "az")
    assert found in (None, after)
    if found is not None:
        assert re.sub(r"\d+", "", before) == re.sub(r"\d+", "", after)
