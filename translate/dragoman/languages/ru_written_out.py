"""What Russian abbreviates and marks, written out as it is read: ``в 2024 г.`` is ``в 2024 году``.

Models that have read whole words only make something up for ``ст. 15``, ``кв. м``, ``$1,5 млн`` or
``"Это"``. The case of what is written out follows the preposition before it, its number the figure
(A. A. Zaliznyak, Grammatical Dictionary of Russian, by way of pymorphy3).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from dragoman.languages.ru_abbreviations import (
    AFTER_ADJECTIVE,
    FIXED,
    MONTHS,
    NAMED,
    NUMBERED,
    SCIENCES,
    UNITS,
)
from dragoman.languages.ru_capitals import is_function_word, is_known, small
from dragoman.languages.ru_words import Number, head_word, parses_of
from dragoman.languages.text import words

Edit = tuple[int, int, str]
"""Start and stop of what is replaced, and what stands for it."""

_CASES: Final = {
    **dict.fromkeys(words("в во на при о об обо"), "loct"),
    **dict.fromkeys(words("по к ко согласно благодаря вопреки навстречу"), "datv"),
    **dict.fromkeys(words("с со между под над перед"), "ablt"),
    **dict.fromkeys(words("за через про"), "accs"),
}
_ATTRIBUTE: Final = {"nomn": "ый", "gent": "ого", "plur": "ых"}  # endings of квадратный
_COUNTED: Final = {"человек": "человек"}  # genitive plural after a figure

_FIGURE: Final = r"\d(?:[\d \u00a0.,–-]*\d)?"
_MANY: Final = (
    r"(?: (?:тыс\.|тысяч[аи]?|млн|млрд|трлн|миллион(?:а|ов)?|миллиард(?:а|ов)?)(?!\w))?"  # of units
)
_BEFORE_FIGURE: Final = r"\d|[(+]\d|[A-Z]{3}\b"  # or a code that stands for it
_BEFORE_NAME: Final = r"[А-ЯЁ][а-яё]"
_TO_ROMAN: Final = str.maketrans("ХІ", "XI")


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
    rf"(?<![^\Wxх×])(?<![.,])({_FIGURE})({_MANY})(?P<unit> ?(?:{_any_of(UNITS)}))(?!\w)"
)
_AMOUNT = re.compile(rf"([$€₼]) ?({_FIGURE}{_MANY})")
_DEGREE = re.compile(rf"(?<![\w.])([кд])\. ?({_any_of(SCIENCES)})\. ?н\.(?= |,)")
_ADJECTIVES_NOUN = re.compile(r"(?<=\w )(р-н|обл|ун-т)(?:\.|[аеу]?(?!\w))")
_QUOTED = re.compile(r"(?<![\w\"])\"(?=\S)[^\"]+(?<=\S)\"(?!\w)|„[^„“”]+[“”]|“[^“”]+”")
_NUMERAL = re.compile(r"(?<!\w)(?=[IVXХІ]*[ХІ])[IVXХІ]{2,}(?!\w)")
_SIZE = re.compile(r"(?<=\d)(?: ?[хx×] | ?[х×] ?| [хx×])(?=\d)")
_CAPITALS = re.compile(r"(?<![\w«\"-])[А-ЯЁ]{2,}(?![\w»\"-])")


def _case(text: str, start: int) -> str:
    """The case of a noun that begins at `start`: its preposition's, else that of an attribute."""
    before = text[:start].rstrip()
    last = re.search(r"[^\W\d_]+$", before)
    if last:
        return _CASES.get(last[0].lower(), "gent")
    return "gent" if before[-1:].isdigit() else "nomn"


def _form(noun: str, case: str, number: Number = "sing") -> str:
    """A form of a noun, or of an adjective and a noun."""
    *attribute, head = noun.split()
    cells = head_word(head).cells
    said = cells.get((number, case)) or cells.get(("sing", case)) or (head,)
    if number == "plur":  # килограммов, not килограмм
        said = (_COUNTED.get(head, max(said, key=len)),)
    return " ".join(
        [*(_agreeing(a, number if number == "plur" else case) for a in attribute), *said[:1]]
    )


def _agreeing(adjective: str, cell: str) -> str:
    stem, ending = adjective[:-2], _ATTRIBUTE[cell]
    return stem + (ending.replace("ы", "и") if stem.endswith("к") else ending)


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
    *attribute, head = noun.split()  # два квадратных метра
    return " ".join([*(_agreeing(a, "plur") for a in attribute), _form(head, "gent")])


def _dot(text: str, found: re.Match[str]) -> str:
    """The end of the sentence where an abbreviation's dot is that, too."""
    ends = found[0].endswith(".") and not text[found.end() :].strip('»”")')
    return "." if ends else ""


def _abbreviated(table: Mapping[str, str], after: str) -> Callable[[str], Iterator[Edit]]:
    pattern = re.compile(rf"(?<![\w.])({_any_of(table)})\.? ?(?={after})", re.IGNORECASE)

    def find(text: str) -> Iterator[Edit]:
        for found in pattern.finditer(text):
            short, noun = found[1], table[found[1].lower()]
            if "." not in found[0] and "-" not in short:
                continue
            if len(short) == 1 and short.isupper() and after == _BEFORE_NAME:
                continue  # an initial: Г. Алиев
            form = _form(noun, "gent" if noun == "имя" else _case(text, found.start()))
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


def _quotes(text: str) -> Iterator[Edit]:
    for found in _QUOTED.finditer(text):
        yield found.start(), found.start() + 1, "«"
        yield found.end() - 1, found.end(), "»"


def _numerals(text: str) -> Iterator[Edit]:
    for found in _NUMERAL.finditer(text):
        yield *found.span(), found[0].translate(_TO_ROMAN)


def _sizes(text: str) -> Iterator[Edit]:
    """3,5 × 4,5 in one word, with the Latin letter."""
    for found in _SIZE.finditer(text):
        yield *found.span(), "x"


def _emphasis(text: str) -> Iterator[Edit]:
    """Words in capitals that are no abbreviations: НЕ допускается."""
    for found in _CAPITALS.finditer(text):
        word = small(found[0])
        if word.islower() and is_known(word) and (len(word) > 4 or is_function_word(word)):
            first = not text[: found.start()].strip()
            yield *found.span(), word.capitalize() if first else word


_RULES: Final = (
    _dates, _years, _units, _degrees, _fixed, _quotes, _numerals, _sizes, _emphasis,
    _after_adjectives, _abbreviated(NUMBERED, _BEFORE_FIGURE), _abbreviated(NAMED, _BEFORE_NAME),
)  # fmt: skip
