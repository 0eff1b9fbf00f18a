"""Which old translation follows which changed sentence.

A sentence may have been changed a little, split in two, or joined with its neighbour. All three
are scored alike (the share of characters kept, rapidfuzz's normalised Indel similarity of the
sentences, or of the two neighbours taken together) and the best are taken first, each old and each
new sentence once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz.distance import Indel

from dragoman.catalog.model import Identity, identity
from dragoman.records import Entry

THRESHOLD = 0.75
"""Least similarity at which a translation is carried over. See tests/cases/merge/similar.txt."""


@dataclass(frozen=True, slots=True)
class _Match:
    score: float
    new: tuple[int, ...]  # indices into the entries of the release
    old: tuple[int, ...]  # indices into the entries that left


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
    taken: dict[Identity, Entry] = {}
    new_used: set[int] = set()
    old_used: set[int] = set()
    matches = [
        *_changed(entries, absent, gone),
        *_split(entries, absent, gone),
        *_joined(entries, absent, gone, neighbours),
    ]
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


def _changed(
    entries: Sequence[Entry], absent: Sequence[bool], gone: Sequence[Entry]
) -> Iterator[_Match]:
    for i, entry in enumerate(entries):
        if absent[i]:
            for j, old in enumerate(gone):
                yield from _scored(entry.msgid, old.msgid, (i,), (j,))


def _split(
    entries: Sequence[Entry], absent: Sequence[bool], gone: Sequence[Entry]
) -> Iterator[_Match]:
    for i in range(len(entries) - 1):
        if absent[i] and absent[i + 1]:
            both = f"{entries[i].msgid} {entries[i + 1].msgid}"
            for j, old in enumerate(gone):
                yield from _scored(both, old.msgid, (i, i + 1), (j,))


def _joined(
    entries: Sequence[Entry],
    absent: Sequence[bool],
    gone: Sequence[Entry],
    neighbours: Sequence[str],
) -> Iterator[_Match]:
    place = {old.msgid: j for j, old in enumerate(gone)}
    pairs = [
        (place[first], place[second])
        for first, second in pairwise(neighbours)
        if first in place and second in place
    ]
    for first, second in pairs:
        both = f"{gone[first].msgid} {gone[second].msgid}"
        for i, entry in enumerate(entries):
            if absent[i]:
                yield from _scored(entry.msgid, both, (i,), (first, second))


def _scored(new: str, old: str, i: tuple[int, ...], j: tuple[int, ...]) -> Iterator[_Match]:
    score = Indel.normalized_similarity(new, old, score_cutoff=THRESHOLD)
    if score >= THRESHOLD:
        yield _Match(score, i, j)
