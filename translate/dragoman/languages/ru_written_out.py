"""What Russian abbreviates and marks, written out as it is read: ``в 2024 г.`` is ``в 2024 году``.

Models that have read whole words only make something up for ``ст. 15``, ``кв. м``, ``$1,5 млн`` or
``"Это"``. In which case that stands is told by `dragoman.languages.ru_governed`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from dragoman.languages.ru import function_word
from dragoman.languages.ru_abbreviations import (
    AFTER_ADJECTIVE,
    FIXED,
    MONTHS,
    NAMED,
    NUMBERED,
    POSTS,
    SCIENCES,
    SEVERAL,
    TITLES,
    UNITS,
)
from dragoman.languages.ru_governed import after_noun, case_at, counted, form, year_at
from dragoman.languages.ru_marks import MARKS
from dragoman.languages.ru_words import Number, parses_of
from dragoman.languages.text import Edit

_ONE: Final = r"\d+(?:[ \u00a0]\d{3})*(?:[.,]\d+)?"
_FIGURE: Final = rf"{_ONE}(?: ?[–-] ?{_ONE})?"
_MANY: Final = (  # of units
    r"(?: (?:тыс\.|тысяч[аи]?|(?:млн|млрд|трлн)\.?|миллион(?:а|ов)?|миллиард(?:а|ов)?)(?!\w))?"
)
_BEFORE_FIGURE: Final = r"(?:№ )?\d|[(+]\d|[A-Z]{3}\b"  # or a code that stands for it
_BEFORE_NAME: Final = r"[А-ЯЁ][а-яё]"
_BEFORE_POST: Final = r"[А-ЯЁа-яё]"
_MONTH: Final = "|".join(MONTHS)


def written_out(text: str) -> list[Edit]:
    """What to replace in a Russian text so that it reads in whole words; in order, apart."""
    edits: list[Edit] = []
    if not _SIGN.search(text):
        return edits
    for edit in sorted(edit for find in _RULES for edit in find(text)):
        if not edits or edit[0] >= edits[-1][1]:
            edits.append(edit)
    return edits


def _any_of(names: Iterable[str]) -> str:
    """A pattern for one of `names`, the longest first; a space in them may be missing."""
    return "|".join(re.escape(n).replace(r"\ ", " ?") for n in sorted(names, key=len, reverse=True))


_SIGN = re.compile(  # of what is written out
    r"[\d\"“„$€₼&]|(?-i:[А-ЯЁІ]{2})|[а-яё]\.(?=.)|[а-яё]-[нтв]|г-ж|д-р|\bпн", re.IGNORECASE
)
_YEARS = re.compile(
    r"(?<![\d.])(?<!№ )[12]\d{3}(?:[–/-]\d{2,4})?(?P<short> ?(?:гг?\.|г\. ?г\.))(?!\w| ?р\.)"
)
_FIXED = re.compile(rf"(?<!\w)(?:{'|'.join(f'({p})' for p in FIXED)})", re.IGNORECASE)
_WHOLE = (*FIXED.values(),)  # by the number of the group
_DATE = re.compile(
    r"(?<![\d.])(0?[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.((?:19|20)\d\d)"
    r"(?: ?(?:гг?\.|года))?(?!\.?\d)"
)
_UNTIL = re.compile(r"(?: по |[–—-]| [–—-] )\d\d?\.(\d\d)\.(\d{4})")
_UNIT = re.compile(
    rf"(?<![^\Wxх×])(?<![.,])(?<!№ )({_FIGURE})({_MANY})"
    rf"(?P<unit> ?(?P<name>{_any_of(UNITS)})(?:\.(?=,| [а-яё(]))?)(?![\w/]|-[а-яё])"
)
_AMOUNT = re.compile(rf"(?:\bUS)?([$€₼]) ?({_FIGURE})({_MANY})")
_DEGREE = re.compile(rf"(?<![\w.])([кд])\. ?({_any_of(SCIENCES)})\. ?н\.(?= |,)")
_ADJECTIVES_NOUN = re.compile(r"(?<=\w )(р-н|обл|ун-т)(?:\.|[аеу]?(?!\w))")
_QUARTER = re.compile(
    r"(?:IV|I{1,3}|[1-4](?:-[а-я]{1,2})?|[а-яё]{2,}) (?P<short>кв\.)(?= (?:19|20)\d\d)"
)
_CENTURY = re.compile(r"(?<!\w)[IVX]+(?P<short> вв?\.)")


def _dot(text: str, found: re.Match[str]) -> str:
    """The end of the sentence where an abbreviation's dot is that, too."""
    if not found[0].endswith("."):
        return ""
    rest = text[found.end() :].strip('»”") ')
    begins = re.match(r"([А-ЯЁ][а-яё]*)(?!\w)", rest)
    return "." if not rest or (begins and function_word(begins[1])) else ""


