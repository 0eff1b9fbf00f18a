"""Words that may stand for a number on the other side without asking for one themselves.

Сутки may become 24 hours, a dozen twelve, twice iki dəfə. Each stem (a regular expression, matched
at the start of a word) goes with the values it may stand for.
"""

from __future__ import annotations

import re

from dragoman.checks.numerals import numerals
from dragoman.checks.pair import folded

_STEMS = {
    "ru": {
        "сут(?:ки|ок|кам|ками|ках|очн)": "24",
        "круглосуточн": "24",
        "столети|век": "100",
        "десятилет|декад|десятк": "10",
        "двадцатилет|двадцатк": "20",
        "полдень|полдн": "12 12:00",
        "полноч": "0 24 0:00 24:00",
        "вдво|дважды|пар[ауые]|об[ае]|двойн": "2",
        "третьек|утро[ие]|трехмилл|трехлет|втро|трижды|тройн|тройк": "3",
        r"трет(?:ь|и|ью|ей|ям|ями|ях)\b": "3",
        "вчетверо|учетвер|четверо|четверт|четырежды|четверк": "4",
        "четверть|четверти": "4 15 25",
        "впятеро|пятилет|пятерк": "5",
        "шестерк": "6",
        "семерк|неделю|недел": "7",
        "восьмерк": "8",
        "девятк": "9",
        "дюжин": "12",
        "полови|пол": "0.5 2",
        "полуторн": "1.5",
        "полгода|полугод": "6",
        "квартал": "3",
        "полтораст": "150",
        "полтысяч": "500 1000",
        "пол[уо]?миллион": "500000 1000000",
        "пол[уо]?миллиард": "500000000 1000000000",
        "понедельник|год[аоу]?вщин": "1",  # İş günləri: birinci gündən beşinci günədək
        "вторник": "2",
        "сред[ауы]": "3",
        "четверг": "4",
        "пятниц": "5",
        "суббот": "6",
        "воскресен": "7",
        "вдевятером": "9",
        "ввосьмером": "8",
    },
    "en": {
        r"twice|both|pair|couple|double|two|bi(?:lingual|lateral|annual|monthly)": "2",
        "half": "1.5 0.5",
        "thrice|triple|trilateral|trio": "3",
        "quarter|quadruple": "4",
        "sevens": "7",
        "dozen": "12 10 20 30 40 50 24 36",  # два десятка: two dozen
        "decade": "10",
        "century|centuries|centenary|centennial": "100",
        "fortnight": "14 2",
        "noon|midday": "12 12:00",
        "midnight": "0 24 0:00 24:00",
    },
    "az": {
        "yarım|yarıs": "1.5 0.5",
        "cüt|qoşa": "2",
        "rüb": "3 4",
        "dördillik": "4",
        "onill": "10",
        "yüzill": "100",
        "günorta": "12 12:00",
        "gecəyarı": "0 24 0:00 24:00",
        "sutka": "24",
    },
}
_PATTERNS = {
    lang: tuple(
        (re.compile(rf"\b(?:{stem})"), frozenset(values.split())) for stem, values in table.items()
    )
    for lang, table in _STEMS.items()
}
# First parts of compounds: двухдневный, двадцатисемичасовой.
_RU_PREFIX = {
    "одно": 1, "двух": 2, "трех": 3, "четырех": 4, "пяти": 5, "шести": 6, "семи": 7, "восьми": 8,
    "девяти": 9, "десяти": 10, "одиннадцати": 11, "двенадцати": 12, "тринадцати": 13,
    "четырнадцати": 14, "пятнадцати": 15, "шестнадцати": 16, "семнадцати": 17,
    "восемнадцати": 18, "девятнадцати": 19, "двадцати": 20, "тридцати": 30, "сорока": 40,
    "пятидесяти": 50, "шестидесяти": 60, "семидесяти": 70, "восьмидесяти": 80, "девяносто": 90,
    "сто": 100, "двухсот": 200, "трехсот": 300, "четырехсот": 400, "пятисот": 500,
    "восьмисот": 800, "тысяче": 1_000,
}  # fmt: skip
_RU_UNITS = "|".join(list(_RU_PREFIX)[:9])
_COMPOUND = {
    "ru": re.compile(
        rf"\b({'|'.join(sorted(_RU_PREFIX, key=len, reverse=True))})(?=[а-я]{{3}})"
        rf"(?:({_RU_UNITS})(?=[а-я]{{3}}))?(тысяч|миллион)?"
    ),
    "en": re.compile(r"\b([a-z]+)(?=fold)"),
    "az": re.compile(
        r"\b(bir|iki|üç|dörd|beş|altı|yeddi|səkkiz|doqquz|on|iyirmi|otuz|qırx|əlli|altmış|yetmiş"
        r"|səksən|doxsan|yüz|min)(?=[^\W\d_]{3}|d[aə] )"  # onda üçü: three tenths
    ),
}


def loose_values(text: str, lang: str) -> frozenset[str]:
    """Values that words of `text` may stand for: сутки -> 24, двухдневный -> 2, fourfold -> 4."""
    small = folded(text, lang)
    values: set[str] = set()
    for pattern, meant in _PATTERNS[lang]:
        if pattern.search(small):
            values |= meant
    for match in _COMPOUND[lang].finditer(small):
        if lang == "ru":
            first, second = _RU_PREFIX[match[1]], _RU_PREFIX.get(match[2], 0)
            scale = {"тысяч": 1_000, "миллион": 10**6}.get(match[3], 1)
            values |= {str(first), str((first + second) * scale)}
        elif atom := numerals(lang).get(match[1]):
            values.add(str(atom.value))
    return frozenset(values)
