"""Pairs into the store and out of it, and what follows from a change.

A catalog gives all of its pairs at once (`replace`), an import in a stream (`add`). `settle` then
works out what changed for whoever asks: the answers, the sentences that nobody translates any
more, and the state of each catalog that holds a sentence whose answer changed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from dragoman.memory.answers import find_answer, source_id
from dragoman.memory.fold import folded
from dragoman.memory.model import Pair
from dragoman.memory.store import Store, answer_digest, text_hash

_SHIFT = 32  # bits below the length in the id of a source
LONGEST = 10_000
"""Characters above which a text is no sentence and stays outside the memory."""

_TOUCHED = """
CREATE TEMP TABLE IF NOT EXISTS touched (
    source INTEGER, lang TEXT, PRIMARY KEY (source, lang)) WITHOUT ROWID;
CREATE TEMP TABLE IF NOT EXISTS moved (
    hash INTEGER, lang TEXT, PRIMARY KEY (hash, lang)) WITHOUT ROWID;
"""
# The catalogs to work out again: those with a moved sentence.
_AFFECTED = """
SELECT DISTINCT f.id, f.lang FROM temp.moved m
JOIN member USING (hash) JOIN file f ON f.id = member.file AND f.lang = m.lang
"""
_STATE = """
SELECT coalesce(sum(a.digest), 0) FROM member m JOIN source s ON s.hash = m.hash
JOIN answer a ON a.source = s.id AND a.lang = ? WHERE m.file = ?
"""


def ids_of_length(least: int, most: int) -> tuple[int, int]:
    """The range of ids, both ends included, of sentences of so many characters."""
    return least << _SHIFT, ((most + 1) << _SHIFT) - 1


class Writer:
    """Writes pairs, inside a transaction of `store`; call `settle` before it ends."""

    def __init__(self, store: Store) -> None:
        self._store, self._db = store, store.connection
        self._next = store.get("next")
        self._reread: list[tuple[int, str]] = []
        for statement in _TOUCHED.split(";"):
            self._db.execute(statement)
        self._db.execute("DELETE FROM temp.touched")
        self._db.execute("DELETE FROM temp.moved")

    def file(self, path: str, kind: str, lang: str, stamp: tuple[int, int, bytes]) -> int:
        """The id of a file, entered or brought up to date; `stamp` is (size, mtime, digest)."""
        query = """
        INSERT INTO file (path, kind, lang, size, mtime, digest) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (path) DO UPDATE
        SET size = excluded.size, mtime = excluded.mtime, digest = excluded.digest RETURNING id
        """
        return int(self._db.execute(query, (path, kind, lang, *stamp)).fetchone()[0])

    def replace(self, file: int, lang: str, pairs: Iterable[Pair], members: Iterable[str]) -> None:
        """Let a catalog hold exactly these pairs, and these sentences."""
        query = """
        SELECT s.text, p.lang, p.target, p.date, p.context FROM pair p
        JOIN source s ON s.id = p.source WHERE p.file = ?
        """
        rows = self._db.execute(query, (file,))
        old = {Pair(a, b, c, d, bool(e & 1), bool(e & 2)) for a, b, c, d, e in rows}
        new = {pair for pair in pairs if len(pair.source) <= LONGEST}
        for pair in old - new:
            self._remove(file, pair)
        self.add(file, sorted(new - old))
        self._db.execute("DELETE FROM member WHERE file = ?", (file,))
        hashes = ((text_hash(text), file) for text in members)
        self._db.executemany("INSERT OR IGNORE INTO member VALUES (?, ?)", hashes)
        self._reread.append((file, lang))

    def add(self, file: int, pairs: Iterable[Pair]) -> None:
        """Add pairs to a file; each of them once."""
        for pair in pairs:
            source = self._source(pair.source)
            row = (source, pair.lang, file, pair.target, pair.date, _flags(pair))
            self._db.execute("INSERT INTO pair VALUES (?, ?, ?, ?, ?, ?)", row)
            self._touch(source, pair.lang)

    def forget(self, file: int) -> None:
        """Take a file and its pairs out."""
        rows = self._db.execute("SELECT DISTINCT source, lang FROM pair WHERE file = ?", (file,))
        self._db.executemany("INSERT OR IGNORE INTO temp.touched VALUES (?, ?)", rows.fetchall())
        for table, column in (("pair", "file"), ("member", "file"), ("file", "id")):
            self._db.execute(f"DELETE FROM {table} WHERE {column} = ?", (file,))

    def settle(self) -> None:
        """Bring the answers, the index and the states in line with the pairs."""
        total = self._store.get("total")
        for source, lang, text, old in self._touched():
            answer = find_answer(self._db, source, lang)
            new = answer_digest(text, lang, answer.target, answer.reason) if answer else 0
            if new == old:
                continue
            total += new - old
            key = (source, lang)
            if new:
                self._db.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?)", (*key, new))
            else:
                self._db.execute("DELETE FROM answer WHERE source = ? AND lang = ?", key)
            row = (text_hash(text), lang)
            self._db.execute("INSERT OR IGNORE INTO temp.moved VALUES (?, ?)", row)
        self._store.put("total", total % 2**62)
        self._store.put("next", self._next)
        self._drop_orphans()
        self._set_states()

    def _touched(self) -> Iterator[tuple[int, str, str, int]]:
        """(source, lang, text, digest of the answer until now) of all that may have changed."""
        query = """
        SELECT t.source, t.lang, s.text, coalesce(a.digest, 0) FROM temp.touched t
        JOIN source s ON s.id = t.source
        LEFT JOIN answer a ON a.source = t.source AND a.lang = t.lang
        WHERE t.source > ? ORDER BY t.source LIMIT 1000
        """
        last = -1
        while rows := self._db.execute(query, (last,)).fetchall():
            # The languages of the last sentence may be cut off by the limit: they come again.
            if len(rows) == 1000:
                rows = [row for row in rows if row[0] != rows[-1][0]]
            last = rows[-1][0]
            yield from rows

    def _source(self, text: str) -> int:
        found = source_id(self._db, text)
        if found is not None:
            return found
        self._next += 1
        source = (len(text) << _SHIFT) | self._next
        row = (source, text_hash(text), text)
        self._db.execute("INSERT INTO source VALUES (?, ?, ?)", row)
        self._db.execute("INSERT INTO waiting VALUES (?)", (source,))
        return source

    def _remove(self, file: int, pair: Pair) -> None:
        source = source_id(self._db, pair.source)
        assert source is not None
        query = "DELETE FROM pair WHERE source=? AND lang=? AND file=? AND target=? AND context=?"
        self._db.execute(query, (source, pair.lang, file, pair.target, _flags(pair)))
        self._touch(source, pair.lang)

    def _touch(self, source: int, lang: str) -> None:
        self._db.execute("INSERT OR IGNORE INTO temp.touched VALUES (?, ?)", (source, lang))

    def _drop_orphans(self) -> None:
        query = """
        SELECT DISTINCT s.id, s.text FROM temp.touched t JOIN source s ON s.id = t.source
        WHERE NOT EXISTS (SELECT 1 FROM pair p WHERE p.source = s.id)
        """
        for source, text in self._db.execute(query).fetchall():
            waiting = self._db.execute("DELETE FROM waiting WHERE id = ? RETURNING 1", (source,))
            if waiting.fetchone() is None:
                row = (source, folded(text))
                self._db.execute(
                    "INSERT INTO gram (gram, rowid, text) VALUES ('delete', ?, ?)", row
                )
            self._db.execute("DELETE FROM source WHERE id = ?", (source,))

    def _set_states(self) -> None:
        affected: Collection[tuple[int, str]] = {
            *self._reread,
            *self._db.execute(_AFFECTED).fetchall(),
        }
        for file, lang in affected:
            (state,) = self._db.execute(_STATE, (lang, file)).fetchone()
            self._db.execute("UPDATE file SET state = ? WHERE id = ?", (state, file))


def _flags(pair: Pair) -> int:
    return pair.context + 2 * pair.copied
