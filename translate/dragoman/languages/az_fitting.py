"""A wanted Azerbaijani term in the place of other words: in the case that these stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from dragoman.languages import az
from dragoman.languages.az_endings import in_genitive, readings
from dragoman.languages.az_stems import is_plural, is_plural_possessive
from dragoman.languages.text import Case, Form, Kind, Person
from dragoman.records import Term

# What a postposition asks of the word before it; the first is the usual one.
_GOVERNED: Final[dict[str, tuple[Case, ...]]] = {
    **dict.fromkeys(
        "üçün kimi haqqında haqda barədə barəsində tərəfindən üzrə ilə arasında vasitəsilə".split(),
        ("nom",),
    ),
    **dict.fromkeys("görə qarşı əsasən dair aid qədər doğru uyğun".split(), ("dat",)),
    **dict.fromkeys("sonra əvvəl başqa əlavə ibarət asılı".split(), ("abl", "nom")),
}
_LAST = re.compile(r"(\S+)\s*$")
_NEXT = re.compile(r"\s*(\w+)")
_COPULA = re.compile(r"\w{4,}d[ıiuü]r(lar|lər)?")

Shape = tuple[Case, bool, Person]


def fit(text: str, start: int, stop: int, term: Term) -> str | None:
    """`text` with the wanted form of `term` for ``text[start:stop]``; None where none agrees.

    The form carries the case, number and possessor that the last replaced word shows; a
    postposition behind it decides over the ending, and where the ending can be read in several
    ways, the one that answers the Russian case is taken (the order of `Term.forms`).
    """
    said = text[start:stop]
    words = said.split()
    if not words or _COPULA.fullmatch(az.lower(words[-1])):
        return None
    before = _LAST.search(text[:start])
    after = _NEXT.match(text[stop:])
    owned = before is not None and in_genitive(before[1])
    following = az.lower(after[1]) if after else ""
    kind, shapes = _shapes(term)
    bare = shapes.get(("nom", False, ""), "") == term.forms[0]
    found = [
        form
        for reading in _fitting(words[-1], following, bare)
        for shape in _carried(reading, term, kind, owned)
        if (form := shapes.get(shape))
    ]
    if not found:
        return None
    form = min(found, key=term.forms.index)
    if form.endswith(" ilə") and following == "ilə":
        return None
    return text[:start] + _in_capitals(form, said, text[:start]) + text[stop:]


def alike(term: Term, said: str, other: Term) -> str | None:
    """The form of `other` that shows what `said`, a form of `term`, does: of Almaniyada and Polşa
    Polşada; None where there is none."""
    _, shapes = _shapes(term)
    shape = next((shape for shape, form in shapes.items() if form == said), None)
    if shape is None:
        return None
    kind, others = _shapes(other)
    case, plural, person = shape
    shown = _carried(Form(said, case, plural, person), other, kind, owned=False)
    return next((others[like] for like in shown if like in others), None)


def in_case(term: Term, case: Case) -> str | None:
    """The form of a name in `case`; None where it has none that is accepted."""
    return _shapes(term)[1].get((case, False, ""))


def _fitting(word: str, following: str, bare: bool) -> list[Form]:
    """The readings of the replaced word that what follows allows. That it has no ending although
    it looks as if, is believed only where the Russian asks for a `bare` form."""
    found = list(readings(word))
    if not bare:
        found = [form for form in found if form.text != word] or found
    cases = _GOVERNED.get(following)
    if not cases:
        return found
    right = [form for form in found if form.case in cases]
    return right or [Form(found[0].text, cases[0], found[0].plural, found[0].possessive)]


def _shapes(term: Term) -> tuple[Kind, dict[Shape, str]]:
    """The forms of the wanted term by what they show, and of which kind it is: the one of which
    most forms are accepted."""
    accepted = set(term.forms)
    kinds: tuple[Kind, ...] = ("possessive", "plain", "name", "abbreviation")
    guessed = az.guess_kind(term.lemma)

    def share(kind: Kind) -> float:
        forms = az.forms(term.lemma, kind)
        return sum(form.text in accepted for form in forms) / len(forms)

    kind = max((guessed, *kinds), key=share)
    shapes: dict[Shape, str] = {}
    for form in az.forms(term.lemma, kind):
        if form.text in accepted and not form.clitic:
            shapes.setdefault((form.case, form.plural, form.possessive), form.text)
    return kind, shapes


def _carried(reading: Form, term: Term, kind: Kind, owned: bool) -> Iterator[Shape]:
    """What the wanted term should show, where the replaced words show `reading`.

    A compound has its possessor in itself; a name has none, and cannot stand behind an owner.
    """
    last = term.lemma.split()[-1]
    person: Person = reading.possessive
    if kind == "possessive":
        if person not in ("", "3"):
            return
        person = ""
    elif kind in ("name", "abbreviation"):
        if owned or person not in ("", "3"):
            return
        person = ""
    elif owned and not person:
        return
    already = is_plural_possessive(last) if kind == "possessive" else is_plural(last)
    proper = term.lemma[:1].isupper()
    yield reading.case, already or (reading.plural and not proper), person


def _in_capitals(form: str, said: str, before: str) -> str:
    if len(said) > 4 and said == az.upper(said) and " " in said:
        return az.upper(form)
    opens = not any(c.isalnum() for c in before)
    return az.capitalise(form) if opens else form
