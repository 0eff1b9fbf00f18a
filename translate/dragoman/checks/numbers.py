"""Numbers: every quantity of the source stands in the translation, in whatever format."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.numerals import numerals
from dragoman.checks.pair import Pair, lower
from dragoman.checks.quantities import quantities
from dragoman.checks.spelled import Quantity
from dragoman.records import Issue

# Words that may stand for a number on the other side, without asking for one themselves.
_LOOSE = {
    "ru": {
        "сут(?:ки|ок|кам|ками|ках|очн)": "24", "столети": "100", "двадцатилет": "20",
        "пятилет": "5", "трехлет": "3", "десятилет": "10", "полдень|полдн": "12 12:00",
        "полноч": "0 24 0:00 24:00", "круглосуточн": "24", "вдво|дважды|пар[ауые]|об[ае]|двойн": "2",
        "третьек|утро[ие]|трехмилл|втро|трижды|тройн|трет(?:ь|и|ью|ей|ям|ями|ях)\\b": "3", "вчетверо|четверт": "4", "впятеро": "5",
        "полови|пол": "0.5 2", "полгода|полугод": "6", "пол[уо]?миллион": "500000 1000000",
        "полтысяч": "500 1000", "пол[уо]?миллиард": "500000000 1000000000", "полтораст": "150",
        "полуторн": "1.5", "четверть|четверти": "4 15 25", "декад": "10", "пятниц": "5",
        "понедельник": "1", "вторник": "2", "сред[ауы]": "3", "четверг": "4", "четырежды|четверк": "4", "тройк": "3", "пятерк": "5", "шестерк": "6", "семерк": "7",
        "восьмерк": "8", "девятк": "9", "десятк": "10", "двадцатк": "20", "квартал": "3", "неделю|недел": "7",
        "дюжин": "12", "век": "100", "год[аоу]?вщин": "1",
    },
    "en": {
        "twice|both|pair|couple|double|two": "2", "half": "1.5 0.5", "thrice|triple": "3",
        "quarter": "4", "dozen": "12 10 20 30 40 50 24 36", "noon|midday": "12 12:00", "midnight": "0 24 0:00 24:00",
        "century|centuries|centenary|centennial": "100", "decade": "10", "fortnight": "14 2",
        "sevens": "7", "quadruple": "4", "bi(?:lingual|lateral|annual|monthly)": "2",
        "trilateral|trio": "3",
    },
    "az": {
        "yarım|yarıs": "1.5 0.5", "günorta": "12 12:00", "gecəyarı": "0 24 0:00 24:00",
        "yüzill": "100", "onill": "10", "dördillik": "4", "cüt|qoşa": "2", "rüb": "3 4", "sutka": "24",
    },
}  # fmt: skip
_LOOSE_PATTERNS = {
    lang: tuple((re.compile(rf"\b(?:{stem})"), frozenset(values.split())) for stem, values in table.items())
    for lang, table in _LOOSE.items()
}  # fmt: skip
_RU_PREFIX = {
    "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8, "девяти": 9,
    "десяти": 10, "одиннадцати": 11, "двенадцати": 12, "тринадцати": 13, "четырнадцати": 14,
    "пятнадцати": 15, "шестнадцати": 16, "семнадцати": 17, "восемнадцати": 18, "девятнадцати": 19,
    "двадцати": 20, "тридцати": 30, "сорока": 40, "пятидесяти": 50, "шестидесяти": 60,
    "семидесяти": 70, "восьмидесяти": 80, "девяносто": 90, "сто": 100, "двухсот": 200,
    "трехсот": 300, "четырехсот": 400, "пятисот": 500, "восьмисот": 800, "тысяче": 1000,
    "полутора": 1.5, "полуторо": 1.5,
}  # fmt: skip
_COMPOUND = {
    "ru": re.compile(
        rf"\b({'|'.join(sorted(_RU_PREFIX, key=len, reverse=True))})(?=[а-я]{{3}})"
        rf"(?:({'|'.join(list(_RU_PREFIX)[:8])})(?=[а-я]{{3}}))?"
    ),
    "en": re.compile(r"\b([a-z]+)(?=fold)"),
    "az": re.compile(
        r"\b(bir|iki|üç|dörd|beş|altı|yeddi|səkkiz|doqquz|on|iyirmi|otuz|qırx|əlli|altmış|yetmiş"
        r"|səksən|doxsan|yüz|min)(?=[a-zçəğıöşü]{3})|\b(on)(?=d[ae] [a-z])"
    ),
}


def loose_values(text: str, lang: str) -> frozenset[str]:
    """Values that words of `text` may stand for: сутки -> 24, двухдневный -> 2, fourfold -> 4."""
    small = lower(text, lang).replace("ё", "е")
    values: set[str] = set()
    for pattern, meant in _LOOSE_PATTERNS[lang]:
        if pattern.search(small):
            values |= meant
    table = numerals(lang)
    for match in _COMPOUND[lang].finditer(small):
        word = match[1] or match[match.lastindex or 1]
        if lang == "ru":
            values |= {str(_RU_PREFIX[word]), str(_RU_PREFIX[word] + _RU_PREFIX.get(match[2], 0))}
        elif atom := table.get(word):
            values.add(str(atom.value))
    return frozenset(values)


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
        return not one.values & loose and one.surface not in ("семью", "третьи", "третьих")
    return one.kind != "vague"


def _out_of_place(one: Quantity) -> bool:
    """Must this quantity of the translation come from the source?"""
    if one.kind in ("word", "ordinal"):
        return not one.values & {"0", "1", "2", "100", "1000", "1000000", "1000000000"}
    return one.kind != "vague"
