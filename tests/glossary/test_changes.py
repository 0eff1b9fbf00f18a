"""What a change of the term base is, what it touches, and that the next run does just that."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import polib
import pytest

from dragoman.cli import main
from dragoman.glossary.stats import Usage


def git(root: Path, *arguments: str) -> None:
    identity = ["-c", "user.name=Tester", "-c", "user.email=tester@example.org"]
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def translated(workspace: Path) -> Path:
    """A workspace in git, translated by the fake engine; the chief's title is in two sentences."""
    git(workspace, "init", "-q")
    git(workspace, "add", ".")
    git(workspace, "commit", "-q", "-m", "the beginning")
    assert main(["translate", "--engine", "fake", "-w", str(workspace)]) == 0
    return workspace


def edit(root: Path, before: str, after: str) -> None:
    path = root / "glossary" / "terms.csv"
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after), "utf-8")


def ask(capsys: pytest.CaptureFixture[str], root: Path, *arguments: str) -> Any:
    capsys.readouterr()
    status = main(["glossary", *arguments, "--json", "-w", str(root)])
    captured = capsys.readouterr()
    assert status == 0, captured.err
    return json.loads(captured.out)


def texts(root: Path) -> dict[tuple[str, str], str]:
    return {
        (path.parent.parent.name + "/" + path.stem, entry.msgid): entry.msgstr
        for path in sorted((root / "locales").rglob("*.po"))
        for entry in polib.pofile(str(path))
    }


def approve(root: Path, lang: str, name: str, msgid: str) -> int:
    """Clear the mark of an entry; return the line of its msgid."""
    path = root / "locales" / lang / "LC_MESSAGES" / f"{name}.po"
    catalog = polib.pofile(str(path), wrapwidth=0)
    entry = next(e for e in catalog if e.msgid == msgid)
    entry.flags.remove("fuzzy")
    catalog.save()
    lines = path.read_text("utf-8").splitlines()
    return next(n for n, line in enumerate(lines, 1) if line.startswith("msgid") and msgid in line)


# --- diff -----------------------------------------------------------------------------------------


