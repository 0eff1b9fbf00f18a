"""What each way of enforcing terms does, told one from another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from dragoman.cli import main
from dragoman.engines import load_engine
from dragoman.glossary import fitting, load_glossary, occurrences
from dragoman.records import Concept, Hit, Term, Wording
from dragoman.strategies import STRATEGIES, Right, compare_strategies, judge

FORMS = ("Xidmət", "Xidmətin", "Xidmətə", "Xidmətdə")
SERVICE = Term(0, 6, "Службы", "Xidmət", FORMS, fitting=("Xidmət", "Xidmətin"))
SOURCE = "Службы нет, и об этом узнали вчера все сотрудники города."
REFERENCE = "Xidmətin yoxluğunu dünən şəhərin bütün əməkdaşları bildilər."


@pytest.mark.parametrize(
    ("said", "counts"),
    [
        # (terms, said, in the right form, in the right place)
        ("Xidmətin yoxluğunu dünən şəhərin bütün əməkdaşları bildi.", (1, 1, 1, 1)),
        ("Xidmət yoxdur, bunu dünən hamı bilib.", (1, 1, 1, 1)),  # answers the Russian genitive
        ("Xidmətə getdilər, bunu dünən hamı bilib.", (1, 1, 0, 0)),
        ("Bütün əməkdaşlar dünən şəhərdə bunu biliblər, yoxdur Xidmət.", (1, 1, 1, 0)),
        ("İdarənin yoxluğunu dünən hamı bilib.", (1, 0, 0, 0)),
        ("", (1, 0, 0, 0)),
    ],
)
def test_an_occurrence(said: str, counts: tuple[int, ...]) -> None:
    assert judge(SOURCE, said, REFERENCE, (SERVICE,), "az") == Right(*counts)


def test_what_the_reference_does_not_say_does_not_count() -> None:
    assert judge(SOURCE, "Xidmət", "Heç kim.", (SERVICE,), "az") == Right()


@pytest.mark.parametrize(("said", "right"), [("Xidmət, Xidmət", 2), ("Xidmət", 1), ("", 0)])
def test_a_term_that_occurs_twice_must_be_said_twice(said: str, right: int) -> None:
    found = judge("Служба, Служба", said, "Xidmət, Xidmət", (SERVICE, SERVICE), "az")
    assert (found.terms, found.said) == (2, right)


def test_occurrences_do_not_overlap() -> None:
    term = Term(0, 1, "x", "migration service", ("migration service", "migration"))
    spans = occurrences(term, "Migration service, and migration.", "en")
    assert [span.surface for span in spans] == ["Migration service", "migration"]


def test_fitting_forms_answer_the_russian_case() -> None:
    concept = Concept("x", "organisation", ("Служба",), (), Wording("Service"), Wording("Xidmət"))
    hit = Hit(0, 6, "Службе", concept, "full", ("datv", "loct"), "sing")
    found = fitting(hit, "az")
    assert {"Xidmətə", "Xidmətdə"} <= set(found)
    assert not {"Xidmətdən", "Xidmətlərə"} & set(found)
    assert "Services" not in fitting(hit, "en")


def test_strategies_are_told_apart(workspace: Path, tmp_path: Path) -> None:
    base = load_glossary(workspace / "glossary", tmp_path / "cache.sqlite")
    rows = [{"ru": "Встреча в Баку.", "en": "Meeting in Baku.", "az": "Bakıda görüş."}]
    found = {
        outcome.strategy: outcome
        for outcome in compare_strategies(load_engine("fake"), base, rows, "en")
    }
    assert list(found) == list(STRATEGIES)
    assert found["all"].right.said == found["annotation"].right.said == 1
    assert found["all"].chrf >= found["none"].chrf > 0


def test_command(workspace: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "set.tsv").write_text(
        "Встреча прошла в Баку.\tMet in Baku.\tBakıda görüş.\n", "utf-8"
    )
    arguments = ["evaluate", str(tmp_path / "set.tsv"), "--engine", "fake", "-w", str(workspace)]
    assert main([*arguments, "--strategies", "--output", str(tmp_path / "out")]) == 0
    report = json.loads((tmp_path / "out" / "strategies.json").read_text("utf-8"))
    assert [(row["strategy"], row["lang"]) for row in report] == [
        (name, lang) for lang in ("en", "az") for name in STRATEGIES
    ]
    assert report[-1]["right"]["terms"] == 1
    assert "right place" in capsys.readouterr().out
