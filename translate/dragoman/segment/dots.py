"""Rules about a full stop that may belong to an abbreviation, an initial or a number.

Each says CUT, KEEP or nothing (None) about a `Boundary`; `rules` has the order. The words are in
`abbreviations`; where they leave it open, `predicates` asks whether both sides are sentences.
"""

from __future__ import annotations

import re

from dragoman.segment import abbreviations as abbr
from dragoman.segment.boundaries import CUT, KEEP, OPENING_QUOTES, Boundary
from dragoman.segment.predicates import (
    can_begin,
    has_agent,
    has_predicate,
    is_common_word,
    is_complete,
    may_be_surname,
)

_SURNAME_FIRST = re.compile(r"(?P<surname>[А-ЯЁ][а-яё]+(?:-[А-ЯЁа-яё]+)?) (?:[А-ЯЁ]\. ?)?[А-ЯЁ]$")
# A letter that is the name of something: категория В, окно D.
_GRADE = re.compile(
    r"(?:букв|категори|класс|групп|витамин|гепатит|сектор|корпус|блок|литер|тип|уровн|виз|форм|зон|"
    r"вариант|част)[а-я]* «?[^\W\d_]$|[а-яё] [A-Z]$",
    re.IGNORECASE,
)
_YEAR = re.compile(
    r"(?<![\w.])(?:\d{1,2}\.\d{1,2}\.)?(?:1\d|20)\d\d(?:[-–—/](?:\d\d){1,2})?(?:-[а-яё]{1,2})?"
    r" ?гг?$|\b[IVXХ]+(?: ?[-–—] ?[IVXХ]+)? ?(?:вв?|кв)$",
    re.IGNORECASE,
)
_QUANTITY = re.compile(
    r"(?:\d|\b(?:тыс|млн|млрд|трлн)\.?|\b(?:кв|куб)\.?) ?[а-яёa-z]+$", re.IGNORECASE
)
# The number that follows a unit and belongs to it: 20 коп., 30 мин.
_SMALLER = re.compile(rf"[\d ,]+ ?({'|'.join(sorted(abbr.UNITS))})\b", re.IGNORECASE)
_PAIR_INSIDE = re.compile(rf"(?:^|[^\w])(?:{abbr.PAIRS_INSIDE})$", re.IGNORECASE)
_PAIR_AT_END = re.compile(rf"(?:^|[^\w])(?:{abbr.PAIRS_AT_END})$", re.IGNORECASE)
_AND_OTHERS = re.compile(r"\bи (?:пр|проч|др|мн\. ?др)$", re.IGNORECASE)
_ACT_TITLE = re.compile(r"[«„“\"]\s?(?:О|Об|Обо) ")


def initial(b: Boundary) -> bool | None:
    """А. Виторино; but Гусейнов В. М. Затем."""
    word = b.last_word.split("-")[-1]
    is_letter = len(word) == 1 and word.isupper()
    if not b.is_dot or b.closers or not (is_letter or _is_long_initial(b.last_word)):
        return None
    if b.right[0] in OPENING_QUOTES:
        return CUT if _SURNAME_FIRST.search(b.tail) else None
    if not b.first_word or _is_initial_next(b):
        return KEEP
    if _opens_sentence(b):
        return CUT
    surname = _SURNAME_FIRST.search(b.tail)
    is_no_initial = (surname and may_be_surname(surname["surname"])) or _GRADE.search(b.tail)
    return CUT if is_no_initial and is_common_word(b.first_word) else KEEP


def inner_pair(b: Boundary) -> bool | None:
    """т. е., т. н., в т. ч., и. о., к. ю. н.: the rest of the sentence follows."""
    return KEEP if b.is_dot and _PAIR_INSIDE.search(b.tail) else None


def act_title(b: Boundary) -> bool | None:
    """Закон от 2013 г. «О миграции»: the title of an act follows its date."""
    return KEEP if b.is_dot and _YEAR.search(b.tail) and _ACT_TITLE.match(b.right) else None


def year_or_century(b: Boundary) -> bool | None:
    """В 2023 г. Азербайджан …; but Документ подписан в 2023 г. Баку принял гостей."""
    return _by_grammar(b) if b.is_dot and _YEAR.search(b.tail) else None


