"""The ledger: every text the machine ever proposed, by source sentence and language.

It is three things at once: a cache (nothing is translated twice), the point where an interrupted
run resumes, and the proof of who wrote what: a msgstr that the ledger has never seen was written
by a person. A pipeline must therefore `record` its drafts before it writes them to a catalog.

One SQLite file, every commit synced, so a kill or a power cut loses at most the batch in flight.
Sentences are found by a 64-bit BLAKE2b hash and confirmed by another 64 bits: the index takes some
20 bytes a draft, and at two million drafts a look-up takes 20 to 200 microseconds
(tests/bench/ledger.py).
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import fields
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from dragoman.database import Damaged, Database, Value, move_aside
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
) WITHOUT ROWID
"""


_VALUES = attrgetter(*(field.name for field in fields(Draft)))


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
        self.notice = ""
        try:
            self._db = Database(path, _SCHEMA, _VERSION, timeout)
        except Damaged:
            self.notice = (
                f"{path}: the ledger was damaged and is now {move_aside(path).name}; "
                "every text in the catalogs counts as written by a person"
            )
            self._db = Database(path, _SCHEMA, _VERSION, timeout)

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
        found = _drafts(self._db.rows(query, unit, _state(engine, terms)), guard)
        return next(found, None)

    def record(self, lang: str, engine: str, rows: Iterable[Row]) -> None:
        """Record drafts into `lang` by one engine revision, all or none of them."""
        with self._db.transaction():
            self._db.write(
                "INSERT INTO draft (unit, state, body) VALUES (?, ?, ?)",
                (
                    _record(row, lang, engine)
                    for row in rows
                    if self.lookup(row.source, lang, engine, row.terms) != row.draft
                ),
            )

    def drafts(self, source: str, lang: str) -> tuple[Draft, ...]:
        """Every draft of `source` into `lang`, oldest first."""
        unit, guard = _unit(source, lang)
        query = "SELECT body FROM draft WHERE unit = ? ORDER BY id"
        return tuple(_drafts(self._db.rows(query, unit), guard))

    def proposed(self, source: str, lang: str) -> frozenset[str]:
        """Every text the machine ever proposed for `source` in `lang`."""
        return frozenset(draft.text for draft in self.drafts(source, lang) if draft.text)

    # -- who wrote what ---------------------------------------------------------------------

    def is_machine_text(self, source: str, lang: str, text: str, release: str = "") -> bool:
        """Whether `text` is the machine's: proposed once, and not claimed for `release`."""
        if text not in self.proposed(source, lang):
            return False
        query = "SELECT 1 FROM claim WHERE unit = ? AND release = ? AND text = ?"
        return not self._db.rows(query, _unit(source, lang)[0], _hash(release), _hash(text))

    def claim(self, release: str, lang: str, texts: Iterable[tuple[str, str]]) -> None:
        """Remember (source, text) pairs as written by people in the catalog of `release`.

        So that a text of theirs stays theirs when some later engine proposes the same words.
        """
        key = _hash(release)
        rows = [(_unit(source, lang)[0], key, _hash(text)) for source, text in texts if text]
        query = "SELECT 1 FROM claim WHERE unit = ? AND release = ? AND text = ?"
        rows = [row for row in rows if not self._db.rows(query, *row)]
        if rows:
            with self._db.transaction():
                self._db.write("INSERT OR IGNORE INTO claim VALUES (?, ?, ?)", rows)

    # -- what is done already -----------------------------------------------------------------

    def seen(self, release: str, lang: str, state: str) -> bool:
        """Whether the last finished run left `release` in exactly this state (a fingerprint)."""
        query = "SELECT 1 FROM done WHERE release = ? AND lang = ? AND state = ?"
        return bool(self._db.rows(query, release, lang, state))

    def remember(self, release: str, lang: str, state: str) -> None:
        """Note the state in which a finished run leaves `release`."""
        self.remember_all([(release, lang, state)])

    def remember_all(self, states: Iterable[tuple[str, str, str]]) -> None:
        """Note many (release, lang, state), all or none of them."""
        rows = list(states)
        if rows:
            with self._db.transaction():
                self._db.write("INSERT OR REPLACE INTO done VALUES (?, ?, ?)", rows)


def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def _unit(source: str, lang: str) -> tuple[int, bytes]:
    data = f"{lang}\0{source}".encode("utf-8", "surrogatepass")
    digest = hashlib.blake2b(data, digest_size=16).digest()
    return int.from_bytes(digest[:8], "big", signed=True), digest[8:]


def _state(engine: str, terms: str) -> int:
    return _hash(f"{engine}\0{terms}")


def _record(row: Row, lang: str, engine: str) -> tuple[Value, ...]:
    unit, guard = _unit(row.source, lang)
    body = zlib.compress(json.dumps(_VALUES(row.draft), ensure_ascii=False).encode())
    return unit, _state(engine, row.terms), guard + body


def _drafts(rows: Iterable[tuple[Value, ...]], guard: bytes) -> Iterator[Draft]:
    """The drafts in `rows` that are of this very sentence; one that cannot be read is passed by."""
    for (body,) in rows:
        assert isinstance(body, bytes)
        if body[:8] == guard:
            with suppress(zlib.error, ValueError, TypeError):
                yield Draft(*json.loads(zlib.decompress(body[8:])))
