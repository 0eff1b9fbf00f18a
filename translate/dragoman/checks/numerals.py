"""Number words of Russian, English and Azerbaijani, in all their forms.

A table maps a lower-case word to an `Atom`. Russian forms follow Zaliznyak's paradigms of the
numerals, Azerbaijani ones the case and possessive endings that stand after numerals.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from dragoman.languages.az_letters import harmonise
from dragoman.languages.az_numerals import number_words, ordinal_words
from dragoman.languages.text import words

AtomKind = Literal["unit", "teen", "ten", "hundred", "times_hundred", "scale"]


@dataclass(frozen=True, slots=True)
class Atom:
    """One number word: `kind` says what may stand before and after it."""

    value: int
    kind: AtomKind
    ordinal: bool = False
    final: bool = False  # inflected in Azerbaijani, where only the last word is: nothing follows
    bound: bool = False  # only after another number word: dörd yüz onu, but onu alone is "it"
    vague: bool = False  # тысячи людей: no number unless one stands before


_RU_CARDINALS = {
    0: "ноль ноля нолю нолем нуль нуля нулю нулем",
    1: "один одна одно одного одной одному одним одном одну",
    2: "два две двух двум двумя",
    3: "три трех трем тремя",
    4: "четыре четырех четырем четырьмя",
    5: "пять пяти пятью",
    6: "шесть шести шестью",
    7: "семь семи семью",
    8: "восемь восьми восемью восьмью",
    9: "девять девяти девятью",
    10: "десять десяти десятью",
    11: "одиннадцать одиннадцати одиннадцатью",
    12: "двенадцать двенадцати двенадцатью",
    13: "тринадцать тринадцати тринадцатью",
    14: "четырнадцать четырнадцати четырнадцатью",
    15: "пятнадцать пятнадцати пятнадцатью",
    16: "шестнадцать шестнадцати шестнадцатью",
    17: "семнадцать семнадцати семнадцатью",
    18: "восемнадцать восемнадцати восемнадцатью",
    19: "девятнадцать девятнадцати девятнадцатью",
    20: "двадцать двадцати двадцатью",
    30: "тридцать тридцати тридцатью",
    40: "сорок сорока",
    50: "пятьдесят пятидесяти пятьюдесятью",
    60: "шестьдесят шестидесяти шестьюдесятью",
    70: "семьдесят семидесяти семьюдесятью",
    80: "восемьдесят восьмидесяти восемьюдесятью",
    90: "девяносто девяноста",
    100: "сто ста",
    200: "двести двухсот двумстам двумястами двухстах",
    300: "триста трехсот тремстам тремястами трехстах",
    400: "четыреста четырехсот четыремстам четырьмястами четырехстах",
    500: "пятьсот пятисот пятистам пятьюстами пятистах",
    600: "шестьсот шестисот шестистам шестьюстами шестистах",
    700: "семьсот семисот семистам семьюстами семистах",
    800: "восемьсот восьмисот восьмистам восьмистах",
    900: "девятьсот девятисот девятистам девятистах",
}
_RU_ORDINAL_STEMS = {
    1: "перв", 4: "четверт", 5: "пят", 9: "девят", 10: "десят", 11: "одиннадцат",
    12: "двенадцат", 13: "тринадцат", 14: "четырнадцат", 15: "пятнадцат", 16: "шестнадцат",
    17: "семнадцат", 18: "восемнадцат", 19: "девятнадцат", 20: "двадцат", 30: "тридцат",
    90: "девяност", 100: "сот", 200: "двухсот", 300: "трехсот", 400: "четырехсот",
    500: "пятисот", 600: "шестисот", 800: "восьмисот", 1_000: "тысячн", 10**6: "миллионн",
}  # fmt: skip
_RU_ORDINAL_STEMS_OY = {
    2: "втор", 6: "шест", 7: "седьм", 8: "восьм", 40: "сороков", 50: "пятидесят",
    60: "шестидесят", 70: "семидесят", 80: "восьмидесят",
}  # fmt: skip
_RU_ADJECTIVE = words("ого ому ым ом ая ой ую ое ые ых ыми")
_RU_THIRD = (
    "третий третья третье третьи третьего третьей третьему третьим третьем третью третьих третьими"
)
_RU_SCALES = {
    10: (
        "десяток десятка десятку десятком десятке",
        "десятки десятков десяткам десятками десятках",
    ),
    100: ("сотня сотню сотне сотней", "сотни сотен сотням сотнями сотнях"),
    1_000: ("тысяча тысячу тысяче тысячей тысячью тыс", "тысячи тысяч тысячам тысячами тысячах"),
    10**6: (
        "миллион миллиона миллиону миллионом миллионе млн",
        "миллионы миллионов миллионам миллионами миллионах",
    ),
    10**9: (
        "миллиард миллиарда миллиарду миллиардом миллиарде млрд",
        "миллиарды миллиардов миллиардам миллиардами миллиардах",
    ),
    10**12: (
        "триллион триллиона триллионом триллионе трлн",
        "триллионы триллионов триллионам триллионами",
    ),
}  # fmt: skip

_RU_COLLECTIVE = {
    2: "двое двоих двоим двоими", 3: "трое троих троим троими", 4: "четверо четверых четверым",
    5: "пятеро пятерых пятерым", 6: "шестеро шестерых шестерым", 7: "семеро семерых семерым",
    8: "восьмеро восьмерых восьмерым", 9: "девятеро девятерых девятерым",
    10: "десятеро десятерых десятерым",
}  # fmt: skip

_EN_NUMBERS = {
    "zero": "zeroth", "one": "first", "two": "second", "three": "third", "four": "fourth",
    "five": "fifth", "six": "sixth", "seven": "seventh", "eight": "eighth", "nine": "ninth",
    "ten": "tenth", "eleven": "eleventh", "twelve": "twelfth", "thirteen": "thirteenth",
    "fourteen": "fourteenth", "fifteen": "fifteenth", "sixteen": "sixteenth",
    "seventeen": "seventeenth", "eighteen": "eighteenth", "nineteen": "nineteenth",
}  # fmt: skip
_EN_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_EN_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}

_AZ_VALUES = (*range(11), *range(20, 101, 10), 1_000, 10**6, 10**9)
# After "on" most endings make forms of the pronoun "o" (onun, ona, ondan): only these are numbers.
_AZ_ON = ("on", "onluq", "onadək")


def _kind(value: int) -> AtomKind:
    if value >= 1_000:
        return "scale"
    if value >= 100:
        return "hundred"
    if value >= 20:
        return "ten"
    return "teen" if value >= 10 else "unit"


def _russian() -> dict[str, Atom]:
    table: dict[str, Atom] = {}
    for value, forms in _RU_CARDINALS.items():
        table |= {form: Atom(value, _kind(value)) for form in forms.split()}
    endings = [(_RU_ORDINAL_STEMS, "ый"), (_RU_ORDINAL_STEMS_OY, "ой")]
    for stems, nominative in endings:
        for value, stem in stems.items():
            for ending in (nominative, *_RU_ADJECTIVE):
                table.setdefault(stem + ending, Atom(value, _kind(value), ordinal=True))
    for value, forms in _RU_COLLECTIVE.items():
        table |= {form: Atom(value, "unit") for form in forms.split()}
    table |= {form: Atom(3, "unit", ordinal=True) for form in _RU_THIRD.split()}
    for value, (singular, plural) in _RU_SCALES.items():
        table |= {form: Atom(value, "scale", vague=value < 1_000) for form in singular.split()}
        table |= {form: Atom(value, "scale", vague=True) for form in plural.split()}
    return table


def _english() -> dict[str, Atom]:
    table: dict[str, Atom] = {}
    for value, (word, ordinal) in enumerate(_EN_NUMBERS.items()):
        table[word] = Atom(value, _kind(value))
        table[ordinal] = Atom(value, _kind(value), ordinal=True)
        if ordinal != "second":  # seconds are a unit of time
            table[ordinal + "s"] = table[ordinal]
    for word, value in _EN_TENS.items():
        table[word] = Atom(value, "ten")
        table[word[:-1] + "ies"] = Atom(value, "ten")
        table[word[:-1] + "ieth"] = Atom(value, "ten", ordinal=True)
    table["hundred"] = Atom(100, "times_hundred")
    table["hundredth"] = Atom(100, "times_hundred", ordinal=True)
    table["hundredths"] = Atom(100, "hundred", ordinal=True)
    table["hundreds"] = Atom(100, "times_hundred", vague=True)
    for word, value in _EN_SCALES.items():
        table[word] = Atom(value, "scale")
        table[word + "th"] = Atom(value, "scale", ordinal=True)
        table[word + "s"] = Atom(value, "scale", vague=True)
    return table | {"bn": Atom(10**9, "scale"), "mln": Atom(10**6, "scale")}


# Case, possessive, predicate and deriving endings that may follow a numeral (A and I harmonise).
_AZ_ENDINGS = words(
    "I In InI IndA IndAn InA sI sIn sInI sInIn sInA sIndA sIndAn A yA dA dAn nI nIn dAkI lI lIq "
    "lIk dIr Adək yAdək nA nIn InIn dək"
)


def _inflected(root: str) -> tuple[str, ...]:
    return (root, *(root + harmonise(ending, root) for ending in _AZ_ENDINGS))


# Altında is "under it", üçün is "for", mini- and minin are other words.
_AZ_OTHER_WORDS = words("altında altından altını altının altına üçün minin mini birdə birdən")


def _azerbaijani() -> dict[str, Atom]:
    table: dict[str, Atom] = {}
    for value in _AZ_VALUES:
        root = number_words(value).rpartition(" ")[2]
        kind: AtomKind = "times_hundred" if value == 100 else "ten" if value == 10 else _kind(value)
        for form in _inflected(root):
            bound = form in _AZ_OTHER_WORDS or (root == "on" and form not in _AZ_ON)
            table[form] = Atom(value, kind, final=form != root, bound=bound)
        for form in _inflected(ordinal_words(value).rpartition(" ")[2]):
            table[form] = Atom(value, kind, ordinal=True)
    for value in (100, 1_000, 10**6):  # yüzlərlə, minlərlə, milyonlarla
        root = number_words(value).rpartition(" ")[2]
        plural = root + harmonise("lAr", root)
        kind = "times_hundred" if value == 100 else "scale"
        for form in (*_inflected(plural), plural + harmonise("lA", plural)):
            table[form] = Atom(value, kind, vague=True, final=True)
    return table | {"mln": Atom(10**6, "scale"), "mlrd": Atom(10**9, "scale")}


@lru_cache(maxsize=3)
def numerals(lang: str) -> dict[str, Atom]:
    """Every number word of `lang` ("ru", "en" or "az") in lower case, ё written as е."""
    return {"ru": _russian, "en": _english, "az": _azerbaijani}[lang]()
