"""What a model need not see to translate a sentence: the middle of a list, an abbreviation in
brackets behind the name that it stands for.

Of a list of ten countries a small model says one twice and drops two. For ``Германии, Польши,
Венгрии и Китая`` it is therefore asked for ``Германии и Китая``, and the others are said between
these in its translation, in the form that the first one has there: of ``Almaniya və Çinin`` comes
``Almaniya, Polşa, Macarıstan və Çinin``. ``Международной организации по миграции (МОМ)`` is asked
for without ``(МОМ)``, which comes behind the name again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from dragoman.engines.listing import rows
from dragoman.engines.wording import capitalised
from dragoman.languages import az_fitting, en_fitting
from dragoman.languages.az_endings import in_genitive
from dragoman.records import Answer, Hypothesis, Request, Term
from dragoman.rewriting import rewritten

MANY = 4  # members of a list of which a model loses some
_ALIKE = {"az": az_fitting.alike, "en": en_fitting.alike}
_JOINT = {
    "az": r",? (?:və|və ya|ya|yaxud|habelə|həmçinin|eləcə də) |, ",
    "en": r"(?:, |,? (?:and|or|as well as) )(?:the )?",
}


@dataclass(frozen=True, slots=True)
class Folded:
    """What the model is asked for, and what that lacks: of all `lists` the middle, of names with
    their abbreviations in brackets (`asides`) these."""

    request: Request
    lists: tuple[tuple[Term, ...], ...] = ()
    asides: tuple[tuple[Term, Term], ...] = ()

    @property
    def shorter(self) -> bool:
        """Whether anything was left out."""
        return bool(self.lists or self.asides)

    def unfolded(self, answer: Answer, to: str) -> Answer:
        """The answer to what was asked as one to the whole request; a hypothesis that cannot be
        unfolded is left out."""
        texts = [(self.unfold(found.text, to), found.score) for found in answer.hypotheses]
        return Answer(
            tuple(Hypothesis(text, score) for text, score in texts if text), answer.reason
        )

    def unfold(self, text: str, to: str) -> str | None:
        """A translation of the shorter request with all that it lacks; None where the place or the
        form of something cannot be told."""
        found: str | None = text
        for members in self.lists:
            found = found and _list_said(members, found, to)
        for name, abbreviation in self.asides:
            found = found and _aside_said(name, abbreviation, found, to)
        return found


def fold(request: Request, wanted: bool = True) -> Folded:
    """`request` without what a model need not see, if that is `wanted`."""
    if not wanted:
        return Folded(request)
    terms = sorted(request.terms, key=lambda term: (term.start, term.stop))
    lists = tuple(tuple(row) for row in rows(request.text, terms) if len(row) >= MANY)
    asides = tuple(_asides(request.text, terms))
    spans = [(members[0].stop, members[-2].stop) for members in lists]
    spans += [(name.stop, abbreviation.stop + 1) for name, abbreviation in asides]
    gone = [(start, stop, "") for start, stop in sorted(spans)]
    return Folded(rewritten(request, gone, absorb=True) or request, lists, asides)


def _asides(text: str, terms: Sequence[Term]) -> Iterator[tuple[Term, Term]]:
    for name, other in pairwise(terms):
        bracketed = text[name.stop : other.start] == " (" and text[other.stop :].startswith(")")
        if bracketed and other.surface.isupper() and other.lemma != name.lemma:
            yield name, other


def _list_said(members: Sequence[Term], text: str, to: str) -> str | None:
    first, *others, last = members
    said = _spellings(first, to)
    ends = rf"(?P<first>{_any(said)})(?:{_JOINT[to]})(?:{_any(_spellings(last, to))})"
    found = list(re.finditer(rf"(?<!\w){ends}(?!\w)", text))
    if len(found) != 1:
        return None
    place = found[0]
    shown = [_ALIKE[to](first, said[place["first"]], other) for other in others]
    if not all(shown):
        return None
    middle = "".join(f", {form}" for form in shown)
    return text[: place.end("first")] + middle + text[place.end("first") :]


def _aside_said(name: Term, abbreviation: Term, text: str, to: str) -> str | None:
    said = [form for form in _spellings(name, to) if not form.endswith(" ilə")]  # another word
    found = list(re.finditer(rf"(?<!\w)(?:{_any(said)})(?!['’\w])", text))
    if len(found) != 1 or found[0][0].endswith(("'s", "’s", "'", "’")):
        return None
    stop = found[0].end()
    if to == "az" and name.concept != abbreviation.concept:
        stop = found[0].start() + _owner(found[0][0])
    return f"{text[:stop]} ({abbreviation.lemma}){text[stop:]}"


def _owner(title: str) -> int:
    """Where the body ends that an Azerbaijani title belongs to, which stands before the title
    (``Təşkilatın rəisi``); the end of both where there is none."""
    ends = [word.end() for word in re.finditer(r"\S+(?=\s)", title) if in_genitive(word[0])]
    return ends[-1] if ends else len(title)


def _spellings(term: Term, to: str) -> dict[str, str]:
    """The forms of a term by the ways to write them: as they are, and with a capital."""
    forms = term.forms or (term.lemma,)
    return {said: form for form in forms for said in (capitalised(form, to), form)}


def _any(forms: Iterable[str]) -> str:
    """A pattern of any of `forms`, the longest first."""
    return "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
