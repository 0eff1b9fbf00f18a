"""In which case and number a Russian noun stands in its place: after a preposition, a figure, a
participle (A. A. Zaliznyak, Grammatical Dictionary of Russian, by way of pymorphy3; D. E.
Rosenthal, Government in Russian)."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from dragoman.languages.ru import phrase_forms
from dragoman.languages.ru_abbreviations import UNITS
from dragoman.languages.ru_words import Number, parses_of
from dragoman.languages.text import words

_CASES: Final = {
    **dict.fromkeys(words("в во на при о об обо"), "loct"),
    **dict.fromkeys(words("по к ко согласно благодаря вопреки навстречу"), "datv"),
    **dict.fromkeys(words("с со между под над перед"), "ablt"),
    **dict.fromkeys(words("за через про"), "accs"),
    **dict.fromkeys(words("и или а"), "nomn"),
}
_BY_WHICH = re.compile(  # предусмотренное ст. 5, установлен п. 3, дополнить ч. 2
    r"(?:предусмотрен|установлен|определ[её]н|регулиру|дополн|утвержд[её]н|закреплен)\w*$", re.I
)
_OF_A_FIGURE: Final = words("до от с со около более менее свыше течение не из у после для")
_ATTRIBUTED: Final = {unit for unit in UNITS.values() if unit.split()[0].endswith(("ый", "ий"))}
_COUNTED: Final = {"человек": "человек"}  # genitive plural after a figure

_OTHER_YEARS = re.compile(r"(?:[12]\d{3}(?:[–/-]\d{2,4})?(?: ?гг?\.| год[а-я]*)?(?:, | и ))*$")
_YEAR: Final = {
    **dict.fromkeys(("в", "во", "о"), "году"), "к": "году",
    **dict.fromkeys(("по", "за", "на", "через"), "год"),
}  # fmt: skip
_YEARS: Final = {"в": "годах", "о": "годах", **dict.fromkeys(("на", "за", "по"), "годы")}


def _last_word(text: str) -> str:
    """The word that `text` ends with, in small letters."""
    found = re.search(r"[^\W\d_]+$", text.rstrip())
    return found[0].lower() if found else ""


def case_at(text: str, start: int) -> str:
    """The case of a noun that begins at `start`: as its preposition or participle asks, else that
    of an attribute; the nominative where no word is before it."""
    before = text[:start].rstrip()
    if _BY_WHICH.search(before):
        return "ablt"
    last = _last_word(before)
    if last:
        return _CASES.get(last, "gent")
    return "gent" if before[-1:].isdigit() else "nomn"


def after_noun(text: str, start: int) -> bool:
    """Whether the word before `start` is likeliest a noun."""
    last = _last_word(text[:start])
    return bool(last) and parses_of(last)[0].tag.POS == "NOUN"


@cache
def form(phrase: str, case: str, number: Number = "sing") -> str:
    """A form of a noun with all that belongs to it (исполняющий обязанности)."""
    forms = [f.text for f in phrase_forms(phrase) if (f.case, f.number) == (case, number)]
    if number == "plur" and case == "gent":  # килограммов, not килограмм
        return _COUNTED.get(phrase, max(forms, key=len, default=phrase))
    return forms[0] if forms else phrase


def counted(noun: str, text: str, start: int, figure: str, many: str) -> str:
    """A noun after a figure that begins at `start`: 1 метр, 2 метра, 5 метров, 1,5 метра, but до 2
    метров; of `many` thousands, метров."""
    last = re.split("[–-]", figure)[-1]
    digits = re.sub(r"\D", "", last)[-2:].rjust(2, "0")
    if many:
        return form(noun, "gent", "plur")
    if re.search("[.,]", last):
        return form(noun, "gent")
    before = _last_word(text[:start])
    if before in ("к", "ко"):
        return form(noun, "datv", "plur")
    if digits[0] == "1" or digits[1] not in "1234":
        return form(noun, "gent", "plur")
    genitive = before in _OF_A_FIGURE
    if digits[1] == "1":
        return form(noun, "gent" if genitive else "nomn")
    if genitive:
        return form(noun, "gent", "plur")
    head, _, rest = noun.rpartition(" ") if noun in _ATTRIBUTED else ("", "", noun)
    several = form(noun, "gent", "plur").split()[0] + " " if head else ""  # два квадратных метра
    return several + form(rest, "gent")


def year_at(text: str, start: int, *, several: bool) -> str:
    """The word after the figure of a year that begins at `start`, or of `several`."""
    before = text[: _OTHER_YEARS.search(text[:start]).start()]  # type: ignore[union-attr]
    preposition = _last_word(before)
    if several:
        return _YEARS.get(preposition, "годов")
    if before.rstrip().lower().endswith("сравнению с"):
        return "годом"
    return _YEAR.get(preposition, "года")
