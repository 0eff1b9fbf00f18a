"""Choose among overlapping candidates: cover most of the text, with the fewest terms.

A longer term beats the shorter ones inside it; but two terms side by side that together cover
more beat one that covers the middle (``начальник Государственной Миграционной Службы`` and
``Азербайджанской Республики``, not ``Государственная Миграционная Служба Азербайджанской
Республики`` with ``начальник`` left out). This is weighted interval scheduling (Kleinberg and
Tardos, Algorithm Design, 6.1), with the covered length as the weight.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol


class Spanned(Protocol):
    """Anything with a half-open span and a rank among candidates of the same span."""

    @property
    def start(self) -> int: ...
    @property
    def stop(self) -> int: ...
    @property
    def rank(self) -> tuple[int, ...]:
        """Lower is preferred when two candidates have the same span."""


def choose(candidates: Sequence[Spanned]) -> list[int]:
    """The indices of the candidates to keep, in text order: they do not overlap."""
    order = sorted(range(len(candidates)), key=lambda i: (candidates[i].stop, candidates[i].start))
    stops = [candidates[i].stop for i in order]
    if all(candidates[b].start >= candidates[a].stop for a, b in pairwise(order)):
        return order
    # best[k] is the value of the first k candidates: (covered, -terms, rank...)
    best: list[tuple[tuple[int, ...], int, bool]] = [((0, 0, 0), 0, False)]
    for k, index in enumerate(order):
        item = candidates[index]
        before = bisect_right(stops, item.start, 0, k)
        covered, terms, rank = best[before][0]
        size = item.stop - item.start
        value = (covered + size, terms - 1, rank - _single(item.rank))
        skipped = best[k][0]
        if value > skipped:
            best.append((value, before, True))
        else:
            best.append((skipped, k, False))
    kept = []
    k = len(order)
    while k > 0:
        _, before, taken = best[k]
        if taken:
            kept.append(order[k - 1])
        k = before
    return kept[::-1]


def _single(rank: tuple[int, ...]) -> int:
    value = 0
    for part in rank:
        value = value * 100 + min(part, 99)
    return value
