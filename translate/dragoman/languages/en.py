"""English: what the other rooms may use.

Forms of a term (number, possessive, British and American spelling) and its recognition in any
capitals; articles, title case and sentence case.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final

from dragoman.languages.en_nouns import (
    is_plural,
    plurals,
    possessives,
    singular,
    takes_possessive,
)
from dragoman.languages.en_spelling import spellings
from dragoman.languages.text import Form, Kind, Language, Matcher, Span, words

ALPHABET: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
LANGUAGE: Final = Language(
    code="en",
    name="English",
    alphabet=ALPHABET,
    quotes=("“", "”"),
    inner_quotes=("‘", "’"),
    admitted_quotes=(('"', '"'),),
    decimal_separator=".",
    group_separators=(",", "\u00a0", "\u202f"),
    plural_forms="nplurals=2; plural=(n != 1);",
    months=MONTHS,
)

# Joined by a hyphen before a word, these make another word of it.
PREFIXES: Final = words(
    "non vice ex anti co sub pre post pro semi quasi un inter ultra super micro macro neo"
)
# What is left small inside a title.
_SMALL: Final = words(
    "a an and as at but by for from in into nor of off on onto or over per the to under upon via "
    "with within"
)
_GERUND: Final = re.compile(r"([a-z]{3,})ing(?= )")
_SAID_AS_WORDS: Final = words("NATO UNESCO UNICEF SOCAR ASAN FRONTEX GUAM OPEC NASA ASEAN")


def title_case(phrase: str) -> str:
    """`phrase` as a title: every word raised but articles, conjunctions and prepositions."""
    parts = phrase.split(" ")
    last = len(parts) - 1
    return " ".join(
        part if part.lower() in _SMALL and 0 < i < last else _raise(part)
        for i, part in enumerate(parts)
    )


def _raise(word: str) -> str:
    return re.sub(r"^\W*\w|(?<=-)\w(?=\w{3})", lambda m: m.group().upper(), word)


def sentence_case(phrase: str) -> str:
    """`phrase` with its first letter raised and the rest untouched."""
    return phrase[:1].upper() + phrase[1:]


def article(phrase: str) -> str:
    """``a`` or ``an``, by the sound that `phrase` begins with: an NGO, a NATO office, a union."""
    first = re.split(r"[\s-]", phrase.strip())[0]
    if sum(c.isupper() for c in first) > 1 and first not in _SAID_AS_WORDS:
        return "an" if first[0] in "AEFHILMNORSX" else "a"
    lowered = first.lower()
    if re.match(r"(hour|honest|honou?r|heir|8|11\b|18\b)", lowered):
        return "an"
    if re.match(r"(eu|uni(?!n|m)|unan|us[aeiu]|ut[ei]|ubiq|ukr|ugand|ur[aou]|once|one\b)", lowered):
        return "a"
    return "an" if lowered[:1] in tuple("aeiou") else "a"


def plural(phrase: str, kind: Kind | None = None) -> str:
    """The usual plural of `phrase`, made on its head noun: ``Heads of Department``."""
    return plurals(phrase)[0]


def possessive(phrase: str) -> str:
    """`phrase` with 's, or with a bare apostrophe after a plural's s."""
    return possessives(phrase)[0]


def guess_kind(phrase: str, concept_type: str = "") -> Kind:
    """ "abbreviation" for a last word with two capitals; "name" for a person or a place, and,
    where the type is not known, for a single capitalised word; else "plain"."""
    parts = phrase.split()
    if not parts:
        return "plain"
    core = re.sub(r"\W?\d+$", "", parts[-1])
    if core.isalpha() and sum(c.isupper() for c in core) > 1 and len(core) <= 7:
        return "abbreviation"
    if concept_type in ("person", "place"):
        return "name"
    return "name" if not concept_type and len(parts) == 1 and phrase[0].isupper() else "plain"


@lru_cache(maxsize=2048)
def as_verbs(phrases: tuple[str, ...]) -> tuple[str, ...]:
    """Those of `phrases` that begin with a gerund, said with the bare verb: ``combating crime`` is
    also ``to combat crime``. What is no word (``combate``) is among them and never found."""
    found: dict[str, None] = {}
    for phrase in phrases:
        if gerund := _GERUND.match(phrase):
            stem, rest = gerund[1], phrase[gerund.end() :]
            bases = (stem, stem + "e", *((stem[:-1],) if stem[-1] == stem[-2] else ()))
            found.update(dict.fromkeys(base + rest for base in bases))
    return tuple(found)


@lru_cache(maxsize=2048)
def forms(phrase: str, kind: Kind | None = None) -> tuple[Form, ...]:
    """Every accepted form: number, possessive 's, British and American spelling; base first."""
    found: list[Form] = []
    for spelling in spellings(phrase):
        many = is_plural(phrase.split(" ")[-1]) and spelling in plurals(spelling)
        found.append(Form(spelling, plural=many))
        found += [Form(p, plural=True) for p in plurals(spelling)]
        if many:
            one = singular(spelling)
            found += [Form(one), *(Form(p, plural=True) for p in plurals(one))]
        found += [
            Form(owned, "gen", plural=form.plural)
            for form in tuple(found)
            if form.case == "nom" and takes_possessive(form.text)
            for owned in possessives(form.text)
        ]
    return tuple(dict.fromkeys(found))


def recognise(text: str, phrase: str, kind: Kind | None = None) -> tuple[Span, ...]:
    """Every occurrence of `phrase` in `text`: number, possessive, spelling, capitals, spaces.

    Capitals do not matter except for names (initials) and abbreviations (all letters: ``US``
    is not ``us``, ``WHO`` not ``who``). Articles are outside the span. Offsets are into `text`.
    """
    return _matcher(phrase, kind or guess_kind(phrase)).find(text)


def lower(text: str) -> str:
    """`text` in small letters, character for character ("İ" would become two)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=2048)
def _matcher(phrase: str, kind: Kind) -> Matcher:
    return Matcher(forms(phrase, kind), lower, prefixes=PREFIXES, accept=_capitals(phrase, kind))


def _capitals(phrase: str, kind: Kind) -> Callable[[str], bool] | None:
    """The test of capitals that a surface must pass, or None when any will do."""
    if kind == "abbreviation":
        return lambda surface: surface[: len(phrase)] == phrase
    if kind == "name" and phrase[:1].isupper():
        return lambda surface: surface[:1].isupper()
    return None
