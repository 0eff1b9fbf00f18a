"""Members left out of a list are put back; the cases stand in tests/cases/engines/lists.txt."""

from __future__ import annotations

from pathlib import Path

import pytest
from marked import request_of

from dragoman.engines.alignment import Alignment
from dragoman.engines.repair import Repairer
from dragoman.glossary import holds

CASES = Path(__file__).parents[1] / "cases" / "engines" / "lists.txt"
LINES = [line for line in CASES.read_text("utf-8").splitlines() if "|" in line and line[0] != "#"]


class Silent:
    """An aligner that knows of nothing."""

    def align(self, source: str, target: str, to: str) -> Alignment | None:
        return None


@pytest.mark.parametrize("line", LINES)
def test_members_are_put_back(line: str) -> None:
    to, marked, lemmas, said, wanted = (part.strip() for part in line.split("|"))
    repairer = Repairer(
        Silent(), to, holds=lambda term, text: holds(term, text, to), findings=lambda *_: ()
    )
    made = repairer.repair(request_of(marked, lemmas.split(", "), to), said)
    assert (made.text if made else "") == wanted


def test_the_note_says_where() -> None:
    request = request_of("в [Польше], [Чехии] и [Австрии]", ["Poland", "Czechia", "Austria"], "en")
    repairer = Repairer(
        Silent(), "en", holds=lambda term, text: holds(term, text, "en"), findings=lambda *_: ()
    )
    made = repairer.repair(request, "in Poland and Austria")
    assert made is not None
    assert made.note == "repaired “Poland and Austria” to “Poland, Czechia and Austria”"