def _abbreviated(table: Mapping[str, str], after: str) -> Callable[[str], Iterator[Edit]]:
    pattern = re.compile(rf"(?<![\w.])((?i:{_any_of(table)}))(?:\. ?| )(?={after})")

    def find(text: str) -> Iterator[Edit]:
        for found in pattern.finditer(text):
            short, start = found[1], found.start()
            noun = table[re.sub(r"\.(?=\w)", ". ", short.lower())]
            if "." not in found[0] and "-" not in short:
                continue
            if short[-1].isupper() and (start or after != _BEFORE_FIGURE):
                continue  # an initial: Г. Алиев, Алиев Д. 1985 года рождения
            case = "gent" if noun == "имя" else case_at(text, start)
            if table in (TITLES, POSTS) and case == "gent" and not after_noun(text, start):
                case = "nomn"  # зам. after a verb: by a form is told whom, not by the place
            said = form(noun, case, "plur" if short.lower() in SEVERAL else "sing")
            yield *found.span(), (said.capitalize() if short[0].isupper() else said) + " "

    return find


def _after_adjectives(text: str) -> Iterator[Edit]:
    for found in _ADJECTIVES_NOUN.finditer(text):
        adjective = text[: found.start()].split()[-1]
        cases = [p.tag.case for p in parses_of(adjective) if p.tag.POS == "ADJF"]
        if cases:
            wanted = case_at(text, found.start() - len(adjective) - 1)
            case = wanted if wanted in cases else cases[0]
            yield *found.span(), form(AFTER_ADJECTIVE[found[1]], case) + _dot(text, found)


def _years(text: str) -> Iterator[Edit]:
    for found in _YEARS.finditer(text):
        several = found["short"].strip() != "г."
        word = year_at(text, found.start(), several=several)
        yield *found.span("short"), f" {word}{_dot(text, found)}"


def _dates(text: str) -> Iterator[Edit]:
    for found in _DATE.finditer(text):
        day, month, year = int(found[1]), f" {MONTHS[int(found[2]) - 1]}", f" {found[3]} года"
        until = _UNTIL.match(text, found.end())
        if until and until[2] == found[3]:  # с 1 по 15 марта 2025 года
            year = ""
            month = "" if until[1] == found[2] else month
        yield *found.span(), f"{day}{month}{year}{_dot(text, found)}"


def _units(text: str) -> Iterator[Edit]:
    for found in _UNIT.finditer(text):
        unit = re.sub(r"\.(?=\w)", ". ", found["name"])
        if unit == "ч." and re.match(rf" ?\d+(?!\d| ?мин| (?:{_MONTH}))", text[found.end() :]):
            continue  # п. 3 ч. 2
        said = counted(UNITS[unit], text, found.start(), found[1], found[2])
        yield *found.span("unit"), f" {said}{_dot(text, found)}"
    for found in _AMOUNT.finditer(text):
        said = counted(UNITS[found[1]], text, found.start(), found[2], found[3])
        yield *found.span(), f"{found[2]}{found[3]} {said}"


def _degrees(text: str) -> Iterator[Edit]:
    for found in _DEGREE.finditer(text):
        case = case_at(text, found.start())
        holder = "кандидат" if found[1] == "к" else "доктор"
        said = form(holder, case if case in ("ablt", "datv") else "nomn")
        yield *found.span(), f"{said} {SCIENCES[found[2]]} наук"


def _fixed(text: str) -> Iterator[Edit]:
    for found in _FIXED.finditer(text):
        whole = _WHOLE[(found.lastindex or 1) - 1]
        said = whole.capitalize() if found[0][0].isupper() else whole
        yield *found.span(), said + _dot(text, found)


def _quarters(text: str) -> Iterator[Edit]:
    for found in _QUARTER.finditer(text):
        yield *found.span("short"), form("квартал", _time(text, found.start()))
    for found in _CENTURY.finditer(text):
        number: Number = "plur" if found["short"] == " вв." else "sing"
        said = form("век", _time(text, found.start()), number)
        yield *found.span("short"), f" {said}{_dot(text, found)}"


def _time(text: str, start: int) -> str:
    """The case of a stretch of time: на I квартал, but на улице."""
    return "accs" if re.search(r"(?i)\b(?:на|по)\s*$", text[:start]) else case_at(text, start)


_RULES: Final = (
    *MARKS, _dates, _years, _units, _degrees, _fixed,
    _after_adjectives, _abbreviated(NUMBERED, _BEFORE_FIGURE), _abbreviated(NAMED, _BEFORE_NAME),
    _abbreviated(TITLES, _BEFORE_NAME), _abbreviated(POSTS, _BEFORE_POST), _quarters,
)  # fmt: skip
