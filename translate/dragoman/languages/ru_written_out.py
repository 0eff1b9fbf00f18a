"""What Russian abbreviates and marks, written out as it is read: ``в 2024 г.`` is ``в 2024 году``.

Models that have read whole words only make something up for ``ст. 15``, ``кв. м``, ``$1,5 млн`` or
``"Это"``. The case of what is written out follows the preposition before it, its number the figure
(A. A. Zaliznyak, Grammatical Dictionary of Russian, by way of pymorphy3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Final

from dragoman.languages.ru import phrase_forms
from dragoman.languages.ru_abbreviations import (
    AFTER_ADJECTIVE,
    FIXED,
    MONTHS,
    NAMED,
    NUMBERED,
    SCIENCES,
    TITLES,
    UNITS,
)
from dragoman.languages.ru_marks import RULES, Edit
from dragoman.languages.ru_words import Number, parses_of
from dragoman.languages.text import words

_CASES: Final = {
    **dict.fromkeys(words("в во на при о об обо"), "loct"),
    **dict.fromkeys(words("по к ко согласно благодаря вопреки навстречу"), "datv"),
    **dict.fromkeys(words("с со между под над перед"), "ablt"),
    **dict.fromkeys(words("за через про"), "accs"),
}
_ATTRIBUTED: Final = {unit for unit in UNITS.values() if unit.split()[0].endswith(("ый", "ий"))}
_COUNTED: Final = {"человек": "человек"}  # genitive plural after a figure

_FIGURE: Final = r"\d(?:[\d \u00a0.,–-]*\d)?"
_MANY: Final = (
    r"(?: (?:тыс\.|тысяч[аи]?|млн|млрд|трлн|миллион(?:а|ов)?|миллиард(?:а|ов)?)(?!\w))?"  # of units
)
_BEFORE_FIGURE: Final = r"(?:№ )?\d|[(+]\d|[A-Z]{3}\b"  # or a code that stands for it
_BEFORE_NAME: Final = r"[А-ЯЁ][а-яё]"
_BEFORE_PERSON: Final = r"[А-ЯЁа-яё]"


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


_SIGN = re.compile(r"[\d\"“„$€₼]|[А-ЯЁІ]{2}|[а-яё]\.(?=.)|[а-яё]-[нтв]")  # of what is written out
_YEARS = re.compile(r"(?<![\d.])[12]\d{3}(?:[–/-]\d{2,4})?(?P<short> ?гг?\.)")
_FIXED = re.compile(rf"(?<!\w)(?:{'|'.join(f'({pattern})' for pattern in FIXED)})")
_WHOLE = (*FIXED.values(),)  # by the number of the group
_DATE = re.compile(
    r"(?<![\d.])(0?[1-9]|[12]\d|3[01])\.(0[1-9]|1[0-2])\.((?:19|20)\d\d)"
    r"(?: ?(?:г\.|года))?(?!\.?\d)"
)
_UNTIL = re.compile(r"(?: по |[–—-]| [–—-] )\d\d?\.(\d\d)\.(\d{4})")
_UNIT = re.compile(
    rf"(?<![^\Wxх×])(?<![.,])({_FIGURE})({_MANY})(?P<unit> ?(?:{_any_of(UNITS)}))(?![\w/])"
)
_AMOUNT = re.compile(rf"([$€₼]) ?({_FIGURE}{_MANY})")
_DEGREE = re.compile(rf"(?<![\w.])([кд])\. ?({_any_of(SCIENCES)})\. ?н\.(?= |,)")
_ADJECTIVES_NOUN = re.compile(r"(?<=\w )(р-н|обл|ун-т)(?:\.|[аеу]?(?!\w))")
_QUARTER = re.compile(
    r"(?<!\w)(?:IV|I{1,3}|[1-4](?:-[а-я]{1,2})?) (?P<short>кв\.)(?= (?:19|20)\d\d)"
)


def _case(text: str, start: int) -> str:
    """The case of a noun that begins at `start`: its preposition's, else that of an attribute."""
    before = text[:start].rstrip()
    last = re.search(r"[^\W\d_]+$", before)
    if last:
        return _CASES.get(last[0].lower(), "gent")
    return "gent" if before[-1:].isdigit() else "nomn"


@cache
def _form(phrase: str, case: str, number: Number = "sing") -> str:
    """A form of a noun with all that belongs to it (исполняющий обязанности)."""
    forms = [f.text for f in phrase_forms(phrase) if (f.case, f.number) == (case, number)]
    if number == "plur":  # килограммов, not килограмм
        return _COUNTED.get(phrase, max(forms, key=len, default=phrase))
    return forms[0] if forms else phrase


