"""Numbers: every quantity of the source stands in the translation, in whatever format."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.loose import loose_values
from dragoman.checks.pair import Pair
from dragoman.checks.quantities import quantities
from dragoman.checks.spelled import Quantity
from dragoman.languages import az
from dragoman.languages.addresses import without_addresses
from dragoman.records import Issue

_TIME = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d")
_ORDINAL = {
    "en": re.compile(r"(?<![\d.,])(\d+)(st|nd|rd|th)\b"),
    "az": re.compile(r"(?<![\d.,])(\d+)-(c[ıiuü])(?![^\W\d_]{3})"),
}
_FOREIGN_FORMAT = {
    "en": re.compile(r"(?<![\d.,])\d+,(?:\d{1,2}|\d{4,})(?![\d.,]|-)"),
    "az": re.compile(r"(?<![\d.,])\d{1,3}\.(?:\d{1,2}|\d{4,})(?![\d.,:]|-)"),
}
_PER_CENT = {
    "ru": re.compile(r"\d\s?(?:%|процент)"),
    "en": re.compile(r"%|\bper ?cent|\bpercent|\bfraction|\binterest|\brate"),
    "az": re.compile(r"%|\bfaiz|\bpay"),
}
# 12 men and 15 women: two counts, each with what is counted, joined by "and".
_COUNT = r"(?<![\d.,:/])(\d+(?:[\u00a0 ,.]\d{3})*)"
_WORDS = r" (?:[^\W\d_]+,? ){1,3}?"
_TWO_COUNTS = {
    "ru": re.compile(rf"(?={_COUNT}{_WORDS}(?:и|а также) {_COUNT} [^\W\d_])"),
    "en": re.compile(rf"(?={_COUNT}{_WORDS}(?:and|as well as) {_COUNT} [^\W\d_])"),
    "az": re.compile(rf"(?={_COUNT}{_WORDS}(?:və|habelə|həmçinin) {_COUNT} [^\W\d_])"),
}


def check_numbers(pair: Pair) -> Iterator[Issue]:
    """`number`: a figure, date, time, month or number word was lost, changed or added.

    Figures are errors. Number words are warnings, because language offers so many ways round
    them; the first and the second, one, and zero are not asked for.
    """
    source, target = quantities(pair.source, "ru"), quantities(pair.target, pair.lang)
    missing = [one for one in _unmatched(source, target) if _asked_for(one)]
    extra = [one for one in _unmatched(target, source) if _out_of_place(one)]
    if missing:
        loose = loose_values(pair.target, pair.lang)
        missing = [one for one in missing if not one.values & loose]
    if extra:
        loose = loose_values(pair.source, "ru")
        extra = [one for one in extra if not one.values & loose]
    if not missing and not extra:
        return
    parts = [f"{_listed(missing)} missing"] if missing else []
    parts += [f"{_listed(extra)} not in the Russian"] if extra else []
    firm = any(one.kind in ("digits", "month") for one in (*missing, *extra))
    yield Issue("number", "error" if firm else "warning", "; ".join(parts))


def check_number_format(pair: Pair) -> Iterator[Issue]:
    """`number`: decimals written as the other language writes them, an ordinal in the wrong
    ending (8-cü for 8-ci, 2th for 2nd), or a per cent sign gone."""
    text = without_addresses(pair.target)
    match = _FOREIGN_FORMAT[pair.lang].search(text)
    versioned = pair.lang == "az" and match and match[0] in pair.source  # Android 8.0
    if match and not versioned and not _TIME.fullmatch(match[0]):
        yield Issue("number", "warning", f"decimal mark in {match[0]}")
    for match in _ORDINAL[pair.lang].finditer(text):
        if (expected := _suffix(int(match[1]), pair.lang)) != match[2].lower():
            yield Issue("number", "warning", f"{match[0]}: {match[1]}-{expected} expected")
    if _PER_CENT["ru"].search(pair.source) and not _PER_CENT[pair.lang].search(text):
        yield Issue("number", "warning", "per cent is missing")


def check_number_order(pair: Pair) -> Iterator[Issue]:
    """`number`: two counts joined by "and" have changed places: 12 men and 15 women."""
    source, target = _two_counts(pair.source, "ru"), _two_counts(pair.target, pair.lang)
    for first, second in dict.fromkeys(source):
        if first != second and (second, first) in target and (first, second) not in target:
            yield Issue("number", "warning", f"{first} and {second} have changed places")


def _two_counts(text: str, lang: str) -> list[tuple[str, str]]:
    found = (match.groups() for match in _TWO_COUNTS[lang].finditer(text))
    return [(re.sub(r"\D", "", one), re.sub(r"\D", "", other)) for one, other in found]


def _suffix(number: int, lang: str) -> str:
    if lang == "az":
        return az.ordinal_suffix(number)
    teen = number % 100 in (11, 12, 13)
    return "th" if teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _listed(found: list[Quantity]) -> str:
    surfaces = ", ".join(dict.fromkeys(one.surface for one in found))
    return f"{surfaces} {'is' if len(found) == 1 else 'are'}"


def _unmatched(some: tuple[Quantity, ...], others: tuple[Quantity, ...]) -> list[Quantity]:
    values = frozenset(value for other in others for value in other.values)
    return [one for one in some if not one.values & values]


def _asked_for(one: Quantity) -> bool:
    """Must this quantity of the source be met by one of the translation?"""
    if one.kind in ("word", "ordinal"):
        loose = {"0", "1"} if one.kind == "word" else {"0", "1", "2"}
        return not one.values & loose and one.surface not in (
            "семью",
            "шестом",
            "третьи",
            "третьих",
        )
    return one.kind != "vague"


def _out_of_place(one: Quantity) -> bool:
    """Must this quantity of the translation come from the source?"""
    if one.kind in ("word", "ordinal"):
        return not one.values & {"0", "1", "2", "100", "1000", "1000000", "1000000000"}
    return one.kind != "vague"
