"""The SQLite file of the memory, ``.dragoman/memory.sqlite``: its tables and its faults.

What comes from catalogs can be rebuilt from them at any time; what was imported cannot, except
from the TMX files themselves.
"""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from dragoman.errors import DragomanError, MemoryFileError, WorkspaceError

VERSION = 1
# A sentence is found by a hash and confirmed by its text. Its id is its length in characters,
# shifted, plus a running number, so that a range of ids is a range of lengths: candidates of
# another length are never fetched (see candidates.py). The trigram table holds no text of its own.
_SCHEMA = """
CREATE TABLE file (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,  -- of a catalog, from the workspace; of an import, its name
    kind TEXT NOT NULL,         -- catalog, tmx
    lang TEXT NOT NULL,         -- of a catalog
    size INTEGER NOT NULL, mtime INTEGER NOT NULL, digest BLOB NOT NULL,
    state INTEGER NOT NULL DEFAULT 0  -- sum of the answers to its sentences
);
CREATE TABLE source (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, text TEXT NOT NULL);
CREATE INDEX source_hash ON source (hash);
CREATE TABLE pair (
    source INTEGER NOT NULL, lang TEXT NOT NULL, file INTEGER NOT NULL,
    target TEXT NOT NULL, date TEXT NOT NULL, context INTEGER NOT NULL
);
CREATE INDEX pair_source ON pair (source, lang);
CREATE INDEX pair_file ON pair (file);
CREATE TABLE answer (
    source INTEGER NOT NULL, lang TEXT NOT NULL, digest INTEGER NOT NULL,
    PRIMARY KEY (source, lang)
) WITHOUT ROWID;
CREATE TABLE member (  -- the sentences of each catalog, approved or not
    hash INTEGER NOT NULL, file INTEGER NOT NULL, PRIMARY KEY (hash, file)
) WITHOUT ROWID;
CREATE INDEX member_file ON member (file);
CREATE TABLE waiting (id INTEGER PRIMARY KEY);  -- sources that the trigram table lacks
CREATE TABLE gram_count (gram TEXT PRIMARY KEY, count INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE meta (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE VIRTUAL TABLE gram USING fts5 (
    text, content='', detail=none, columnsize=0, tokenize='trigram case_sensitive 1'
);
"""


class Store:
    """The file at `path`, opened or made.

    A damaged file is moved aside and a new one begun; `notice` then says so in one line.

    Raises WorkspaceError when the folder or disk is at fault, MemoryFileError when the file is
    of a newer Dragoman or another run has it for longer than `timeout` seconds.
    """

    def __init__(self, path: Path, *, timeout: float = 10.0) -> None:
        self.path = path
        self.notice = ""
        try:
            self.db = self._open(timeout)
        except _Damaged:
            aside = self._move_aside()
            self.notice = (
                f"{path}: the translation memory was damaged and is now {aside.name}; "
                "it is made again from the catalogs, but import TMX files once more"
            )
            self.db = self._open(timeout)

    def close(self) -> None:
        """Close the file."""
        self.db.close()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All of what is written inside, or nothing."""
        with self.errors():
            self.db.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.db.execute("COMMIT")
            except BaseException:
                # A full disk has rolled back already, and a rollback of nothing is an error.
                if self.db.in_transaction:
                    self.db.execute("ROLLBACK")
                raise

    @contextlib.contextmanager
    def errors(self) -> Iterator[None]:
        """Turn what SQLite raises into errors that a person can act on."""
        try:
            yield
        except sqlite3.OperationalError as error:
            raise _explain(error, self.path) from error
        except sqlite3.DatabaseError as error:
            raise _Damaged(
                "the translation memory is damaged",
                advice="move it away; it is made again from the catalogs, but import TMX files "
                "once more",
                path=self.path,
            ) from error

    def get(self, name: str) -> int:
        """A counter; 0 before it is first set."""
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return int(row[0]) if row else 0

    def set(self, name: str, value: int) -> None:
        """Set a counter."""
        self.db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, value))

    def _open(self, timeout: float) -> sqlite3.Connection:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise WorkspaceError(
                f"cannot write: {error.strerror or error}",
                advice="make the folder writable",
                path=self.path.parent,
            ) from error
        with self.errors():
            db = sqlite3.connect(self.path, timeout=timeout, isolation_level=None)
            try:
                self._prepare(db)
            except BaseException:
                db.close()
                raise
        return db

    def _prepare(self, db: sqlite3.Connection) -> None:
        version = db.execute("PRAGMA user_version").fetchone()[0]
        if version > VERSION:
            raise MemoryFileError(
                "the translation memory was written by a newer Dragoman",
                advice="update Dragoman, or move the file away to have it made again",
                path=self.path,
            )
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.execute("PRAGMA cache_size = -65536")
        db.execute("PRAGMA mmap_size = 4294967296")
        db.execute("PRAGMA temp_store = MEMORY")
        if version < VERSION:
            db.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}PRAGMA user_version={VERSION};END")
        db.execute("SELECT 1 FROM source JOIN pair ON source.id = pair.source LIMIT 1").fetchone()

    def _move_aside(self) -> Path:
        number = 1
        while (aside := self.path.with_name(f"{self.path.name}.damaged-{number}")).exists():
            number += 1
        try:
            self.path.rename(aside)
            for suffix in ("-wal", "-shm"):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        except OSError as error:
            raise WorkspaceError(
                f"the translation memory is damaged and cannot be moved: {error.strerror}",
                advice="make the folder writable",
                path=self.path,
            ) from error
        return aside


class _Damaged(MemoryFileError):
    """The file is no database, or a broken one."""


def _explain(error: sqlite3.OperationalError, path: Path) -> DragomanError:
    text = str(error)
    if "locked" in text or "busy" in text:
        return MemoryFileError(
            "another run is writing the translation memory",
            advice="wait until it ends and run again",
            path=path,
        )
    if "readonly" in text or "unable to open" in text:
        message, advice = "cannot use the translation memory", "make the folder writable"
    elif "full" in text:
        message, advice = "the disk is full", "free some space and run again; nothing is lost"
    else:
        message, advice = "cannot use the translation memory", "check the disk and run again"
    return WorkspaceError(f"{message} ({text})", advice=advice, path=path)


def text_hash(text: str) -> int:
    """64 bits by which a sentence is found."""
    return int.from_bytes(_digest(text, 8), "big", signed=True)


def answer_digest(*parts: str) -> int:
    """44 bits, so that half a million of them add up in SQLite's 64."""
    return int.from_bytes(_digest("\0".join(parts), 8), "big") >> 20


def _digest(text: str, size: int) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=size).digest()
