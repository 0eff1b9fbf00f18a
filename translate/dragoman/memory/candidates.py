"""Sentences of the memory that may be like a given one, from the trigram table.

An OR over all trigrams of a sentence would read half the index: in a million sentences the common
trigrams stand in hundreds of thousands. What is asked instead:

- The sentence is cut into `_WINDOWS` stretches and the rarest trigram of each is taken. The rarest
  of the whole sentence would all lie in its names, and names are what differs between releases
  about the same matter; spread out, most of them survive an edit anywhere.
- The rarest few of these, together in `_ALONE` sentences at most, are enough each for itself.
- Of the others, as far as they stand in `_TOGETHER` sentences, one of the first, fourth, seventh
  ... stretch must meet one of the second, fifth ... and one of the third, sixth ... SQLite finds
  that out without handing over a row. Where that still holds for `_SCORED` sentences or more, the
  stretches are cut in four groups that must meet instead of three.
- Only where nothing among these is like the sentence are they cut in two groups: many more
  sentences, and fetching their texts is what takes the time.
- Only sentences of a length that can reach the threshold are considered: when two sentences of m
  and n characters, m <= n, share every character of the shorter, their similarity is 2m / (m + n).

The caller scores their texts. See tests/bench/memory.py for times at a million sentences, and for
recall against scoring all of them.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence

from dragoman.memory.fold import folded, trigrams
from dragoman.memory.store import Store
from dragoman.memory.writing import ids_of_length

_WINDOWS = 16
_ALONE = 250
_TOGETHER = 50_000
_SCORED = 600
_STALE = 0.05  # share of sentences added or gone before the index is merged and counted again
_COUNTED_AT_ONCE = 5000  # in a small memory counting costs nothing

_FIND = "SELECT rowid FROM gram WHERE gram MATCH ? AND rowid BETWEEN ? AND ? LIMIT ?"


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

    def rounds(self, source: str, threshold: float) -> Iterator[list[tuple[int, str]]]:
        """Sentences, with their ids, that may be as similar to `source` as `threshold`.

        Each round has new ones; the second is for when none of the first are like it.
        """
        length = len(source)
        least = math.ceil(length * threshold / (2 - threshold))
        most = math.floor(length * (2 - threshold) / threshold)
        ids = ids_of_length(least, most)
        alone, together = self._split(self._picked(trigrams(folded(source))))
        first = dict.fromkeys(self._ask(_either(alone), ids))
        met = self._meet(together, 3, ids)
        many = len(met) >= _SCORED
        first.update(dict.fromkeys(self._meet(together, 4, ids) or met if many else met))
        yield self._texts(first)
        if not many:
            met = self._meet(together, 2, ids)
            if len(met) < _SCORED or len(together) < 3:
                yield self._texts(dict.fromkeys(number for number in met if number not in first))

    def _meet(self, grams: Sequence[str], groups: int, ids: tuple[int, int]) -> list[int]:
        """The ids of sentences in which one trigram of each group stands."""
        if len(grams) < groups:
            return []
        each = (f"({_either(grams[k::groups])})" for k in range(groups))
        return self._ask(" AND ".join(each), ids)

    def _texts(self, ids: Collection[int]) -> list[tuple[int, str]]:
        query = f"SELECT id, text FROM source WHERE id IN ({','.join('?' * len(ids))})"
        return self._db.execute(query, tuple(ids)).fetchall()

    def _ask(self, question: str, ids: tuple[int, int]) -> list[int]:
        """The ids in a range for which a question in the language of FTS5 holds."""
        rows = self._db.execute(_FIND, (question, *ids, _SCORED)) if question else ()
        return [number for (number,) in rows]

    def _split(self, picked: Sequence[tuple[int, str]]) -> tuple[list[str], list[str]]:
        """The trigrams that are enough by themselves, and those that must meet, in their order."""
        alone: list[str] = []
        together: list[tuple[int, str]] = []
        seen = 0
        for place, (count, gram) in sorted(enumerate(picked), key=lambda found: found[1]):
            seen += count
            if seen <= _ALONE:
                alone.append(gram)
            elif seen <= _TOGETHER or len(together) < 4:
                together.append((place, gram))
        in_order = [gram for _, gram in sorted(together)]
        return (alone, in_order) if alone or len(in_order) > 1 else (in_order, [])

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
        if size > _COUNTED_AT_ONCE:  # one segment is read twice as fast as the many there may be
            self._db.execute("INSERT INTO gram (gram) VALUES ('optimize')")
        self._db.execute("DELETE FROM gram_count")
        self._db.execute("INSERT INTO gram_count SELECT term, doc FROM temp.vocabulary")
        self._store.put("counted", size)


def _either(grams: Sequence[str]) -> str:
    return " OR ".join('"' + gram.replace('"', '""') + '"' for gram in grams)
