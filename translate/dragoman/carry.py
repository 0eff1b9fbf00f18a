"""Which old translation follows which changed sentence.

A sentence may have been changed a little, split in two or three, or joined with its neighbours.
All are scored alike (the share of characters kept, rapidfuzz's normalised Indel similarity of the
sentences, or of the neighbours taken together) and the best are taken first, each old and each new
sentence once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Indel

from dragoman.catalog.model import Identity, identity
from dragoman.records import Entry

THRESHOLD = 0.75
"""Least similarity at which a translation is carried over. See tests/cases/merge/similar.txt."""


_COMMON = 50  # a word that more old sentences share does not help to find one
_NEAREST = 20  # old sentences, by words shared, whose similarity is measured


@dataclass(frozen=True, slots=True)
class _Text:
    """One sentence or two or three neighbours: `parts` are their indices."""

    text: str
    parts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Match:
    score: float
    new: tuple[int, ...]
    old: tuple[int, ...]


def carry(
    entries: Sequence[Entry],
    absent: Sequence[bool],
    gone: Sequence[Entry],
    neighbours: Sequence[str],
) -> dict[Identity, Entry]:
    """Match new sentences with old ones; return the old entry that each takes over.

    `absent[i]` tells whether ``entries[i]`` is new to the catalog; `gone` are the entries with a
    person's translation that are not in the release any more, `neighbours` the msgids of the old
    catalog in order. The entries returned are fuzzy and carry the old sentence as
    `previous_msgid`: the one that their text translates, even over several changes.
    """
    if not gone:
        return {}
    taken: dict[Identity, Entry] = {}
    new_used: set[int] = set()
    old_used: set[int] = set()
    matches = _matches(entries, absent, gone, neighbours)
    for match in sorted(matches, key=lambda m: (-m.score, m.new, m.old)):
        if new_used.isdisjoint(match.new) and old_used.isdisjoint(match.old):
            new_used.update(match.new)
            old_used.update(match.old)
            source = _together([gone[index] for index in match.old])
            taken.update((identity(entries[index]), source) for index in match.new)
    return taken


def _together(olds: Sequence[Entry]) -> Entry:
    previous = " ".join((old.previous_msgid if old.fuzzy else None) or old.msgid for old in olds)
    return replace(
        olds[0],
        msgstr=" ".join(old.msgstr for old in olds),
        comment="\n".join(old.comment for old in olds if old.comment),
        fuzzy=True,
        previous_msgid=previous,
    )


def _matches(
    entries: Sequence[Entry],
    absent: Sequence[bool],
    gone: Sequence[Entry],
    neighbours: Sequence[str],
) -> Iterator[_Match]:
    new = [_Text(entry.msgid, (i,)) for i, entry in enumerate(entries) if absent[i]]
    place = {old.msgid: i for i, old in enumerate(gone)}
    old = _Index([_Text(entry.msgid, (i,)) for i, entry in enumerate(gone)])
    new_places = [i if absent[i] else None for i in range(len(entries))]
    old_runs = _Index(list(_runs(neighbours, [place.get(msgid) for msgid in neighbours])))
    yield from _scored(new, old)  # changed
    yield from _scored(list(_runs([e.msgid for e in entries], new_places)), old)  # split
    yield from _scored(new, old_runs)  # joined


def _runs(texts: Sequence[str], places: Sequence[int | None]) -> Iterator[_Text]:
    """Two and three neighbours taken together, where each of them has a place."""
    for size in (2, 3):
        for start in range(len(texts) - size + 1):
            parts = tuple(at for at in places[start : start + size] if at is not None)
            if len(parts) == size == len({*parts}):
                yield _Text(" ".join(texts[start : start + size]), parts)


def _scored(new: Sequence[_Text], olds: _Index) -> Iterator[_Match]:
    for text in new:
        for old in olds.nearest(text.text):
            score = Indel.normalized_similarity(text.text, old.text, score_cutoff=THRESHOLD)
            if score >= THRESHOLD:
                yield _Match(score, text.parts, old.parts)


class _Index:
    """Old texts by the beginnings of their words, so that not every pair need be compared."""

    def __init__(self, texts: Sequence[_Text]) -> None:
        self._texts = texts
        self._places: dict[str, list[int]] = {}
        for index, text in enumerate(texts):
            for stem in _stems(text.text):
                self._places.setdefault(stem, []).append(index)

    def nearest(self, text: str) -> list[_Text]:
        """Up to `_NEAREST` texts that share words with `text`, the most first."""
        found = [places for stem in _stems(text) if (places := self._places.get(stem))]
        rare = [places for places in found if len(places) <= _COMMON]
        shared = Counter(index for places in rare or found for index in places)
        ranked = sorted(shared, key=lambda index: (-shared[index], index))
        return [self._texts[index] for index in ranked[:_NEAREST]]


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"\w+", text.lower())}
