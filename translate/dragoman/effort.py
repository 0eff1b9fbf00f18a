"""How much reviewers changed: the machine's draft against the text they approved.

TER here is HTER, the share of words a reviewer had to edit (Snover et al. 2006): 0 means that
drafts are approved as they are. chrF is the share of character n-grams kept (Popović 2015).
Both are sacrebleu's, over all sentences of a group together, and name their signature.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

from dragoman.checks import said
from dragoman.errors import CatalogError
from dragoman.glossary import wanted
from dragoman.inspection import CatalogPlace, Inspector, read_numbered, shown
from dragoman.ledger import Ledger
from dragoman.records import Draft, Term
from dragoman.report import Failure


@dataclass(frozen=True, slots=True)
class Group:
    """The sentences of one engine, release or term, in numbers.

    `edited` of `sentences` were changed by a reviewer; `words` are those of the approved text,
    `edits` the word edits and shifts it took; `ter` and `chrf` are percentages.
    """

    name: str
    lang: str
    sentences: int
    edited: int
    words: int
    edits: int
    ter: float
    chrf: float


@dataclass(frozen=True, slots=True)
class TermGroup(Group):
    """Also how often reviewers put the term in where the draft lacked it, or took it out."""

    put_in: int = 0
    taken_out: int = 0

    @property
    def corrected(self) -> int:
        """How often a reviewer corrected the machine's choice for this term."""
        return self.put_in + self.taken_out


@dataclass(frozen=True, slots=True)
class Effort:
    """The whole report; `unknown` counts approved entries without a machine draft on record."""

    total: Group
    engines: tuple[Group, ...]
    releases: tuple[Group, ...]
    terms: tuple[TermGroup, ...]
    unknown: int
    failures: tuple[Failure, ...]
    signatures: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The report for machines."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Sample:
    """An approved text and the draft it was made from."""

    release: str
    lang: str
    draft: Draft
    approved: str
    edits: int
    words: int
    terms: tuple[tuple[Term, bool, bool], ...]  # said in the draft, said in the approved text

    @property
    def engine(self) -> str:
        """The engine and its revision, so that a new model can be told from the old one."""
        return self.draft.engine or self.draft.origin


def measure(inspector: Inspector, ledger: Ledger, places: Iterable[CatalogPlace]) -> Effort:
    """Compare every approved entry at `places` with the draft that the reviewer was given.

    A catalog that cannot be read becomes a Failure and the others are still measured.
    """
    samples: list[Sample] = []
    failures: list[Failure] = []
    unknown = 0
    for place in places:
        try:
            for sample in _samples(inspector, ledger, place):
                if sample is None:
                    unknown += 1
                else:
                    samples.append(sample)
        except CatalogError as error:
            failures.append(Failure(shown(place.path), str(error)))
    return Effort(
        _group("total", "", samples),
        _groups(samples, lambda sample: sample.engine),
        _groups(samples, lambda sample: sample.release),
        _term_groups(samples),
        unknown,
        tuple(failures),
        _signatures(),
    )


def _samples(inspector: Inspector, ledger: Ledger, place: CatalogPlace) -> Iterator[Sample | None]:
    active = read_numbered(place).catalog.active
    hits = inspector.glossary.find_in_document([entry.msgid for entry in active])
    for entry, found in zip(active, hits, strict=True):
        if entry.fuzzy or not entry.msgstr.strip():
            continue
        made = ledger.drafts(entry.msgid, place.lang)
        own = not ledger.is_machine_text(entry.msgid, place.lang, entry.msgstr, place.release)
        draft = reviewed_draft(made, entry.msgstr, own=own)
        if draft is None:
            yield None
            continue
        edits, words = word_edits(draft.text, entry.msgstr)
        terms = (wanted(hit, place.lang) for hit in found)
        spoken = tuple(
            (term, said(term, draft.text, place.lang), said(term, entry.msgstr, place.lang))
            for term in terms
        )
        yield Sample(place.release, place.lang, draft, entry.msgstr, edits, words, spoken)


def reviewed_draft(drafts: Iterable[Draft], approved: str, *, own: bool = False) -> Draft | None:
    """The draft that a reviewer turned into `approved`; None when the machine made none.

    The ledger keeps no dates: it is the newest draft that says exactly this, else the newest. A
    text that is the reviewer's `own` was learnt from them by those drafts that say the same.
    """
    made = [draft for draft in drafts if draft.text and draft.origin != "failed"]
    if own:
        made = [draft for draft in made if draft.text != approved]
    same = [draft for draft in made if draft.text == approved]
    return next(reversed(same or made), None)


def word_edits(draft: str, approved: str) -> tuple[int, int]:
    """(edits, words): insertions, deletions, substitutions and shifts of words, and the words of
    the approved text. Capitals count."""
    if draft == approved:
        return 0, len(approved.split())
    score = _ter().sentence_score(draft, [approved])
    return int(score.num_edits), int(score.ref_length)


def _groups(samples: Iterable[Sample], key: Callable[[Sample], str]) -> tuple[Group, ...]:
    """A group a name and language, those with the highest TER first."""
    found: dict[tuple[str, str], list[Sample]] = defaultdict(list)
    for sample in samples:
        found[key(sample), sample.lang].append(sample)
    groups = (_group(name, lang, some) for (name, lang), some in found.items())
    return tuple(sorted(groups, key=lambda group: (-group.ter, group.name, group.lang)))


@dataclass(slots=True)
class _TermCount:
    samples: list[Sample] = field(default_factory=list)
    put_in: int = 0
    taken_out: int = 0


def _term_groups(samples: Iterable[Sample]) -> tuple[TermGroup, ...]:
    """A group a term and language, the most often corrected first."""
    counts: dict[tuple[str, str], _TermCount] = defaultdict(_TermCount)
    for sample in samples:
        for term, before, after in sample.terms:
            count = counts[term.lemma, sample.lang]
            if not count.samples or count.samples[-1] is not sample:
                count.samples.append(sample)
            count.put_in += after and not before
            count.taken_out += before and not after
    groups = (
        TermGroup(
            **asdict(_group(lemma, lang, count.samples)),
            put_in=count.put_in,
            taken_out=count.taken_out,
        )
        for (lemma, lang), count in counts.items()
    )
    return tuple(sorted(groups, key=lambda g: (-g.corrected, -g.ter, g.name, g.lang)))


def _group(name: str, lang: str, samples: list[Sample]) -> Group:
    edits, words = sum(s.edits for s in samples), sum(s.words for s in samples)
    return Group(
        name,
        lang,
        len(samples),
        sum(sample.draft.text != sample.approved for sample in samples),
        words,
        edits,
        round(100 * edits / words, 1) if words else 0.0,
        _chrf_of(samples),
    )


def _chrf_of(samples: list[Sample]) -> float:
    if not samples:
        return 100.0
    drafts, approved = [s.draft.text for s in samples], [s.approved for s in samples]
    return round(float(_chrf().corpus_score(drafts, [approved]).score), 1)


@cache
def _ter() -> Any:
    from sacrebleu.metrics import TER

    return TER(case_sensitive=True)


@cache
def _chrf() -> Any:
    from sacrebleu.metrics import CHRF

    return CHRF()


def _signatures() -> tuple[str, ...]:
    made = []
    for name, metric in (("TER", _ter()), ("chrF2", _chrf())):
        metric.corpus_score(["a"], [["a"]])  # a signature is known only after use
        made.append(f"{name}|{metric.get_signature().format()}")
    return tuple(made)
