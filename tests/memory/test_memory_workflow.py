"""The memory at work: in a run, and from the command line."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import pytest
from memories import approved, draft, place, put

from dragoman.catalog import read_catalog
from dragoman.cli import main
from dragoman.engines.fake import FakeEngine
from dragoman.memory import index
from dragoman.pipeline import run
from dragoman.records import Answer, Entry, Request
from dragoman.report import Report
from dragoman.session import open_job
from dragoman.workspace import Workspace
from reviewing import review

TEN = "Стороны обсудили 10 проектов и обменялись мнениями."
TWELVE = "Стороны обсудили 12 проектов и обменялись мнениями."
SAME = "Встреча прошла в Баку."


@pytest.fixture
def two(workspace: Path) -> Workspace:
    """Two releases that share a sentence and have a similar one each."""
    for path in (workspace / "seeds").iterdir():
        path.unlink()
    (workspace / "seeds" / "a.txt").write_text(f"{TEN}\n\n{SAME}\n", "utf-8")
    (workspace / "seeds" / "b.txt").write_text(f"{TWELVE}\n\n{SAME}\n", "utf-8")
    return Workspace.at(workspace)


def translate(workspace: Workspace, *, trust: bool = False) -> Report:
    with open_job(workspace, "fake", ("en",), trust_memory=trust) as job:
        report = run(job, workspace.releases())
    assert not report.failures
    return report


def entry(workspace: Workspace, name: str, source: str) -> Entry:
    found = read_catalog(workspace.catalog(name, "en")).by_identity()
    return found[None, source]


def approve(workspace: Workspace) -> None:
    review(workspace.catalog("a", "en"), {TEN: "The parties discussed 10 projects.", SAME: "Met."})


def test_an_approval_pays_back_in_the_other_release(two: Workspace) -> None:
    translate(two)
    approve(two)
    report = translate(two)
    same = entry(two, "b", SAME)
    assert (same.msgstr, same.fuzzy) == ("Met.", True), "reused, and still for a person to confirm"
    assert same.extracted[:2] == ("origin: memory", "note: from locales/en/LC_MESSAGES/a.po")
    assert not [line for line in same.extracted if line.startswith("memory ")]
    counts = {row.release: (row.kept, row.reused, row.memory) for row in report.rows}
    assert counts == {"a": (2, 0, 0), "b": (0, 0, 2)}
    assert all(row.unchanged for row in translate(two).rows)


def test_a_match_with_other_figures_is_adapted(two: Workspace) -> None:
    translate(two)
    approve(two)
    for trust in (False, True):
        translate(two, trust=trust)
        found = entry(two, "b", TWELVE)
        assert (found.msgstr, found.fuzzy) == ("The parties discussed 12 projects.", True)
        assert found.extracted[:2] == (
            "origin: memory, adapted",
            "note: from locales/en/LC_MESSAGES/a.po, 98%, with other figures",
        )
        assert found.extracted[-2:] == (
            "memory 98%: Стороны обсудили [-10-]{+12+} проектов и обменялись …",
            "memory 98% said: The parties discussed 10 projects.",
        )


def test_a_similar_sentence_is_shown_and_not_used(two: Workspace) -> None:
    (two.seeds / "b.txt").write_text(f"{TWELVE.replace('проектов', 'вопросов')}\n", "utf-8")
    translate(two)
    found = read_catalog(two.catalog("b", "en")).entries[0]
    approve(two)
    translate(two)
    after = read_catalog(two.catalog("b", "en")).entries[0]
    assert after.msgstr == found.msgstr
    assert after.extracted[-2:] == (
        "memory 92%: Стороны обсудили [-10 проектов-]{+12 вопросов+} и обменялись мнениями.",
        "memory 92% said: The parties discussed 10 projects.",
    )


class Listener(FakeEngine):
    """An engine that takes hints, and what it was given."""

    takes_hints = True
    heard: ClassVar[dict[str, tuple[str, str] | None]] = {}

    def translate(self, requests: Sequence[Request], to: str, **options: Any) -> list[Answer]:
        self.heard.update({request.text: request.similar for request in requests})
        return super().translate(requests, to, **options)


@pytest.mark.parametrize("flags", [True, False])
def test_a_similar_sentence_is_a_hint_to_engines_that_take_them(
    two: Workspace, flags: bool
) -> None:
    asked = TWELVE.replace("проектов", "вопросов")
    translate(two)
    approve(two)
    (two.seeds / "c.txt").write_text(f"{asked}\n\nПогода хорошая.\n", "utf-8")
    Listener.heard.clear()
    with open_job(two, "fake", ("en",)) as job:
        run(replace(job, engine=Listener(), crew=None, trust_flags=flags), [two.seeds / "c.txt"])
    hint = (TEN, "The parties discussed 10 projects.") if flags else None
    assert Listener.heard == {asked: hint, "Погода хорошая.": None}


def test_nobody_is_shown_the_memory_who_has_approved(two: Workspace) -> None:
    translate(two)
    approve(two)
    review(two.catalog("b", "en"), {TWELVE: "The parties discussed 12 projects."})
    translate(two)
    for name, source in (("a", TEN), ("b", TWELVE)):
        assert not [x for x in entry(two, name, source).extracted if x.startswith("memory ")]


def test_a_trusted_memory_needs_no_confirmation(two: Workspace) -> None:
    translate(two)
    approve(two)
    translate(two, trust=True)
    assert (entry(two, "b", SAME).msgstr, entry(two, "b", SAME).fuzzy) == ("Met.", False)
    assert entry(two, "b", TWELVE).fuzzy
    assert all(row.unchanged for row in translate(two, trust=True).rows)


def test_a_trusted_run_that_was_killed_ends_as_one_that_was_not(two: Workspace) -> None:
    """The catalogs that were written before the kill do not become sources of the others."""
    for name in ("c", "z"):
        (two.seeds / f"{name}.txt").write_text(f"{SAME}\n", "utf-8")
    (two.seeds / "a.txt").write_text(f"{SAME}\n{TEN}\n", "utf-8")
    translate(two)
    review(two.catalog("z", "en"), {SAME: "Met."})
    killed = Workspace.at(Path(shutil.copytree(two.root, two.root.with_name("killed"))))
    translate(two, trust=True)
    with open_job(killed, "fake", ("en",), trust_memory=True) as job:
        assert not run(job, [killed.seeds / "a.txt"]).failures  # as far as that
    translate(killed, trust=True)
    for name in "abcz":
        assert bare(killed.catalog(name, "en")) == bare(two.catalog(name, "en"))
    assert "note: from locales/en/LC_MESSAGES/z.po" in entry(two, "c", SAME).extracted


def test_what_the_memory_takes_from_a_person_stays_theirs(two: Workspace) -> None:
    """Also when the run that proposes it elsewhere never looks at where they wrote it."""
    translate(two)
    review(two.catalog("b", "en"), {SAME: "Met."})
    with open_job(two, "fake", ("en",)) as job:
        run(job, [two.seeds / "a.txt"])
    assert (entry(two, "a", SAME).msgstr, entry(two, "a", SAME).fuzzy) == ("Met.", True)
    path = two.catalog("b", "en")
    path.write_text(path.read_text("utf-8").replace('msgid "Встреча', '#, fuzzy\nmsgid "Встреча'))
    translate(two)
    assert (entry(two, "b", SAME).msgstr, entry(two, "b", SAME).fuzzy) == ("Met.", True)
    assert entry(two, "b", SAME).extracted[0] == "origin: a person"
    assert entry(two, "a", SAME).msgstr != "Met.", "which nobody approves any more"


def bare(path: Path) -> str:
    """A catalog without the date of the last change."""
    return re.sub(r"PO-Revision-Date.*", "", path.read_text("utf-8"))


def test_a_contested_sentence_is_not_trusted(two: Workspace) -> None:
    put(two, "x", approved(SAME, "It took place."))
    translate(two)
    approve(two)
    translate(two, trust=True)
    found = entry(two, "b", SAME)
    assert found.fuzzy
    assert found.extracted[:2] == (
        "origin: memory, contested",
        "note: from locales/en/LC_MESSAGES/a.po; "
        "locales/en/LC_MESSAGES/x.po says otherwise: It took place.",
    )


def test_a_withdrawn_approval_withdraws_its_copies(two: Workspace) -> None:
    translate(two)
    machine = entry(two, "b", SAME).msgstr
    approve(two)
    translate(two)
    assert entry(two, "b", SAME).msgstr == "Met."
    two.catalog("a", "en").unlink()
    translate(two)
    assert entry(two, "b", SAME).msgstr == machine


@pytest.mark.parametrize("small", [True, False], ids=["small", "archive"])
def test_runs_settle(two: Workspace, monkeypatch: pytest.MonkeyPatch, small: bool) -> None:
    monkeypatch.setattr(index, "SMALL", 200 if small else 0)
    translate(two)
    approve(two)
    (two.seeds / "c.txt").write_text(f"{SAME}\n", "utf-8")
    translate(two)
    assert all(row.unchanged for row in translate(two).rows)


def dragoman(*arguments: object) -> int:
    return main([str(argument) for argument in arguments])


@pytest.fixture
def filled(tmp_path: Path) -> Path:
    workspace = place(tmp_path / "ws")
    put(workspace, "a", approved(TEN, "The parties [b]discussed[/b] 10 projects."))
    put(workspace, "b", approved(SAME, "Met."), approved("Раз.", "One."))
    put(workspace, "c", approved(SAME, "It took place."), draft("Два.", "Two."))
    put(workspace, "a", approved(TEN, "Tərəflər 10 layihəni müzakirə edib."), lang="az")
    return workspace.root


def test_search(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert dragoman("memory", "search", TWELVE, "--to", "en", "-w", filled) == 0
    assert capsys.readouterr().out.splitlines() == [
        " 98%  en  locales/en/LC_MESSAGES/a.po",
        "      Стороны обсудили [-10-]{+12+} проектов и обменялись мнениями.",
        "      The parties [b]discussed[/b] 10 projects.",
    ]
    assert dragoman("memory", "search", "Погода хорошая.", "-w", filled) == 0
    assert capsys.readouterr().out == "Nothing in the memory is like it by 75% or more.\n"


def test_search_for_machines(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert dragoman("memory", "search", TWELVE, "--json", "-w", filled) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["az"][0]["target"] == "Tərəflər 10 layihəni müzakirə edib."
    assert round(found["en"][0]["score"], 2) == 0.98


def test_out_in_and_forgotten(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, other = filled / "out.tmx", place(filled / "other").root
    assert dragoman("memory", "export", out, "-w", filled) == 0
    assert capsys.readouterr().out == f"{out}: 4 units\n"
    assert dragoman("memory", "import", out, "-w", other) == 0
    assert capsys.readouterr().out == "out.tmx: 1 az, 4 en of 4 units\n"
    assert dragoman("memory", "import", out, filled / "none.tmx", "-w", other) == 1
    said = capsys.readouterr()
    assert said.out == "out.tmx: 1 az, 4 en of 4 units, in place of the earlier import\n"
    assert said.err.endswith("none.tmx: cannot read: No such file or directory; check the path\n")
    assert dragoman("memory", "stats", "--json", "-w", other) == 0
    counts = json.loads(capsys.readouterr().out)
    assert counts["sentences"] == {"en": 3, "az": 1}
    assert counts["contested"] == {"en": 1, "az": 0}
    assert counts["imported"] == [["out.tmx", 5]]
    assert dragoman("memory", "forget", "out.tmx", "-w", other) == 0
    assert dragoman("memory", "forget", "out.tmx", "-w", other) == 2
    capsys.readouterr()
    assert dragoman("memory", "stats", "-w", other) == 0
    assert "0 catalogs with approved entries" in capsys.readouterr().out


def test_an_import_reports_what_it_left_out(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = filled / "mixed.tmx"
    variant = '<tuv xml:lang="{}"><seg>{}</seg></tuv>'.format
    languages = [("ru", "en"), ("de", "en"), ("ru", "az-Cyrl")]
    units = "".join(f"<tu>{variant(a, 'Раз.')}{variant(b, '1')}</tu>" for a, b in languages)
    path.write_text(f'<tmx version="1.4"><header/><body>{units}</body></tmx>', "utf-8")
    assert dragoman("memory", "import", path, "-w", filled) == 0
    assert capsys.readouterr().out.splitlines() == [
        "mixed.tmx: 1 en of 3 units",
        "  left out: 1 without Russian",
        "  left out: 1 without a target language of ours",
        "  other languages: de (1), az-Cyrl (1)",
    ]


def test_a_folder_that_cannot_be_written(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (filled / ".dragoman").write_text("a file where the folder should be", "utf-8")
    assert dragoman("memory", "stats", "-w", filled) == 1
    assert "dragoman: " in capsys.readouterr().err
