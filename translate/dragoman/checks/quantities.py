"""Find the quantities of a text: figures, number words, Roman numerals, dates and months.

Each quantity carries the set of values it may stand for, written canonically: ``"1200000"`` for
1,2 млн, ``"15:00"`` and ``"15"`` for 15:00, ``"month 6"`` for June. Two quantities agree when they
have a value in common, whatever the format or the language.
"""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from dragoman.checks.figures import canonical, dates_and_times, months, numbers, romans
from dragoman.checks.numerals import numerals
from dragoman.checks.pair import WORD, folded
from dragoman.checks.spelled import Quantity, spelled
from dragoman.languages.addresses import without_addresses

_DIGIT = re.compile(r"\d")
_LONGEST_GAP = 7  # characters: " - ", " və ", " или "
_HALF = {
    "ru": re.compile(r"\s+с\s+половиной\b"),
    "en": re.compile(r"[ -]+and[ -]+a[ -]+half\b"),
    "az": re.compile(
        r"(\s+(?:saat|il|ay|gün|dəqiqə|saniyə|həftə|əsr|dəfə|milyon|milyard|min|metr|kilometr|ton))?"
        r"\s+yarım(?:l[ıi]q|dan|a|da|ı|adək)?\b(?! (?:il|ay|saat|gün|həftə|əsr)\b)"
    ),
}
# три десятилетия: otuz il; шесть столетий: altı yüz il
_RU_PERIODS = ((re.compile(r"\s+десятилети"), 10), (re.compile(r"\s+(?:столети|век)"), 100))
_RU_ODD = re.compile(r"\s+с\s+лишним")  # семь с лишним тысяч: more than seven thousand
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
    if found.kind == "ordinal" and _PART.search(text[max(0, found.start - 10) : found.stop]):
        return replace(found, kind="vague"), 1
    stop, scale, values = found.stop, 1, {value for value in found.values if ":" not in value}
    if not values or found.kind not in ("digits", "word"):
        return _decade(found, text, lang), 1
    if half := _HALF[lang].match(text, stop):
        half_of = (Decimal("0.5"), Decimal(_scale_of(found)) / 2)  # bir milyon yarım: 1,5 mln
        values = {
            canonical(Decimal(one) + more) for one in values if _plain(one) for more in half_of
        }
        stop = half.end()
    elif lang == "ru":
        for period, years in _RU_PERIODS:
            if period.match(text, stop):
                values |= {canonical(Decimal(one) * years) for one in values if _plain(one)}
        if odd := _RU_ODD.match(text, stop):
            stop = odd.end()
    apart = half and half.lastindex  # üç saat yarıma min ağac: the thousand counts trees
    loose = found.kind == "digits" or half or found.values == {"1.5"} or stop > found.stop
    if loose and not apart:
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
    small = folded(text, lang)
    found = [*romans(text, lang), *months(text, lang), *spelled(small, lang)]
    if _DIGIT.search(text):
        dated = list(dates_and_times(text))
        found += dated
        found += [one for one in numbers(text, lang) if not any(_overlap(one, d) for d in dated)]
    done: list[Quantity] = []
    scales: list[int] = []
    stop = 0
    for one in sorted(found, key=lambda one: (one.start, -one.stop)):
        if one.start < stop:
            continue
        grown, scale = _finish(one, small, lang)
        stop = grown.stop
        if done and _joined(done, scales[-1], grown, scale, small):
            continue
        done.append(grown)
        scales.append(scale)
    return tuple(replace(one, surface=text[one.start : one.stop]) for one in done)


def _overlap(one: Quantity, other: Quantity) -> bool:
    return one.start < other.stop and other.start < one.stop


def _joined(done: list[Quantity], before: int, grown: Quantity, scale: int, small: str) -> bool:
    """Relate `grown` to the quantity before it; say whether it was taken into that one."""
    last = done[-1]
    if last.kind not in ("digits", "word") or grown.start - last.stop > _LONGEST_GAP:
        return False
    gap = small[last.stop : grown.start]
    if _RANGE.fullmatch(gap):
        if last.kind == "digits":
            done[-1] = _afternoon(last, grown)
        if scale > 1 and before == 1:
            done[-1] = _scaled(done[-1], scale)
    elif scale > 1 and before > scale and gap.isspace():  # 1 млн 180 тысяч
        done[-1] = _sum(last, grown)
        return True
    return False
