"""Two engines in a row."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from scripted import Constrainable, Scripted

from dragoman.drafting import BREAKDOWNS
from dragoman.engines import load_engine
from dragoman.engines.base import failed
from dragoman.engines.enforce import Enforcer
from dragoman.engines.models import PIVOTS
from dragoman.engines.pivot import PivotEngine
from dragoman.errors import EngineError
from dragoman.records import Answer, Request, Term

RUSSIAN = "Встреча прошла в Баку."
TERM = Term(17, 21, "Баку", "Bakı", ("Bakıda", "Bakı"))


def pivot(second: Scripted | None = None) -> PivotEngine:
    first = Scripted({RUSSIAN: [("The meeting was in Baku.", -0.2)]}, name="a", revision="1")
    return PivotEngine(
        first, second or Scripted({"The meeting was in Baku.": [("Görüş Bakıda oldu.", -0.4)]})
    )


def test_the_second_engine_reads_what_the_first_says() -> None:
    [answer] = pivot().translate([Request(RUSSIAN, (TERM,))], "az")
    assert answer.hypotheses[0].text == "Görüş Bakıda oldu."
    assert answer.hypotheses[0].score == pytest.approx(-0.3)


def test_into_the_middle_language_the_first_goes_alone() -> None:
    [answer] = pivot().translate([Request(RUSSIAN)], "en")
    assert answer.hypotheses[0].text == "The meeting was in Baku."


def test_a_sentence_lost_in_the_middle_is_a_failed_answer_in_its_place() -> None:
    heard: dict[int, Answer] = {}
    answers = pivot().translate(
        [Request("Нет."), Request(RUSSIAN), Request("Нет.")], "az", on_answer=heard.__setitem__
    )
    assert [a.reason for a in answers] == [
        "empty output (into en)",
        "",
        "empty output (into en)",
    ]
    assert heard == dict(enumerate(answers))


def test_a_fault_of_the_machine_in_the_middle_is_tried_again_by_the_next_run() -> None:
    class Exhausted(Scripted):
        def translate(self, requests: Sequence[Request], to: str, **_: object) -> list[Answer]:
            return [failed("out of memory") for _ in requests]

    engine = PivotEngine(Exhausted({}), Scripted({}))
    assert engine.translate([Request(RUSSIAN)], "az")[0].reason.startswith(BREAKDOWNS)


@pytest.mark.parametrize(
    ("russian", "english", "said", "reason"),
    [
        (RUSSIAN, "The meeting was in Baku.", "the meeting was in Baku", "the source was copied"),
        (RUSSIAN, "The meeting was in Baku.", RUSSIAN, "the source was copied"),
        (RUSSIAN, "The meeting was in Baku.", "Мајлис Бакыда олду.", "left in Cyrillic"),
        ("Министерство обороны", "Ministry of Defence", "Ministry of Defence", "the source was"),
        ("Стоян Радев", "Stoyan Radev", "Stoyan Radev", ""),
        ("ОПЕК", "OPEC", "OPEC", ""),
        ("press@migration.gov.az", "press@migration.gov.az", "press@migration.gov.az", ""),
        (RUSSIAN, "The meeting was in Baku.", "Görüş Bakıda oldu.", ""),
    ],
)
def test_what_comes_out_is_judged_against_the_russian(
    russian: str, english: str, said: str, reason: str
) -> None:
    """The second step is told English: to it, English or Cyrillic is no fault by itself."""
    first, second = Scripted({russian: [(english, -0.2)]}), Scripted({english: [(said, -0.4)]})
    [answer] = PivotEngine(first, second).translate([Request(russian)], "az")
    assert answer.reason.startswith(reason) if reason else answer.hypotheses[0].text == said
    assert bool(answer.hypotheses) is not bool(reason)


def test_terms_are_enforced_at_the_last_step() -> None:
    last = Constrainable(
        {"The meeting was in Baku.": [("Görüş paytaxtda oldu.", -0.2)]},
        constrained={"The meeting was in Baku.": [("Görüş Bakıda oldu.", -0.6)]},
    )
    [draft] = Enforcer(pivot(last), "az").drafts([Request(RUSSIAN, (TERM,))])
    assert (draft.text, draft.strategy) == ("Görüş Bakıda oldu.", "constrained")
    assert last.wanted == [["Bakıda", "Bakı"]]


def test_the_first_step_is_not_repeated_for_enforcement() -> None:
    engine = pivot()
    engine.translate([Request(RUSSIAN)] * 3, "az")
    engine.translate([Request(RUSSIAN)], "az")
    assert isinstance(engine.first, Scripted)
    assert engine.first.asked == [(RUSSIAN, 1)]


def test_name_and_revision_are_those_of_both() -> None:
    assert pivot().name == "a+scripted"
    assert pivot().revision == "1+1"


def test_names_with_a_plus_make_one(taught: Path) -> None:
    engine = load_engine(f"fake+{taught}", pivot="ru")
    assert isinstance(engine, PivotEngine)
    assert (engine.first.name, engine.second.name) == ("fake", str(taught))


def test_both_steps_of_one_model_share_its_weights(taught: Path) -> None:
    found = load_engine(str(taught), pivot="en")
    assert isinstance(found, PivotEngine)
    assert found.first.model is found.second.model  # type: ignore[attr-defined]


def test_a_single_name_with_a_pivot_is_used_twice() -> None:
    engine = load_engine("fake", pivot="en")
    assert isinstance(engine, PivotEngine)
    assert engine.translate([Request("В Баку.")], "az")[0].hypotheses[0].text == "V Baku."


@pytest.mark.parametrize("name", PIVOTS)
def test_named_pairs_say_what_to_fetch(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    with pytest.raises(EngineError, match=f"dragoman models fetch {PIVOTS[name][0]}"):
        load_engine(name)
