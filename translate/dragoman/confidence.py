"""Does the engine know when it is wrong? Its scores against the quality of what it wrote.

A draft's score is the mean log-probability of its tokens, less for words that the model had to be
told (`engines.dictionary`). How well it orders sentences by quality is told by Spearman's rank
correlation with the chrF of each sentence against its reference, as in quality estimation
(Fomicheva et al. 2020); what a score is worth, by the mean chrF of quarters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any

from dragoman.records import Draft

QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Quarter:
    """Sentences of like confidence: the lowest score among them and their mean chrF."""

    lowest: float
    chrf: float


@dataclass(frozen=True, slots=True)
class Confidence:
    """`spearman` (-1 to 1) over `sentences` scored drafts; `quarters` from the surest down."""

    sentences: int
    spearman: float
    quarters: tuple[Quarter, ...]

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self)

    def __str__(self) -> str:
        parts = (f"{q.chrf:.1f} (score {q.lowest:.2f} and up)" for q in self.quarters)
        return (
            f"confidence against chrF of {self.sentences} sentences: Spearman {self.spearman:.2f};"
            f" mean chrF by quarter, surest first: {', '.join(parts)}"
        )


def confidence(drafts: Sequence[Draft], references: Sequence[str]) -> Confidence | None:
    """How the scores of `drafts` go with their chrF. Failed drafts and those without a score are
    left out; None where fewer than eight are left."""
    from sacrebleu.metrics import CHRF

    metric = CHRF()
    pairs = [
        (draft.score, metric.sentence_score(draft.text, [reference]).score)
        for draft, reference in zip(drafts, references, strict=True)
        if draft.score is not None and draft.text
    ]
    if len(pairs) < 2 * QUARTERS:
        return None
    pairs.sort(key=lambda pair: -pair[0])
    bounds = [len(pairs) * i // QUARTERS for i in range(QUARTERS + 1)]
    parts = [pairs[a:b] for a, b in pairwise(bounds)]
    quarters = (Quarter(part[-1][0], sum(c for _, c in part) / len(part)) for part in parts)
    return Confidence(len(pairs), spearman(*zip(*pairs, strict=True)), tuple(quarters))


def spearman(first: Sequence[float], second: Sequence[float]) -> float:
    """Spearman's rank correlation, equal values sharing the mean of their ranks; 0 where one side
    does not vary."""
    one, other = _ranks(first), _ranks(second)
    middle = (len(one) - 1) / 2
    together = sum((a - middle) * (b - middle) for a, b in zip(one, other, strict=True))
    apart = sum((a - middle) ** 2 for a in one) * sum((b - middle) ** 2 for b in other)
    return float(together / apart**0.5) if apart else 0.0


def _ranks(values: Sequence[float]) -> list[float]:
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    at = 0
    while at < len(order):
        stop = at
        while stop < len(order) and values[order[stop]] == values[order[at]]:
            stop += 1
        for i in order[at:stop]:
            ranks[i] = (at + stop - 1) / 2
        at = stop
    return ranks
