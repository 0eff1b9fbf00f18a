"""Repair: where a translation says a term in other words, these are replaced by the right ones.

Which words these are is told by alignment (`dragoman.engines.aligning`), by the term base where it
forbids them, or by their letters, of a misspelt name (`dragoman.engines.misspelt`) or of a Russian
abbreviation that was carried over. The form that replaces them carries over what they show: the
case, number and possessor of an Azerbaijani ending, number and article in English. What a list
lost is put back (`dragoman.engines.listing`). Nothing is pasted blindly: words that stand apart, or
of which the alignment is unsure, are left, and a repair is taken only if no other term is lost by
it and no check finds what it did not find before.
What a text says twice in a row, "a" before a vowel and a misread figure are put right too
(`Repairer.polish`).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from dragoman.engines.aligning import Aligns
from dragoman.engines.judging import fault
from dragoman.engines.listing import put_back
from dragoman.engines.misread import misread
from dragoman.engines.misspelt import misspelt, respelt
from dragoman.engines.places import answering, bracketed, carried_over, forbidden
from dragoman.engines.wording import doubled, replaced, said_again
from dragoman.languages import az_fitting, en_fitting, en_polish
from dragoman.records import Request, Term

SURE = 0.45  # of tests/cases/engines/alignments.txt, 3 of 68 places as sure as that are wrong
_FIT = {"az": az_fitting.fit, "en": en_fitting.fit}
_DOUBLED = re.compile(r"\b(\w+)\W+\1\b", re.IGNORECASE)

Findings = Callable[[Request, str], Collection[str]]
"""What the checks find in a translation, terms apart."""

Rewritten = Callable[[Request, Term, str], Iterator[tuple[int, int, str]]]
"""Texts that say a term and the span of the text that each rewrites, the likeliest first."""


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
        return self._put_right(request, text, self._rewritten)

    def respell(self, request: Request, text: str) -> Repaired | None:
        """`text` with the names put right that it says in other letters, without alignment; None
        when there are none."""
        return self._put_right(request, text, self._respelt)

    def _put_right(self, request: Request, text: str, rewritten: Rewritten) -> Repaired | None:
        changes: list[tuple[str, str]] = []
        for term in request.terms:
            if self.holds(term, text) and not forbidden(term, text):
                continue
            for start, stop, new in rewritten(request, term, text):
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
        """`Rewritten` by all means."""
        yield from self._fitted(term, text, self._places(request, term, text))
        yield from put_back(request, term, text, self.to, self.holds)

    def _respelt(self, _: Request, term: Term, text: str) -> Iterator[tuple[int, int, str]]:
        """`Rewritten` of a name in other letters."""
        if self.holds(term, text):
            return
        places = list(misspelt(term, text))
        for start, stop in places if self.to == "az" else ():  # English has articles, too
            form = respelt(term, text[start:stop])
            if form:
                yield start, stop, text[:start] + form + text[stop:]
        yield from self._fitted(term, text, places)

    def _fitted(
        self, term: Term, text: str, places: Iterable[tuple[int, int]]
    ) -> Iterator[tuple[int, int, str]]:
        for start, stop in places:
            new = _FIT[self.to](text, start, stop, term)
            if new is not None:
                yield start, stop, new

    def _places(self, request: Request, term: Term, text: str) -> Iterator[tuple[int, int]]:
        """Where other words may stand for `term`, the likeliest first."""
        yield from forbidden(term, text)
        if self.holds(term, text):
            return
        yield from carried_over(term, text, self.to)
        yield from misspelt(term, text)
        yield from bracketed(request.text, term, text)
        aligned = self.aligner.align(request.text, text, self.to)
        place = answering(aligned, term, self.sure) if aligned else None
        if place:
            yield place

    def _sound(self, request: Request, term: Term, old: str, new: str) -> bool:
        """Whether the repair is one, and breaks nothing."""
        others = [t for t in request.terms if t is not term and self.holds(t, old)]
        return (
            self.holds(term, new)
            and not forbidden(term, new)
            and all(self.holds(t, new) for t in others)
            and not set(self.findings(request, new)) - set(self.findings(request, old))
            and said_again(new) <= said_again(old)
            and len(_DOUBLED.findall(new)) <= len(_DOUBLED.findall(old))
            and not fault(request.text, new)
        )


def _change(old: str, new: str, start: int, stop: int) -> tuple[str, str]:
    """The replaced words ``old[start:stop]`` and what stands for them, with an article that
    changed before them."""
    tail = len(old) - stop
    lead = next((i for i in range(start) if old[i] != new[i]), start)
    lead = old.rfind(" ", 0, lead) + 1 if lead < start else start
    return old[lead:stop], new[lead : len(new) - tail]
