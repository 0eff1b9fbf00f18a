"""A term is said in its place, what stands before it stays, and the model goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from scripted import Insertable, Scripted
from tiny_models import LINES

from dragoman.engines import Decoding, load_engine
from dragoman.engines.base import Insertion
from dragoman.engines.enforce import Enforcer
from dragoman.engines.pivot import PivotEngine
from dragoman.engines.seq2seq import Seq2SeqEngine
from dragoman.engines.wording import holds_form, place_of
from dragoman.records import Draft, Request, Term

TEXT = "Служба провела 2 встречи в Баку."
BAKU = Term(27, 31, "Баку", "Bakı", ("Bakıda", "Bakı", "Bakının"), fitting=("Bakıda",))
SERVICE = Term(0, 6, "Служба", "Xidmət", ("Xidmət", "Xidməti"))
LACKING, RIGHT = "Xidmət 2 görüş keçirdi.", "Xidmət Bakıda 2 görüş keçirdi."


def engine(folder: Path, **decoding: object) -> Seq2SeqEngine:
    found = load_engine(str(folder), decoding=Decoding(**decoding))  # type: ignore[arg-type]
    assert isinstance(found, Seq2SeqEngine)
    return found


def draft(found: Scripted | PivotEngine, *terms: Term) -> Draft:
    [made] = Enforcer(found, "az").drafts([Request(TEXT, terms)])
    return made


def test_a_missing_term_is_inserted_where_it_is_likeliest() -> None:
    found = Insertable({TEXT: [(LACKING, -0.2)]}, inserted={LACKING: [(RIGHT, -0.4)]})
    made = draft(found, SERVICE, BAKU)
    assert (made.text, made.strategy) == (RIGHT, "inserted")
    assert made.cost == pytest.approx(0.2)
    assert found.insertions == [Insertion(LACKING, ("Bakıda", "Bakı", "Bakının"))]
    assert found.wanted == []  # the constrained beam is not needed


def test_a_term_in_a_doubtful_form_is_said_again_in_its_place() -> None:
    said = "Xidmət Bakının 2 görüşünü keçirdi."
    found = Insertable({TEXT: [(said, -0.2)]}, inserted={said: [(RIGHT, -0.4)]})
    assert draft(found, BAKU).text == RIGHT
    assert found.insertions == [Insertion(said, ("Bakıda",), said.index("Bakının"))]


def test_a_second_term_is_inserted_after_the_first() -> None:
    neither = "Paytaxtda 2 görüş keçirdi."
    found = Insertable(
        {TEXT: [(neither, -0.2)]},
        inserted={neither: [(LACKING, -0.3)], LACKING: [(RIGHT, -0.4)]},
    )
    made = draft(found, SERVICE, BAKU)
    assert (made.text, [one.text for one in found.insertions]) == (RIGHT, [neither, LACKING])


def test_what_was_tried_in_vain_is_not_tried_again() -> None:
    found = Insertable({TEXT: [("Paytaxtda 2 görüş keçirdi.", -0.2)]})
    draft(found, SERVICE, BAKU)
    assert [one.forms[0] for one in found.insertions] == ["Xidmət", "Bakıda"]


def test_what_no_insertion_brings_is_left_to_the_constrained_beam() -> None:
    found = Insertable(
        {TEXT: [(LACKING, -0.2)]},
        inserted={LACKING: [("Bakıda.", -0.3)]},  # much too short
        constrained={TEXT: [(RIGHT, -0.6)]},
    )
    assert draft(found, BAKU).strategy == "constrained"


def test_with_a_pivot_the_last_step_inserts() -> None:
    english = "The Service held 2 meetings in Baku."
    first = Scripted({TEXT: [(english, -0.1)]})
    last = Insertable({english: [(LACKING, -0.2)]}, inserted={LACKING: [(RIGHT, -0.4)]})
    assert draft(PivotEngine(first, last), BAKU).text == RIGHT


PLACES = [
    ("Xidmət Bakıda görüş keçirdi.", 7),
    ("Görüş Xidmətin binasında keçirildi, Bakının.", 36),
    ("Bakıya gəldi.", 0),
    ("Bakıxanov qəsəbəsi", None),
    ("bakıda", None),
]


@pytest.mark.parametrize(("text", "place"), PLACES)
def test_place_of_a_term(text: str, place: int | None) -> None:
    assert place_of(replace(BAKU, forms=(*BAKU.forms, "Bakıya")), text) == place


SOURCE = "Служба провела встречу в Баку."


@pytest.mark.parametrize(("start", "before"), [(0, ""), (7, "Xidmət"), (14, "Xidmət Bakıda")])
def test_what_stands_before_stays(taught: Path, start: int, before: str) -> None:
    asked = Insertion("Xidmət Bakıda görüş keçirdi.", ("baş nazir", "baş nazirin"), start)
    [answer] = engine(taught).insert([Request(SOURCE)], "az", [asked], n_best=4)
    assert answer.hypotheses
    for hypothesis in answer.hypotheses:
        assert hypothesis.text.lower().startswith(f"{before} baş nazir".strip().lower())


def test_places_are_tried_where_none_is_given(taught: Path) -> None:
    """The forms of the term stand whole, in more than one place."""
    found = engine(taught)
    asked = Insertion("Xidmət görüş keçirdi.", ("Bakıda", "Bakı"))
    [answer] = found.insert([Request(SOURCE)], "az", [asked], n_best=20)
    places = {place_of(BAKU, hypothesis.text) for hypothesis in answer.hypotheses}
    assert None not in places
    assert len(places) > 1


def test_it_is_the_same_alone_and_together(taught: Path) -> None:
    found = engine(taught, dtype="int8", runtime="transformers")
    requests = [Request(line) for line in LINES[:6]]
    asked = [Insertion("Xidmət görüş keçirdi.", ("nazir", "nazirin"))] * 3
    asked += [Insertion("Xidmət görüş keçirdi.", ("Bakı", "Bakıda"), 7)] * 3
    alone = [
        found.insert([request], "az", [one], n_best=4)[0]
        for request, one in zip(requests, asked, strict=True)
    ]
    assert found.insert(requests, "az", asked, n_best=4) == alone
    assert any(answer.hypotheses for answer in alone)


@pytest.mark.parametrize("name", ["m2m100", "nllb", "madlad"])
def test_other_families_come_to_an_end(model: Callable[[str], Path], name: str) -> None:
    """Random weights say nothing sound, but the term they do say."""
    found = engine(model(name), dtype="float32", beams=2)
    [answer] = found.insert([Request("Да.")], "az", [Insertion("Xidmət.", ("Bakı", "Bakıda"))])
    assert bool(answer.hypotheses) != bool(answer.reason)
    assert all(holds_form(BAKU, hypothesis.text) for hypothesis in answer.hypotheses)


def test_a_lack_of_memory_is_an_answer_without_a_text(
    taught: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise MemoryError

    asked = Insertion("Xidmət.", ("Bakı",))
    for name in ("insertion._logprobs", "directed.constrained_search"):
        with monkeypatch.context() as patch:
            patch.setattr(f"dragoman.engines.{name}", fail)
            [answer] = engine(taught).insert([Request(SOURCE)], "az", [asked])
        assert answer.reason and not answer.hypotheses


def test_words_outside_the_vocabulary_are_no_insertion(taught: Path) -> None:
    [answer] = engine(taught).insert([Request(SOURCE)], "az", [Insertion("Xidmət.", ("漢字",))])
    assert not answer.hypotheses
    assert answer.reason
