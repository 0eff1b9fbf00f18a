"""Sentences of the memory that may be like a given one, from the trigram table.

An OR over all trigrams of a sentence would read half the index: in a million sentences the common
trigrams stand in hundreds of thousands. What is asked instead:

- The sentence is cut into `_WINDOWS` stretches and the rarest trigram of each is taken. The rarest
  of the whole sentence would all lie in its names, and names are what differs between releases
  about the same matter; spread out, most of them survive an edit anywhere.
- The rarest few of these, together in `_ALONE` sentences at most, are enough each for itself.
- Of the others, as far as they stand in `_TOGETHER` sentences, one of the first, third, fifth ...
  stretch must meet one of the second, fourth, sixth ... SQLite finds that out without handing
  over a row.
- Only sentences of a length that can reach the threshold are fetched, the nearest in length first
  and `_MOST` from each side: when two sentences of m and n characters, m <= n, share every
  character of the shorter, their similarity is 2m / (m + n).

The caller scores what is left. See tests/bench/memory.py for times at a million sentences, and for
recall against scoring all of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from dragoman.memory.fold import folded, trigrams
from dragoman.memory.store import Store
from dragoman.memory.writing import ids_of_length

_WINDOWS = 16
_ALONE = 1500
_TOGETHER = 40_000
_MOST = 600
_STALE = 0.05  # share of sentences added or gone before trigrams are counted again
_COUNTED_AT_ONCE = 5000  # in a small memory counting costs nothing

_UP = """
SELECT s.text FROM gram CROSS JOIN source s ON s.id = gram.rowid
CROSS JOIN answer a ON a.source = s.id AND a.lang = ?
WHERE gram MATCH ? AND gram.rowid BETWEEN ? AND ? ORDER BY gram.rowid LIMIT ?
"""
_DOWN = _UP.replace("ORDER BY gram.rowid", "ORDER BY gram.rowid DESC")


class Candidates:
    """Finds candidates in `store`, after bringing its trigram table up to date."""

    def __init__(self, store: Store) -> None:
        self._store, self._db = store, store.connection
        with store.errors():
            waiting = self._db.execute("SELECT 1 FROM waiting LIMIT 1").fetchone()
        if waiting:
            with store.transaction():
                self._index()
            store.shrink()
        with store.errors():
            self._counts = dict(self._db.execute("SELECT gram, count FROM gram_count"))

    def find(self, source: str, lang: str, threshold: float) -> tuple[str, ...]:
        """Sentences with a translation into `lang` that may be as similar as `threshold`."""
        length = len(source)
        least, _ = ids_of_length(math.ceil(length * threshold / (2 - threshold)), 0)
        middle, _ = ids_of_length(length, length)
        _, most = ids_of_length(0, math.floor(length * (2 - threshold) / threshold))
        found: dict[str, None] = {}
        for question in self._questions(source):
            for query, first, last in ((_DOWN, least, middle - 1), (_UP, middle, most)):
                rows = self._db.execute(query, (lang, question, first, last, _MOST))
                found.update((text, None) for (text,) in rows)
        return tuple(found)

    def _questions(self, source: str) -> tuple[str, ...]:
        """What to ask the trigram table, in the language of FTS5."""
        picked = self._picked(trigrams(folded(source)))
        alone: list[str] = []
        together: list[tuple[int, str]] = []
        seen = 0
        for place, (count, gram) in sorted(enumerate(picked), key=lambda found: found[1]):
            seen += count
            if seen <= _ALONE or not alone:
                alone.append(gram)
            elif seen <= _TOGETHER or len(together) < 4:
                together.append((place, gram))
        questions = [_either(alone)] if alone else []
        in_order = [gram for _, gram in sorted(together)]
        if len(in_order) > 1:
            questions.append(f"({_either(in_order[::2])}) AND ({_either(in_order[1::2])})")
        return tuple(questions)

    def _picked(self, grams: tuple[str, ...]) -> list[tuple[int, str]]:
        """The rarest trigram of each stretch, with its count."""
        windows = max(1, min(_WINDOWS, len(grams) // 4))
        picked: dict[str, int] = {}
        for window in range(windows):
            start, stop = (len(grams) * k // windows for k in (window, window + 1))
            known = [
                (self._counts[gram], gram) for gram in grams[start:stop] if gram in self._counts
            ]
            if known:
                count, gram = min(known)
                picked[gram] = count
        return [(count, gram) for gram, count in picked.items()]

    def _index(self) -> None:
        """Enter the sentences that wait, in the order of their ids, as FTS5 likes them."""
        query = "SELECT id, text FROM source JOIN waiting USING (id) ORDER BY id"
        rows = ((number, folded(text)) for number, text in self._db.execute(query))
        self._db.executemany("INSERT INTO gram (rowid, text) VALUES (?, ?)", rows)
        self._db.execute("DELETE FROM waiting")
        self._db.execute(
            "CREATE VIRTUAL TABLE IF NOT EXISTS temp.vocabulary USING fts5vocab (main, gram, row)"
        )
        (size,) = self._db.execute("SELECT count(*) FROM source").fetchone()
        if size > _COUNTED_AT_ONCE and abs(size - self._store.get("counted")) < _STALE * size:
            return
        self._db.execute("DELETE FROM gram_count")
        self._db.execute("INSERT INTO gram_count SELECT term, doc FROM temp.vocabulary")
        self._store.put("counted", size)


def _either(grams: Sequence[str]) -> str:
    return " OR ".join('"' + gram.replace('"', '""') + '"' for gram in grams)
