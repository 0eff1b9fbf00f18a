"""The term base in numbers: what it covers of the releases, what it never finds, how it fares."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from dragoman.glossary.base import Glossary
from dragoman.inspection import Inspected
from dragoman.records import Document

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Success:
    """How often the translations into a language say a term, drafts and approved ones."""

    concept: str
    lang: str
    drafts: int = 0
    drafts_held: int = 0
    approved: int = 0
    approved_held: int = 0

    @property
    def missed(self) -> int:
        """Occurrences, in drafts and approved entries, that do not say the term."""
        return self.drafts + self.approved - self.drafts_held - self.approved_held


@dataclass
class Usage:
    """What the releases and the catalogs show of a base. Feed it one file at a time."""

    base: Glossary
    words: int = 0
    covered: int = 0  # words inside a term of the base
    occurrences: Counter[str] = field(default_factory=Counter)  # by concept id
    guessed: int = 0  # occurrences of people that the base does not have
    releases: int = 0
    _held: Counter[tuple[str, str, bool, bool]] = field(default_factory=Counter)

    def add_release(self, document: Document) -> None:
        """Count the terms of a release."""
        self.releases += 1
        texts = [segment.text for segment in document.segments]
        for text, hits in zip(texts, self.base.find_in_document(texts), strict=True):
            self.words += len(_WORD.findall(text))
            for hit in hits:
                if hit.concept.id:
                    self.occurrences[hit.concept.id] += 1
                    self.covered += len(_WORD.findall(hit.surface))
                else:
                    self.guessed += 1

    def add_catalog(self, lang: str, entries: Iterable[Inspected]) -> None:
        """Count which terms the translations of a catalog say."""
        for entry in entries:
            if entry.state == "failed":
                continue
            for term in entry.terms:
                self._held[term.concept, lang, entry.state == "approved", term.found] += 1

    @property
    def unused(self) -> tuple[str, ...]:
        """The ids of live concepts that no release holds, in the order of the base."""
        return tuple(
            concept.id
            for concept in self.base.concepts
            if concept.status != "deprecated" and not self.occurrences[concept.id]
        )

    @property
    def success(self) -> tuple[Success, ...]:
        """By concept and language, the most missed first; guessed names have the concept ""."""
        keys = sorted({(concept, lang) for concept, lang, _, _ in self._held})
        found = [self._success(concept, lang) for concept, lang in keys]
        return tuple(sorted(found, key=lambda s: (-s.missed, s.concept, s.lang)))

    def _success(self, concept: str, lang: str) -> Success:
        def count(approved: bool, *, held: bool = False) -> int:
            yes = self._held[concept, lang, approved, True]
            return yes if held else yes + self._held[concept, lang, approved, False]

        return Success(
            concept, lang, count(False), count(False, held=True), count(True),
            count(True, held=True),
        )  # fmt: skip

    def totals(self) -> dict[str, Any]:
        """The numbers that sum the base up."""
        concepts = self.base.concepts
        found = sum(self.occurrences.values())
        return {
            "concepts": len(concepts),
            "by_type": dict(Counter(concept.type for concept in concepts).most_common()),
            "by_status": dict(Counter(concept.status for concept in concepts).most_common()),
            "names": len(self.base.names.names),
            "releases": self.releases,
            "words": self.words,
            "term_occurrences": found,
            "terms_per_100_words": round(100 * found / self.words, 2) if self.words else 0.0,
            "words_covered": round(self.covered / self.words, 4) if self.words else 0.0,
            "names_guessed": self.guessed,
            "unused": len(self.unused),
        }

    def as_json(self) -> dict[str, Any]:
        """Everything, for machines."""
        return {
            **self.totals(),
            "occurrences": dict(self.occurrences.most_common()),
            "unused_concepts": list(self.unused),
            "success": [asdict(item) | {"missed": item.missed} for item in self.success],
        }


def rates(items: Sequence[Success], lang: str) -> tuple[int, int, int, int]:
    """(drafts held, drafts, approved held, approved) over the terms of a language."""
    mine = [item for item in items if item.lang == lang and item.concept]
    return (
        sum(s.drafts_held for s in mine), sum(s.drafts for s in mine),
        sum(s.approved_held for s in mine), sum(s.approved for s in mine),
    )  # fmt: skip
