"""Which words of a translation come from which words of its source, and where to find them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Place = tuple[int, int]
"""``[start, stop)`` in characters."""

# They follow the words beside them, and attention on them means little.
LITTLE = frozenset(
    "a an the of in on at for to from with by and or as its his her their is was are were "
    "və ilə üçün üzrə o bu".split()
)


@dataclass(frozen=True, slots=True)
class Found:
    """Where a translation says some words of its source: a place, and how sure that is (0 to 1)."""

    start: int
    stop: int
    sure: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """`source` and `target` are the places of the words of both sides; `weights` has a row for
    each word of the translation: how much of it comes from each word of the source (sums to 1)."""

    source: tuple[Place, ...]
    target: tuple[Place, ...]
    weights: tuple[tuple[float, ...], ...]
    text: str

    def find(self, start: int, stop: int) -> Found | None:
        """Where the words in ``[start, stop)`` of the source are said, in one contiguous run.

        None when no word of the translation comes mostly from them, or when those that do
        stand apart.
        """
        asked = [i for i, (a, b) in enumerate(self.source) if a < stop and start < b]
        if not asked:
            return None
        share = [sum(row[i] for i in asked) for row in self.weights]
        own = [max(range(len(row)), key=row.__getitem__) in asked for row in self.weights]
        runs = list(self._runs(own, share))
        if not runs:
            return None
        mass = [sum(share[i] for i in run if own[i]) for run in runs]
        best = max(range(len(runs)), key=mass.__getitem__)
        run, whole = runs[best], sum(mass)
        if mass[best] < 0.6 * whole:
            return None
        words = [share[i] for i in run if own[i]]
        sure = sum(words) / len(words) * mass[best] / whole
        first, last = self.target[run[0]], self.target[run[-1]]
        return Found(first[0], last[1], sure)

    def _runs(self, own: Sequence[bool], share: Sequence[float]) -> Iterator[range]:
        """Runs of words that are `own`, over little words between; little ones end at no edge."""
        at = 0
        while at < len(own):
            if not own[at] or self._little(at):
                at += 1
                continue
            stop = at + 1
            while stop < len(own):
                ahead = next((i for i in range(stop, len(own)) if not self._little(i)), len(own))
                if ahead == len(own) or ahead - stop > 2 or self._ends_clause(stop - 1):
                    break
                gap = not own[ahead] and share[ahead] > 0.25 and self._goes_on(own, ahead)
                if not (own[ahead] or gap):
                    break
                stop = ahead + 1
            yield range(at, stop)
            at = stop

    def _goes_on(self, own: Sequence[bool], at: int) -> bool:
        return at + 1 < len(own) and own[at + 1] and not self._little(at + 1)

    def _little(self, i: int) -> bool:
        start, stop = self.target[i]
        word = self.text[start:stop].lower()
        return word in LITTLE or not any(c.isalnum() for c in word)

    def _ends_clause(self, i: int) -> bool:
        return self.text[self.target[i][0] : self.target[i][1]].endswith((",", ";", ":"))
