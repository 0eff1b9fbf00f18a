"""Which of several approved translations of a sentence is the one to use.

A text that the memory itself put into a catalog is no voice of its own where another file says the
same. Then, in this order: one that needs no context before one that stands in a msgctxt; one
approved in a catalog before one that was only imported; the one that most files hold; the newest;
and, so that the answer is the same on every machine, the first by path and by text.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from dragoman.memory.model import Answer
from dragoman.memory.store import text_hash

Row = tuple[str, str, str, str, int]
"""(target, kind, path, date, flags) of one pair; the flags as in `store`."""

_PAIRS = """
SELECT p.target, f.kind, f.path, p.date, p.context FROM pair p JOIN file f ON f.id = p.file
WHERE p.source = ? AND p.lang = ?
"""


def source_id(db: sqlite3.Connection, source: str) -> int | None:
    """The id of a sentence in the store, if it is there."""
    rows = db.execute("SELECT id, text FROM source WHERE hash = ?", (text_hash(source),))
    return next((found for found, text in rows if text == source), None)


def find_answer(db: sqlite3.Connection, source: int, lang: str) -> Answer | None:
    """The answer to a sentence of the store in `lang`."""
    return choose(db.execute(_PAIRS, (source, lang)))


def approved_in(db: sqlite3.Connection, source: int, lang: str, target: str) -> list[str]:
    """The paths of the catalogs in which people approved `target` for a sentence of the store."""
    rows = db.execute(_PAIRS, (source, lang))
    found = {
        path
        for text, kind, path, _, flags in rows
        if (text, kind) == (target, "catalog") and not flags & 2
    }
    return sorted(found)


def choose(rows: Iterable[Row]) -> Answer | None:
    """The answer that `rows`, all pairs of one sentence, make."""
    everything = tuple(rows)
    originals = {target for target, _, _, _, flags in everything if not flags & 2}
    found: dict[str, _Candidate] = {}
    for target, kind, path, date, flags in everything:
        if not (flags & 2 and target in originals):
            found.setdefault(target, _Candidate(target)).add(kind, path, date, flags & 1)
    if not found:
        return None
    first, *others = sorted(found.values(), key=_Candidate.rank)
    rivals = tuple((other.target, other.origin) for other in others)
    return Answer(first.target, first.origin, first.date, rivals)


@dataclass(slots=True)
class _Candidate:
    """A translation and the files that hold it."""

    target: str
    files: set[tuple[bool, str]] = field(default_factory=set)  # (imported, path)
    date: str = ""
    context: bool = True

    def add(self, kind: str, path: str, date: str, context: int) -> None:
        self.files.add((kind != "catalog", path))
        self.date = max(self.date, date)
        self.context = self.context and bool(context)

    @property
    def origin(self) -> str:
        """The first file by path, catalogs before imports."""
        return min(self.files)[1]

    def rank(self) -> tuple[object, ...]:
        newest = tuple(-ord(char) for char in self.date) or (1,)
        imported = min(self.files)[0]
        return (self.context, imported, -len(self.files), newest, self.origin, self.target)
