"""Is the release ready, and what will stand in it?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman import catalog
from dragoman.errors import PublishError
from dragoman.glossary import Glossary
from dragoman.inspection import (
    CatalogPlace,
    Inspected,
    Numbered,
    State,
    first_words,
    inspect,
    shown,
)
from dragoman.publish.splice import Paragraph, paragraphs
from dragoman.publish.typography import typeset
from dragoman.records import Document, Entry, Segment


class NotReady(PublishError):
    """A release that cannot be published yet; `reasons` are lines ``path:line: what: words``."""

    reasons: tuple[str, ...] = ()  # one for each fault


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a release is not ready: a place in a file, what is the matter, and the first words."""

    kind: str
    where: str
    what: str
    words: str


_KINDS = {
    "changed": "sentences have changed",
    "not approved": "not approved",
    "not translated": "not translated",
    "with an error": "with an error",
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A segment with the entry that translates it; None where the catalog has none."""

    segment: Segment
    entry: Inspected | None
    notes: tuple[str, ...] = ()  # the ``#.`` lines

    @property
    def state(self) -> State | Literal["absent"]:
        """The state of the entry."""
        return self.entry.state if self.entry else "absent"


@dataclass(frozen=True, slots=True)
class Publication:
    """A release in another language, ready to be written in any format.

    `drafts` counts the sentences that nobody approved, `warnings` the findings left.
    """

    release: str
    lang: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    drafts: int
    warnings: int


def prepare(
    document: Document,
    numbered: Numbered,
    place: CatalogPlace,
    glossary: Glossary,
    *,
    allow_drafts: bool = False,
) -> Publication:
    """The finished text of `document`, from the catalog `numbered` that lies at `place`.

    Raises NotReady, which names every sentence at fault, when the release and the catalog are not
    of the same sentences, an entry is not approved (unless `allow_drafts`) or not translated at
    all, or a check finds an error that no comment dismisses; dates and figures are among them.
    Raises CatalogError for the catalog of another release.
    """
    sentences = _sentences(document, numbered, place, glossary)
    reasons = [
        *_changes(document, numbered, sentences, place),
        *_faults(sentences, place, allow_drafts),
    ]
    if reasons:
        raise _refusal(reasons, place)
    entries = _entries(sentences)
    texts = {entry.source: entry.target for entry in entries}
    body = paragraphs(document, lambda segment: texts[segment.text])
    return Publication(
        document.release.name,
        place.lang,
        next((p.text for p in body if p.is_title), first_words(body[0].text, 80)),
        body,
        drafts=sum(entry.state != "approved" for entry in entries),
        warnings=sum(len(entry.issues) for entry in entries),
    )


def draft_view(
    document: Document, numbered: Numbered, place: CatalogPlace, glossary: Glossary
) -> tuple[Sentence, ...]:
    """Every sentence of the release with what the catalog says of it, whatever its state."""
    return _sentences(document, numbered, place, glossary)


def _sentences(
    document: Document, numbered: Numbered, place: CatalogPlace, glossary: Glossary
) -> tuple[Sentence, ...]:
    """The segments with their entries, whose texts are typeset before they are checked."""
    source = document.release.source
    wanted = {segment.text for segment in document.segments}
    catalog.require_release(numbered.catalog, source, wanted, place.path)
    plain = [
        (replace(entry, msgstr=typeset(entry.msgstr, place.lang)), line)
        for entry, line in zip(numbered.catalog.active, numbered.lines, strict=True)
        if entry.msgctxt is None
    ]
    order = {text: n for n, text in enumerate(dict.fromkeys(s.text for s in document.segments))}
    mine = sorted((p for p in plain if p[0].msgid in order), key=lambda p: order[p[0].msgid])
    entries: list[Entry] = [entry for entry, _ in mine]
    found = inspect(entries, [line for _, line in mine], place.lang, glossary)
    by_text = {one.source: one for one in found}
    notes = {entry.msgid: entry.extracted for entry in entries}
    return tuple(
        Sentence(segment, by_text.get(segment.text), notes.get(segment.text, ()))
        for segment in document.segments
    )


def _changes(
    document: Document, numbered: Numbered, sentences: Sequence[Sentence], place: CatalogPlace
) -> Iterator[Reason]:
    """Sentences that the release has and the catalog lacks, and the other way round."""
    source = document.release.source
    new = {s.segment.text: s.segment.line for s in sentences if s.entry is None}
    for text, line in new.items():
        yield Reason("changed", f"{source}:{line}", "not in the catalog", first_words(text))
    present = {segment.text for segment in document.segments}
    for entry, line in zip(numbered.catalog.active, numbered.lines, strict=True):
        if entry.msgid not in present:
            where = f"{shown(place.path)}:{line}"
            yield Reason("changed", where, "not in the release", first_words(entry.msgid))


def _faults(
    sentences: Sequence[Sentence], place: CatalogPlace, allow_drafts: bool
) -> Iterator[Reason]:
    """Entries that are not approved, not translated, or in which a check finds an error."""
    for entry in _entries(sentences):
        where, words = f"{shown(place.path)}:{entry.line}", first_words(entry.source)
        if entry.state == "failed":
            yield Reason("not translated", where, "not translated", words)
            continue
        if entry.state != "approved" and not allow_drafts:
            what = "a draft" if entry.state == "draft" else "the Russian changed"
            yield Reason("not approved", where, what, words)
        for issue in entry.errors:
            what = f"error {issue.code}: {issue.message}"
            yield Reason("with an error", where, what, words)


def _entries(sentences: Sequence[Sentence]) -> tuple[Inspected, ...]:
    """The entries, each once, in the order of the release."""
    return tuple({s.entry.source: s.entry for s in sentences if s.entry}.values())


def _refusal(reasons: Sequence[Reason], place: CatalogPlace) -> NotReady:
    kinds = Counter(reason.kind for reason in reasons)
    told = ", ".join(f"{kinds[kind]} {words}" for kind, words in _KINDS.items() if kinds[kind])
    if kinds["changed"]:
        advice = "run `dragoman translate` and review what is new"
    elif kinds["not approved"] or kinds["not translated"]:
        advice = "review these entries"
        advice += "" if kinds["not translated"] else " (or --allow-drafts)"
    else:
        advice = "correct it, or write `# dragoman: ignore CODE` above the entry"
    error = NotReady(f"not ready to be published: {told}", advice=advice, path=shown(place.path))
    error.reasons = tuple(f"{r.where}: {r.what}: {r.words}" for r in reasons)
    return error
