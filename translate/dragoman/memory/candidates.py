"""Sentences of the memory that may be like a given one, from the trigram table.

An OR over all trigrams of a sentence would read half the index: in a million sentences the common
trigrams stand in hundreds of thousands. What is asked instead:

- The sentence is cut into `_WINDOWS` stretches and the rarest trigram of each is taken. The rarest
  of the whole sentence would all lie in its names, and names are what differs between releases
  about the same matter; spread out, most of them survive an edit anywhere.
- The rarest of these are asked for first, until about `_BUDGET` rows have been seen.
- Only rows of a length that can reach the threshold are fetched: when two sentences of m and n
  characters, m <= n, share every character of the shorter, their similarity is 2m / (m + n).
- Sentences found by the most trigrams are scored (by the caller).

See tests/bench/memory.py for times at a million sentences, and for recall against trying all.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator

from dragoman.memory.fold import folded, trigrams
from dragoman.memory.store import Store
from dragoman.memory.writing import ids_of_length

_WINDOWS = 16
_BUDGET = 8000
_SCORED = 150
_LEAST = 3  # trigrams asked for even when they are all common
_STALE = 0.05  # share of sentences added or gone before trigrams are counted again
_COUNTED_AT_ONCE = 5000  # in a small memory counting costs nothing


class Candidates:
    """Finds candidates in `store`, after bringing its trigram table up to date."""

    def __init__(self, store: Store) -> None:
        self._store, self._db = store, store.connection
        with store.errors():
            waiting = self._db.execute("SELECT 1 FROM waiting LIMIT 1").fetchone()
        if waiting:
            with store.transaction():
                self._index()
        with store.errors():
            self._counts = dict(self._db.execute("SELECT gram, count FROM gram_count"))

    def find(self, source: str, threshold: float) -> list[int]:
        """Ids of sentences that may be as similar as `threshold`, the likeliest first."""
        length = len(source)
        least = math.ceil(length * threshold / (2 - threshold))
        most = math.floor(length * (2 - threshold) / threshold)
        hits: Counter[int] = Counter()
        for gram in self._picked(trigrams(folded(source))):
            hits.update(self._rows(gram, *ids_of_length(least, most)))
        return [found for found, _ in hits.most_common(_SCORED)]

    def _picked(self, grams: tuple[str, ...]) -> list[str]:
        counts = self._counts
        windows = max(1, min(_WINDOWS, len(grams) // 4))
        picked: dict[str, int] = {}
        for window in range(windows):
            start, stop = (len(grams) * k // windows for k in (window, window + 1))
            known = [(counts[gram], gram) for gram in grams[start:stop] if gram in counts]
            if known:
                count, gram = min(known)
                picked[gram] = count
        chosen: list[str] = []
        seen = 0
        for gram in sorted(picked, key=lambda gram: (picked[gram], gram)):
            seen += picked[gram]
            if seen > _BUDGET and len(chosen) >= _LEAST:
                break
            chosen.append(gram)
        return chosen

    def _rows(self, gram: str, first: int, last: int) -> Iterator[int]:
        query = "SELECT rowid FROM gram WHERE gram MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?"
        phrase = '"' + gram.replace('"', '""') + '"'
        return (row for (row,) in self._db.execute(query, (phrase, first, last, _BUDGET)))

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
