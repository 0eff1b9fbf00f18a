"""How much each way of enforcing terms does: none, one at a time, and all together.

A term occurrence counts where the reference says the term. It is *said* when any accepted form
stands in the translation, in the *right form* when that form is the reference's or answers the
Russian case and number, and in the *right place* when it stands where the reference has it, give
or take a quarter of the sentence, or where alignment with the source expects it.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from dragoman.enforcing import enforcer
from dragoman.engines import Engine, OnAnswer
from dragoman.engines.aligning import Aligns, aligner_for
from dragoman.engines.candidates import Enforcement
from dragoman.engines.wording import folded
from dragoman.evaluation import metrics
from dragoman.glossary import Glossary, holds, occurrences, wanted
from dragoman.languages.text import Span
from dragoman.records import Answer, Draft, Request, Term

_ALONE: Final = Enforcement(
    n_best=1,
    told=False,
    long=0,
    folding=False,
    another_source=False,
    insertions=0,
    constrained=False,
    repair=False,
)
STRATEGIES: Final[dict[str, Enforcement]] = {
    "none": _ALONE,
    "annotation": replace(_ALONE, told=True),
    "folding": replace(_ALONE, folding=True),
    "candidates": replace(_ALONE, n_best=12),
    "source replaced": replace(_ALONE, another_source=True),
    "insertion": replace(_ALONE, insertions=Enforcement().insertions),
    "constrained beam": replace(_ALONE, constrained=True),
    "repair": replace(_ALONE, repair=True),
    "all": Enforcement(),
}
NEAR: Final = 0.25


@dataclass(frozen=True, slots=True)
class Right:
    """Of `terms` occurrences those said at all, those in the right form and of these those in
    the right place too."""

    terms: int = 0
    said: int = 0
    form: int = 0
    place: int = 0

    def __add__(self, other: Right) -> Right:
        return Right(
            self.terms + other.terms,
            self.said + other.said,
            self.form + other.form,
            self.place + other.place,
        )

    def share(self, count: int) -> float:
        """In percent; 100 where there are no terms."""
        return round(100 * count / self.terms, 1) if self.terms else 100.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a strategy did to a set: `used` counts the sentences by the way terms came in.

    `seconds` are those of what had not been asked before: strategies share their first answers.
    """

    strategy: str
    lang: str
    sentences: int
    right: Right
    chrf: float
    chrf_signature: str
    used: dict[str, int]
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """For machines; shares are percentages."""
        shares = {name: self.right.share(getattr(self.right, name)) for name in _COUNTS}
        return {**asdict(self), "shares": shares}


_COUNTS: Final = ("said", "form", "place")


class _Remembering:
    """An engine that answers the same question once: most strategies ask for the same first."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._known: dict[tuple[Request, str, int], Answer] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._engine, name)

    def translate(
        self,
        requests: Sequence[Request],
        to: str,
        *,
        n_best: int = 1,
        on_answer: OnAnswer | None = None,
    ) -> list[Answer]:
        """See `Engine.translate`."""
        new = [r for r in dict.fromkeys(requests) if (r, to, n_best) not in self._known]
        for request, answer in zip(
            new, self._engine.translate(new, to, n_best=n_best) if new else (), strict=True
        ):
            self._known[request, to, n_best] = answer
        answers = [self._known[request, to, n_best] for request in requests]
        for index, answer in enumerate(answers):
            if on_answer:
                on_answer(index, answer)
        return answers


def compare_strategies(
    engine: Engine, base: Glossary, rows: Sequence[dict[str, str]], lang: str
) -> Iterator[Outcome]:
    """Translate the sentences of a set (`evaluation.read_set`) once by each strategy."""
    sources = [row["ru"] for row in rows]
    references = [row[lang] for row in rows]
    asked = [tuple(wanted(hit, lang) for hit in base.find(source)) for source in sources]
    requests = [Request(source, terms) for source, terms in zip(sources, asked, strict=True)]
    remembering: Any = _Remembering(engine)
    aligner = aligner_for(engine)
    for name, wanted_steps in STRATEGIES.items():
        settings = replace(wanted_steps, repair=wanted_steps.repair and aligner is not None)
        began = time.monotonic()
        drafts = enforcer(remembering, lang, settings, aligner).drafts(requests)
        seconds = time.monotonic() - began
        right = sum(
            (
                judge(source, draft.text, reference, terms, lang, aligner)
                for source, draft, reference, terms in zip(
                    sources, drafts, references, asked, strict=True
                )
            ),
            Right(),
        )
        said = [draft.text for draft in drafts]
        yield Outcome(
            name, lang, len(rows), right, *_chrf(said, references), _used(drafts), round(seconds, 1)
        )


def _used(drafts: Sequence[Draft]) -> dict[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for draft in drafts:
        counts[draft.strategy or draft.origin] += 1
    return dict(sorted(counts.items()))


def _chrf(said: Sequence[str], references: Sequence[str]) -> tuple[float, str]:
    """chrF2++ and its signature."""
    metric = metrics()["chrF2++"]
    score: float = metric.corpus_score(list(said), [list(references)]).score
    return round(score, 2), str(metric.get_signature())


def judge(
    source: str,
    said: str,
    reference: str,
    asked: Sequence[Term],
    lang: str,
    aligner: Aligns | None = None,
) -> Right:
    """Count the term occurrences of one sentence. A term that occurs twice must be said twice,
    where the reference does so."""
    by_lemma: dict[str, list[Term]] = defaultdict(list)
    for term in asked:
        if holds(term, reference, lang):
            by_lemma[term.lemma].append(term)
    total = Right()
    for terms in by_lemma.values():
        term = terms[0]
        there = occurrences(term, reference, lang)
        here = list(occurrences(term, said, lang))
        count = min(len(terms), max(1, len(there)))
        found = min(count, len(here)) or int(holds(term, said, lang))
        good = [span for span in here if _right_form(span, terms, there)]
        form = min(count, len(good)) or int(found > 0 and not (here and there))
        placed = [
            span
            for span in good
            if _near(span, said, there, reference)
            or _aligned(span, source, said, terms, lang, aligner)
        ]
        place = min(count, len(placed)) or int(form > 0 and not (here and there))
        total += Right(count, found, form, min(form, place))
    return total


def _right_form(span: Span, terms: Sequence[Term], there: Sequence[Span]) -> bool:
    surface = folded(span.surface)
    return any(surface == folded(other.surface) for other in there) or any(
        surface == folded(form) for term in terms for form in term.fitting
    )


def _near(span: Span, said: str, there: Sequence[Span], reference: str) -> bool:
    middle = (span.start + span.stop) / 2 / max(1, len(said))
    return any(
        abs(middle - (other.start + other.stop) / 2 / max(1, len(reference))) <= NEAR
        for other in there
    )


def _aligned(
    span: Span,
    source: str,
    said: str,
    terms: Sequence[Term],
    lang: str,
    aligner: Aligns | None,
) -> bool:
    alignment = aligner.align(source, said, lang) if aligner else None
    if alignment is None:
        return False
    places = (alignment.find(term.start, term.stop) for term in terms)
    return any(found and found.start < span.stop and span.start < found.stop for found in places)
