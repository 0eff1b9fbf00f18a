"""Each check against its table of cases that must fire and cases that must not."""

from __future__ import annotations

import pytest
from case_files import params

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


def test_messages_are_one_short_line() -> None:
    found = run_checks(Pair("Участвовало 200 человек. " * 4, "2024 взято ( and and", "en"))
    assert len(found) >= 4
    for issue in found:
        assert issue.message and "\n" not in issue.message and len(issue.message) < 160
        assert issue.code in CODES


def test_errors_come_before_warnings() -> None:
    found = [issue.severity for issue in run_checks(Pair("Их 200.", "They are  300", "en"))]
    assert found == sorted(found) and set(found) == {"error", "warning"}
