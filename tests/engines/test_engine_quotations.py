"""Long quotations are translated apart; the cases stand in tests/cases/engines/quotations.txt."""

from __future__ import annotations

from pathlib import Path

import pytest
from marked import request_of
from scripted import Scripted

from dragoman.engines.candidates import Enforcement
from dragoman.engines.enforce import Enforcer
from dragoman.engines.quotations import Quoting, apart
from dragoman.records import Draft, Request

CASES = Path(__file__).parents[1] / "cases" / "engines" / "quotations.txt"
LINES = [line for line in CASES.read_text("utf-8").splitlines() if "|" in line and line[0] != "#"]


@pytest.mark.parametrize("line", LINES)
def test_apart_and_together(line: str) -> None:
    to, marked, lemmas, shown, said, quoted, wanted = (part.strip() for part in line.split("|"))
    request = request_of(marked, lemmas.split(", "), to)
    found = apart(request)
    assert (found.sentence.text if found else "") == shown
    if found:
        named = [term.lemma for part in (found.sentence, found.quotation) for term in part.terms]
        assert sorted(named) == sorted(["Mir", *filter(None, lemmas.split(", "))])
        for part in (found.sentence, found.quotation):
            assert all(part.text[t.start : t.stop] == t.surface for t in part.terms)
        second = Draft(quoted, "engine" if quoted else "failed")
        made = found.together(Draft(said, "engine"), second, to)
        assert (made.text if made else "") == wanted


SPEECH = Request("Он сказал: «Мы все рады этой встрече».")
OUTER, INNER = "Он сказал: «Мир».", "Мы все рады этой встрече"
BAKU = {"Баку": [("Baku", -0.1)]}
Script = dict[str, list[tuple[str, float]]]


def drafts(script: Script, **settings: bool) -> tuple[list[Draft], list[str]]:
    engine = Scripted(script | BAKU)
    enforcer = Enforcer(engine, "en", settings=Enforcement(another_source=False, **settings))
    heard: dict[int, Draft] = {}
    made = Quoting(enforcer).drafts([SPEECH, Request("Баку")], on_draft=heard.__setitem__)
    assert made == [heard[0], heard[1]]
    return made, [asked for asked, _ in engine.asked]


def test_the_parts_are_asked_for_and_come_together() -> None:
    script = {OUTER: [("He said: “Mir”.", -0.2)], INNER: [("We are all glad.", -0.4)]}
    [speech, baku], asked = drafts(script)
    assert speech.text == "He said: “We are all glad.”"
    assert (speech.strategy, baku.text) == ("folded", "Baku")
    assert speech.score == pytest.approx(-0.3, abs=0.02)
    assert asked == ["Баку", OUTER, INNER]


def test_what_does_not_come_together_is_asked_for_whole() -> None:
    whole = "He said: “We are glad.”"
    script = {OUTER: [("He said so.", -0.2)], INNER: [("We are glad.", -0.4)]}
    [speech, _], asked = drafts(script | {SPEECH.text: [(whole, -0.3)]})
    assert (speech.text, asked[-1]) == (whole, SPEECH.text)


def test_a_part_that_fails_leaves_the_whole() -> None:
    [speech, _], _ = drafts({SPEECH.text: [("He spoke.", -0.3)]})
    assert speech.text == "He spoke."
    [speech, _], _ = drafts({})
    assert (speech.origin, speech.reason) == ("failed", "empty output")


def test_it_can_be_left() -> None:
    _, asked = drafts({SPEECH.text: [("He spoke.", -0.3)]}, folding=False)
    assert asked == [SPEECH.text, "Баку"]
