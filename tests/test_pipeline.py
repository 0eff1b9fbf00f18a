"""The main job, from release files to PO files, with the fake engine and real tools."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import polib
import pytest

from dragoman.cli import main
from dragoman.errors import EngineError, WorkspaceError
from dragoman.pipeline import run
from dragoman.report import Report
from dragoman.session import open_job
from dragoman.workspace import Workspace
from po_tools import assert_valid, needs_gettext, run_tool

GOLDEN = Path(__file__).parent / "golden"

CATALOGS = [
    f"{lang}/LC_MESSAGES/{name}.po" for lang in ("en", "az") for name in ("meeting", "page")
]


def translate(root: Path, *, engine: str = "fake", to: tuple[str, ...] = ("en", "az")) -> Report:
    place = Workspace.at(root)
    with open_job(place, engine, to) as job:
        return run(job, place.releases())


def po(root: Path, name: str = "meeting", lang: str = "en") -> Path:
    return root / "locales" / lang / "LC_MESSAGES" / f"{name}.po"


def said(root: Path, name: str) -> list[str]:
    return [entry.msgstr for entry in polib.pofile(str(root / "locales" / name))]


def snapshot(root: Path) -> dict[str, bytes]:
    folder = root / "locales"
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*.po*"))}


def test_golden_catalogs(workspace: Path) -> None:
    """Set DRAGOMAN_GOLDEN=write to write them anew, then read the difference in git."""
    translate(workspace)
    found = {name: data.decode() for name, data in snapshot(workspace).items()}
    golden = GOLDEN / "locales"
    if os.environ.get("DRAGOMAN_GOLDEN") == "write":
        for name, text in found.items():
            (golden / name).parent.mkdir(parents=True, exist_ok=True)
            (golden / name).write_text(text, "utf-8")
    expected = {
        p.relative_to(golden).as_posix(): p.read_text("utf-8") for p in golden.rglob("*.po*")
    }
    assert found == expected


@needs_gettext
def test_catalogs_and_templates_are_valid(workspace: Path) -> None:
    translate(workspace)
    assert sorted(snapshot(workspace)) == sorted([*CATALOGS, "meeting.pot", "page.pot"])
    for name in CATALOGS:
        assert_valid(workspace / "locales" / name)
    for name in ("meeting.pot", "page.pot"):
        run_tool("msgfmt", "--check-format", "-o", "/dev/null", workspace / "locales" / name)


def test_counts(workspace: Path) -> None:
    report = translate(workspace)
    rows = {(row.release, row.lang): row for row in report.rows}
    meeting = rows["meeting", "en"]
    # Title, two sentences, the direct speech, and one sentence that stands there twice.
    assert (meeting.segments, meeting.drafted, meeting.reused) == (5, 5, 0)
    assert meeting.terms == 6 and meeting.missed == 0
    assert not report.failures


def test_second_run_changes_nothing(workspace: Path) -> None:
    translate(workspace)
    before = snapshot(workspace)
    report = translate(workspace)
    assert snapshot(workspace) == before
    assert all(row.unchanged for row in report.rows)


def test_second_run_is_fast_and_loads_no_model(workspace: Path) -> None:
    translate(workspace)
    code = (
        "import sys, time; from dragoman.cli import main; began = time.process_time();"
        f"status = main(['translate', '--engine', 'fake', '-w', {str(workspace)!r}]);"
        "heavy = {'torch', 'transformers', 'pymorphy3', 'trafilatura'} & set(sys.modules);"
        "print(status, sorted(heavy), time.process_time() - began)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.splitlines()[-1]
    status, rest = done.split(" ", 1)
    heavy, seconds = rest.rsplit(" ", 1)
    assert (status, heavy) == ("0", "[]"), done
    assert float(seconds) < 2, done


def test_fresh_clone_finds_its_own_drafts_again(workspace: Path) -> None:
    """Without a ledger, texts that the engine says again are known as drafts; bytes stay."""
    translate(workspace)
    before = snapshot(workspace)
    for path in (workspace / ".dragoman").iterdir():
        path.unlink()
    report = translate(workspace)
    assert snapshot(workspace) == before
    assert report.total.drafted == report.total.segments


def test_lost_ledger_and_another_engine_leave_everything_as_it_is(workspace: Path) -> None:
    translate(workspace)
    texts = {
        name: [e.msgstr for e in polib.pofile(str(workspace / "locales" / name))]
        for name in CATALOGS
    }
    for path in (workspace / ".dragoman").iterdir():
        path.unlink()
    translate(workspace, engine="fake:drop-number,no-terms")
    after = {
        name: [e.msgstr for e in polib.pofile(str(workspace / "locales" / name))]
        for name in CATALOGS
    }
    assert after == texts


def test_people_keep_what_they_wrote(workspace: Path) -> None:
    translate(workspace)
    file = polib.pofile(str(po(workspace)))
    edited, cleared, commented, dropped = file[0], file[1], file[2], file[3]
    edited.msgstr = "The Chief of the Service met the Ambassador"
    edited.flags.remove("fuzzy")
    approved = cleared.msgstr
    cleared.flags.remove("fuzzy")
    commented.tcomment = "Ask the press office."
    dropped.msgstr = "“We are glad to see our guests,” V. Huseynov said."  # fuzzy as it was
    file.save(str(po(workspace)))
    for engine in ("fake:no-terms", "fake", "fake:no-terms"):
        translate(workspace, engine=engine)
    entries = {e.msgid: e for e in polib.pofile(str(po(workspace)))}
    assert entries[edited.msgid].msgstr == edited.msgstr and not entries[edited.msgid].fuzzy
    assert entries[cleared.msgid].msgstr == approved and not entries[cleared.msgid].fuzzy
    assert entries[commented.msgid].tcomment == "Ask the press office."
    assert (
        entries[commented.msgid].fuzzy
        and "State Migration Service" not in entries[commented.msgid].msgstr
    )
    assert entries[dropped.msgid].msgstr == dropped.msgstr and entries[dropped.msgid].fuzzy


def test_a_persons_words_stay_theirs_when_the_machine_says_them_elsewhere(workspace: Path) -> None:
    translate(workspace, to=("en",))
    machine = polib.pofile(str(po(workspace)))
    words = {e.msgid: e.msgstr for e in machine}
    for path in (*(workspace / ".dragoman").iterdir(), po(workspace)):
        path.unlink()
    translate(workspace, engine="fake:no-terms", to=("en",))
    file = polib.pofile(str(po(workspace)))
    edited = next(e for e in file if words[e.msgid] != e.msgstr)
    edited.msgstr = words[edited.msgid]  # and the mark stays
    file.save(str(po(workspace)))
    (workspace / "seeds" / "again.txt").write_text(f"Заголовок\n\n{edited.msgid}\n", "utf-8")
    for engine in ("fake", "fake:no-terms"):
        translate(workspace, engine=engine, to=("en",))
        entries = {e.msgid: e for e in polib.pofile(str(po(workspace)))}
        assert entries[edited.msgid].msgstr == edited.msgstr, engine


@needs_gettext
@pytest.mark.parametrize(
    "command",
    [
        ["msgattrib", "--clear-fuzzy"],
        ["msgattrib", "--set-fuzzy", "--width=60"],
        ["msgcat", "--width=70", "--sort-output"],
        ["msgcat", "--no-location"],
    ],
    ids=" ".join,
)
def test_rewritten_by_gettext(workspace: Path, command: list[str]) -> None:
    translate(workspace)
    file = polib.pofile(str(po(workspace)))
    file[0].msgstr = "A person's title"
    file[0].tcomment = "mine"
    file.save(str(po(workspace)))
    run_tool(*command, "-o", po(workspace), po(workspace))
    translate(workspace, engine="fake:no-terms")
    entry = next(e for e in polib.pofile(str(po(workspace))) if e.msgid == file[0].msgid)
    assert (entry.msgstr, entry.tcomment) == ("A person's title", "mine")
    assert_valid(po(workspace))


@needs_gettext
def test_msgmerge_with_our_template(workspace: Path) -> None:
    translate(workspace)
    run_tool(
        "msgmerge", "--update", "--backup=none", po(workspace), workspace / "locales/meeting.pot"
    )
    before = {e.msgid: e.msgstr for e in polib.pofile(str(po(workspace)))}
    translate(workspace)
    assert {e.msgid: e.msgstr for e in polib.pofile(str(po(workspace)))} == before


def test_failed_drafts_have_reasons_and_others_are_done(workspace: Path) -> None:
    report = translate(workspace, engine="fake:empty@2")
    assert 0 < report.total.failed < report.total.segments
    failed = [e for e in polib.pofile(str(po(workspace))) if not e.msgstr]
    kinds = {line.split(":")[0] for e in failed for line in e.comment.splitlines()}
    assert "failed" in kinds


def test_bad_releases_do_not_stop_the_others(workspace: Path) -> None:
    (workspace / "seeds" / "english.txt").write_text("This is an English text.\n", "utf-8")
    (workspace / "seeds" / "empty.txt").write_text("", "utf-8")
    (workspace / "seeds" / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(500))
    report = translate(workspace)
    assert sorted(Path(f.path).name for f in report.failures) == [
        "empty.txt",
        "english.txt",
        "photo.txt",
    ]
    assert len(report.rows) == 4


def test_broken_catalog_is_left_alone(workspace: Path) -> None:
    translate(workspace)
    path = po(workspace)
    broken = path.read_text("utf-8").replace("msgstr", "<<<<<<< HEAD\nmsgstr", 1)
    path.write_text(broken, "utf-8")
    report = translate(workspace, engine="fake:no-terms")
    assert path.read_text("utf-8") == broken
    assert [Path(f.path).name for f in report.failures] == ["meeting.po"]
    assert f"{path}:" in report.failures[0].message


def test_two_releases_of_one_name(workspace: Path) -> None:
    (workspace / "seeds" / "old").mkdir()
    text = (workspace / "seeds" / "meeting.txt").read_text("utf-8")
    (workspace / "seeds" / "old" / "meeting.txt").write_text(text, "utf-8")
    report = translate(workspace)
    assert len(report.failures) == 1 and "same name" in report.failures[0].message


def test_second_run_at_once_is_refused(workspace: Path) -> None:
    place = Workspace.at(workspace)
    with (
        open_job(place, "fake", ("en",)),
        pytest.raises(WorkspaceError, match="another run"),
        open_job(place, "fake", ("en",)),
    ):
        pass


def test_changed_sentence_carries_its_translation(workspace: Path) -> None:
    translate(workspace)
    file = polib.pofile(str(po(workspace)))
    entry = next(e for e in file if "120 заявлений" in e.msgid)
    entry.msgstr = "Three projects and 120 applications were discussed at the meeting."
    entry.flags.remove("fuzzy")
    file.save(str(po(workspace)))
    release = workspace / "seeds" / "meeting.txt"
    release.write_text(
        release.read_text("utf-8").replace("120 заявлений", "125 заявлений"), "utf-8"
    )
    translate(workspace)
    new = next(e for e in polib.pofile(str(po(workspace))) if "125 заявлений" in e.msgid)
    assert new.msgstr == entry.msgstr and new.fuzzy
    assert new.previous_msgid == entry.msgid
    assert "changed: number 120 -> 125" in new.comment


# -- the command line -----------------------------------------------------------------------


def test_command_prints_a_summary(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate", "--engine", "fake", "-w", str(workspace)]) == 0
    said = capsys.readouterr().out
    for word in ("segments", "drafted", "reused", "warnings", "seconds", "total"):
        assert word in said
    report = json.loads((workspace / ".dragoman" / "run-report.json").read_text("utf-8"))
    assert report["total"]["drafted"] == report["total"]["segments"]


def test_the_report_names_what_computed(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dragoman.engines.fake.FakeEngine.runtime", "abacus", raising=False)
    for drafted in (True, False):
        assert main(["translate", "--engine", "fake", "-w", str(workspace)]) == 0
        report = json.loads((workspace / ".dragoman" / "run-report.json").read_text("utf-8"))
        assert report["runtime"] == ("abacus" if drafted else "")
        assert ("Drafted by fake on abacus." in capsys.readouterr().out) is drafted


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["translate", "--to", "fr"], 2, "--to fr"),
        (["translate", "--pivot", "tr", "--engine", "fake"], 2, "--pivot tr"),
        (["translate", "--engine", "no/such/model"], 1, "model"),
        (["translate", "missing.txt", "--engine", "fake"], 1, "missing.txt: no such file"),
        (["translate", "seeds", "--engine", "fake"], 1, "folder"),
        (["nonsense"], 2, "nonsense"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_input_is_one_clear_line(
    workspace: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    arguments: list[str], status: int, said: str,
) -> None:  # fmt: skip
    monkeypatch.chdir(workspace)
    assert main(arguments) == status
    out, err = capsys.readouterr()
    assert said in err and "Traceback" not in err
    assert "segments" not in out  # no table of nothing


def test_pivoting_names_both_engines(workspace: Path) -> None:
    arguments = ["translate", "--to", "az", "--engine", "fake", "--pivot", "en"]
    assert main([*arguments, "-w", str(workspace)]) == 0
    assert "origin: fake+fake" in po(workspace, lang="az").read_text("utf-8")


def test_no_workspace(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["translate", "-w", str(tmp_path)]) == 1
    assert "dragoman init" in capsys.readouterr().err


def test_init_makes_a_workspace_that_translates(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new"
    assert main(["init", str(folder)]) == 0
    (folder / "seeds" / "a.txt").write_text("Заголовок\n\nВ Баку прошла встреча.\n", "utf-8")
    assert main(["translate", "--engine", "fake", "-w", str(folder)]) == 0
    assert "Baku" in po(folder, "a").read_text("utf-8")


def test_engine_that_breaks_down_is_one_line(
    workspace: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["translate", "--engine", "fake:crash", "-w", str(workspace)]) in (0, 1)
    assert "Traceback" not in capsys.readouterr().err
    with pytest.raises(EngineError):
        translate(workspace, engine="fake:unheard-of")


def test_time_of_the_clock_does_not_matter(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    translate(workspace)
    before = snapshot(workspace)
    for path in (*(workspace / ".dragoman").iterdir(), *(workspace / "locales").rglob("*.po*")):
        path.unlink()
    monkeypatch.setattr(time, "time", lambda: 4e9)
    translate(workspace)
    assert snapshot(workspace) == before
