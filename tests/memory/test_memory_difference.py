"""How the difference of two sentences is shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from memories import CASES

from dragoman.memory import Match, remarks
from dragoman.memory.difference import excerpt, marked, pieces


def cases() -> list[tuple[str, str, str]]:
    lines = (CASES / "differences.txt").read_text("utf-8").splitlines()
    kept = [line for line in lines if line and not line.startswith("#")]
    return [
        (old, new, shown.removeprefix("= "))
        for old, new, shown in zip(kept[::3], kept[1::3], kept[2::3], strict=True)
    ]


@pytest.mark.parametrize(("old", "new", "shown"), cases())
def test_difference(old: str, new: str, shown: str) -> None:
    assert marked(pieces(old, new)) == shown


WORDS = st.text(alphabet="аб .,1-«» ", max_size=30) | st.text(max_size=20)


@given(WORDS, WORDS)
def test_pieces_make_up_both_sentences(old: str, new: str) -> None:
    found = pieces(old, new)
    assert "".join(text for kind, text in found if kind != "new") == old
    assert "".join(text for kind, text in found if kind != "gone") == new
    assert all(text for _, text in found)


def test_long_stretches_without_a_change_are_cut() -> None:
    old = (
        "Начальник Государственной Миграционной Службы Вюсал Гусейнов принял посла Малайзии "
        "Ахмада Фадзила, недавно приступившего к выполнению своих обязанностей в Баку."
    )
    new = old.replace("Малайзии", "Болгарии")
    assert excerpt(pieces(old, new)) == (
        "… Гусейнов принял посла [-Малайзии-]{+Болгарии+} Ахмада Фадзила, недавно …"
    )


@given(WORDS, WORDS)
def test_an_excerpt_shows_the_first_change(old: str, new: str) -> None:
    short = excerpt(pieces(old * 20, new * 20))
    assert len(short) <= 200
    if old * 20 != new * 20:
        assert "[-" in short or "{+" in short


def test_remarks_are_two_lines_a_match_and_never_broken() -> None:
    match = Match("а", "One\ntext", 0.929, "x.po", "Принято [-10-]{+12+} мер.")
    assert remarks([match]) == (
        "memory 92%: Принято [-10-]{+12+} мер.",
        "memory 92% said: One text",
    )
    assert remarks([]) == ()
