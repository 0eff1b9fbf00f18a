"""Titles that a hyphen joins to a given name: Гасан-бек, Фатали-хан, Нигяр-ханум.

The title is declined, the name before it or not: Рашид-бека and Рашида-бека. In Azerbaijani and
English they are words of their own: Rəşid bəy, Rashid bey.
"""

from __future__ import annotations

from typing import NamedTuple

from dragoman.languages import ru_names
from dragoman.languages.ru_names import CASES, Gender


class Title(NamedTuple):
    """A title in a case form: whose it is, how it is spelled, and the cases."""

    ru: str
    gender: Gender
    en: str
    az: str
    cases: tuple[str, ...]


_TITLES: tuple[tuple[str, Gender, str, str], ...] = (
    ("бек", "masc", "bey", "bəy"),
    ("бей", "masc", "bey", "bəy"),
    ("хан", "masc", "Khan", "xan"),
    ("ага", "masc", "agha", "ağa"),
    ("паша", "masc", "Pasha", "paşa"),
    ("эфенди", "masc", "efendi", "əfəndi"),
    ("мирза", "masc", "Mirza", "mirzə"),
    ("ханум", "femn", "khanim", "xanım"),
    ("ханым", "femn", "khanim", "xanım"),
)
_FORMS: dict[str, Title] = {}
for _ru, _gender, _en, _az in _TITLES:
    _paradigm = ru_names.given(_ru, _gender)
    for _form in {form for cell in _paradigm for form in cell}:
        _FORMS[_form] = Title(_ru, _gender, _en, _az, ru_names.cases_of(_paradigm, _form))


def title_of(word: str) -> tuple[str, Title] | None:
    """What stands before the hyphen of a titled name in any case, and its title."""
    name, hyphen, last = word.rpartition("-")
    title = _FORMS.get(last.lower()) if hyphen else None
    return (name, title) if title else None


def agreed(title: Title, name: str, nominative: str, cases: tuple[str, ...]) -> tuple[str, ...]:
    """The cases of a titled name whose given name reads as `nominative` in `cases`."""
    if name == nominative:  # left as it is
        return title.cases
    return tuple(case for case in CASES if case in title.cases and case in cases)
