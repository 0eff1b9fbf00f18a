"""Azerbaijani numerals in words, and ordinals.

A suffix after digits agrees with the number as it is said: 8-ci (səkkizinci), 10-cu
(onuncu), 40-dan (qırxdan). Nouns after a numeral stay singular.
"""

from __future__ import annotations

from typing import Final

from dragoman.languages.az_letters import VOWELS, harmonise

_UNITS: Final = ("sıfır", "bir", "iki", "üç", "dörd", "beş", "altı", "yeddi", "səkkiz", "doqquz")
_TENS: Final = (
    "", "on", "iyirmi", "otuz", "qırx", "əlli", "altmış", "yetmiş", "səksən", "doxsan",
)  # fmt: skip
_GREAT: Final = ((10**9, "milyard"), (10**6, "milyon"), (1000, "min"))


def number_words(number: int) -> str:
    """`number` in words, up to 999 milyard: 2024 -> ``iki min iyirmi dörd``.

    Raises ValueError for a negative number or one of 10**12 and more.
    """
    if not 0 <= number < 10**12:
        raise ValueError(f"cannot say {number}: only 0 to 999999999999 are known")
    if number == 0:
        return _UNITS[0]
    words: list[str] = []
    for value, name in _GREAT:
        count, number = divmod(number, value)
        if count:
            # "min" alone says one thousand; milyon and milyard need their "bir".
            words += [name] if value == 1000 and count == 1 else [_below_1000(count), name]
    if number:
        words.append(_below_1000(number))
    return " ".join(words)


def _below_1000(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    tens, units = divmod(rest, 10)
    words = []
    if hundreds:
        words += ["yüz"] if hundreds == 1 else [_UNITS[hundreds], "yüz"]
    words += [_TENS[tens]] if tens else []
    words += [_UNITS[units]] if units else []
    return " ".join(words)


def spoken_tail(number: int) -> str:
    """The last word of `number` as it is said: 2024 -> ``dörd``, 300 -> ``yüz``."""
    return number_words(number % 10**12).rpartition(" ")[2]


def ordinal_suffix(number: int) -> str:
    """-cI in harmony: ``ci``, ``cı``, ``cu`` or ``cü``."""
    tail = spoken_tail(number)
    spoken = tail + harmonise("ncI" if tail[-1] in VOWELS else "IncI", tail)
    return "c" + spoken[-1]


def ordinal(number: int) -> str:
    """The ordinal in digits: 8 -> ``8-ci``, 6 -> ``6-cı``, 10 -> ``10-cu``."""
    return f"{number}-{ordinal_suffix(number)}"


def ordinal_words(number: int) -> str:
    """The ordinal in words: 8 -> ``səkkizinci``, 4 -> ``dördüncü``."""
    words = number_words(number)
    if words.endswith("dörd"):
        return words[:-1] + "düncü"
    return words + harmonise("ncI" if words[-1] in VOWELS else "IncI", words)
