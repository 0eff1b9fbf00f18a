"""`dragoman status`: the numbers of each catalog and the order of the worklist."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from dragoman.catalog import read_catalog, write_catalog
from dragoman.cli import main
from dragoman.inspection import Inspected, Inspector, Verdict, find_catalogs
from dragoman.inspection.places import CatalogPlace
from dragoman.records import Issue
from dragoman.status import survey, tasks_of
from dragoman.workspace import Workspace
from reviewing import MEETING_EN, review, translated


def status(root: Path, capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    capsys.readouterr()
    code = main(["status", "--json", "-w", str(root), *arguments])
    found = json.loads(capsys.readouterr().out)
    assert code == (1 if found["failures"] else 0)
    return dict(found)


def test_every_entry_is_in_one_state(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = review(translated(workspace), {"Начальник": MEETING_EN["Начальник"], "Стороны": ""})
    catalog = read_catalog(path)
    entries = [
        replace(e, previous_msgid="Мы были рады.") if e.msgid.startswith("– Мы") else e
        for e in catalog.entries
    ]
    write_catalog(path, replace(catalog, entries=tuple(entries)))
    row, other = status(workspace, capsys)["catalogs"]
    assert (row["release"], other["release"]) == ("meeting", "page")
    states = {name: row[name] for name in ("segments", "approved", "draft", "changed", "failed")}
    assert states == {"segments": 5, "approved": 1, "draft": 2, "changed": 1, "failed": 1}
    # 14 марта … Болгарии. 15 words; На встрече … Службу. 11; Мы рады … 6; Стороны … 3
    assert row["words_left"] == 15 + 11 + 6 + 3


def test_terms_are_those_of_the_release_and_the_text(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = {"На встрече": "3 projects & 120 applications submitted to the Service were discussed."}
    review(translated(workspace), {**MEETING_EN, **text})
    row = status(workspace, capsys, "meeting")["catalogs"][0]
    assert (row["terms"], row["missed"]) == (6, 1)
    assert row["warnings"] >= 1 and row["errors"] == 0


def test_totals_by_language_and_over_all(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    translated(workspace)
    translated(workspace, lang="az")
    found = status(workspace, capsys)
    assert [(row["lang"], row["segments"]) for row in found["totals"]] == [
        ("en", 9),
        ("az", 9),
        ("", 18),
    ]
    assert [row["lang"] for row in status(workspace, capsys, "--to=az")["totals"]] == ["az"]


def test_releases_without_a_catalog_are_named(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    translated(workspace)
    (workspace / "seeds" / "new.txt").write_text("Новый выпуск.", "utf-8")
    lacking = status(workspace, capsys, "--to=en")["untranslated"]
    assert [Path(path).name for path in lacking] == ["new.po"]


def entry(line: int, **facts: Any) -> Inspected:
    plain: dict[str, Any] = {"state": "draft", "score": -0.3, "terms": (), "issues": ()}
    plain |= {"source": "А", "target": "A", "comment": ""}
    return Inspected(line=line, **(plain | facts))


ERROR = Issue("number", "error", "5 is missing")
WARNING = Issue("spacing", "warning", "doubled space")
MISSING = Verdict(0, 1, "А", "B", "b", False, False)
BY_RISK = [
    entry(9, issues=(ERROR, ERROR)),
    entry(8, issues=(ERROR,), score=-0.9),
    entry(7, state="approved", issues=(ERROR,), score=None),
    entry(6, state="failed", target="", score=None),
    entry(5, terms=(MISSING, MISSING)),
    entry(4, terms=(MISSING,), issues=(WARNING,)),
    entry(3, state="changed"),
    entry(2, score=-1.5),
    entry(1, issues=(WARNING,)),
    entry(10, score=-0.5),
    entry(11),
]


def test_the_worklist_is_ordered_by_risk() -> None:
    place = CatalogPlace("r", "en", Path("r.po"))
    tasks = sorted(tasks_of(place, sorted(BY_RISK, key=lambda e: e.line)))
    assert [task.line for task in tasks] == [e.line for e in BY_RISK]
    assert [task.risk for task in tasks][::2] == [
        "error", "error", "term missing", "changed", "warning", "to be read",
    ]  # fmt: skip


def test_what_a_person_approved_is_not_work() -> None:
    place = CatalogPlace("r", "en", Path("r.po"))
    decided = entry(1, state="approved", terms=(MISSING,), issues=(WARNING,))
    assert list(tasks_of(place, [decided])) == []


def test_tasks_name_file_and_line(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = translated(workspace)
    for task in status(workspace, capsys, "meeting", "--to=en", "--limit=0")["worklist"]:
        line = Path(task["path"]).read_text("utf-8").split("\n")[task["line"] - 1]
        assert task["path"] == str(path)
        assert line.startswith(f'msgid "{task["source"].rstrip("…")}')


def test_limit_keeps_the_riskiest(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    translated(workspace)
    everything = status(workspace, capsys, "--limit=0")
    few = status(workspace, capsys, "--limit=3")
    assert few["open"] == everything["open"] == 9
    assert few["worklist"] == everything["worklist"][:3]


def test_a_broken_catalog_does_not_hide_the_others(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = translated(workspace)
    path.write_text(path.read_text("utf-8").replace("msgstr", "=======\nmsgstr", 2), "utf-8")
    found = status(workspace, capsys)
    assert [row["release"] for row in found["catalogs"]] == ["page"]
    assert f"{path}:" in found["failures"][0]["message"]


def test_text_for_people(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = translated(workspace)
    capsys.readouterr()
    assert main(["status", "-w", str(workspace)]) == 0
    said = capsys.readouterr().out
    assert "not yet translated: 2" in said  # into Azerbaijani
    assert f"{path}:" in said


def test_nothing_translated_yet(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "-w", str(workspace)]) == 0
    assert capsys.readouterr().out == "No catalogs yet: run `dragoman translate`.\n"


def test_what_was_inspected_is_remembered_until_something_changes(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = translated(workspace)
    place = Workspace.at(workspace)

    def look() -> tuple[int, list[str]]:
        """How many catalogs had to be inspected anew, and what was found."""
        from dragoman.inspection import inspector

        calls = []
        real = inspector.inspect
        with monkeypatch.context() as patch, Inspector(place) as desk:
            patch.setattr(inspector, "inspect", lambda *a: calls.append(1) or real(*a))
            found = survey(desk, find_catalogs(place, (), ("en",)))
        return len(calls), [str(row) for row in found.rows]

    first = look()
    assert first[0] == 2
    assert look() == (0, first[1])
    review(path, MEETING_EN)
    assert look()[0] == 1
    terms = workspace / "glossary" / "terms.csv"
    terms.write_text(terms.read_text("utf-8").replace("Chief of the Service", "Head"), "utf-8")
    assert look()[0] == 2


def test_a_workspace_that_cannot_be_written_is_read_all_the_same(workspace: Path) -> None:
    translated(workspace)
    state = workspace / ".dragoman"
    state.rename(workspace / "elsewhere")
    state.write_text("a file where the folder would be")
    place = Workspace.at(workspace)
    with Inspector(place) as desk:
        assert len(survey(desk, find_catalogs(place, (), ("en",))).rows) == 2


def test_a_damaged_memory_of_inspections_is_no_fault(workspace: Path) -> None:
    translated(workspace)
    place = Workspace.at(workspace)
    (place.state / "inspections.sqlite").write_bytes(b"no database" * 1000)
    with Inspector(place) as desk:
        assert len(survey(desk, find_catalogs(place, (), ("en",))).rows) == 2
