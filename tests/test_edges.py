"""The edges: files, errors, notes, workspaces."""

from __future__ import annotations

import errno
import os
import pickle
from pathlib import Path

import pytest

from dragoman import notes
from dragoman.errors import CatalogError, UsageError, WorkspaceError
from dragoman.files import write_atomically
from dragoman.records import Draft, Issue, Term
from dragoman.workspace import Workspace, init

TERM = Term(0, 4, "Баку", "Bakı", ("Bakı", "Bakıda"))


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            CatalogError("no msgid", path="a.po", line=3, advice="mend it"),
            "a.po:3: no msgid; mend it",
        ),
        (CatalogError("bad", path="t.csv", line=2, column="en"), "t.csv:2 (column en): bad"),
        (UsageError("what?"), "what?"),
        (UsageError("two\nlines"), "two lines"),
    ],
)
def test_errors_are_one_line_that_names_the_place(error: Exception, said: str) -> None:
    assert str(error) == said
    assert str(pickle.loads(pickle.dumps(error))) == said


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.po"
    assert write_atomically(path, "один\n")
    assert not write_atomically(path, "один\n"), "the same text is not written again"
    assert write_atomically(path, "два\n")
    assert path.read_text("utf-8") == "два\n"
    assert [p.name for p in path.parent.iterdir()] == ["a.po"]


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.po"
    path.write_text("old", "utf-8")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WorkspaceError, match="free some disk space"):
        write_atomically(path, "new")
    assert path.read_text("utf-8") == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.po"]


@pytest.mark.parametrize(
    ("owner", "draft", "expected"),
    [
        ("person", None, ("origin: a person",)),
        ("nobody", None, ()),
        ("nobody", Draft("", "failed", "m 1", reason="it looped"), ("failed: m 1: it looped",)),
        (
            "engine",
            Draft("x", "engine", "m 1", -0.254, strategy="annotated"),
            ("origin: m 1, annotated", "score: -0.25"),
        ),
        (
            "engine",
            Draft("x", "engine", "m 1", -1.0, strategy="plain"),
            ("origin: m 1", "score: -1.00"),
        ),
    ],
)
def test_notes_say_whose_text_it_is(
    owner: str, draft: Draft | None, expected: tuple[str, ...]
) -> None:
    assert notes.lines(owner, draft, (), ()) == expected


def test_notes_name_terms_and_findings() -> None:
    issue = Issue("number", "error", "200 is missing")
    found = notes.lines("person", None, [(TERM, True), (TERM, False)], [issue])
    assert found[1:] == (
        "term: Баку = Bakı (found)",
        "term: Баку = Bakı (missing)",
        "error number: 200 is missing",
    )


def test_a_note_is_one_short_line() -> None:
    issue = Issue("length", "warning", "long\nand " * 100)
    (line,) = notes.lines("nobody", None, (), [issue])
    assert "\n" not in line and len(line) <= 200


def test_a_workspace_is_made_once(tmp_path: Path) -> None:
    made = init(tmp_path / "w")
    assert {"seeds/", "locales/", "glossary/"} <= set(made)
    terms = tmp_path / "w" / "glossary" / "titles.csv"
    terms.write_text("mine", "utf-8")
    assert (tmp_path / "w" / ".gitignore").read_text("utf-8") == ".dragoman/\n"
    assert init(tmp_path / "w") == (), "nothing is made twice, nothing overwritten"
    assert terms.read_text("utf-8") == "mine"


def test_releases_are_found_in_name_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "sub/c.TXT", "notes.md", ".hidden/x.txt"):
        (tmp_path / "seeds" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "seeds" / name).touch()
    found = [path.name for path in Workspace.at(tmp_path).releases()]
    assert found == ["a.html", "b.txt", "c.TXT"]


def test_sources_are_relative_to_the_workspace(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    place = Workspace.at(tmp_path)
    assert place.source(tmp_path / "seeds" / "a.txt") == "seeds/a.txt"
    assert place.source(Path("/elsewhere/b.txt")) == "seeds/b.txt"