def test_diff_names_what_came_went_and_changed(
    translated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(translated, "baku,place,Баку,,Baku,,Bakı,,approved\n", "")
    edit(translated, "Chief of the Service", "Head of the Service")
    assert main(["glossary", "add", "виза", "visa", "viza", "-w", str(translated)]) == 0
    found = ask(capsys, translated, "diff")
    assert [(c["kind"], c["id"]) for c in found] == [
        ("changed", "chief-service"), ("added", "visa"), ("removed", "baku"),
    ]  # fmt: skip
    assert found[0]["columns"] == [
        {"column": "en", "before": "Chief of the Service", "after": "Head of the Service"}
    ]


def test_diff_against_an_older_revision(
    translated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(translated, "Chief of the Service", "Head of the Service")
    git(translated, "commit", "-q", "-am", "head")
    assert ask(capsys, translated, "diff") == []
    assert [c["id"] for c in ask(capsys, translated, "diff", "HEAD~1")] == ["chief-service"]


def test_diff_sees_the_name_lexicon(translated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    names = translated / "glossary" / "names" / "more.csv"
    names.parent.mkdir(exist_ok=True)
    names.write_text("kind,ru,en,az\nsurname,Гаджиев,Hajiyev,Hacıyev\n", "utf-8")
    assert [(c["kind"], c["id"]) for c in ask(capsys, translated, "diff")] == [
        ("added", "surname Гаджиев")
    ]


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", ""])
def test_an_unknown_revision_is_told(
    translated: Path, capsys: pytest.CaptureFixture[str], revision: str
) -> None:
    assert main(["glossary", "diff", "-w", str(translated), "--", revision]) == 2
    assert f"no such revision: {revision}" in capsys.readouterr().err
    assert not (translated / "x").exists()


def test_no_repository_is_told(workspace: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["glossary", "diff", "-w", str(workspace)]) == 1
    assert "in no git repository" in capsys.readouterr().err


# --- impact: what it says is what the next run does -----------------------------------------------


def entry_with(root: Path, text: str) -> str:
    path = root / "locales" / "en" / "LC_MESSAGES" / "meeting.po"
    return next(e.msgid for e in polib.pofile(str(path)) if text in e.msgid)


CHANGES = [
    ("Chief of the Service", "Head of the Service"),  # another wording
    ("baku,place,Баку,,Baku,,Bakı,,approved\n", ""),  # a concept gone
    ("Dövlət Miqrasiya Xidməti,DMX", "Dövlət Miqrasiya İdarəsi,DMİ"),
    ("approved\nopen-doors", "deprecated\nopen-doors"),
]


@pytest.mark.parametrize(("before", "after"), CHANGES)
def test_what_is_foretold_happens(
    translated: Path, capsys: pytest.CaptureFixture[str], before: str, after: str
) -> None:
    old = texts(translated)
    edit(translated, before, after)
    touched = ask(capsys, translated, "impact")["touched"]
    foretold = {(f"{t['lang']}/{t['release']}", t["source"]) for t in touched}
    assert foretold and all(t["redone"] for t in touched)
    assert main(["translate", "--engine", "fake", "-w", str(translated)]) == 0
    new = texts(translated)
    changed = {key for key, text in new.items() if text != old[key]}
    assert changed and changed <= foretold, changed - foretold


def test_approved_entries_are_listed_never_changed_and_get_a_note(
    translated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    msgid = entry_with(translated, "начальник")
    line = approve(translated, "en", "meeting", msgid)
    path = translated / "locales" / "en" / "LC_MESSAGES" / "meeting.po"
    kept = next(e.msgstr for e in polib.pofile(str(path)) if e.msgid == msgid)
    edit(translated, "Chief of the State Migration Service", "Head of the State Migration Service")

    touched = ask(capsys, translated, "impact", "--to", "en")["touched"]
    [mine] = [t for t in touched if not t["redone"]]
    assert (mine["line"], mine["standing"], mine["source"]) == (line, "approved", msgid)
    assert mine["terms"][0]["after"] == "Head of the State Migration Service"
    assert not mine["terms"][0]["held"]

    capsys.readouterr()
    assert main(["glossary", "impact", "-w", str(translated)]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert f"meeting.po:{line}: approved:" in shown and "stay and get a note" in shown

    assert main(["translate", "--engine", "fake", "-w", str(translated)]) == 0
    entry = next(e for e in polib.pofile(str(path)) if e.msgid == msgid)
    assert entry.msgstr == kept and "fuzzy" not in entry.flags
    notes = [n for n in entry.comment.splitlines() if "Head of the State Migration" in n]
    assert notes and notes[0].startswith("term: ") and notes[0].endswith("(missing)"), entry.comment


def test_without_a_ledger_everything_counts_as_written_by_people(
    translated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for path in (translated / ".dragoman").glob("ledger*"):
        path.unlink()
    edit(translated, "Chief of the State Migration Service", "Head of the State Migration Service")
    touched = ask(capsys, translated, "impact")["touched"]
    assert touched and {t["standing"] for t in touched} == {"person"}


def test_a_change_of_a_note_touches_nothing(
    translated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    edit(translated, ",status\n", ",status,note\n")
    edit(translated, "Bakı,,approved\n", "Bakı,,approved,the capital\n")
    lines = (translated / "glossary" / "terms.csv").read_text("utf-8").splitlines()
    (translated / "glossary" / "terms.csv").write_text(
        "\n".join(line + "," * (9 - line.count(",")) for line in lines) + "\n", "utf-8"
    )
    report = ask(capsys, translated, "impact")
    assert [c["id"] for c in report["changes"]] == ["baku"] and report["touched"] == []


def test_a_broken_catalog_is_told_and_the_others_are_done(
    translated: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = translated / "locales" / "en" / "LC_MESSAGES" / "meeting.po"
    path.write_text("<<<<<<< HEAD\n" + path.read_text("utf-8"), "utf-8")
    edit(translated, "Dövlət Miqrasiya Xidməti,DMX", "Dövlət Miqrasiya İdarəsi,DMİ")
    capsys.readouterr()
    assert main(["glossary", "impact", "-w", str(translated)]) == 1
    captured = capsys.readouterr()
    assert "meeting.po:1:" in " ".join(captured.err.split())
    assert "az/LC_MESSAGES/meeting.po" in captured.out


# --- stats ----------------------------------------------------------------------------------------


def test_stats(translated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = ask(capsys, translated, "stats")
    assert found["concepts"] == 7
    assert found["releases"] == 2
    assert (
        0
        < found["terms_per_100_words"]
        == pytest.approx(100 * found["term_occurrences"] / found["words"], abs=0.01)
    )
    used = {concept for concept, count in found["occurrences"].items() if count}
    assert used | set(found["unused_concepts"]) == {
        "state-migration-service", "chief-sms", "chief-service", "vusal-huseynov", "baku",
        "open-doors-day", "registration",
    }  # fmt: skip
    assert not used & set(found["unused_concepts"])
    assert all(item["missed"] == 0 for item in found["success"])


def test_stats_count_what_is_missed(translated: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = translated / "locales" / "en" / "LC_MESSAGES" / "meeting.po"
    catalog = polib.pofile(str(path))
    entry = next(e for e in catalog if "Chief of the State Migration Service" in e.msgstr)
    entry.msgstr = entry.msgstr.replace("Chief of the State Migration Service", "Boss")
    entry.flags.remove("fuzzy")
    catalog.save()
    worst = ask(capsys, translated, "stats")["success"][0]
    assert (worst["concept"], worst["lang"], worst["missed"]) == ("chief-sms", "en", 1)
    assert (worst["approved"], worst["approved_held"]) == (1, 0)


def test_an_empty_workspace_has_no_rates() -> None:
    from dragoman.glossary import Glossary

    totals = Usage(Glossary(())).totals()
    assert (totals["words"], totals["terms_per_100_words"], totals["words_covered"]) == (
        0,
        0.0,
        0.0,
    )
