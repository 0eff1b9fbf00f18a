"""Azerbaijani: what the other rooms may use.

Inflection (`inflect`, `forms`), recognition (`recognise`), kinds of phrase (`guess_kind`),
letters (`lower`, `upper`, `capitalise`), numerals and dates, names in English letters.
"""

from __future__ import annotations

from dragoman.languages.az_dates import MONTHS, date, day_of_month, numeral
from dragoman.languages.az_kinds import guess_kind
from dragoman.languages.az_letters import ALPHABET, capitalise, lower, upper
from dragoman.languages.az_names import english_name
from dragoman.languages.az_nouns import CASES, PERSONS
from dragoman.languages.az_numerals import number_words, ordinal, ordinal_suffix, ordinal_words
from dragoman.languages.az_phrases import forms, inflect
from dragoman.languages.az_recognise import recognise
from dragoman.languages.text import Case, Form, Kind, Language, Person, Span

LANGUAGE = Language(
    code="az",
    name="Azerbaijani",
    alphabet=ALPHABET,
    quotes=("“", "”"),
    inner_quotes=("‘", "’"),
    admitted_quotes=(("«", "»"), ("„", "“")),
    decimal_separator=",",
    group_separators=("\u00a0", " ", "\u202f", "."),
    plural_forms="nplurals=2; plural=(n != 1);",
    months=MONTHS,
)

__all__ = [
    "ALPHABET",
    "CASES",
    "LANGUAGE",
    "MONTHS",
    "PERSONS",
    "Case",
    "Form",
    "Kind",
    "Language",
    "Person",
    "Span",
    "capitalise",
    "date",
    "day_of_month",
    "english_name",
    "forms",
    "guess_kind",
    "inflect",
    "lower",
    "number_words",
    "numeral",
    "ordinal",
    "ordinal_suffix",
    "ordinal_words",
    "recognise",
    "upper",
]
