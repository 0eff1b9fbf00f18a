"""The candidates for a draft that holds its terms, how they rank, and how far to go for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from operator import mul

from dragoman.engines.base import Insertion
from dragoman.records import Draft, Hypothesis, Request, Term


@dataclass(frozen=True, slots=True)
class Enforcement:
    """How far to go for a term: which of the steps are taken, and what a term may cost.

    `told`: terms go to the engine with the source, in sentences of `long` words or more only where
    it does not say them unaided (0: at once); `folding`: long lists do not; `another_source`,
    `constrained` and `repair` are steps after the first, `insertions` how often insertion is tried,
    for a term each time.
    `n_best` hypotheses are reranked, of sources with terms replaced in the second step `wide`.
    `max_drop` is the most by which the mean log-probability of a token may fall, `longer` and
    `shorter` the bounds of the length relative to the engine's own choice (what is about as long
    as its source may pass them). `unfit` is what a term in a form that does not answer the Russian
    one costs, in the measure of `max_drop`.
    """

    n_best: int = 4
    wide: int = 8
    told: bool = True
    long: int = 20
    folding: bool = True
    another_source: bool = True
    constrained: bool = True
    repair: bool = True
    max_forms: int = 24
    max_drop: float = 0.7
    longer: float = 1.6
    shorter: float = 0.6
    unfit: float = 0.3
    insertions: int = 4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hypothesis, how it came about and how it stands."""

    hypothesis: Hypothesis
    strategy: str
    missing: tuple[Term, ...]
    forbidden: int
    faults: int
    note: str = ""
    unfit: float = 0.0  # what the forms of its terms cost

    @property
    def rank(self) -> tuple[float, ...]:
        """Smaller is better: terms missing, forbidden renderings, faults, then the score."""
        return (len(self.missing), self.forbidden, self.faults, self.unfit - self.hypothesis.score)


@dataclass(slots=True)
class Case:
    """A request on its way to a draft."""

    request: Request
    unaided: bool = False  # whether the engine was first asked without being told terms
    candidates: list[Candidate] = field(default_factory=list)
    reason: str = ""
    tried: set[Insertion] = field(default_factory=set)
    scored: bool = True  # whether the engine tells scores

    @property
    def best(self) -> Candidate | None:
        return min(self.candidates, key=lambda c: c.rank, default=None)

    @property
    def wanting(self) -> bool:
        """Whether another step could help: terms missing or in a doubtful form, or nothing there
        despite terms."""
        best = self.best
        if best is None:
            return bool(self.request.terms)
        return bool(best.missing or best.forbidden or best.unfit)


def joined(text: str, parts: Sequence[Draft]) -> Draft:
    """The draft `text` that was put together from those of its parts; its score is their mean by
    length."""
    scores = [draft.score for draft in parts if draft.score is not None]
    lengths = [len(draft.text) for draft in parts]
    mean = sum(map(mul, scores, lengths)) / max(1, sum(lengths))
    return replace(
        parts[0],
        text=text,
        score=mean if len(scores) == len(parts) else None,
        reason="; ".join(dict.fromkeys(draft.reason for draft in parts if draft.reason)),
        strategy="folded",
        cost=max(draft.cost for draft in parts),
    )
