"""What telling the terms does, for terms that training has seen and for those it has not.

Three groups: concepts that our training corpus speaks of; concepts of the term base that it never
mentions; and words that do not exist, put into sentences of the set (`training.probe`). Each is
measured without telling the terms, with annotation alone, and with all of enforcement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from dragoman.enforcing import enforcer
from dragoman.engines import Engine
from dragoman.engines.candidates import Enforcement
from dragoman.evaluation import TermScore, score_terms
from dragoman.glossary import Glossary, wanted
from dragoman.records import Request, Term
from dragoman.strategies import STRATEGIES
from dragoman.training.corpus import Pair
from dragoman.training.probe import probes

WAYS: Final[dict[str, Enforcement]] = {
    "not told": STRATEGIES["none"],
    "annotated": STRATEGIES["annotation"],
    "enforced": STRATEGIES["all"],
}
Test = Callable[[Term], bool]


@dataclass(frozen=True, slots=True)
class Group:
    """How the terms of one group fared in one way of telling them."""

    group: str
    way: str
    lang: str
    score: TermScore

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        score = self.score
        return {
            "group": self.group,
            "way": self.way,
            "lang": self.lang,
            "terms": score.terms,
            "said": score.said,
            "same_form": score.same_form,
            "success": round(score.success, 2),
            "right_form": round(score.right_form, 2),
        }


def compare_seen(
    engine: Engine, glossary: Glossary, rows: Sequence[dict[str, str]], lang: str,
    seen: frozenset[str],
) -> Iterator[Group]:  # fmt: skip
    """Each group in each way, over the rows (ru, en, az) of an evaluation set."""
    sources, references = [row["ru"] for row in rows], [row[lang] for row in rows]
    terms = [tuple(wanted(hit, lang) for hit in glossary.find(text)) for text in sources]
    tests: dict[str, Test] = {
        "in the corpus": lambda term: term.concept in seen,
        "never in it": lambda term: term.concept not in seen and not term.guessed,
    }
    chosen = list(probes([Pair(r["ru"], r[lang], lang, "evaluation") for r in rows], glossary))
    for way, settings in WAYS.items():
        said = _translate(engine, lang, settings, sources, terms)
        for name, test in tests.items():
            asked = [tuple(filter(test, found)) for found in terms]
            yield Group(name, way, lang, score_terms(said, references, asked, lang))
        probed = [(probe.term,) for probe in chosen]
        said = _translate(engine, lang, settings, [probe.source for probe in chosen], probed)
        wording = [probe.reference for probe in chosen]
        yield Group("invented words", way, lang, score_terms(said, wording, probed, lang))


def _translate(
    engine: Engine, lang: str, settings: Enforcement, sources: Sequence[str],
    terms: Sequence[tuple[Term, ...]],
) -> list[str]:  # fmt: skip
    requests = [Request(text, found) for text, found in zip(sources, terms, strict=True)]
    return [draft.text for draft in enforcer(engine, lang, settings).drafts(requests)]