def _counted(noun: str, figure: str) -> str:
    """A noun as it stands after a figure: 1 метр, 2 метра, 5 метров, 1,5 метра."""
    last = re.split("[–-]", figure)[-1]
    digits = re.sub(r"\D", "", last)[-2:].rjust(2, "0")
    if "," in last:
        return _form(noun, "gent")
    if digits[0] == "1" or digits[1] not in "1234":
        return _form(noun, "gent", "plur")
    if digits[1] == "1":
        return _form(noun, "nomn")
    head, _, rest = noun.rpartition(" ") if noun in _ATTRIBUTED else ("", "", noun)
    several = _form(noun, "gent", "plur").split()[0] + " " if head else ""  # два квадратных метра
    return several + _form(rest, "gent")


def _dot(text: str, found: re.Match[str]) -> str:
    """The end of the sentence where an abbreviation's dot is that, too."""
    ends = found[0].endswith(".") and not text[found.end() :].strip('»”")')
    return "." if ends else ""


def _abbreviated(table: Mapping[str, str], after: str) -> Callable[[str], Iterator[Edit]]:
    pattern = re.compile(rf"(?<![\w.])((?i:{_any_of(table)}))(?:\. ?| )(?={after})")

    def find(text: str) -> Iterator[Edit]:
        for found in pattern.finditer(text):
            short = found[1]
            noun = table[re.sub(r"\.(?=\w)", ". ", short.lower()).replace(". -", ".-")]
            if "." not in found[0] and "-" not in short:
                continue
            if len(short) == 1 and short.isupper() and after == _BEFORE_NAME:
                continue  # an initial: Г. Алиев
            case = "gent" if noun == "имя" else _case(text, found.start())
            if table is TITLES and case == "gent":  # of whom is told by a form, not by the place
                case = "nomn"
            form = _form(noun, case)
            yield *found.span(), (form.capitalize() if short[0].isupper() else form) + " "

    return find


def _after_adjectives(text: str) -> Iterator[Edit]:
    for found in _ADJECTIVES_NOUN.finditer(text):
        adjective = text[: found.start()].split()[-1]
        cases = [p.tag.case for p in parses_of(adjective) if p.tag.POS == "ADJF"]
        if cases:
            yield *found.span(), _form(AFTER_ADJECTIVE[found[1]], cases[0]) + _dot(text, found)


def _years(text: str) -> Iterator[Edit]:
    for found in _YEARS.finditer(text):
        before = text[: found.start()].lower().rstrip().rpartition(" ")[2]
        if found["short"].strip() == "гг.":
            several = {"в": "годах", "на": "годы", "за": "годы", "по": "годам"}
            word = several.get(before, "годов")
        else:
            one = {"в": "году", "к": "году", "по": "год", "о": "годе"}
            word = one.get(before, "года")
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
        unit = re.sub(r"\.(?=\w)", ". ", found["unit"].strip())
        if unit == "ч." and re.match(r" ?\d+(?!\d| ?мин)", text[found.end() :]):
            continue  # п. 3 ч. 2
        noun = UNITS[unit]
        said = _form(noun, "gent", "plur") if found[2] else _counted(noun, found[1])
        yield *found.span("unit"), f" {said}{_dot(text, found)}"
    for found in _AMOUNT.finditer(text):
        noun, figure = UNITS[found[1]], found[2]
        said = _counted(noun, figure) if figure[-1].isdigit() else _form(noun, "gent", "plur")
        yield *found.span(), f"{figure} {said}"


def _degrees(text: str) -> Iterator[Edit]:
    for found in _DEGREE.finditer(text):
        case = _case(text, found.start())
        holder = "кандидат" if found[1] == "к" else "доктор"
        form = _form(holder, case if case in ("ablt", "datv") else "nomn")
        yield *found.span(), f"{form} {SCIENCES[found[2]]} наук"


def _fixed(text: str) -> Iterator[Edit]:
    for found in _FIXED.finditer(text):
        whole = _WHOLE[(found.lastindex or 1) - 1]
        said = whole.capitalize() if found[0][0].isupper() else whole
        yield *found.span(), said + _dot(text, found)


def _quarters(text: str) -> Iterator[Edit]:
    for found in _QUARTER.finditer(text):
        before = text[: found.start()].rstrip().rpartition(" ")[2].lower()
        yield *found.span("short"), "квартале" if before in ("в", "о") else "квартал"


_RULES: Final = (
    *RULES, _dates, _years, _units, _degrees, _fixed,
    _after_adjectives, _abbreviated(NUMBERED, _BEFORE_FIGURE), _abbreviated(NAMED, _BEFORE_NAME),
    _abbreviated(TITLES, _BEFORE_PERSON), _quarters,
)  # fmt: skip
