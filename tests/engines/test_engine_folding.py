"""A model is not shown the middle of a list; the cases stand in tests/cases/engines/folding.txt."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import request_of
from scripted import Scripted

from dragoman.engines.enforce import Enforcer
from dragoman.engines.folding import fold
from dragoman.records import Request

CASES = Path(__file__).parents[1] / "cases" / "engines" / "folding.txt"
LINES = [line for line in CASES.read_text("utf-8").splitlines() if "|" in line and line[0] != "#"]


@pytest.mark.parametrize("line", LINES)
def test_what_is_left_out_comes_back(line: str) -> None:
    to, marked, lemmas, shown, said, wanted = (part.strip() for part in line.split("|"))
    request = request_of(marked, lemmas.split(", "), to)
    folded = fold(request)
    assert folded.request.text == (shown or request.text)
    assert folded.shorter == bool(shown)
    assert (folded.unfold(said, to) or "") == wanted
    for term in folded.request.terms:
        assert folded.request.text[term.start : term.stop] == term.surface


STATES = ("Germany", "Poland", "Hungary", "China", "Ghana", "Peru")


@given(st.lists(st.sampled_from(STATES), unique=True, max_size=6))
def test_a_list_translated_in_its_order_comes_back_whole(names: list[str]) -> None:
    """Whatever is left out of the list, its translation is that of the whole one."""
    request = request_of("в " + ", ".join(f"[{name}]" for name in names), names, "en")
    folded = fold(request)
    shown = [name for name in names if name in folded.request.text]
    assert folded.unfold("in " + ", ".join(shown), "en") == "in " + ", ".join(names)


FOUR = request_of("[Чад], [Мали], [Гана] и [Перу].", ["Chad", "Mali", "Ghana", "Peru"], "en")


def test_a_term_without_forms_is_said_as_it_is() -> None:
    bare = replace(FOUR, terms=tuple(replace(term, forms=()) for term in FOUR.terms))
    assert fold(bare).unfold("Chad and Peru.", "en") is None  # of no form is told what it shows
    assert fold(bare).unfold("Both.", "en") is None


def test_a_folded_draft_has_all_terms() -> None:
    engine = Scripted({"Чад и Перу.": [("Peru, Chad.", -0.1), ("Chad and Peru.", -0.2)]})
    [made] = Enforcer(engine, "en").drafts([FOUR])
    assert (made.text, made.strategy) == ("Chad, Mali, Ghana and Peru.", "folded")
    assert engine.asked == [("Чад и Перу.", 4)]


def test_what_cannot_be_unfolded_is_asked_for_as_it_is() -> None:
    whole = "Chad, Mali, Ghana and Peru."
    engine = Scripted({"Чад и Перу.": [("Both.", -0.1)], FOUR.text: [(whole, -0.3)]})
    [made] = Enforcer(engine, "en").drafts([FOUR])
    assert (made.text, made.strategy) == (whole, "plain")


def test_the_model_is_shown_what_else_there_is() -> None:
    similar = ("Чад.", "Chad.")
    assert fold(replace(FOUR, similar=similar)).request.similar == similar
    assert fold(Request("Чад.")).request == Request("Чад.")
