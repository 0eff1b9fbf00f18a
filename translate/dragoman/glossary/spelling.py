"""Spell a Russian name in English and Azerbaijani.

Azerbaijani names in Russian dress do not go back by rule (Гусейнов is Hüseynov, Гаджиев is
Hacıyev), so the lexicon is asked first, then names with the same consonants (Хусейнов), and
rules come last. Every spelling says how it was found.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from dragoman.glossary import romanise
from dragoman.glossary.honorifics import title_of
from dragoman.glossary.lexicon import Name, NameLexicon, Part, masculine
from dragoman.languages import az
from dragoman.languages.ru_names import Gender

How = Literal["lexicon", "skeleton", "rules"]


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a name is written in the two languages, and how that was found."""

    en: str
    az: str
    how: How


# Russian ending, what to put back to get the given name, Azerbaijani ending (I by harmony).
_ENDINGS = (
    ("оглу", ("",), "oğlu"), ("оглы", ("",), "oğlu"), ("заде", ("",), "zadə"),
    ("гызы", ("",), "qızı"), ("кызы", ("",), "qızı"),
    ("бейли", ("",), "bəyli"), ("бекли", ("",), "bəyli"), ("беков", ("",), "bəyov"),
    ("ханов", ("",), "xanov"), ("ханлы", ("",), "xanlı"), ("хан", ("",), "xan"),
    ("гулиев", ("",), "quliyev"), ("кулиев", ("",), "quliyev"),
    ("лы", ("",), "lI"), ("ли", ("", "ь"), "lI"), ("лу", ("",), "lI"), ("лю", ("",), "lI"),
    ("ев", ("", "й"), "yev"), ("ов", ("", "ь"), "ov"), ("", ("",), ""),
)  # fmt: skip
_ARTICLES = {"аль": Spelling("al", "əl", "lexicon"), "эль": Spelling("el", "əl", "lexicon")}
_HYPHENED = re.compile("-(?=(?:заде|огл[ыу]|бейли|бекли|ханлы)$)")


def _harmonised(ending: str, stem: str) -> str:
    vowel = next((c for c in reversed(az.lower(stem)) if c in "aıouəeiöü"), "ə")
    close = "ı" if vowel in "aı" else "u" if vowel in "ou" else "ü" if vowel in "öü" else "i"
    return ending.replace("I", close)


def spell(
    names: NameLexicon, nominative: str, part: Part, gender: Gender, *, foreign: bool,
    western: bool = False, heard: str = "",
) -> Spelling:  # fmt: skip
    """A name in English and Azerbaijani: by the lexicon, by its consonants, by rules.

    `western` says that Russian took it from Latin letters; `heard` is the name with its ё, which
    the lexicon does not tell from е and the rules do.
    """
    if part == "surname":  # Расул-заде is Rəsulzadə
        nominative, heard = (_HYPHENED.sub("", text) for text in (nominative, heard))
    if part == "given" and (titled := title_of(nominative)):
        name, title = titled
        told = title_of(heard)
        bare = spell(
            names, name, part, gender, foreign=False, western=western, heard=told[0] if told else ""
        )
        return Spelling(f"{bare.en} {title.en}", f"{bare.az} {title.az}", bare.how)
    if "-" in nominative and part == "surname":
        return _joined([
            _ARTICLES.get(half)
            or spell(names, half, part, gender, foreign=foreign, western=western)
            for half in nominative.split("-")
        ])  # fmt: skip
    exact = _exact(names, nominative, part, gender)
    if exact is not None:
        return _spelling(exact, part, gender, nominative, "lexicon")
    if part == "surname" and not foreign:
        derived = _derived(names, nominative, gender)
        if derived is not None:
            return derived
    two = _of_two(names, nominative, gender) if part == "given" and not foreign else None
    if two is not None:
        return Spelling(two.en, two.az, "lexicon")
    if not foreign:
        near = _near(names, nominative, part, gender)
        if near is not None:
            return _spelling(near, part, gender, nominative, "skeleton")
    heard, western = heard or nominative, western and foreign
    az = romanise.azerbaijani(heard, foreign=foreign, western=western)
    if foreign:
        return Spelling(romanise.english(heard, western=western), az, "rules")
    return Spelling(romanise.english_from_azerbaijani(az), az, "rules")


