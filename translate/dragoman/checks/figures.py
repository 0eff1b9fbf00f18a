"""Quantities written in figures: dates, times, numbers, Roman numerals; and names of months."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from dragoman.checks.pair import lower
from dragoman.checks.spelled import Quantity
from dragoman.languages import az, en
from dragoman.languages.ru_marks import CYRILLIC_NUMERAL, TO_ROMAN

_SPACE = "[ \u00a0\u2009\u202f]"
_DATE = re.compile(r"(?<![\d.,])(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})(?![\d]|[.,]\d)")
_ISO_DATE = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_SHORT_YEAR = re.compile(r"(?<=\b(?:19|20)\d\d[/–-])\d\d(?!\d|[.,-]\d)")
_TIME = re.compile(
    r"(?<![\d.,:])([01]?\d|2[0-4])[:.]([0-5]\d)(?!:?\d|[.,]\d)(?:\s?([ap])\.?\s?m\b\.?)?", re.I
)
_HOUR = re.compile(r"(?<![\d.,:])(1[0-2]|[1-9])\s?([ap])\.?m\b\.?", re.I)
_GROUPED = rf"(?<![\d.,])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)"
_NUMBER = {
    "ru": re.compile(rf"{_GROUPED}(?:,\d+)?|\d+(?:[.,]\d+)*"),
    "en": re.compile(rf"{_GROUPED}(?:\.\d+)?|\d+(?:[.,]\d+)*"),
    "az": re.compile(rf"{_GROUPED}(?:,\d+)?|\d+(?:[.,]\d+)*"),
}
_ROMAN = re.compile(r"(?<![\w.-])(?=[IVX])(X{0,3}(?:IX|IV|V?I{0,3}))(?!\w|-[a-z]|[.]?-)")
_ROMAN_DIGIT = {"I": 1, "V": 5, "X": 10}
_AFTER_NOUN = re.compile(
    r"\b(?:group|class|part|stage|phase|category|chapter|degree|type|level|volume|section|article"
    r"|annex|war) ((?-i:[IVX]))\b",
    re.I,
)
_RU_MONTHS = (
    "январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр",
    "ноябр", "декабр",
)  # fmt: skip
_MONTHS = {"ru": _RU_MONTHS, "en": en.MONTHS, "az": az.MONTHS}
_MONTH = {
    "ru": re.compile(
        r"\b(январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)"
        r"(?:[ьяюе]|[её]м|ь?ск[а-я]{2,3})\b"
        r"|\b(март|август)(?:[ауе]|ом|овск[а-я]{2,3})?\b|\b(ма)(?:[йяюе]|ем|йск[а-я]{2,3})\b"
    ),
    "en": re.compile(rf"\b({'|'.join(en.MONTHS)})\b"),
    "az": re.compile(
        rf"\b({'|'.join(az.MONTHS)})(?:l[aə]r)?(?:[ıiuü])?"
        r"(?:n?[ıiuü]n?|n?d[aə]n?|[ny]?[aə]|l[aə])?(?:dək)?(?:k[ıi])?(?:d[ıiuü]r)?\b"
    ),
}
_BEFORE_MAY = re.compile(
    r"(?:\d|\b(?:in|of|by|since|until|till|from|to|and|or|between|early|late|mid|before|after|last"
    r"|this|next|the|a))[ -]$"
)


def canonical(value: Decimal) -> str:
    """The value without trailing zeros or an exponent: ``Decimal("3.40")`` -> ``"3.4"``."""
    return format(value.normalize(), "f")


def readings(digits: str, lang: str) -> frozenset[str]:
    """What a written number may mean, canonically.

    Russian and Azerbaijani put a comma before decimals and a space between thousands, English a
    point and a comma; in the first two a point before three digits may group thousands.
    """
    digits = re.sub(_SPACE, "", digits)
    decimal, thousand = (".", ",") if lang == "en" else (",", ".")
    if re.fullmatch(rf"\d{{1,3}}(?:\{thousand}\d{{3}})+(?:\{decimal}\d+)?", digits):
        plain = {digits.replace(thousand, "").replace(decimal, ".")}
        if lang != "en" and digits.count(thousand) == 1 and decimal not in digits:
            plain.add(digits)
        return frozenset(canonical(Decimal(one)) for one in plain)
    if digits.count(".") + digits.count(",") > 1:  # 1.2.3, a clause or version number
        return frozenset({digits.replace(",", ".")})
    return frozenset({canonical(Decimal(digits.replace(",", ".")))})


def _clock(hour: int, minute: str, half: str | None) -> frozenset[str]:
    values = {f"{hour}:{minute}"}
    if half:
        values.add(f"{hour % 12 + (12 if half.lower() == 'p' else 0)}:{minute}")
    if minute == "00":
        values |= {value.split(":")[0] for value in values}
    return frozenset(values)


def dates_and_times(text: str) -> Iterator[Quantity]:
    """Dates in figures give a day, a month and a year; 15:00 and 3 p.m. give a time."""
    for match in _DATE.finditer(text):
        if 1 <= int(match[2]) <= 12 and 1 <= int(match[1]) <= 31:
            years = {match[3]} if len(match[3]) == 4 else {match[3], "20" + match[3]}
            yield from _date(match, day=1, month=2, year=3, years=frozenset(years))
    for match in _ISO_DATE.finditer(text):
        if 1 <= int(match[2]) <= 12:
            yield from _date(match, day=3, month=2, year=1, years=frozenset({match[1]}))
    for match in _SHORT_YEAR.finditer(text):
        century = text[match.start() - 5 : match.start() - 3]
        yield Quantity(*match.span(), "digits", frozenset({match[0], century + match[0]}))
    for match in _TIME.finditer(text):
        values = _clock(int(match[1]), match[2], match[3])
        if ":" not in match[0]:
            values |= {canonical(Decimal(f"{match[1]}.{match[2]}"))}
        yield Quantity(*match.span(), "digits", values)
    for match in _HOUR.finditer(text):
        yield Quantity(*match.span(), "digits", _clock(int(match[1]), "00", match[2]))


def _date(
    match: re.Match[str], *, day: int, month: int, year: int, years: frozenset[str]
) -> Iterator[Quantity]:
    yield Quantity(*match.span(day), "digits", frozenset({str(int(match[day]))}))
    yield Quantity(*match.span(month), "month", frozenset({f"month {int(match[month])}"}))
    yield Quantity(*match.span(year), "digits", years)


def numbers(text: str, lang: str) -> Iterator[Quantity]:
    """The numbers in figures, as they are written in `lang`."""
    for match in _NUMBER[lang].finditer(text):
        yield Quantity(*match.span(), "digits", readings(match[0], lang))


def romans(text: str, lang: str) -> Iterator[Quantity]:
    """Roman numerals up to 39 (Russian ones may be typed in Cyrillic); not initials, not X-ray."""
    if lang == "ru":
        text = CYRILLIC_NUMERAL.sub(lambda match: match[0].translate(TO_ROMAN), text)
    for match in _ROMAN.finditer(text):
        initial = lang != "ru" and match[1] in "VX" and text[match.end() : match.end() + 1] == "."
        if match[1] and not initial and not (lang == "en" and match[1] == "I"):
            yield Quantity(*match.span(1), "roman", frozenset({str(_roman(match[1]))}))
    if lang == "en":
        for match in _AFTER_NOUN.finditer(text):
            yield Quantity(*match.span(1), "roman", frozenset({str(_roman(match[1]))}))


def _roman(numeral: str) -> int:
    values = [_ROMAN_DIGIT[letter] for letter in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


def months(text: str, lang: str) -> Iterator[Quantity]:
    """The names of months; those that may be another word are vague."""
    for match in _MONTH[lang].finditer(text if lang == "en" else lower(text, lang)):
        stem = next(group for group in match.groups() if group)
        values = frozenset({f"month {_MONTHS[lang].index(stem) + 1}"})
        yield Quantity(*match.span(), "month" if _surely(match, text, lang) else "vague", values)


def _surely(month: re.Match[str], text: str, lang: str) -> bool:
    """Not the English verb may, the Russian name Марта or the Azerbaijani maya (yeast)."""
    start, stop = month.span()
    word, before = text[start:stop], text[max(0, start - 9) : start]
    if lang == "ru":
        return word.islower() and "ск" not in word
    if lang == "az":
        return word[0].islower() and not word.startswith("maya")
    if word == "May":
        return bool(_BEFORE_MAY.search(before)) or text[stop : stop + 2].strip().isdigit()
    return word != "March" or bool(before)
