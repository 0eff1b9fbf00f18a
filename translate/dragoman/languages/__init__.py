"""What Dragoman knows of its languages: one interface over Azerbaijani and English.

`get` gives the written conventions of a language; `forms`, `recognise`, `guess_kind`,
`verb_pattern`, `accepted_forms` and `answering_forms` reach the language's own module by its
code. Russian morphology is in `dragoman.languages.ru` and is not loaded from here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Protocol

from dragoman.errors import UsageError
from dragoman.languages import az, az_verbs, en, en_verbs
from dragoman.languages.text import Case, Form, Kind, Language, Span

_RU = Language(
    code="ru",
    name="Russian",
    alphabet="АБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯабвгдеёжзийклмнопрстуфхцчшщъыьэюя",
    quotes=("«", "»"),
    inner_quotes=("„", "“"),
    admitted_quotes=(("“", "”"), ('"', '"')),
    decimal_separator=",",
    group_separators=("\u00a0", " ", "\u202f"),
    plural_forms="nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
    "(n%100<10 || n%100>=20) ? 1 : 2);",
    months=(
        "январь", "февраль", "март", "апрель", "май", "июнь",
        "июль", "август", "сентябрь", "октябрь", "ноябрь", "декабрь",
    ),
)  # fmt: skip


class Grammar(Protocol):
    """What a target language's module offers."""

    LANGUAGE: Language

    def forms(self, phrase: str, kind: Kind | None = None) -> tuple[Form, ...]: ...
    def recognise(self, text: str, phrase: str, kind: Kind | None = None) -> tuple[Span, ...]: ...
    def guess_kind(self, phrase: str, concept_type: str = "") -> Kind: ...


_GRAMMARS: Final = {"az": az, "en": en}

# The Azerbaijani cases that answer a Russian one, likeliest first. The genitive of Russian
# noun chains is often a bare izafet in Azerbaijani, hence its nominative.
_ANSWERS: Final[dict[str, tuple[Case, ...]]] = {
    "nomn": ("nom",),
    "gent": ("gen", "nom", "abl"),
    "gen2": ("gen", "nom", "abl"),
    "datv": ("dat", "nom"),
    "accs": ("acc", "nom", "dat"),
    "ablt": ("ins", "gen", "nom"),
    "loct": ("loc", "nom", "dat"),
    "loc2": ("loc", "nom"),
}


def get(code: str) -> Language:
    """The conventions of the language `code`: "ru", "en" or "az". Raises UsageError otherwise."""
    if code == "ru":
        return _RU
    return grammar(code).LANGUAGE


def grammar(code: str) -> Grammar:
    """The module of a target language, "en" or "az". Raises UsageError otherwise."""
    try:
        return _GRAMMARS[code]
    except KeyError:
        known = ", ".join(sorted(_GRAMMARS))
        raise UsageError(f"unknown language {code!r}", advice=f"use one of: {known}") from None


def forms(phrase: str, lang: str, kind: Kind | None = None) -> tuple[Form, ...]:
    """Every accepted surface form of `phrase` in `lang`, the base form first."""
    return grammar(lang).forms(phrase, kind)


def recognise(text: str, phrase: str, lang: str, kind: Kind | None = None) -> tuple[Span, ...]:
    """Every occurrence of `phrase` in `text`, in whatever form it stands."""
    return grammar(lang).recognise(text, phrase, kind)


def verb_pattern(infinitive: str, lang: str) -> str:
    """A pattern of the forms of a verb, whose first word is inflected in English and whose last
    one is in Azerbaijani: to look for where it is likely, for it is loose."""
    grammar(lang)  # raises for any other
    if lang == "az":
        return rf"\b{az_verbs.verb_pattern(infinitive)}\b"
    first, _, rest = infinitive.partition(" ")
    forms = "|".join(map(re.escape, sorted(en_verbs.verb_forms(first))))
    return rf"\b(?:{forms})\b" + (rf" {re.escape(rest)}\b" if rest else "")


def guess_kind(phrase: str, lang: str, concept_type: str = "") -> Kind:
    """The kind of `phrase`, given the term base's type of its concept if known."""
    return grammar(lang).guess_kind(phrase, concept_type)


@lru_cache(maxsize=2048)
def accepted_forms(
    phrase: str,
    lang: str,
    kind: Kind | None = None,
    *,
    russian_case: str = "",
    number: str = "",
) -> tuple[str, ...]:
    """All surface forms of `phrase`, those that fit the Russian case and number first.

    `russian_case` is an OpenCorpora grammeme (nomn, gent, datv, accs, ablt, loct), `number`
    "sing" or "plur"; empty where unknown. Bare forms come before forms with a possessor or a
    clitic. In English the Russian case changes nothing: its genitive is more often "of" than 's.
    """
    answers = ("nom",) if lang == "en" else _ANSWERS.get(russian_case, ("nom",))

    def rank(form: Form) -> tuple[int, int, int, int]:
        wrong_number = int(number != "" and form.plural != (number == "plur"))
        fit = answers.index(form.case) if form.case in answers else len(answers)
        person = ("", "3", "1pl", "2pl", "1sg", "2sg").index(form.possessive)
        return (int(form.clitic != ""), person if person > 1 else 0, wrong_number, fit * 2 + person)

    ordered = sorted(forms(phrase, lang, kind), key=rank)
    return tuple(dict.fromkeys(form.text for form in ordered))


def answering_forms(
    phrase: str, lang: str, kind: Kind | None = None, russian_case: str = "", number: str = ""
) -> tuple[str, ...]:
    """Those of `accepted_forms` that may answer a Russian case and number.

    In English the number alone tells (and the genitive may be a possessive); in Azerbaijani a
    singular may stand for a plural, as it does after numerals, but not the other way round.
    """
    answers = _ANSWERS.get(russian_case, ())

    def fits(form: Form) -> bool:
        if lang == "en":
            return number in ("", "plur" if form.plural else "sing")
        case = not answers or form.case in answers
        return case and not (number == "sing" and form.plural)

    every = forms(phrase, lang, kind)
    alike = {form.plural for form in every} if lang == "en" else set()
    return tuple(
        dict.fromkeys(
            form.text for form in every if fits(form) or (lang == "en" and len(alike) < 2)
        )
    )


__all__ = [
    "Case",
    "Form",
    "Grammar",
    "Kind",
    "Language",
    "Span",
    "accepted_forms",
    "answering_forms",
    "forms",
    "get",
    "grammar",
    "guess_kind",
    "recognise",
    "verb_pattern",
]
