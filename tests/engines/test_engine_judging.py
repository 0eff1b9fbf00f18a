"""Which outputs of a model are no drafts at all."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.engines.judging import fault, longest_loop, mended, nothing_to_translate

TABLE = Path(__file__).parents[1] / "cases" / "engines" / "faults.txt"


def rows() -> list[tuple[str, str, str]]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return [tuple(cell.strip() for cell in line.split("|")) for line in lines]  # type: ignore[misc]


@pytest.mark.parametrize(("expected", "source", "output"), rows())
def test_fault(expected: str, source: str, output: str) -> None:
    found = fault(source, output)
    if expected == "-":
        assert found == ""
    else:
        assert found.startswith(expected)


GAPS = [
    ("“ Heydər Əliyev İli ” çərçivəsində", "“Heydər Əliyev İli” çərçivəsində"),
    ("the Centre ( RTCM ) and « this »", "the Centre (RTCM) and «this»"),
    ("a permit (green card”) of “two (three)”", "a permit (“green card”) of “two (three)”"),
    ("what “the court (Baku”) held", "what “the court (Baku”) held"),
    ("he said “yes” (twice) to “no”", "he said “yes” (twice) to “no”"),
]


@pytest.mark.parametrize(("said", "expected"), GAPS)
def test_no_spaces_inside_of_quotes_and_brackets(said: str, expected: str) -> None:
    assert mended(said) == expected


@pytest.mark.parametrize(
    "text",
    [
        "12 345",
        "№ 7",
        "🙂🙂",
        "…",
        "10.05.2023",
        "+994 12 565-61-18",
        "#COP29 #Баку",
        "www.a.az, a@b.az",
    ],
)
def test_no_letters_need_no_translation(text: str) -> None:
    assert nothing_to_translate(text)


@pytest.mark.parametrize("text", ["12 тыс.", "BMT", "№ 7а", "XX"])
def test_letters_do(text: str) -> None:
    assert not nothing_to_translate(text)


@given(st.text(max_size=80), st.text(max_size=80))
def test_judging_never_raises(source: str, output: str) -> None:
    assert isinstance(fault(source, output), str)


@given(st.lists(st.sampled_from("abc"), min_size=1, max_size=5), st.integers(4, 9))
def test_a_phrase_said_n_times_is_a_loop_of_n(phrase: list[str], times: int) -> None:
    words = [f"word{letter}" for letter in phrase]
    assert longest_loop(" ".join(words * times)) >= times
