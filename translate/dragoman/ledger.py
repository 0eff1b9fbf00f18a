"""The ledger: every text the machine ever proposed, by source sentence and language.

It is three things at once: a cache (nothing is translated twice), the point where an interrupted
run resumes, and the proof of who wrote what: a msgstr that the ledger has never seen was written
by a person. A pipeline must therefore `record` its drafts before it writes them to a catalog.

One SQLite file in WAL mode, every commit synced, so a kill or a power cut loses at most the batch
in flight. Sentences are found by a 64-bit BLAKE2b hash and confirmed by another 64 bits, which
keeps the index near 20 bytes a draft; look-ups take microseconds at two million drafts (see
tests/bench/ledger.py).
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import astuple
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from dragoman.errors import WorkspaceError
from dragoman.records import Draft

_VERSION = 1
_SCHEMA = """
CREATE TABLE IF NOT EXISTS draft (
    id INTEGER PRIMARY KEY,  -- later is newer
    unit INTEGER NOT NULL,   -- hash of language and source
    state INTEGER NOT NULL,  -- hash of engine revision and terms
    body BLOB NOT NULL       -- second hash of language and source, then the packed draft
);
CREATE INDEX IF NOT EXISTS draft_unit ON draft (unit, state);
CREATE TABLE IF NOT EXISTS claim (
    unit INTEGER NOT NULL, release INTEGER NOT NULL, text INTEGER NOT NULL,
    PRIMARY KEY (unit, release, text)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS done (
    release TEXT NOT NULL, lang TEXT NOT NULL, state TEXT NOT NULL,
    PRIMARY KEY (release, lang)
) WITHOUT ROWID;
"""


class Row(NamedTuple):
    """A draft to record: `terms` is the fingerprint of the terms asked for in that sentence."""

    source: str
    terms: str
    draft: Draft


def fingerprint(*parts: str | bytes) -> str:
    """A short hash of `parts` (32 hex digits), for the states that the ledger compares."""
    digest = hashlib.blake2b(digest_size=16)
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


class Ledger:
    """The ledger at `path`, opened or made. Use it as a context manager.

    A file that is damaged or no database at all is moved aside and a new ledger begun; `notice`
    then says so in one line (everything in the catalogs counts as written by people from then on).

    Every method raises WorkspaceError when the ledger cannot be used: locked by another run for
    longer than `timeout` seconds, in a read-only folder, on a full disk, of a newer Dragoman.
    """

    def __init__(self, path: Path, *, timeout: float = 10.0) -> None:
        self.path = path
        self.notice = ""
        with self._errors():
            path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._db = self._open(timeout)
        except _Damaged:
            aside = _move_aside(path)
            self.notice = (
                f"{path}: the ledger was damaged and is now {aside.name}; "
                "every text in the catalogs counts as written by a person"
            )
            self._db = self._open(timeout)

    def _open(self, timeout: float) -> sqlite3.Connection:
        with self._errors():
            db = sqlite3.connect(self.path, timeout=timeout, isolation_level=None)
            try:
                version = db.execute("PRAGMA user_version").fetchone()[0]
                if version > _VERSION:
                    raise WorkspaceError(
                        "the ledger was written by a newer Dragoman",
                        advice="update Dragoman, or move the file away to start a new ledger",
                        path=self.path,
                    )
                db.execute("PRAGMA journal_mode = WAL")
                db.execute("PRAGMA synchronous = FULL")
                if version < _VERSION:
                    db.executescript(f"BEGIN IMMEDIATE;{_SCHEMA}PRAGMA user_version={_VERSION};END")
                db.execute("SELECT max(id) FROM draft").fetchone()
            except BaseException:
                db.close()
                raise
        return db

    def close(self) -> None:
        """Close the file; everything recorded is on disk already."""
        self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        tb: TracebackType | None,
    ) -> None:
        self.close()

    # -- drafts ---------------------------------------------------------------------------

    def lookup(self, source: str, lang: str, engine: str, terms: str) -> Draft | None:
        """The newest draft of `source` made in that state (engine revision, terms), if any."""
        unit, guard = _unit(source, lang)
        query = "SELECT body FROM draft WHERE unit = ? AND state = ? ORDER BY id DESC"
        with self._errors():
            rows = self._db.execute(query, (unit, _state(engine, terms)))
            return next((_unpack(body) for (body,) in rows if body[:8] == guard), None)

    def record(self, lang: str, engine: str, rows: Iterable[Row]) -> None:
        """Record drafts into `lang` by one engine revision, all or none of them."""
        with self._transaction():
            for source, terms, draft in rows:
                if self.lookup(source, lang, engine, terms) == draft:
                    continue
                unit, guard = _unit(source, lang)
                self._db.execute(
                    "INSERT INTO draft (unit, state, body) VALUES (?, ?, ?)",
                    (unit, _state(engine, terms), guard + _pack(draft)),
                )

    def drafts(self, source: str, lang: str) -> tuple[Draft, ...]:
        """Every draft of `source` into `lang`, oldest first."""
        unit, guard = _unit(source, lang)
        with self._errors():
            rows = self._db.execute("SELECT body FROM draft WHERE unit = ? ORDER BY id", (unit,))
            return tuple(_unpack(body) for (body,) in rows if body[:8] == guard)

    def proposed(self, source: str, lang: str) -> frozenset[str]:
        """Every text the machine ever proposed for `source` in `lang`."""
        return frozenset(draft.text for draft in self.drafts(source, lang) if draft.text)

    # -- who wrote what ---------------------------------------------------------------------

    def is_machine_text(self, source: str, lang: str, text: str, release: str = "") -> bool:
        """Whether `text` is the machine's: proposed once, and not claimed for `release`."""
        if text not in self.proposed(source, lang):
            return False
        query = "SELECT 1 FROM claim WHERE unit = ? AND release = ? AND text = ?"
        key = (_unit(source, lang)[0], _hash(release), _hash(text))
        with self._errors():
            return self._db.execute(query, key).fetchone() is None

    def claim(self, release: str, lang: str, texts: Iterable[tuple[str, str]]) -> None:
        """Remember (source, text) pairs as written by people in the catalog of `release`.

        So that a text of theirs stays theirs when some later engine proposes the same words.
        """
        rows = [
            (_unit(source, lang)[0], _hash(release), _hash(text)) for source, text in texts if text
        ]
        if rows:
            with self._transaction():
                self._db.executemany("INSERT OR IGNORE INTO claim VALUES (?, ?, ?)", rows)

    # -- what is done already -----------------------------------------------------------------

    def seen(self, release: str, lang: str, state: str) -> bool:
        """Whether the last finished run left `release` in exactly this state (a fingerprint)."""
        query = "SELECT 1 FROM done WHERE release = ? AND lang = ? AND state = ?"
        with self._errors():
            return self._db.execute(query, (release, lang, state)).fetchone() is not None

    def remember(self, release: str, lang: str, state: str) -> None:
        """Note the state in which a finished run leaves `release`."""
        with self._transaction():
            self._db.execute("INSERT OR REPLACE INTO done VALUES (?, ?, ?)", (release, lang, state))

    # -- SQLite ---------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._errors():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise _explain(error, self.path) from error
        except sqlite3.DatabaseError as error:
            raise _Damaged(
                "the ledger is damaged",
                advice="move it away; the next run starts a new one and treats every text in the "
                "catalogs as written by a person",
                path=self.path,
            ) from error
        except OSError as error:
            raise WorkspaceError(
                f"cannot use the ledger: {error.strerror or error}",
                advice="check the folder and its permissions",
                path=self.path,
            ) from error


class _Damaged(WorkspaceError):
    """The ledger is no database, or a broken one."""


def _explain(error: sqlite3.OperationalError, path: Path) -> WorkspaceError:
    text = str(error)
    if "locked" in text or "busy" in text:
        message, advice = "another run is using the ledger", "wait until it ends and run again"
    elif "readonly" in text or "unable to open" in text:
        message, advice = f"cannot use the ledger ({text})", "make the folder writable"
    elif "full" in text:
        message, advice = "the disk is full", "free some space and run again; nothing is lost"
    else:
        message, advice = f"cannot use the ledger ({text})", "check the disk and run again"
    return WorkspaceError(message, advice=advice, path=path)


def _move_aside(path: Path) -> Path:
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    path.rename(aside)
    for suffix in ("-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    return aside


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _unit(source: str, lang: str) -> tuple[int, bytes]:
    data = f"{lang}\0{source}".encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(data, digest_size=16).digest()
    return int.from_bytes(digest[:8], "big", signed=True), digest[8:]


def _state(engine: str, terms: str) -> int:
    return _hash(f"{engine}\0{terms}")


def _pack(draft: Draft) -> bytes:
    return zlib.compress(json.dumps(astuple(draft), ensure_ascii=False).encode())


def _unpack(body: bytes) -> Draft:
    return Draft(*json.loads(zlib.decompress(body[8:])))
