"""Azerbaijani numerals with case suffixes, and dates.

The suffix follows the number as it is said (`az_numerals`): 15-də, 40-dan, iyunun 5-i.
"""

from __future__ import annotations

from typing import Final

from dragoman.languages.az_numerals import ordinal, spoken_tail
from dragoman.languages.az_phrases import inflect
from dragoman.languages.text import Case

MONTHS: Final = (
    "yanvar", "fevral", "mart", "aprel", "may", "iyun",
    "iyul", "avqust", "sentyabr", "oktyabr", "noyabr", "dekabr",
)  # fmt: skip


def numeral(number: int, case: Case = "nom", *, possessive: bool = False) -> str:
    """`number` in digits with a case suffix: 15, loc -> ``15-də``; 40, abl -> ``40-dan``.

    `possessive` adds the third person that dates and shares carry: 5 -> ``5-i``, 6 -> ``6-sı``.
    """
    tail = spoken_tail(number)
    ending = inflect(tail, case, possessive=possessive, kind="name")[len(tail) :]
    return f"{number}-{ending}" if ending and ending[0] != " " else f"{number}{ending}"


def date(day: int, month: int, year: int | None = None, case: Case = "nom") -> str:
    """A full date: (5, 6, 2024) -> ``5 iyun 2024-cü il``, in the locative ``... ildə``.

    Raises ValueError for a day or month that no calendar has.
    """
    _check(day, month)
    name = MONTHS[month - 1]
    if year is None:
        return f"{day} {inflect(name, case, kind='name')}"
    return f"{day} {name} {ordinal(year)} {inflect('il', case, kind='name')}"


def day_of_month(day: int, month: int, case: Case = "nom") -> str:
    """The day in its month: (5, 6) -> ``iyunun 5-i``, loc -> ``iyunun 5-də``.

    By usage the locative and ablative are written short (5-də, 5-dən, not 5-ində), while the
    dative keeps the possessive n: ``iyunun 5-nə``. Raises ValueError as `date` does.
    """
    _check(day, month)
    month_name = inflect(MONTHS[month - 1], "gen", kind="name")
    if case in ("loc", "abl"):
        return f"{month_name} {numeral(day, case)}"
    if case == "nom":
        return f"{month_name} {numeral(day, possessive=True)}"
    tail = spoken_tail(day)
    possessed = inflect(tail, possessive=True, kind="name")
    if case == "ins":
        return f"{month_name} {numeral(day, possessive=True)} ilə"
    ending = inflect(tail, case, possessive=True, kind="name")[len(possessed) :]
    return f"{month_name} {day}-{ending}"


def _check(day: int, month: int) -> None:
    if not (1 <= month <= 12 and 1 <= day <= 31):
        raise ValueError(f"no such date: day {day}, month {month}")
