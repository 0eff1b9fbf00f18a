"""English: plurals, possessives, articles, title case, spelling variants; finding a phrase."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from dragoman.languages.en_spelling import IRREGULAR_PLURALS, spellings
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
# The head of a phrase stands before the first of these: Head of Department -> Heads of ...
_AFTER_HEAD: Final = words(
    "of for on in to at against with by from under between among concerning relating "
    "regarding without within"
)
# An adjective after the noun: Director General -> Directors General.
_POSTPOSED: Final = words("general designate elect extraordinary plenipotentiary martial emeritus")


def title_case(phrase: str) -> str:
    """`phrase` as a title: every word but articles, conjunctions and prepositions raised."""
    parts = phrase.split(" ")
    last = len(parts) - 1
    return " ".join(
        w if w.lower() in _SMALL and 0 < i < last else _raise(w) for i, w in enumerate(parts)
    )


def _raise(word: str) -> str:
    return re.sub(r"^\W*\w|(?<=-)\w(?=\w{3})", lambda m: m.group().upper(), word)


def sentence_case(phrase: str) -> str:
    """`phrase` with its first letter raised and the rest untouched."""
    return phrase[:1].upper() + phrase[1:]


def article(phrase: str) -> str:
    """``a`` or ``an`` by the sound that `phrase` begins with; letters of an abbreviation count."""
    first = phrase.split()[0] if phrase.split() else ""
    if len(first) > 1 and first.isupper() and first not in _SAID_AS_WORDS:
        return "an" if first[0] in "AEFHILMNORSX" else "a"
    lowered = first.lower()
    if re.match(r"(hour|honest|honou?r|heir)", lowered):
        return "an"
    if re.match(r"(eu|uni(?!n|m)|us[aeiu]|ut[ei]|u[bk]r?[aeiou]|one(?!i)|once)", lowered):
        return "a"
    return "an" if lowered[:1] in tuple("aeiou") else "a"


_SAID_AS_WORDS: Final = words("NATO UNESCO UNICEF SOCAR ASAN FRONTEX GUAM OPEC NASA")


def plural(phrase: str, kind: Kind | None = None) -> str:
    """The plural of `phrase`, on its head noun: ``Memorandum of Understanding`` -> ``Memoranda …``.

    The first of the accepted plurals; `forms` has them all.
    """
    return _plurals(phrase)[0]


def _plurals(phrase: str) -> tuple[str, ...]:
    parts = phrase.split(" ")
    at = _head_index(parts)
    before, head, after = parts[:at], parts[at], parts[at + 1 :]
    return tuple(" ".join([*before, p, *after]) for p in _noun_plurals(head))


def _head_index(parts: list[str]) -> int:
    stop = next((i for i, w in enumerate(parts) if i and w.lower() in _AFTER_HEAD), len(parts))
    at = stop - 1
    while at > 0 and parts[at].lower() in _POSTPOSED | {"and"}:
        at -= 1
    return at


def _noun_plurals(noun: str) -> tuple[str, ...]:
    stem, hyphen, last = noun.rpartition("-")
    w = last.lower()
    if w in IRREGULAR_PLURALS:
        found = IRREGULAR_PLURALS[w]
        raised = found if last[:1].islower() else tuple(sentence_case(p) for p in found)
        return tuple(stem + hyphen + p for p in raised)
    if noun.isupper() and len(noun) > 1:
        return (noun + "s",)
    if re.search(r"[^aeiou]y$", w):
        return (noun[:-1] + "ies",)
    if re.search(r"(s|x|z|ch|sh)$", w):
        return (noun + "es",)
    return (noun + "s",)


def possessive(phrase: str) -> str:
    """`phrase` with 's, or with a bare apostrophe after a plural's s."""
    return phrase + ("’" if phrase.endswith("s") and not phrase.endswith("ss") else "’s")


def guess_kind(phrase: str, concept_type: str = "") -> Kind:
    """ "abbreviation" for a last word in capitals, "name" for a person, place or lone capital."""
    parts = phrase.split()
    if not parts:
        return "plain"
    if len(parts[-1]) > 1 and sum(c.isupper() for c in parts[-1]) > 1 and len(parts[-1]) <= 7:
        return "abbreviation"
    return "name" if concept_type in ("person", "place") else "plain"


@lru_cache(maxsize=20_000)
def forms(phrase: str, kind: Kind | None = None) -> tuple[Form, ...]:
    """Every accepted form: number, possessive 's, British and American spelling; base first."""
    kind = kind or guess_kind(phrase)
    found: list[Form] = []
    for spelling in spellings(phrase):
        found.append(Form(spelling))
        plurals = () if kind == "name" else _plurals(spelling)
        found += [Form(p, plural=True) for p in plurals]
        found += [Form(f, "gen") for f in _possessives(spelling)]
        found += [Form(f, "gen", plural=True) for p in plurals for f in _possessives(p)]
    return tuple(dict.fromkeys(found))


def _possessives(phrase: str) -> tuple[str, ...]:
    usual = possessive(phrase)
    return (usual,) if usual.endswith("s") else (usual, phrase + "’s")


def recognise(text: str, phrase: str, kind: Kind | None = None) -> tuple[Span, ...]:
    """Every occurrence of `phrase` in `text`: number, possessive, spelling, capitals, spaces.

    Capitals do not matter except for names (initials) and abbreviations (all letters: ``US``
    is not ``us``, ``WHO`` not ``who``). Articles are outside the span. Offsets are into `text`.
    """
    return _matcher(phrase, kind or guess_kind(phrase)).find(text)


def _lower(text: str) -> str:
    """Small letters, character for character ("İ" would become two)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(low if len(low := c.lower()) == 1 else c for c in text)


@lru_cache(maxsize=20_000)
def _matcher(phrase: str, kind: Kind) -> Matcher:
    return Matcher(forms(phrase, kind), _lower, prefixes=PREFIXES, accept=_capitals(phrase, kind))


def _capitals(phrase: str, kind: Kind) -> Callable[[str], bool] | None:
    if kind == "abbreviation":
        return lambda surface: surface[: len(phrase)] == phrase
    if kind == "name":
        return lambda surface: surface[:1].isupper() or not phrase[:1].isupper()
    return None


def with_articles(phrase: str) -> Iterator[str]:
    """`phrase` with each article it may take: the, then a or an."""
    yield f"the {phrase}"
    yield f"{article(phrase)} {phrase}"
