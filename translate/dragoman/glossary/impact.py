"""Which entries of which catalogs a change of the term base touches, before anything is run.

An entry is touched when the terms asked of its sentence are not the same before and after. What
the next run does with it is decided as the run decides it: a machine draft is made anew, what a
person wrote or approved stays and gets a note.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from functools import lru_cache
from typing import Any

from dragoman.errors import CatalogError
from dragoman.glossary.base import Glossary
from dragoman.glossary.lexicon import NameLexicon
from dragoman.glossary.revisions import Change
from dragoman.glossary.said import holds
from dragoman.glossary.wanted import wanted
from dragoman.inspection import CatalogPlace, read_numbered, shown
from dragoman.merge import Standing, plan_merge
from dragoman.records import Entry, Hit, Term
from dragoman.report import Failure

Known = Callable[[str, str, str, str], bool]
"""known(source, lang, text, release): whether the text is the machine's, as the ledger says."""


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term of a sentence before and after; empty where there is or was none."""

    surface: str
    before: str
    after: str
    held: bool  # whether the translation says what is wanted after the change

    def __str__(self) -> str:
        if not self.after:
            return f"{self.surface} = {self.before} is no term any more"
        state = "says so already" if self.held else "does not say so"
        if not self.before:
            return f"{self.surface} = {self.after} is new ({state})"
        if self.before == self.after:
            return f"{self.surface} = {self.after} in other forms ({state})"
        return f"{self.surface} = {self.after}, was {self.before} ({state})"


@dataclass(frozen=True, slots=True)
class Touched:
    """An entry that a change touches. ``approved`` and ``person`` entries are never rewritten."""

    path: str
    line: int
    release: str
    lang: str
    standing: Standing
    source: str
    terms: tuple[TermChange, ...]

    @property
    def redone(self) -> bool:
        """Whether the next run drafts the entry anew."""
        return self.standing in ("draft", "new")

    def as_json(self) -> dict[str, Any]:
        """The entry for machines."""
        return {"redone": self.redone, **asdict(self)}


def impact(
    old: Glossary,
    new: Glossary,
    changed: Sequence[Change],
    catalogs: Iterable[CatalogPlace],
    known: Known,
) -> Iterator[Touched | Failure]:
    """The touched entries, catalog by catalog. A catalog that cannot be read is a Failure.

    Only catalogs in which a changed concept stands are looked at closely; a change of the name
    lexicon may touch any.
    """
    ids = {change.id for change in changed if change.row is not None}
    everywhere = any(change.row is None for change in changed)
    rows = [row for base in (old, new) for row in base.rows if row.concept.id in ids]
    alone = Glossary(tuple(rows), NameLexicon(), new.cache)
    for place in catalogs:
        try:
            numbered = read_numbered(place)
        except CatalogError as error:
            yield Failure(shown(place.path), str(error))
            continue
        entries = numbered.catalog.active
        texts = [entry.msgid for entry in entries]
        if not everywhere and not _concerned(alone, texts):
            continue
        before, after = old.find_in_document(texts), new.find_in_document(texts)
        bare = [replace(entry, extracted=()) for entry in entries]

        def mine(msgid: str, text: str, place: CatalogPlace = place) -> bool:
            return known(msgid, place.lang, text, place.release)

        plan = plan_merge(numbered.catalog, bare, mine)
        for i, step in enumerate(plan.steps):
            if before[i] == after[i]:
                continue
            terms = tuple(_differing(before[i], after[i], entries[i], place.lang))
            if terms:
                yield Touched(
                    shown(place.path), numbered.lines[i], place.release, place.lang,
                    step.standing, entries[i].msgid, terms,
                )  # fmt: skip


def _concerned(alone: Glossary, texts: Sequence[str]) -> bool:
    found = alone.find_in_document(texts)
    return any(hit.concept.id for hits in found for hit in hits)


def _differing(
    before: Sequence[Hit], after: Sequence[Hit], entry: Entry, lang: str
) -> Iterator[TermChange]:
    """The terms that are asked otherwise, in the order of the sentence."""
    old = {(t.start, t.stop): t for t in (_wanted(hit, lang) for hit in before)}
    new = {(t.start, t.stop): t for t in (_wanted(hit, lang) for hit in after)}
    for span in sorted(old.keys() | new.keys()):
        was, now = old.get(span), new.get(span)
        if was == now:
            continue
        some = now or was
        assert some is not None
        yield TermChange(
            some.surface,
            was.lemma if was else "",
            now.lemma if now else "",
            now is not None and bool(entry.msgstr) and holds(now, entry.msgstr, lang),
        )


def _wanted(hit: Hit, lang: str) -> Term:
    """`wanted`, remembered: inflecting a term takes milliseconds, and the same ones come often."""
    term = _wanted_anywhere(replace(hit, start=0, stop=hit.stop - hit.start), lang)
    return replace(term, start=hit.start, stop=hit.stop)


@lru_cache(maxsize=8192)
def _wanted_anywhere(hit: Hit, lang: str) -> Term:
    return wanted(hit, lang)
