"""Each check against its table of cases that must fire and cases that must not."""

from __future__ import annotations

import pytest
from case_files import params, rows

from dragoman.checks import CODES, Pair, run_checks


def codes(lang: str, source: str, target: str) -> dict[str, str]:
    return {issue.code: issue.message for issue in run_checks(Pair(source, target, lang))}


@pytest.mark.parametrize(("wanted", "lang", "source", "target"), params("number.txt"))
def test_numbers(wanted: str, lang: str, source: str, target: str) -> None:
    found = codes(lang, source, target)
    assert ("number" in found) == (wanted == "fires"), f"{source} / {target}: {found}"


@pytest.mark.parametrize(("wanted", "lang", "source", "target"), params("negation.txt"))
def test_negation(wanted: str, lang: str, source: str, target: str) -> None:
    found = codes(lang, source, target)
    assert ("negation" in found) == (wanted == "fires"), f"{source} / {target}: {found}"


@pytest.mark.parametrize(("wanted", "lang", "source", "target"), params("reference.txt"))
def test_references(wanted: str, lang: str, source: str, target: str) -> None:
    found = codes(lang, source, target)
    assert ("reference" in found) == (wanted == "fires"), f"{source} / {target}: {found}"


@pytest.mark.parametrize(
    ("wanted", "lang", "source", "target"),
    [*params("letters.txt"), *params("punctuation.txt"), *params("length.txt")],
)
def test_named_code(wanted: str, lang: str, source: str, target: str) -> None:
    """The code that the table names fires; a quiet line has no issue of these families."""
    found = codes(lang, source, target)
    if wanted == "quiet":
        assert not found, f"{source} / {target}"
    else:
        assert wanted in CODES
        assert wanted in found, f"{source} / {target}: {found}"


# A finding that one language alone can have: English in Turkish is nobody's trouble.
ONE_LANGUAGE = {("turkish", "en")}


def test_every_check_has_cases_in_both_languages() -> None:
    """Those that must fire by code; those that must not by table, for none of its codes may."""
    fires, quiet = set(), set()
    one_code = {"number.txt": "number", "negation.txt": "negation", "reference.txt": "reference"}
    tables = (*one_code, "letters.txt", "punctuation.txt", "length.txt")
    for table in tables:
        for _, (wanted, lang, _, _) in rows(table, 4):
            name = wanted.removeprefix("known ")
            if name == "quiet":
                quiet.add((table, lang))
            else:
                fires.add((one_code.get(table, name), lang))
    for _, (found, lang, *_) in rows("term.txt", 5):
        fires |= {(code.strip(), lang) for code in found.split(",")}
    elsewhere = {"name", "inconsistent"}  # test_check_api.py, test_cli_check.py
    both = {(code, lang) for code in CODES for lang in ("en", "az")} - ONE_LANGUAGE
    assert {pair for pair in both - fires if pair[0] not in elsewhere} == set()
    assert quiet == {(table, lang) for table in tables for lang in ("en", "az")}


def test_messages_are_one_short_line() -> None:
    found = run_checks(Pair("Участвовало 200 человек. " * 4, "2024 взято ( and and", "en"))
    assert len(found) >= 4
    for issue in found:
        assert issue.message and "\n" not in issue.message and len(issue.message) < 160
        assert issue.code in CODES


def test_errors_come_before_warnings() -> None:
    found = [issue.severity for issue in run_checks(Pair("Их 200.", "They are  300", "en"))]
    assert found == sorted(found) and set(found) == {"error", "warning"}
