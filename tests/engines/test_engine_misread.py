"""Misread figures; the cases stand in tests/cases/engines/misread.txt."""

from __future__ import annotations

from pathlib import Path

import pytest

from dragoman.checks import Pair, run_checks
from dragoman.engines.misread import misread
from dragoman.engines.repair import Repairer
from dragoman.engines.wording import replaced
from dragoman.records import Request

CASES = Path(__file__).parents[1] / "cases" / "engines" / "misread.txt"
LINES = [line for line in CASES.read_text("utf-8").splitlines() if "|" in line and line[0] != "#"]


class NoAligner:
    """Nothing is aligned."""

    def align(self, source: str, target: str, to: str) -> None:
        return None


def findings(request: Request, text: str) -> list[str]:
    return [issue.message for issue in run_checks(Pair(request.text, text, "en"))]


@pytest.mark.parametrize("line", LINES)
def test_misread(line: str) -> None:
    lang, russian, said, expected = (part.strip() for part in line.split("|"))
    found = misread(russian, said, lang)
    assert (replaced(said, *found) if found else "-") == expected


def test_a_figure_is_put_right_where_a_check_agrees() -> None:
    repairer = Repairer(NoAligner(), "en", holds=lambda *_: True, findings=findings)
    request = Request("Рейс 8008 прибыл.")
    found = repairer.polish(request, "Flight 808 has arrived.")
    assert found is not None
    assert (found.text, found.note) == ("Flight 8008 has arrived.", "repaired “808” to “8008”")
    assert repairer.polish(request, "Flight 8008 has arrived.") is None
    assert (
        repairer.polish(Request("Выдано 16 из 2,6 тыс."), "6 of 2.6 thousand were issued.") is None
    )
