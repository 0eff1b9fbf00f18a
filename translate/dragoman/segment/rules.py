"""The rules that decide whether a sentence ends, in the order they are asked.

Each takes a `Boundary` and says CUT, KEEP or nothing; the first that speaks decides, and its
name is the explanation. What none of them knows goes to razdel's own rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dragoman.segment import abbreviations as abbr
from dragoman.segment.boundaries import OPENING_QUOTES, Boundary
from dragoman.segment.predicates import (
    has_agent,
    has_predicate,
    is_common_word,
    is_complete,
    may_be_surname,
)

CUT, KEEP = True, False
Rule = Callable[[Boundary], bool | None]

_LONGEST_QUOTE = 600  # characters; longer is a speech, and its sentences are translated singly
_LONGEST_REMARK = 400

_HAS_WORD = re.compile(r"\w")
_OPENERS_AND_LETTER = re.compile(r"[«„“\"(\[‹ ]*([^\W\d_])")
_LATIN_NAME = re.compile(r"e-[A-Z]|i[A-Z]|my[A-Z]|www\.|https?://|[\w-]+\.(?:gov|com|org|az)\b")
_ITEM_LETTER = re.compile(r"[а-яa-z]\) ?\S")
_DASH = re.compile(r"[–—-] ")
_NUMBER_ONLY = re.compile(r"[(]?(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,5})$|.*: [1I]$")
_HEADING_NUMBER = re.compile(rf"{abbr.NUMBERED} (?:№ ?)?(?:\d+(?:\.\d+)*|[IVXLC]+)$", re.I)
_SPACED_DATE = re.compile(
    r"\b\d{1,2}\.? ?(?:\d{1,2})?¦\d{1,2}\. ?\d{4}\b|\b\d{1,2}\. ?\d{1,2}¦\d{4}\b"
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
_PAIR_INSIDE = re.compile(rf"(?:^|[^\w])(?:{abbr.PAIRS_INSIDE})$", re.IGNORECASE)
_PAIR_AT_END = re.compile(rf"(?:^|[^\w])(?:{abbr.PAIRS_AT_END})$", re.IGNORECASE)
_AND_OTHERS = re.compile(r"\bи (?:пр|проч|др|мн\. ?др)$", re.IGNORECASE)
_ACT_TITLE = re.compile(r"[«„“\"]\s?(?:О|Об|Обо) ")
_NEXT_END = re.compile(r"(?<=\w\w\w)[.!?…]+(?=[»”\")]*(?: |$))")


def nothing_before(b: Boundary) -> bool | None:
    """… at the head of a sentence ends nothing."""
    return None if _HAS_WORD.search(b.left) else KEEP


def nothing_after(b: Boundary) -> bool | None:
    """Only signs follow: they belong to this sentence."""
    return None if _HAS_WORD.search(b.right) else KEEP


def sentence_goes_on(b: Boundary) -> bool | None:
    """A comma, a colon or a closing sign follows: т. д., … ; !», – …"""
    return KEEP if b.right[0] in ",;:.!?…»›)]%" else None


def inside_brackets(b: Boundary) -> bool | None:
    """(Фото: пресс-служба. Автор: А. Алиев) stays whole."""
    return KEEP if 0 < b.within(quotes=False) <= _LONGEST_REMARK else None


def bracketed_remark(b: Boundary) -> bool | None:
    """A remark in brackets that fills the rest of a sentence belongs to the one before it."""
    pair = next((p for p in b.pairs if p.open == b.onward and not p.is_quote), None)
    if pair is None or pair.close - pair.open > _LONGEST_REMARK:
        return None
    behind = b.text[pair.close + 1 :].lstrip(".!?… ")
    fills = not behind or (_capital_or_figure(behind) and not _starts_small(behind))
    return KEEP if fills else None


def inside_quotes(b: Boundary) -> bool | None:
    """A quotation of several sentences stays in the sentence that quotes it."""
    return KEEP if 0 < b.within(quotes=True) <= _LONGEST_QUOTE else None


def list_letter(b: Boundary) -> bool | None:
    """а) первое. б) второе."""
    return CUT if b.is_dot and _ITEM_LETTER.match(b.right) else None


def latin_name_follows(b: Boundary) -> bool | None:
    """Услуга доступна онлайн. e-Visa …: a name that is written with a small letter."""
    is_word = len(b.last_word) >= 4 and b.last_word.islower() and not _is_abbreviation(b.last_word)
    return CUT if is_word and _LATIN_NAME.match(b.right) else None


def small_letter_follows(b: Boundary) -> bool | None:
    """No sentence begins with a small letter."""
    return KEEP if _starts_small(b.right) else None


def dash_follows(b: Boundary) -> bool | None:
    """«…!» – сказал он. – Оно развивается: direct speech goes on."""
    return KEEP if _DASH.match(b.right) else None


def list_number(b: Boundary) -> bool | None:
    """1. Регулирование миграции: the number belongs to its item."""
    return KEEP if b.is_dot and _NUMBER_ONLY.match(b.left) else None


def numbered_heading(b: Boundary) -> bool | None:
    """Статья 5. Права мигрантов."""
    return KEEP if b.is_dot and _HEADING_NUMBER.match(b.left) else None


def spaced_date(b: Boundary) -> bool | None:
    """05. 06. 2024"""
    near = f"{b.left[-8:]}¦{b.right[:9]}"
    return KEEP if b.is_dot and _SPACED_DATE.search(near) else None


def initial(b: Boundary) -> bool | None:
    """А. Виторино; but Гусейнов В. М. Затем."""
    word = b.last_word.split("-")[-1]
    is_letter = len(word) == 1 and word.isupper()
    if not b.is_dot or b.closers or not (is_letter or _is_long_initial(b.last_word)):
        return None
    if b.right[0] in OPENING_QUOTES:
        return CUT if _SURNAME_FIRST.search(b.left) else None
    if not b.first_word or _is_initial_next(b):
        return KEEP
    if _opens_sentence(b):
        return CUT
    surname = _SURNAME_FIRST.search(b.left)
    is_no_initial = (surname and may_be_surname(surname["surname"])) or _GRADE.search(b.left)
    return CUT if is_no_initial and is_common_word(b.first_word) else KEEP


def inner_pair(b: Boundary) -> bool | None:
    """т. е., т. н., в т. ч., и. о., к. ю. н.: the rest of the sentence follows."""
    return KEEP if b.is_dot and _PAIR_INSIDE.search(b.left) else None


def act_title(b: Boundary) -> bool | None:
    """Закон от 2013 г. «О миграции»: the title of an act follows its date."""
    return KEEP if b.is_dot and _YEAR.search(b.left) and _ACT_TITLE.match(b.right) else None


def year_or_century(b: Boundary) -> bool | None:
    """В 2023 г. Азербайджан …; but Документ подписан в 2023 г. Баку принял гостей."""
    return _by_grammar(b) if b.is_dot and _YEAR.search(b.left) else None


def month(b: Boundary) -> bool | None:
    """12 окт. 2023 г."""
    if not b.is_dot or b.last_word.lower() not in abbr.MONTHS:
        return None
    return KEEP if b.right[0].isdigit() else _by_grammar(b)


def quantity(b: Boundary) -> bool | None:
    """1,5 млн. долл. США; but Выделено 200 тыс. Средства поступили."""
    word = b.last_word.lower()
    if not b.is_dot:
        return None
    if word in abbr.CURRENCIES and b.first_word.lower() in abbr.CURRENCY_OWNERS:
        return KEEP
    counted = word in abbr.UNITS and _QUANTITY.search(b.left)
    if not counted and word not in abbr.MULTIPLIERS:
        return None
    is_code = len(b.first_word) == 3 and b.first_word.isascii() and b.first_word.isupper()
    return KEEP if b.right[0].isdigit() or is_code else _by_grammar(b)


def and_so_on(b: Boundary) -> bool | None:
    """и др., и т. д.: the end of a sentence only where both sides can stand alone."""
    known = (
        b.last_word.lower() in abbr.AT_END_OR_INSIDE
        or _AND_OTHERS.search(b.left)
        or _PAIR_AT_END.search(b.left)
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
    before = b.left.split()[-2:-1]
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
    return CUT if b.is_dot and re.search(r"\d[^\W\d_]$", b.left) else None


def mark_in_name(b: Boundary) -> bool | None:
    """В рамках акции «Мы едины!» Служба провела …: the mark is part of the name."""
    pair = b.closing_pair
    if b.is_dot or pair is None:
        return None
    before = b.text[b.begun : pair.open].rstrip()
    if not before or before[-1] in ":–—-":
        return None
    return CUT if has_predicate(before) and _right_stands(b) else KEEP


def ordinary_word(b: Boundary) -> bool | None:
    """рассказал о нем. Затем: a word that razdel takes for an abbreviation."""
    return CUT if b.is_dot and b.last_word in abbr.ORDINARY and not b.right[0].isdigit() else None


def space_forgotten(b: Boundary) -> bool | None:
    """сотрудничества.Затем"""
    if b.onward > b.stop:
        return None
    return KEEP if _is_abbreviation(b.last_word) else CUT


RULES: tuple[Rule, ...] = (
    nothing_before,
    nothing_after,
    space_forgotten,
    sentence_goes_on,
    inside_brackets,
    bracketed_remark,
    inside_quotes,
    list_letter,
    latin_name_follows,
    small_letter_follows,
    dash_follows,
    list_number,
    numbered_heading,
    spaced_date,
    initial,
    inner_pair,
    act_title,
    year_or_century,
    month,
    quantity,
    and_so_on,
    abbreviation,
    abbreviation_or_word,
    letter_of_number,
    mark_in_name,
    ordinary_word,
)


def _by_grammar(b: Boundary) -> bool:
    """The dot may be the abbreviation's alone: a sentence ends where both sides can stand."""
    if _opens_sentence(b):
        return CUT
    if not is_complete(b.left) or has_agent(b.left, b.right):
        return KEEP
    return CUT if _right_stands(b) else KEEP


def _right_stands(b: Boundary) -> bool:
    end = _NEXT_END.search(b.right)
    return has_predicate(b.right[: end.start()] if end else b.right)


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


def _is_abbreviation(word: str) -> bool:
    groups = (abbr.BEFORE_COMPLEMENT, abbr.BEFORE_NAME, abbr.MULTIPLIERS, abbr.MONTHS, abbr.UNITS)
    return any(word.lower() in group for group in groups)


def _starts_small(text: str) -> bool:
    found = _OPENERS_AND_LETTER.match(text)
    return found is not None and found[1].islower()


def _capital_or_figure(text: str) -> bool:
    return text[0].isalnum() or text[0] in OPENING_QUOTES
