"""Repair: where a translation says a term in other words, these are replaced by the right ones.

Which words these are is told by alignment (`dragoman.engines.aligning`), by the term base where
it forbids them, or by their letters where a Russian abbreviation was carried over. The form that
replaces them carries over what they show: the case, number and possessor of an Azerbaijani ending,
number and article in English. What a list lost is put back (`dragoman.engines.listing`). Nothing
is pasted blindly: words that stand apart, or of which the alignment is unsure, are left, and a
repair is taken only if no other term is lost by it and no check finds what it did not find before.
What a text says twice in a row, "a" before a vowel and a misread figure are put right too
(`Repairer.polish`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from dragoman.engines.aligning import Aligns
from dragoman.engines.alignment import LITTLE, Alignment
from dragoman.engines.judging import fault
from dragoman.engines.listing import put_back
from dragoman.engines.misread import misread
from dragoman.engines.wording import capitalised, doubled, replaced, said_again, whole
from dragoman.glossary.romanise import by_letters
from dragoman.languages import az_fitting, en_fitting, en_polish
from dragoman.records import Request, Term

SURE = 0.45  # of tests/cases/engines/alignments.txt, 3 of 68 places as sure as that are wrong
_FIT = {"az": az_fitting.fit, "en": en_fitting.fit}
_SHAPES = str.maketrans("АВСЕНКМОРТХУ", "ABCEHKMOPTXY")
_ABBREVIATION = re.compile("[А-Я]{2,6}")
_IN_BRACKETS = re.compile(r"\(((?:(?![a-zа-яçəğıöşü])[^\W\d_]){2,8})\)")  # capitals alone
_TRIM = re.compile(r"^[^\w]+|[^\w’']+$")
_DOUBLED = re.compile(r"\b(\w+)\W+\1\b", re.IGNORECASE)

Findings = Callable[[Request, str], Collection[str]]
"""What the checks find in a translation, terms apart."""


@dataclass(frozen=True, slots=True)
class Repaired:
    """A text in which terms were put right; `changes` are pairs of what stood and what stands."""

    text: str
    changes: tuple[tuple[str, str], ...]

    @property
    def note(self) -> str:
        """For the reviewer: what the machine's own words were."""
        return "repaired " + ", ".join(f"“{old}” to “{new}”" for old, new in self.changes)


class Repairer:
    """Puts terms right in translations into one language."""

    def __init__(
        self,
        aligner: Aligns,
        to: str,
        *,
        holds: Callable[[Term, str], bool],
        findings: Findings,
        sure: float = SURE,
    ) -> None:
        self.aligner, self.to = aligner, to
        self.holds, self.findings, self.sure = holds, findings, sure

    def repair(self, request: Request, text: str) -> Repaired | None:
        """`text` with those of its missing terms that can be put right; None when none can.

        Raises EngineError when the aligner's model cannot be loaded.
        """
        changes: list[tuple[str, str]] = []
        for term in request.terms:
            if self.holds(term, text) and not _forbidden(term, text):
                continue
            for start, stop, new in self._rewritten(request, term, text):
                if self._sound(request, term, text, new):
                    changes.append(_change(text, new, start, stop))
                    text = new
                    break
        return Repaired(text, tuple(changes)) if changes else None

    def polish(self, request: Request, text: str) -> Repaired | None:
        """`text` without what it says twice in a row, and with misread figures, the small words and
        the capitals of its English put right; None where there is nothing to do, or a check finds
        fault with it."""
        changes: list[tuple[str, str]] = []
        figures = misread(request.text, text, self.to)
        if figures:
            better = replaced(text, *figures)
            if len(self.findings(request, better)) < len(self.findings(request, text)):
                text = better
                changes.append(figures)
        wanted = list(doubled(request.text, text))
        if self.to == "en":
            wanted += en_polish.polished(request.text, text, request.terms)
        for old, new in wanted:
            better = replaced(text, old, new)
            if not set(self.findings(request, better)) - set(self.findings(request, text)):
                text = better
                changes.append((old, new))
        return Repaired(text, tuple(changes)) if changes else None

    def _rewritten(self, request: Request, term: Term, text: str) -> Iterator[tuple[int, int, str]]:
        """Texts that say `term` and the span of `text` that each rewrites, the likeliest first."""
        for start, stop in self._places(request, term, text):
            new = _FIT[self.to](text, start, stop, term)
            if new is not None:
                yield start, stop, new
        yield from put_back(request, term, text, self.to, self.holds)

    def _places(self, request: Request, term: Term, text: str) -> Iterator[tuple[int, int]]:
        """Where other words may stand for `term`, the likeliest first."""
        yield from _forbidden(term, text)
        if self.holds(term, text):
            return
        yield from _carried_over(term, text, self.to)
        yield from _bracketed(request.text, term, text)
        aligned = self.aligner.align(request.text, text, self.to)
        found = aligned.find(term.start, term.stop) if aligned else None
        if aligned is None or found is None or found.sure < self.sure:
            return
        start, stop = _absorbed(aligned, found.start, found.stop, term)
        start, stop = _trimmed(text, start, stop)
        said, words = text[start:stop], text[start:stop].split()
        longest = 2 * max(len(term.lemma.split()), len(term.surface.split())) + 1
        strange = any(c.isdigit() for c in said) and not any(c.isdigit() for c in term.surface)
        if words and len(words) <= longest and not strange:
            yield start, stop

    def _sound(self, request: Request, term: Term, old: str, new: str) -> bool:
        """Whether the repair is one, and breaks nothing."""
        others = [t for t in request.terms if t is not term and self.holds(t, old)]
        return (
            self.holds(term, new)
            and not _forbidden(term, new)
            and all(self.holds(t, new) for t in others)
            and not set(self.findings(request, new)) - set(self.findings(request, old))
            and said_again(new) <= said_again(old)
            and len(_DOUBLED.findall(new)) <= len(_DOUBLED.findall(old))
            and not fault(request.text, new)
        )


