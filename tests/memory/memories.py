"""Workspaces with approved entries, for tests of the memory."""

from __future__ import annotations

from pathlib import Path

from dragoman.catalog import Catalog, completed, write_catalog
from dragoman.records import Entry
from dragoman.workspace import Workspace

CASES = Path(__file__).parents[1] / "cases" / "memory"


def place(root: Path) -> Workspace:
    """A workspace without releases."""
    (root / "seeds").mkdir(parents=True, exist_ok=True)
    return Workspace.at(root)


def approved(source: str, target: str) -> Entry:
    return Entry(source, target)


def draft(source: str, target: str) -> Entry:
    return Entry(source, target, fuzzy=True)


def put(workspace: Workspace, name: str, *entries: Entry, lang: str = "en", date: str = "") -> Path:
    """Write a catalog; `date` is its PO-Revision-Date."""
    header = (("PO-Revision-Date", date),) if date else ()
    path = workspace.catalog(name, lang)
    write_catalog(path, completed(Catalog(header, entries=entries), name, lang))
    return path
