"""The inline form of terms."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.engines.annotation import annotate, strip_annotation
from dragoman.records import Request, Term

SMS = "State Migration Service"


def request(text: str, *terms: tuple[str, str]) -> Request:
    """A request whose terms are given as (words in the text, lemma)."""
    found = [Term(text.index(w), text.index(w) + len(w), w, lemma, (lemma,)) for w, lemma in terms]
    return Request(text, tuple(found))


CASES = [
    (request("Встреча прошла."), "Встреча прошла."),
    (
        request("в Государственной Миграционной Службе состоялась",
                ("Государственной Миграционной Службе", SMS)),
        "в ⟦ Государственной Миграционной Службе ¦ State Migration Service ⟧ состоялась",
    ),
    (
        request("Вилаят Эйвазов посетил Женеву.", ("Вилаят Эйвазов", "Vilayət Eyvazov"),
                ("Женеву", "Cenevrə")),
        "⟦ Вилаят Эйвазов ¦ Vilayət Eyvazov ⟧ посетил ⟦ Женеву ¦ Cenevrə ⟧.",
    ),
    (request("знак ⟦а¦б⟧ и Баку", ("Баку", "Baku")), "знак [а|б] и ⟦ Баку ¦ Baku ⟧"),
    (request("в Баку", ("Баку", "")), "в Баку"),
]  # fmt: skip


@pytest.mark.parametrize(("asked", "expected"), CASES)
def test_annotate(asked: Request, expected: str) -> None:
    assert annotate(asked) == expected


def test_overlapping_and_impossible_terms_are_left_out() -> None:
    text = "Миграционная служба"
    terms = (
        Term(0, 19, text, "Migration Service", ()),
        Term(13, 19, "служба", "service", ()),
        Term(30, 35, "?????", "nowhere", ()),
    )
    assert annotate(Request(text, terms)) == "⟦ Миграционная служба ¦ Migration Service ⟧"


@pytest.mark.parametrize(("asked", "_expected"), CASES)
def test_strip_undoes_annotate(asked: Request, _expected: str) -> None:
    plain = asked.text.replace("⟦", "[").replace("¦", "|").replace("⟧", "]")
    assert strip_annotation(annotate(asked)) == plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a ⟧ b", "a b"), ("⟦a b", "a b"), ("the ¦ State", "the State"), ("a  b", "a  b")],
)
def test_lonely_signs_are_removed(text: str, expected: str) -> None:
    assert strip_annotation(text) == expected


@given(st.text("аб ⟦¦⟧", max_size=20), st.integers(0, 20), st.integers(0, 20), st.text(max_size=8))
def test_offsets_hold_whatever_the_text(text: str, start: int, stop: int, lemma: str) -> None:
    term = Term(start, stop, text[start:stop], lemma, ())
    marked = annotate(Request(text, (term,)))
    assert marked.count("⟦") == marked.count("⟧") == marked.count("¦") <= 1
