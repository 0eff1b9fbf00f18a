"""The SQLite file of the memory, ``.dragoman/memory.sqlite``.

What comes from catalogs can be rebuilt from them at any time; what was imported cannot, except
from the TMX files themselves.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from dragoman.database import Damaged, Database, move_aside

_VERSION = 1
# A sentence is found by a hash and confirmed by its text. Its id is its length in characters,
# shifted, plus a running number, so that a range of ids is a range of lengths: candidates of
# another length are never fetched (see candidates.py). The trigram table holds no text of its own.
_SCHEMA = """
CREATE TABLE IF NOT EXISTS file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,  -- of a catalog, from the workspace; of an import, its name
    kind TEXT NOT NULL,         -- catalog, tmx
    lang TEXT NOT NULL,         -- of a catalog
    size INTEGER NOT NULL, mtime INTEGER NOT NULL, digest BLOB NOT NULL,
    state INTEGER NOT NULL DEFAULT 0  -- sum of the answers to its sentences
);
CREATE TABLE IF NOT EXISTS source (
    id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, text TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS source_hash ON source (hash);
CREATE TABLE IF NOT EXISTS pair (
    source INTEGER NOT NULL, lang TEXT NOT NULL, file INTEGER NOT NULL,
    target TEXT NOT NULL, date TEXT NOT NULL,
    context INTEGER NOT NULL  -- 1: it is one of several renderings; 2: it came from the memory
);
CREATE INDEX IF NOT EXISTS pair_source ON pair (source, lang);
CREATE INDEX IF NOT EXISTS pair_file ON pair (file);
CREATE TABLE IF NOT EXISTS answer (
    source INTEGER NOT NULL, lang TEXT NOT NULL, digest INTEGER NOT NULL,
    PRIMARY KEY (source, lang)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS member (  -- the sentences of each catalog, approved or not
    hash INTEGER NOT NULL, file INTEGER NOT NULL, PRIMARY KEY (hash, file)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS member_file ON member (file);
CREATE TABLE IF NOT EXISTS waiting (id INTEGER PRIMARY KEY);  -- sources not in `gram` yet
CREATE TABLE IF NOT EXISTS gram_count (gram TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS gram USING fts5 (
    text, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1'
)
"""


class Store(Database):
    """The memory's database. Queries on `connection` belong inside `errors` or `transaction`."""

    def __init__(self, path: Path, timeout: float = 10.0) -> None:
        super().__init__(path, _SCHEMA, _VERSION, timeout)
        self.connection.execute("PRAGMA cache_size = -65536")
        self.connection.execute("PRAGMA temp_store = MEMORY")

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, for what streams or returns rows."""
        return self._connection

    def errors(self) -> contextlib.AbstractContextManager[None]:
        """Turns what SQLite raises inside into errors that a person can act on."""
        return self._errors()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept, or nothing of it."""
        with self.errors(), super().transaction():
            yield

    def shrink(self) -> None:
        """Give back the space of the write-ahead log, after much was written."""
        with self.errors():
            self.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def get(self, name: str) -> int:
        """A number that was `put`; 0 before it first is."""
        row = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else 0

    def put(self, name: str, value: int) -> None:
        """Keep a number."""
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))


def open_store(path: Path) -> tuple[Store, str]:
    """The store at `path`, opened or made, and a line for a person, mostly empty.

    A damaged file is moved aside and a new one begun. Raises WorkspaceError when the file cannot
    be used: locked by another run, in a read-only folder, on a full disk, of a newer Dragoman.
    """
    try:
        return Store(path), ""
    except Damaged:
        notice = (
            f"{path}: the translation memory was damaged and is now {move_aside(path).name}; "
            "it is made again from the catalogs, but import TMX files once more"
        )
    return Store(path), notice


def text_hash(text: str) -> int:
    """64 bits by which a sentence is found."""
    return int.from_bytes(_digest(text, 8), "big", signed=True)


def answer_digest(*parts: str) -> int:
    """44 bits, so that half a million of them add up in SQLite's 64."""
    return int.from_bytes(_digest("\0".join(parts), 8), "big") >> 20


def _digest(text: str, size: int) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()
