"""Who has been named so far: by the surname alone they are known from then on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal

from dragoman.glossary.fold import Folded, fold
from dragoman.glossary.guess import Person
from dragoman.glossary.lexicon import masculine
from dragoman.glossary.match import Candidate, TermIndex, candidate, governed
from dragoman.glossary.tokens import Token, tokens_of
from dragoman.languages import ru_names
from dragoman.languages.ru_names import CASES, Gender
from dragoman.records import Concept


@dataclass(frozen=True, slots=True)
class View:
    """A segment as the search for people sees it: folded once, its terms found."""

    text: str
    folded: Folded
    tokens: tuple[Token, ...]
    terms: tuple[Candidate, ...]


def view(text: str, index: TermIndex) -> View:
    """Fold a text, find its terms and cut it into tokens."""
    folded = fold(text)
    return View(text, folded, tokens_of(folded.exact), tuple(index.candidates(text, folded)))


Context = Callable[[View, int, int], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class _Mention:
    concept: Concept
    cases: tuple[str, ...]
    plural: bool


@dataclass
class Mentions:
    """The people named so far in a document, by every form of their surnames."""

    forms: dict[str, tuple[_Mention, ...]] = field(default_factory=dict)  # the latest first
    # "Эльчин Набизаде" and "Э Набизаде", with the initial in English and Azerbaijani.
    known: dict[str, tuple[str, str]] = field(default_factory=dict)

    # "Клэр Орлова" explains «Клэр Орловой» and «Клэр Орлову»: two forms, two votes.
    votes: dict[str, int] = field(default_factory=dict)
    doubts: int = 0  # readings that a full name elsewhere could correct
    _forms: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)

    def again(self) -> Mentions:
        """The beginning of a second reading, which knows what the first one found out."""
        votes = {reading: len(forms) for reading, forms in self._forms.items() if len(forms) > 1}
        wrong = {name for name in self.known if name in self._forms and self._outdone(name)}
        wrong |= {f"{reading[0]} {reading.split()[-1]}" for reading in wrong}
        known = {name: initials for name, initials in self.known.items() if name not in wrong}
        return Mentions(known=known, votes=votes)

    def _outdone(self, reading: str) -> bool:
        """Whether another surname with the same given name explains all its forms, and more."""
        given, forms = reading.split()[0], self._forms[reading]
        return any(forms < more for other, more in self._forms.items() if other.split()[0] == given)

    def note(self, person: Person, form: tuple[str, ...]) -> None:
        """Remember a guessed person, and its full name where no other reading was possible.

        `form` is the name as it stands in the text, and the cases that the words round it ask for.
        """
        self.add(person.concept, person.surname, person.gender)
        self.doubts += len(person.readings) > 1 or not person.certain
        for reading in person.readings:
            self._forms.setdefault(reading, set()).add(form)
        if person.certain:
            concept, given = person.concept, person.concept.ru[0].split()[0]
            initials = (concept.en.preferred[0], concept.az.preferred[0])
            self.known[f"{given} {person.surname}"] = initials
            self.known[f"{given[0]} {person.surname}"] = initials

    def names_in_full(self, initial: str, surnames: Iterable[str]) -> bool:
        """Whether somebody outside the term base has been named with this initial and surname."""
        return any(f"{initial} {surname}" in self.known for surname in surnames)

    def add(self, concept: Concept, surname: str, gender: Gender) -> None:
        """Remember a person; a later one of the same surname comes before it.

        Of a man and a woman both are kept: «Сафарову» may be either.
        """
        for form, cases, plural in _surname_forms(surname, gender):
            mention = _Mention(concept, cases, plural)
            others = (m for m in self.forms.get(form, ()) if set(m.cases) != set(cases))
            self.forms[form] = (mention, *others)

    def remember(self, concept: Concept) -> None:
        """Remember a person of the term base."""
        parts = concept.ru[0].split()
        if len(parts) > 1:
            femn = parts[-1].endswith(("ова", "ева", "ина", "ская"))
            self.add(concept, parts[-1], "femn" if femn else "masc")

    def alone(self, view: View, people: Sequence[Candidate], context: Context) -> list[Candidate]:
        """Surnames standing alone whose bearer has been named in full.

        `context` gives the cases that the words round ``[start, stop)`` of the folded text ask
        for; where it gives none, an object at the beginning stands in the dative (``Сафарову
        грозит``).
        """
        if not self.forms:
            return []
        named = [c for c in (*view.terms, *people) if c.hit.kind in ("name", "guessed")]
        found = []
        for token in view.tokens:
            mentions = self.forms.get(token.text, ())
            if not mentions:
                continue
            asked = context(view, token.start, token.stop) if len(mentions) > 1 else ()
            if len(mentions) > 1 and not asked and not view.folded.text[: token.start].strip(' "'):
                asked = ("datv", "nomn")
            mention = next((m for m in mentions if set(m.cases) & set(asked)), mentions[0])
            start, stop = view.folded.span(token.start, token.stop)
            if not any(c.start < stop and start < c.stop for c in named):
                cases = governed(mention.cases, view.folded.text, token.start)
                number: Literal["sing", "plur"] = "plur" if mention.plural else "sing"
                found.append(
                    candidate(view.text, start, stop, mention.concept, "surname", cases, number)
                )
        return found


@lru_cache(maxsize=1024)
def _surname_forms(surname: str, gender: Gender) -> tuple[tuple[str, tuple[str, ...], bool], ...]:
    """Every form of a surname with its cases, and whether it is the family's plural."""
    masc = masculine(surname) if gender == "femn" else surname
    cases: dict[tuple[str, bool], list[str]] = {}
    for paradigm, plural in (
        (ru_names.surname_plural(masc), True),
        (ru_names.surname(surname, gender), False),
    ):
        for case, cell in zip(CASES, paradigm, strict=True):
            for form in cell:
                cases.setdefault((form.replace("ё", "е"), plural), []).append(case)
    return tuple((form, tuple(found), plural) for (form, plural), found in cases.items())