def month(b: Boundary) -> bool | None:
    """12 окт. 2023 г."""
    if not b.is_dot or b.last_word.lower() not in abbr.MONTHS:
        return None
    return KEEP if b.right[0].isdigit() else _by_grammar(b)


def quantity(b: Boundary) -> bool | None:
    """1,5 млн. долл. США, 5 руб. 20 коп.; but Принято 57 чел. 12 из них – иностранцы."""
    word = b.last_word.lower()
    if not b.is_dot:
        return None
    if word in abbr.CURRENCIES and b.first_word.lower() in abbr.CURRENCY_OWNERS:
        return KEEP
    counted = word in abbr.UNITS and _QUANTITY.search(b.tail)
    if not counted and word not in abbr.MULTIPLIERS:
        return None
    is_code = len(b.first_word) == 3 and b.first_word.isascii() and b.first_word.isupper()
    smaller = _SMALLER.match(b.right) if word in abbr.BEFORE_SMALLER else None
    goes_on = b.right[0].isdigit() and (
        word in abbr.MULTIPLIERS or (smaller is not None and smaller[1].lower() != word)
    )
    return KEEP if goes_on or is_code else _by_grammar(b)


def and_so_on(b: Boundary) -> bool | None:
    """и др., и т. д.: the end of a sentence only where both sides can stand alone."""
    known = (
        b.last_word.lower() in abbr.AT_END_OR_INSIDE
        or _AND_OTHERS.search(b.tail)
        or _PAIR_AT_END.search(b.tail)
    )
    return _by_grammar(b) if b.is_dot and known else None


def abbreviation(b: Boundary) -> bool | None:
    """г. Баку, ул. Низами, проф. Алиев, ст. 5: the complement follows."""
    word = b.last_word.lower()
    if not b.is_dot or b.closers or word not in abbr.BEFORE_COMPLEMENT:
        return None
    opens = _opens_sentence(b) and len(b.first_word) > 1  # корп. А, кв. В
    if opens and word not in abbr.BEFORE_SENTENCE:
        return CUT
    before = b.tail.split()[-2:-1]
    if b.last_word == "им" and before and has_predicate(before[0]):
        return CUT  # the pronoun
    return KEEP


def abbreviation_or_word(b: Boundary) -> bool | None:
    """в гор. Баку, тел. 12; but среди гор. Стороны"""
    if not b.is_dot or b.closers or b.last_word not in abbr.BEFORE_NAME:
        return None
    is_complement = b.right[0].isdigit() or not is_common_word(b.first_word)
    return KEEP if is_complement and not _opens_sentence(b) else CUT


def letter_of_number(b: Boundary) -> bool | None:
    """Boeing 747-8F. Затем: no initial, which razdel takes it for."""
    return CUT if b.is_dot and re.search(r"\d[^\W\d_]$", b.tail) else None


def ordinary_word(b: Boundary) -> bool | None:
    """рассказал о нем. Затем: a word that razdel takes for an abbreviation."""
    return CUT if b.is_dot and b.last_word in abbr.ORDINARY and not b.right[0].isdigit() else None


def _by_grammar(b: Boundary) -> bool:
    """The dot may be the abbreviation's alone: a sentence ends where both sides can stand."""
    if _opens_sentence(b):
        return CUT
    if not is_complete(b.left) or has_agent(b.left, b.right):
        return KEEP
    return CUT if can_begin(b.right) else KEEP


def _opens_sentence(b: Boundary) -> bool:
    """A capital preposition, pronoun, conjunction or the like: no name and no complement."""
    word = b.first_word
    if not word or not b.right.startswith(word) or word.lower() not in abbr.OPENERS:
        return False
    return word.istitle() and b.right[len(word) : len(word) + 1] != "."


def _is_initial_next(b: Boundary) -> bool:
    return re.match(r"[^\W\d_]{1,2}\.", b.right) is not None


def _is_long_initial(word: str) -> bool:
    return word.istitle() and word.lower() in abbr.LONG_INITIALS
