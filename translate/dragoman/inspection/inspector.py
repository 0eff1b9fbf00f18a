"""Inspecting many catalogs, and not twice what has not changed."""

from __future__ import annotations

import contextlib
import json
import sqlite3
import zlib
from collections.abc import Callable
from dataclasses import astuple
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from dragoman.glossary import Glossary, load_glossary
from dragoman.inspection.entries import Inspected, Verdict, inspect
from dragoman.inspection.places import CatalogPlace
from dragoman.inspection.reading import parse_numbered, read_numbered
from dragoman.ledger import fingerprint
from dragoman.records import Issue
from dragoman.workspace import Workspace

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS seen (place TEXT PRIMARY KEY, state TEXT, body BLOB) WITHOUT ROWID"
)


class Inspector:
    """Inspects the catalogs of a workspace. Use it as a context manager.

    What was found is kept in ``.dragoman/inspections.sqlite`` and holds while the catalog, the
    term base and the checks are the same; where that file cannot be written, all is done anew.
    """

    def __init__(
        self, workspace: Workspace, glossary: Callable[[], Glossary] | None = None
    ) -> None:
        self._folder = workspace.glossary
        self._terms = workspace.state / "terms.sqlite"
        self._glossary = glossary
        self._loaded: Glossary | None = None
        self._state = fingerprint(_rules(), _content(workspace.glossary, "*.csv"))
        self._db = _open(workspace.state / "inspections.sqlite")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        if self._db is not None:
            with contextlib.suppress(sqlite3.Error):
                self._db.commit()
            self._db.close()

    @property
    def glossary(self) -> Glossary:
        """The term base, read when first needed. Raises GlossaryError."""
        if self._loaded is None:
            terms = self._terms if self._terms.parent.is_dir() else None
            made = self._glossary or (lambda: load_glossary(self._folder, terms))
            self._loaded = made()
        return self._loaded

    def inspect(self, place: CatalogPlace) -> tuple[Inspected, ...]:
        """The active entries of the catalog at `place`, in file order.

        Raises CatalogError as `read_numbered` does, and GlossaryError.
        """
        try:
            data = place.path.read_bytes()
        except OSError:
            read_numbered(place)  # says what is wrong
            raise
        key, state = str(place.path), fingerprint(self._state, data)
        known = self._recall(key, state)
        if known is not None:
            return known
        numbered = parse_numbered(data, place)
        active = numbered.catalog.active
        found = inspect(active, numbered.lines, place.lang, self.glossary)
        self._remember(key, state, found)
        return found

    def _recall(self, key: str, state: str) -> tuple[Inspected, ...] | None:
        if self._db is None:
            return None
        with contextlib.suppress(sqlite3.Error, zlib.error, ValueError, TypeError):
            query = "SELECT body FROM seen WHERE place = ? AND state = ?"
            row = self._db.execute(query, (key, state)).fetchone()
            return None if row is None else _unpack(row[0])
        return None

    def _remember(self, key: str, state: str, found: tuple[Inspected, ...]) -> None:
        if self._db is None:
            return
        with contextlib.suppress(sqlite3.Error):
            row = (key, state, _pack(found))
            self._db.execute("INSERT OR REPLACE INTO seen VALUES (?, ?, ?)", row)
            self._db.commit()


def _open(path: Path) -> sqlite3.Connection | None:
    """The memory of inspections, or None where there can be none: it is only there for speed."""
    db = None
    try:
        path.parent.mkdir(exist_ok=True)
        db = sqlite3.connect(path, timeout=1.0)
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = OFF")  # nothing is lost with it
        db.execute(_SCHEMA)
    except (OSError, sqlite3.Error):
        if db is not None:
            db.close()
        return None
    return db


def _rules() -> str:
    """A fingerprint of the code that decides what an inspection finds."""
    package = Path(__file__).parents[1]
    rooms = ("catalog", "checks", "glossary", "inspection", "languages")
    return fingerprint(*(_content(package / room, "*.py") for room in rooms))


def _content(folder: Path, pattern: str) -> str:
    parts: list[str | bytes] = []
    for path in sorted(folder.rglob(pattern)):
        parts += [path.relative_to(folder).as_posix(), path.read_bytes()]
    return fingerprint(*parts)


def _pack(found: tuple[Inspected, ...]) -> bytes:
    return zlib.compress(json.dumps([astuple(one) for one in found], ensure_ascii=False).encode())


def _unpack(body: bytes) -> tuple[Inspected, ...]:
    return tuple(_inspected(row) for row in json.loads(zlib.decompress(body)))


def _inspected(row: list[Any]) -> Inspected:
    row[-2:] = tuple(Verdict(*term) for term in row[-2]), tuple(Issue(*one) for one in row[-1])
    return Inspected(*row)
