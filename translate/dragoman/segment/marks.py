"""Rules about marks, quotes, brackets, dashes and lists: what any reader of Russian sees.

Each says CUT, KEEP or nothing (None) about a `Boundary`; `rules` has the order.
"""

from __future__ import annotations

import re

from dragoman.segment import abbreviations as abbr
from dragoman.segment.boundaries import CUT, KEEP, OPENING_QUOTES, Boundary
from dragoman.segment.predicates import can_begin, has_predicate

_LONGEST_QUOTE = 600  # characters; longer is a speech, and its sentences are translated singly
_LONGEST_REMARK = 400
_HAS_WORD = re.compile(r"\w")
_OPENERS_AND_LETTER = re.compile(r"[«„“\"(\[‹ ]*([^\W\d_])")
_LATIN_NAME = re.compile(r"e-[A-Z]|i[A-Z]|my[A-Z]|www\.|https?://|[\w-]+\.(?:gov|com|org|az)\b")
_ITEM_LETTER = re.compile(r"[а-яa-z]\) ?\S")
_DASH = re.compile(r"[–—-] ")
_NUMBER_ONLY = re.compile(r"[(]?(?:\d{1,2}(?:\.\d{1,2})*|[IVXLC]{1,5})$|.{1,300}: [1I]$")
_HEADING_NUMBER = re.compile(rf"{abbr.NUMBERED} (?:№ ?)?(?:\d+(?:\.\d+)*|[IVXLC]+)$", re.I)
_SPACED_DATE = re.compile(
    r"\b\d{1,2}\.? ?(?:\d{1,2})?¦\d{1,2}\. ?\d{4}\b|\b\d{1,2}\. ?\d{1,2}¦\d{4}\b"
)


def nothing_before(b: Boundary) -> bool | None:
    """… at the head of a sentence ends nothing."""
    return None if _HAS_WORD.search(b.left) else KEEP


def nothing_after(b: Boundary) -> bool | None:
    """Only signs follow: they belong to this sentence."""
    return None if _HAS_WORD.search(b.right) else KEEP


def space_forgotten(b: Boundary) -> bool | None:
    """сотрудничества.Затем; a short word may be an abbreviation (гор.Баку), unless Он follows."""
    if b.onward > b.stop:
        return None
    word = b.last_word
    if abbr.is_abbreviation(word) or word.lower() in abbr.AT_END_OR_INSIDE:
        return KEEP
    short = word.islower() and len(word) == 3
    return KEEP if short and b.first_word.lower() not in abbr.OPENERS else CUT


def sentence_goes_on(b: Boundary) -> bool | None:
    """A comma, a colon or a closing sign follows: т. д., … ; !», – …"""
    return KEEP if b.right[0] in ",;:.!?…»›)]%" else None


def inside_brackets(b: Boundary) -> bool | None:
    """(Фото: пресс-служба. Автор: А. Алиев) stays whole."""
    return KEEP if 0 < b.within(quotes=False) <= _LONGEST_REMARK else None


def bracketed_remark(b: Boundary) -> bool | None:
    """A remark in brackets that fills the rest of a sentence belongs to the one before it."""
    pair = next(iter(b.pairs.opened(b.onward, b.onward + 1)), None)
    if pair is None or pair.is_quote or pair.close - pair.open > _LONGEST_REMARK:
        return None
    behind = b.text[pair.close + 1 :][:40].lstrip(".!?… ")
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
    is_word = (
        len(b.last_word) >= 4 and b.last_word.islower() and not abbr.is_abbreviation(b.last_word)
    )
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
    near = f"{b.tail[-8:]}¦{b.right[:9]}"
    return KEEP if b.is_dot and _SPACED_DATE.search(near) else None


def mark_in_name(b: Boundary) -> bool | None:
    """В рамках акции «Мы едины!» Служба провела …: the mark is part of the name."""
    pair = b.closing_pair
    if b.is_dot or pair is None:
        return None
    before = b.text[b.begun : pair.open].rstrip()
    if not before or before[-1] in ":–—-":
        return None
    return CUT if has_predicate(before) and can_begin(b.right) else KEEP


def _starts_small(text: str) -> bool:
    found = _OPENERS_AND_LETTER.match(text)
    return found is not None and found[1].islower()


def _capital_or_figure(text: str) -> bool:
    return text[0].isalnum() or text[0] in OPENING_QUOTES
