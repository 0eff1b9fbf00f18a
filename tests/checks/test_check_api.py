"""Dismissal, terms, and the checks over many entries."""

from __future__ import annotations

import re

import pytest
from case_files import rows
from hypothesis import given
from hypothesis import strategies as st

from dragoman.checks import (
    Pair,
    check_dismissal,
    check_sources,
    dismissed,
    run_checks,
    run_release_checks,
    said,
)
from dragoman.records import Term


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("dragoman: ignore number", {"number"}),
        ("Agreed with the press office.\ndragoman: ignore number, term", {"number", "term"}),
        ("Dragoman: ignore number and final – as in the original", {"number", "final"}),
        ("dragoman: ignore all", {"all"}),
        ("dragoman: ignore number\ndragoman: ignore length", {"number", "length"}),
        ("dragoman: ignore numbers, quote", {"number", "quotes"}),
        ("ignore number", set()),
        ("dragoman: ignore nothing-such", set()),
        ("", set()),
    ],
)
def test_dismissed(comment: str, codes: set[str]) -> None:
    assert dismissed(comment) == codes


def test_a_comment_that_dismisses_nothing_is_told() -> None:
    assert not list(check_dismissal("dragoman: ignore number – agreed\nignore this"))
    (issue,) = check_dismissal("dragoman: ignore figures")
    assert issue.code == "ignore" and "figures is no check; known: all, empty" in issue.message


def test_a_dismissed_code_is_silent_and_the_others_are_not() -> None:
    pair = Pair("Их 200.", "They are  300.", "en")
    assert {issue.code for issue in run_checks(pair)} == {"number", "spacing"}
    left = run_checks(pair, dismissed=dismissed("dragoman: ignore number"))
    assert {issue.code for issue in left} == {"spacing"}
    assert run_checks(pair, dismissed=dismissed("dragoman: ignore all")) == ()


def listed(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in re.split("[;,]", cell) if part.strip())


@pytest.mark.parametrize(
    ("codes", "lang", "forms", "forbidden", "target"),
    [pytest.param(*cells, id=f"term.txt:{line}") for line, cells in rows("term.txt", 5)],
)
def test_terms(codes: str, lang: str, forms: str, forbidden: str, target: str) -> None:
    term = Term(11, 17, "Службы", listed(forms)[0], listed(forms), listed(forbidden))
    found = run_checks(Pair("Открыт зал Службы.", target, lang, (term,)))  # type: ignore[arg-type]
    expected = set() if codes == "quiet" else set(listed(codes))
    assert {issue.code for issue in found} == expected, found


def test_a_guessed_name_is_only_a_proposal() -> None:
    term = Term(0, 6, "Катрин Вермёлен", "Katrin Vermelen", ("Katrin Vermelen",), guessed=True)
    source = "Катрин Вермёлен прибыла."
    assert run_checks(Pair(source, "Catherine Vermeulen has arrived.", "en", (term,))) == ()
    (issue,) = run_checks(Pair(source, "The Ambassador has arrived.", "en", (term,)))
    assert issue.code == "term" and "Katrin Vermelen" in issue.message


LIKENESS = [
    # guessed, written, whether it may be the same surname
    ("Viktor Klyayn", "Viktor Klein", True),
    ("Katazhina Voytsik", "Katarzyna Wójcik", True),
    ("Emi Poup", "Amy Pope", True),
    ("Zeynal Əliyev", "Zeynal Əliyevin", True),
    ("Zeynal Əliyev", "Zeynal Hacıyev", False),
    ("Vusal Huseynov", "Vusal Guliyev", False),
    ("Anna Ivanova", "Anna İvanovanın", True),
]


@pytest.mark.parametrize(("guessed", "written", "same"), LIKENESS)
def test_a_surname_is_known_in_another_spelling(guessed: str, written: str, same: bool) -> None:
    term = Term(0, 4, "Имя Ф", guessed, (guessed,), guessed=True)
    assert said(term, f"Burada {written} danışdı.", "az") is same