def _exact(names: NameLexicon, nominative: str, part: Part, gender: Gender) -> Name | None:
    if part == "given":
        found = names.by_given.get(nominative, [])
        known = next((n for g, n in found if g == gender), found[0][1] if found else None)
        return known or _patronymic(names, nominative)
    name = names.by_surname.get(masculine(nominative)) if gender == "femn" else None
    return name or names.by_surname.get(nominative) or _as_given(names, nominative)


def _patronymic(names: NameLexicon, nominative: str) -> Name | None:
    """Гейдарович, Алиевна: the father's name with a Russian ending."""
    for russian, latin in (
        ("ович", "oviç"),
        ("евич", "yeviç"),
        ("овна", "ovna"),
        ("евна", "yevna"),
    ):
        stem = nominative.removesuffix(russian)
        for _, father in names.by_given.get(stem, ()) if stem != nominative else ():
            if father.origin != "az":  # Петрович is not of Pyotr: the rules spell it
                continue
            ending = romanise.english_from_azerbaijani(latin)
            return Name("given-m", (nominative,), father.en + ending, father.az + latin)
    return None


def _as_given(names: NameLexicon, nominative: str) -> Name | None:
    """A man's given name that serves as a surname: Рамиз Гасан, Осман Халил."""
    given = (n for g, n in names.by_given.get(nominative, ()) if g == "masc" and n.origin == "az")
    return next(given, None)


def _derived(names: NameLexicon, nominative: str, gender: Gender) -> Spelling | None:
    """A surname made of a given name and an ending: Самедоглу of Самед."""
    base = masculine(nominative) if gender == "femn" else nominative
    for ending, stems, latin in _ENDINGS:
        if not base.endswith(ending):
            continue
        for stem in stems:
            root = base[: len(base) - len(ending)] + stem
            for name in _native_given(names, root):
                tail = _harmonised(latin, name.az)
                en = name.en + romanise.english_from_azerbaijani(tail)
                made = Name("surname", (base,), en, name.az + tail)
                return _spelling(made, "surname", gender, nominative, "lexicon")
    return None


def _native_given(names: NameLexicon, root: str) -> Iterable[Name]:
    """The Azerbaijani given names of this spelling, else the one made of two."""
    known = [name for _, name in names.by_given.get(root, ()) if name.origin == "az"]
    two = None if known else _of_two(names, root, "masc")
    return [two] if two else known


def _of_two(names: NameLexicon, word: str, gender: Gender) -> Name | None:
    """Алиаскер is Əli and Əsgər: a name put together of two that the lexicon has."""
    for at in range(3, len(word) - 2):
        halves = [
            next(
                (n for g, n in names.by_given.get(half, ()) if n.origin == "az" and g in who), None
            )
            for half, who in ((word[:at], ("masc",)), (word[at:].capitalize(), (gender,)))
        ]
        if (first := halves[0]) and (second := halves[1]):
            made = first.en + second.en.lower(), first.az + az.lower(second.az)
            return Name(second.kind, (word,), *made)
    return None


def _near(names: NameLexicon, nominative: str, part: Part, gender: Gender) -> Name | None:
    from rapidfuzz.distance import Levenshtein  # few runs meet such a name

    base = masculine(nominative) if part == "surname" and gender == "femn" else nominative
    pool = names.by_skeleton.get((part, romanise.skeleton(base)), [])
    near = [
        (Levenshtein.distance(base, ru), ru, name)
        for ru, name in pool
        if name.origin == "az"
        and (part == "surname" or (name.kind == "given-f") == (gender == "femn"))
        and romanise.same_vowels(base, ru)
    ]
    best = min(near, key=lambda item: item[:2], default=None)
    return best[2] if best is not None and best[0] <= 1 + len(base) // 5 else None


def _spelling(name: Name, part: Part, gender: Gender, nominative: str, how: How) -> Spelling:
    if part == "surname" and gender == "femn" and masculine(nominative) != nominative:
        return Spelling(feminine(name.en), feminine(name.az), how)
    return Spelling(name.en, name.az, how)


def feminine(latin: str) -> str:
    """A woman's form of a surname in Latin letters: Aliyeva, Kovalskaya; many have but one form."""
    if latin.endswith(("ov", "ev", "in", "ın")):
        return latin + "a"
    return latin[:-1] + "aya" if latin.endswith(("sky", "ski")) else latin


def _joined(halves: list[Spelling]) -> Spelling:
    worst: How = max((h.how for h in halves), key=("lexicon", "skeleton", "rules").index)
    return Spelling("-".join(h.en for h in halves), "-".join(h.az for h in halves), worst)
