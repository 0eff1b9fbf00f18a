"""The term base in memory: load it, find its terms, explain what was found."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, field
from functools import cached_property
from pathlib import Path

from dragoman.errors import GlossaryError
from dragoman.garbage import uncollected
from dragoman.glossary.composed import composed
from dragoman.glossary.cues import context
from dragoman.glossary.expand import RULES, expand_all
from dragoman.glossary.lexicon import NameLexicon, read_names
from dragoman.glossary.load import GlossaryFaults, Row, read_rows
from dragoman.glossary.match import Candidate, TermIndex, resolve
from dragoman.glossary.mentions import Mentions, View, view
from dragoman.glossary.people import find_people
from dragoman.records import Concept, Hit

CACHE_NAME = "terms.sqlite"


def load_glossary(
    folder: Path, cache: Path | None = None, *, may_be_empty: bool = False
) -> Glossary:
    """Read ``folder/*.csv`` and ``folder/names/*.csv``.

    `cache` is the SQLite file that remembers the surface forms (``<workspace>/.dragoman/
    terms.sqlite``); without it every load expands every term, about a millisecond each.
    Nothing is expanded before the first `find`. `may_be_empty` is for who is about to fill it.

    Raises GlossaryFaults naming file, line and column of every fault; nothing is half loaded.
    """
    rows, faults = read_rows(folder)
    lexicon, more = read_names(folder / "names")
    if faults or more:
        raise GlossaryFaults((*faults, *more))
    if not rows and not may_be_empty:
        raise GlossaryError(
            "the term base is empty", advice="add a CSV file or run `dragoman init`", path=folder
        )
    return Glossary(rows, lexicon, cache)


@dataclass(frozen=True)
class Glossary:
    """A term base. Deprecated concepts are kept in `rows` and never found in text."""

    rows: tuple[Row, ...]
    names: NameLexicon = field(default_factory=NameLexicon)
    cache: Path | None = None

    @cached_property
    def concepts(self) -> tuple[Concept, ...]:
        """All concepts, in file order."""
        return tuple(row.concept for row in self.rows)

    @cached_property
    def by_id(self) -> dict[str, Concept]:
        """Concepts by id."""
        return {concept.id: concept for concept in self.concepts}

    @cached_property
    def fingerprint(self) -> str:
        """Names the state of the base: other content or other rules, another fingerprint.

        For deciding whether one sentence must be drafted again, `terms_fingerprint` of the
        terms found in it is the finer tool.
        """
        state = [RULES, [(astuple(r.concept), r.match) for r in self.rows], self.names.fingerprint]
        return hashlib.sha256(json.dumps(state, ensure_ascii=False).encode()).hexdigest()[:16]

    @cached_property
    def index(self) -> TermIndex:
        """The automata, built on first use."""
        live = [row for row in self.rows if row.concept.status != "deprecated"]
        with uncollected():  # fifty thousand forms
            entries = tuple(expand_all(live, self.cache))
            return TermIndex((*entries, *composed(entries)))

    def find(self, text: str) -> tuple[Hit, ...]:
        """The terms and names in one text, in order, never overlapping; offsets into `text`."""
        return self.find_in_document((text,))[0]

    def find_in_document(self, segments: Sequence[str]) -> tuple[tuple[Hit, ...], ...]:
        """The hits of each segment; a surname alone is known by a full mention in any before it.

        A mention in a later segment counts too where no earlier one does: titles come first.
        """
        views = [view(text, self.index) for text in segments]
        people, mentions = self._people(views)
        found = []
        for seen, named in zip(views, people, strict=True):
            kept, _ = resolve([*seen.terms, *named, *mentions.alone(seen, named, context)])
            found.append(tuple(c.hit for c in kept))
        return tuple(found)

    def explain(self, text: str) -> tuple[Candidate, ...]:
        """Every candidate of a text in order, the dropped ones with the reason."""
        seen = view(text, self.index)
        people, mentions = self._people([seen])
        alone = mentions.alone(seen, people[0], context)
        kept, dropped = resolve([*seen.terms, *people[0], *alone])
        return tuple(sorted((*kept, *dropped), key=lambda c: (c.start, -c.stop, c.reason)))

    def _people(self, views: Sequence[View]) -> tuple[list[list[Candidate]], Mentions]:
        mentions = Mentions()
        people = [find_people(seen, self.index, self.names, mentions) for seen in views]
        if mentions.doubts:  # read again what was ambiguous before the others were known
            mentions = mentions.again()
            people = [find_people(seen, self.index, self.names, mentions) for seen in views]
        return people, mentions


def concepts_of(hits: Iterable[Hit]) -> tuple[str, ...]:
    """The ids of the concepts hit, each once, in order; guessed names have none."""
    return tuple(dict.fromkeys(hit.concept.id for hit in hits if hit.concept.id))