NAMES_EN = [
    ("Посла принял Вюсал Гусейнов.", "Vusal Huseynov received the Ambassador."),
    ("Затем Вюсал Гусейнов открыл зал.", "Vusal Huseynov then opened the hall."),
    ("Слова Вюсала Гусейнова записали.", "Vusal Huseynov's words were recorded."),
]
NAMES_AZ = [
    ("Посла принял Вюсал Гусейнов.", "Səfiri Vüsal Hüseynov qəbul edib."),
    ("Затем Вюсал Гусейнов открыл зал.", "Sonra Vüsal Hüseynov zalı açıb."),
    ("Слова Вюсала Гусейнова записали.", "Vüsal Hüseynovun sözləri yazılıb."),
    ("Письмо передали Вюсалу Гусейнову.", "Məktub Vüsal Hüseynova verilib."),
]


@pytest.mark.parametrize(("lang", "pairs"), [("en", NAMES_EN), ("az", NAMES_AZ)])
def test_one_spelling_is_quiet_in_every_case(lang: str, pairs: list[tuple[str, str]]) -> None:
    release = [Pair(source, target, lang) for source, target in pairs]  # type: ignore[arg-type]
    assert run_release_checks(release) == ()


@pytest.mark.parametrize(
    ("lang", "pairs", "right", "wrong"),
    [
        ("en", NAMES_EN, "Huseynov", "Guseinov"),
        ("en", NAMES_EN, "Huseynov", "Huseinov"),
        ("en", NAMES_EN, "Vusal", "Vyusal"),
        ("az", NAMES_AZ, "Hüseynov", "Hüseinov"),
        ("az", NAMES_AZ, "Vüsal", "Vusal"),
    ],
)
def test_another_spelling_is_told(
    lang: str, pairs: list[tuple[str, str]], right: str, wrong: str
) -> None:
    release = [Pair(s, t, lang) for s, t in pairs]  # type: ignore[arg-type]
    changed = Pair(pairs[1][0], pairs[1][1].replace(right, wrong), lang)  # type: ignore[arg-type]
    found = run_release_checks([release[0], changed, *release[2:]])
    assert [(index, issue.code) for index, issue in found] == [(1, "name")], found
    assert wrong in found[0][1].message and right in found[0][1].message


def test_same_source_translated_differently() -> None:
    entries = [
        ("a.po", "Встреча завершена.", "The meeting is over."),
        ("b.po", "Встреча  завершена.", "The meeting is over."),
        ("c.po", "Встреча завершена.", "The meeting has ended."),
        ("d.po", "Встреча завершена.", ""),
        ("e.po", "Встреча началась.", "The meeting has begun."),
    ]
    found = list(check_sources(entries))
    assert [(place, issue.code) for place, issue in found] == [("c.po", "inconsistent")]
    assert "a.po" in found[0][1].message and "The meeting is over." in found[0][1].message
    found = list(check_sources(entries, approved={"c.po"}))
    assert [place for place, _ in found] == ["a.po", "b.po"], "drafts follow what is approved"


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(["en", "az"]))
def test_any_text_is_survived(source: str, target: str, lang: str) -> None:
    for issue in run_checks(Pair(source, target, lang)):  # type: ignore[arg-type]
        assert issue.message


@given(st.integers(0, 10**9), st.sampled_from(["en", "az"]))
def test_a_number_equals_itself_in_each_format(value: int, lang: str) -> None:
    grouped = f"{value:,}"
    written = grouped if lang == "en" else grouped.replace(",", "\u00a0")
    source = f"Итого {grouped.replace(',', ' ')} единиц"
    assert not [
        i for i in run_checks(Pair(source, f"Jami {written} ədəd", lang)) if i.code == "number"
    ]  # type: ignore[arg-type]