def _forbidden(term: Term, text: str) -> list[tuple[int, int]]:
    """Where forbidden renderings stand as whole words, outside the accepted forms."""
    found: list[tuple[int, int]] = []
    good = [span for form in term.forms for span in _whole(form, text)] if term.forbidden else []
    for form in sorted(term.forbidden, key=len, reverse=True):
        for a, b in _whole(form, text):
            if not any(start <= a and b <= stop for start, stop in (*good, *found)):
                found.append((a, b))
    return found


def _carried_over(term: Term, text: str, to: str) -> Iterator[tuple[int, int]]:
    """Where a Russian abbreviation stands in Latin letters, by shape or by sound: MOM for МОМ."""
    if not _ABBREVIATION.fullmatch(term.surface):
        return
    latin = (term.surface.translate(_SHAPES), by_letters(term.surface, to))
    for letters in dict.fromkeys(latin):
        if re.search("[А-Я]", letters):  # not all of its letters have the shape of Latin ones
            continue
        for match in re.finditer(rf"(?<![\w-]){letters}(?:-\w+)?(?!\w)", text):
            yield match.span()


def _bracketed(source: str, term: Term, text: str) -> Iterator[tuple[int, int]]:
    """Where the abbreviation in brackets stands that `term` is in the source, by its turn:
    «… (РУЦМ)», … (RTMCM)."""
    theirs, ours = list(_IN_BRACKETS.finditer(source)), list(_IN_BRACKETS.finditer(text))
    if len(theirs) == len(ours):
        turn = ((a.span(1), b.span(1)) for a, b in zip(theirs, ours, strict=True))
        yield from (place for asked, place in turn if asked == (term.start, term.stop))


def _whole(form: str, text: str) -> Iterator[tuple[int, int]]:
    """Where `form` stands as whole words, its first letter raised or not."""
    for spelling in dict.fromkeys((form, capitalised(form, "az"), capitalised(form, "en"))):
        yield from ((start, start + len(spelling)) for start in whole(spelling, text))


def _absorbed(aligned: Alignment, start: int, stop: int, term: Term) -> tuple[int, int]:
    """The place with neighbours that say a word of the term already: of "State Migration Agency
    Service" all four. Little words between are taken along."""
    wanted = {_root(word) for word in term.lemma.split() if len(word) > 3}
    places = [p for p in aligned.target if p[0] >= stop]
    for a, b in places[:2]:
        word = aligned.text[a:b]
        if _root(word) in wanted and not aligned.text[start:a].rstrip().endswith((",", ".")):
            stop = b
            break
        if word.lower() not in LITTLE:
            break
    for a, b in [p for p in reversed(aligned.target) if p[1] <= start][:2]:
        word = aligned.text[a:b]
        if word.endswith((",", ".", ";")):
            break
        if _root(word) in wanted:
            start = a
            break
        if word.lower() not in LITTLE:
            break
    return start, stop


def _root(word: str) -> str:
    letters = re.sub(r"\W", "", word).lower()
    return letters[:5] if len(letters) > 3 else "…"


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    """The place without marks and little words at its edges."""
    while True:
        said = text[start:stop]
        bare = _TRIM.sub("", said)
        if not bare:
            return start, start
        start += said.index(bare)
        stop = start + len(bare)
        first, _, rest = bare.partition(" ")
        head, _, last = bare.rpartition(" ")
        if rest and first.lower() in LITTLE:
            start += len(first)
        elif head and last.lower() in LITTLE:
            stop -= len(last)
        else:
            return start, stop


def _change(old: str, new: str, start: int, stop: int) -> tuple[str, str]:
    """The replaced words ``old[start:stop]`` and what stands for them, with an article that
    changed before them."""
    tail = len(old) - stop
    lead = next((i for i in range(start) if old[i] != new[i]), start)
    lead = old.rfind(" ", 0, lead) + 1 if lead < start else start
    return old[lead:stop], new[lead : len(new) - tail]
