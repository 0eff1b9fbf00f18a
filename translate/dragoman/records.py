"""The data that passes between the rooms of Dragoman.

Release -> Document -> hits -> Draft -> issues -> Entry -> catalog -> person -> publication

Everything here is frozen and made of tuples, so that a value can be handed to another
thread, cached or compared without a thought. This module imports nothing of ours.

Offsets are always half-open ``[start, stop)`` counts of Python characters; in a release they
point into `Release.text`, in a hit or a term into the segment's own text.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

BlockKind = Literal["title", "paragraph", "chrome"]
SegmentKind = Literal["title", "sentence"]
Severity = Literal["error", "warning"]
DraftOrigin = Literal["engine", "memory", "failed"]
Status = Literal["approved", "proposed", "deprecated"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of a release, or a piece of site chrome that is never translated."""

    start: int
    stop: int
    kind: BlockKind
    line: int  # 1-based, in the file as an editor counts


@dataclass(frozen=True, slots=True)
class Release:
    """A release as read: decoded, normalised, with its blocks marked.

    `text` holds the whole normalised text, chrome included; what lies outside every
    block is layout. `source` is the POSIX path that ``#:`` references carry.
    """

    name: str
    source: str
    text: str
    blocks: tuple[Block, ...]
    format: Literal["txt", "html"] = "txt"


@dataclass(frozen=True, slots=True)
class Segment:
    """A unit of translation: ``release.text[start:stop] == text``."""

    text: str
    start: int
    stop: int
    paragraph: int  # index of its block among the non-chrome blocks
    kind: SegmentKind
    line: int


@dataclass(frozen=True, slots=True)
class Document:
    """A release cut into segments, in reading order."""

    release: Release
    segments: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """How one language says a concept. `preferred` is the base form (nominative singular)."""

    preferred: str
    admitted: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    abbreviation: str = ""


@dataclass(frozen=True, slots=True)
class Concept:
    """A row of the term base."""

    id: str
    type: str  # organisation, title, person, place, document, event, law, general
    ru: tuple[str, ...]  # full forms, preferred first
    ru_abbreviations: tuple[str, ...]
    en: Wording
    az: Wording
    abbreviation_policy: Literal["keep", "expand", "either"] = "keep"
    status: Status = "approved"
    note: str = ""
    source: str = ""
    az_kind: str = ""  # how the Azerbaijani inflects (languages.az), where its rules would guess

    def wording(self, lang: str) -> Wording:
        """The wording in `lang` ("en" or "az")."""
        return {"en": self.en, "az": self.az}[lang]


@dataclass(frozen=True, slots=True)
class Hit:
    """A term found in a Russian segment, in whatever case and number it stands.

    `case` is an OpenCorpora grammeme (nomn, gent, datv, accs, ablt, loct), empty when
    unknown; a form that fits several cases names the likeliest first in `cases`.
    """

    start: int
    stop: int
    surface: str
    concept: Concept
    kind: Literal["full", "abbreviation", "name", "surname", "guessed"] = "full"
    cases: tuple[str, ...] = ()
    number: Literal["sing", "plur", ""] = ""


@dataclass(frozen=True, slots=True)
class Term:
    """What a hit asks of the translation into one language.

    `lemma` is the base form that the engine is given; `forms` are all accepted surface
    forms of every accepted wording, the ones that fit the Russian case and number first, and
    `fitting` those alone (empty where that is not known); `forbidden` are renderings that must
    not stand, in all their forms.
    """

    start: int
    stop: int
    surface: str
    lemma: str
    forms: tuple[str, ...]
    forbidden: tuple[str, ...] = ()
    concept: str = ""  # concept id; empty for a guessed name
    guessed: bool = False
    fitting: tuple[str, ...] = ()

    def moved(self, left: int) -> Term:
        """The same term in a text that lacks `left` characters before it."""
        return replace(self, start=self.start - left, stop=self.stop - left)


@dataclass(frozen=True, slots=True)
class Request:
    """One source sentence for an engine, with the terms found in it (by offset, in order).

    `similar` is a sentence like it and its approved translation, for engines that take hints.
    `unsaid` are terms found in it that the engine is not told, nor anything else for their words.
    """

    text: str
    terms: tuple[Term, ...] = ()
    similar: tuple[str, str] | None = None
    unsaid: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A translation proposed by a model. `score` is the mean token log-probability (<= 0)."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine makes of one request: its hypotheses, best first, or a reason for none."""

    hypotheses: tuple[Hypothesis, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """The text chosen for one segment. A failed draft has no text and says why. `score` is the
    hypothesis's, less what words of the model's dictionary make it doubtful by."""

    text: str
    origin: DraftOrigin
    engine: str = ""
    score: float | None = None
    reason: str = ""
    # plain, annotated, n-best, folded, replaced, repaired, inserted or constrained
    strategy: str = ""
    cost: float = 0.0  # what the terms cost in score, against the engine's own choice (>= 0)


@dataclass(frozen=True, slots=True)
class Issue:
    """A finding of a check: `code` is the check's name, what a reviewer dismisses by."""

    code: str
    severity: Severity
    message: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A PO entry as Dragoman sees it; identity is (msgctxt, msgid)."""

    msgid: str
    msgstr: str = ""
    msgctxt: str | None = None
    fuzzy: bool = False
    obsolete: bool = False
    previous_msgid: str | None = None
    references: tuple[tuple[str, str], ...] = ()  # (path, line)
    extracted: tuple[str, ...] = ()  # "#." lines: ours
    comment: str = ""  # "# " lines: the reviewer's
    flags: tuple[str, ...] = ()  # other than fuzzy
