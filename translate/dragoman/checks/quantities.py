"""Find the quantities of a text: digits, number words, Roman numerals, dates and months.

Each quantity carries the set of values it may stand for, written canonically: ``"1200000"`` for
1,2 млн, ``"15:00"`` and ``"15"`` for 15:00, ``"month 6"`` for June. Two quantities agree when they
have a value in common, whatever the format or the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from dragoman.checks.numerals import numerals
from dragoman.checks.pair import WORD, lower, without_addresses
from dragoman.checks.spelled import Quantity, spelled

_SPACE = "[ \u00a0\u2009\u202f]"
_DATE = re.compile(r"(?<![\d.,])(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})(?![\d]|[.,]\d)")
_ISO_DATE = re.compile(r"(?<![\d-])(\d{4})-(\d{2})-(\d{2})(?![\d-])")
_SHORT_YEAR = re.compile(r"(?<=\b(?:19|20)\d\d[/–-])\d\d(?!\d|[.,-]\d)")
_TIME = re.compile(
    r"(?<![\d.,:])([01]?\d|2[0-4])[:.]([0-5]\d)(?!:?\d|[.,]\d)(?:\s?([ap])\.?\s?m\b\.?)?", re.I
)
_HOUR = re.compile(r"(?<![\d.,:])(1[0-2]|[1-9])\s?([ap])\.?m\b\.?", re.I)
_NUMBER = {
    "ru": re.compile(rf"(?<![\d.,])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)*"),
    "en": re.compile(rf"(?<![\d.,])\d{{1,3}}(?:{_SPACE}\d{{3}})+(?!\d)(?:\.\d+)?|\d+(?:[.,]\d+)*"),
}
_NUMBER["az"] = _NUMBER["ru"]
_ROMAN = re.compile(r"(?<![\w.-])(?=[IVX])(X{0,3}(?:IX|IV|V?I{0,3}))(?!\w|-[a-z]|[.]?-)")
_ROMAN_DIGIT = {"I": 1, "V": 5, "X": 10}
_MONTHS = {
    "ru": "январ феврал март апрел ма июн июл август сентябр октябр ноябр декабр".split(),
    "en": "January February March April May June July August September October November December".split(),
    "az": "yanvar fevral mart aprel may iyun iyul avqust sentyabr oktyabr noyabr dekabr".split(),
}  # fmt: skip
_MONTH = {
    "ru": re.compile(
        r"\b(январ|феврал|апрел|июн|июл|сентябр|октябр|ноябр|декабр)(?:[ьяюе]|[её]м|ь?ск[а-я]{2,3})\b"
        r"|\b(март|август)(?:[ауе]|ом|овск[а-я]{2,3})?\b|\b(ма)(?:[йяюе]|ем|йск[а-я]{2,3})\b"
    ),
    "en": re.compile(rf"\b({'|'.join(_MONTHS['en'])})\b"),
    "az": re.compile(
        rf"\b({'|'.join(_MONTHS['az'])})"
        r"(?:l[aə]r)?(?:[ıiuü])?(?:n?[ıiuü]n?|n?d[aə]n?|[ny]?[aə])?(?:d[aə]k)?(?:k[ıi])?(?:d[ıiuü]r)?\b"
    ),
}
_MAY_BEFORE = re.compile(
    r"(?:\d|\b(?:in|of|by|since|until|till|from|to|and|or|between|early|late|mid|before|after|last|this|next|the|a))[ -]$"
)


def canonical(value: Decimal) -> str:
    """The value without trailing zeros or an exponent: ``Decimal("3.40")`` -> ``"3.4"``."""
    return format(value.normalize(), "f")


def _readings(digits: str, lang: str) -> frozenset[str]:
    """What a written number may mean. Russian and Azerbaijani put a comma before decimals and a
    space between thousands, English a point and a comma; a point in groups of three is accepted
    as a thousands mark in the first two."""
    digits = re.sub(_SPACE, "", digits)
    decimal, thousand = (".", ",") if lang == "en" else (",", ".")
    grouped = re.fullmatch(rf"\d{{1,3}}(?:\{thousand}\d{{3}})+(?:\{decimal}\d+)?", digits)
    if grouped:
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


def _dates_and_times(text: str) -> Iterator[Quantity]:
    for match in _DATE.finditer(text):
        day, month, year = (match.span(group) for group in (1, 2, 3))
        number = int(match[2])
        if 1 <= number <= 12 and 1 <= int(match[1]) <= 31:
            yield Quantity(*day, "digits", frozenset({str(int(match[1]))}))
            yield Quantity(*month, "month", frozenset({f"month {number}"}))
            years = {match[3]} if len(match[3]) == 4 else {match[3], "20" + match[3]}
            yield Quantity(*year, "digits", frozenset(years))
    for match in _ISO_DATE.finditer(text):
        if 1 <= int(match[2]) <= 12:
            yield Quantity(*match.span(1), "digits", frozenset({match[1]}))
            yield Quantity(*match.span(2), "month", frozenset({f"month {int(match[2])}"}))
            yield Quantity(*match.span(3), "digits", frozenset({str(int(match[3]))}))
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


def _figures(text: str, lang: str, taken: list[bool]) -> Iterator[Quantity]:
    for match in _NUMBER[lang].finditer(text):
        if not taken[match.start()]:
            yield Quantity(*match.span(), "digits", _readings(match[0], lang))
    for match in _ROMAN.finditer(text):
        initial = lang != "ru" and match[1] in "VX" and text[match.end() : match.end() + 1] == "."
        if match[1] and not initial and not (lang == "en" and match[1] == "I"):
            yield Quantity(*match.span(1), "roman", frozenset({str(_roman(match[1]))}))
    if lang == "en":
        for match in _ENGLISH_ONE.finditer(text):
            yield Quantity(*match.span(1), "roman", frozenset({"1"}))
    for match in _MONTH[lang].finditer(text if lang == "en" else lower(text, lang)):
        stem = next(group for group in match.groups() if group)
        values = frozenset({f"month {_MONTHS[lang].index(stem) + 1}"})
        yield Quantity(*match.span(), "month" if _surely(match, text, lang) else "vague", values)


_ENGLISH_ONE = re.compile(
    r"\b(?:group|class|part|stage|phase|category|chapter|degree|type|level|volume|section|article"
    r"|annex|war) (I)\b",
    re.I,
)


def _surely(month: re.Match[str], text: str, lang: str) -> bool:
    """Not the English verb may, the Russian name Марта or the Azerbaijani maya (yeast)."""
    word, before = (
        text[month.start() : month.end()],
        text[max(0, month.start() - 9) : month.start()],
    )
    if lang == "ru":
        return word[1:].islower() and not word[0].isupper() and "ск" not in word
    if lang == "az":
        return word[0].islower() and not word.startswith("maya")
    if word == "May":
        return (
            bool(_MAY_BEFORE.search(before))
            or text[month.end() : month.end() + 2].strip().isdigit()
        )
    return word != "March" or bool(before)


def _roman(numeral: str) -> int:
    values = [_ROMAN_DIGIT[letter] for letter in numeral]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < following else value for value, following in pairs)


_HALF = {
    "ru": re.compile(r"\s+с\s+половиной\b"),
    "en": re.compile(r"[ -]+and[ -]+a[ -]+half\b"),
    "az": re.compile(r"(\s+[^\W\d_]+)?\s+yarım(?:l[ıi]q|dan|a|da|ı|adək)?\b"),
}
_RU_DECADES = re.compile(r"\s+десятилети")
_DECADE = {
    "ru": re.compile(r"(?:-?[а-я]{1,2})?\s+год|-[ех]\b"),
    "en": re.compile(r"['’]?s\b"),
    "az": re.compile(r"(?:-?c[ıiuü])?\s+ill"),
}
# Half past four, в половине пятого; two thirds: no numbers that must stand on the other side.
_PART = re.compile(r"\bполовин[аеу] \w+$|\bhalf past \w+$|(?:th|rd)s$")
_RANGE = re.compile(r"\s?[-–—]\s?|\s(?:до|и|или|to|and|or|və|ilə|ya)\s")


def _finish(found: Quantity, text: str, lang: str) -> tuple[Quantity, int]:
    """Take in what follows the number: a half, a scale word, a decade. Also the scale."""
    stop, scale, values = found.stop, 1, {value for value in found.values if ":" not in value}
    if not values or found.kind not in ("digits", "word"):
        return _decade(found, text, lang), 1
    if half := _HALF[lang].match(text, stop):
        half_of = (Decimal("0.5"), Decimal(_scale_of(found)) / 2)  # bir milyon yarım: 1,5 mln
        values = {
            canonical(Decimal(one) + more) for one in values if _plain(one) for more in half_of
        }
        stop = half.end()
    elif lang == "ru" and _RU_DECADES.match(text, stop):  # три десятилетия: otuz il
        values |= {canonical(Decimal(value) * 10) for value in values if _plain(value)}
    apart = half and half.lastindex  # üç saat yarıma min ağac: the thousand counts trees
    if (found.kind == "digits" or half or found.values == {"1.5"}) and not apart:
        gap = stop + (text[stop : stop + 1] in (" ", "-", "\u00a0", "\u202f"))
        word = WORD.match(text, gap)
        atom = numerals(lang).get(word[0]) if word else None
        if word and atom and atom.kind == "scale" and not atom.ordinal:
            stop, scale = word.end(), atom.value
            values = {canonical(Decimal(value) * scale) for value in values if _plain(value)}
    if stop == found.stop and values <= found.values:
        return _decade(found, text, lang), _scale_of(found)
    return replace(found, stop=stop, values=frozenset(values)), scale


def _scale_of(found: Quantity) -> int:
    value = next(iter(found.values))
    if found.kind != "word" or not value.isdigit() or value == "0":
        return 1
    return next((scale for scale in (10**12, 10**9, 10**6, 10**3) if int(value) % scale == 0), 1)


def _plain(value: str) -> bool:
    return value.count(".") <= 1


def _decade(found: Quantity, text: str, lang: str) -> Quantity:
    """90-е годы, the 1990s and doxsanıncı illər are one decade."""
    decade = next(iter(found.values))
    if len(decade) not in (2, 4) or not decade.isdigit() or decade[-1] != "0":
        return found
    nineties = lang == "en" and found.kind == "word" and text[: found.stop].endswith("ies")
    if not nineties and not _DECADE[lang].match(text, found.stop):
        return found
    return replace(found, values=frozenset({decade[-2:], "19" + decade[-2:], decade}))


def _scaled(found: Quantity, scale: int) -> Quantity:
    """The 5 of 5–7 млн may be five or five million."""
    values = {
        canonical(Decimal(one) * scale) for one in found.values if ":" not in one and _plain(one)
    }
    return replace(found, values=found.values | values)


def _afternoon(first: Quantity, second: Quantity) -> Quantity:
    """From 6 to 9 p.m.: the first hour may be after noon too."""
    if not any(":" in value for value in second.values):
        return first
    later = {str(int(one) + 12) for one in first.values if one.isdigit() and int(one) <= 12}
    return replace(first, values=first.values | later)


def _sum(first: Quantity, second: Quantity) -> Quantity:
    values = {
        canonical(Decimal(one) + Decimal(other)) for one in first.values for other in second.values
    }
    return replace(first, stop=second.stop, values=frozenset(values))


@lru_cache(maxsize=512)
def quantities(text: str, lang: str) -> tuple[Quantity, ...]:
    """The quantities of `text` ("ru", "en" or "az") in order, none overlapping another."""
    text = without_addresses(text)
    small = lower(text, lang).replace("ё", "е")
    first = list(_dates_and_times(text))
    taken = [False] * (len(text) + 1)
    for one in first:
        taken[one.start : one.stop] = [True] * (one.stop - one.start)
    rest = [*_figures(text, lang, taken), *spelled(small, lang)]
    done: list[Quantity] = []
    scales: list[int] = []
    for found in sorted([*first, *rest], key=lambda one: (one.start, -one.stop)):
        if done and found.start < done[-1].stop:
            continue
        grown, scale = _finish(found, small, lang)
        if grown.kind == "ordinal" and _PART.search(small[max(0, grown.start - 10) : grown.stop]):
            grown = replace(grown, kind="vague")
        if (
            done
            and done[-1].kind == "digits"
            and _RANGE.fullmatch(small[done[-1].stop : grown.start])
        ):
            done[-1] = _afternoon(done[-1], grown)
        if done and scale > 1 and done[-1].kind in ("digits", "word"):
            gap = small[done[-1].stop : grown.start]
            if scales[-1] == 1 and _RANGE.fullmatch(gap):
                done[-1] = _scaled(done[-1], scale)
            elif scales[-1] > scale and gap.isspace():  # 1 млн 180 тысяч
                done[-1] = _sum(done[-1], grown)
                continue
        done.append(grown)
        scales.append(scale)
    return tuple(replace(one, surface=text[one.start : one.stop]) for one in done)
