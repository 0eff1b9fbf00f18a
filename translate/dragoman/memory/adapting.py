"""A match that differs in nothing but figures and dates, with those of the new sentence put in.

    Принято 10 мер.  10 measures were taken.
    Принято 12 мер.  12 measures were taken.

    Встреча прошла 14 марта 2023 года.  Görüş 2023-cü il martın 14-də keçirilib.
    Встреча прошла 6 мая 2026 года.     Görüş 2026-cı il mayın 6-da keçirilib.

What a person wrote is a better draft than what a model makes anew, as long as no other word has to
change with the figure. So this is done only where the figures are whole numbers, each stands once
in the old Russian and once in its translation, and nothing hangs on it (``8-member``, ``an 8 per
cent rise``, an English ``1``) but an ending that is known: ``10th``, ``10-cu``, ``14-də``. The name
of a month is put in the form in which the old one stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from dragoman.languages import az, en
from dragoman.languages.az_dates import MONTHS, day_of_month, numeral
from dragoman.languages.az_numerals import ordinal
from dragoman.memory.difference import Piece, pieces

_FIGURE = re.compile(r"[1-9]\d{0,8}")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"\w+")
# What makes a figure part of a date, a decimal, a grouped number or a word, before and after it.
_BOUND_BEFORE = re.compile(r"(?:[\w.,:/+-]|\d[ \u00a0\u202f])$")
_BOUND_AFTER = re.compile(r"[\w'’-]|[.,:/]\d|[ \u00a0\u202f]\d")
_ARTICLE = re.compile(r"\b[Aa]n?\s+$")
_ENDING = {"en": re.compile(r"st\b|nd\b|rd\b|th\b"), "az": re.compile(r"-[a-zəıöüçşğ]+\b")}
_AFTER_MONTH = re.compile(rf"\b(?:{'|'.join(en.MONTHS)}) $")
_BEFORE_MONTH = re.compile(rf" (?:{'|'.join(en.MONTHS)})\b")
_DATE = re.compile(r"(?:(\d+)[ \u00a0])?([а-я]+)(?:[ \u00a0](\d+))?")
_STEMS = (
    "январ", "феврал", "март", "апрел", "ма", "июн", "июл", "август", "сентябр", "октябр",
    "ноябр", "декабр",
)  # fmt: skip
_ENDINGS = {"март": " а у ом е", "август": " а у ом е", "ма": "й я ю ем е"}
# Each form of a Russian month: its place in the year, and that of its case in a list of endings.
_RUSSIAN_MONTHS = {
    stem + ending: (month, case)
    for month, stem in enumerate(_STEMS)
    for case, ending in enumerate(_ENDINGS.get(stem, "ь я ю ем е").split(" "))
}

Edit = tuple[int, int, str]
"""What stands at [start, stop) of a translation becomes a text."""


def adapted(old: str, new: str, target: str, lang: str) -> str | None:
    """`target`, a translation of `old` into `lang`, made one of `new`; None where unsure."""
    found = [piece for piece in pieces(old, new) if piece.kind != "same"]
    if not found or len(found) % 2:
        return None
    edits = []
    for gone, come in zip(found[::2], found[1::2], strict=True):
        for edit in _edits(gone, come, old, target, lang):
            if edit is None:
                return None
            edits.append(edit)
    if len({start for start, _, _ in edits}) < len(edits):
        return None
    for start, stop, text in sorted(edits, reverse=True):
        target = target[:start] + text + target[stop:]
    return target


def _edits(gone: Piece, come: Piece, old: str, target: str, lang: str) -> Iterator[Edit | None]:
    """What one change of the Russian asks of the translation; None where that is not known."""
    if (gone.kind, come.kind) != ("gone", "new"):
        yield None
        return
    dates = _DATE.fullmatch(gone.text), _DATE.fullmatch(come.text)
    if dates[0] is None or dates[1] is None:
        yield _figure(gone.text, come.text, old, target, lang)
        return
    for place, (before, after) in enumerate(zip(dates[0].groups(), dates[1].groups(), strict=True)):
        if before == after:
            continue
        if before is None or after is None:
            yield None
        elif place == 1:
            yield _month(before, after, old, target, lang)
        else:
            yield _figure(before, after, old, target, lang)


def _figure(before: str, after: str, old: str, target: str, lang: str) -> Edit | None:
    """Where `before` stands in `target`, if it stands there once, once in `old`, and freely."""
    if not (_FIGURE.fullmatch(before) and _FIGURE.fullmatch(after)):
        return None
    found = [number for number in _NUMBER.finditer(target) if number[0] == before]
    if len(found) != 1 or _NUMBER.findall(old).count(before) != 1:
        return None
    start, stop = found[0].span()
    if _BOUND_BEFORE.search(target[:start]):
        return None
    if ending := _ENDING[lang].match(target, stop):
        text = _inflected(before + ending[0], int(before), int(after), lang)
        return None if text is None else _fitting((start, ending.end(), text), before, target, lang)
    if _BOUND_AFTER.match(target[stop:]):
        return None
    return _fitting((start, stop, after), before, target, lang)


def _fitting(edit: Edit, before: str, target: str, lang: str) -> Edit | None:
    """`edit`, unless the number of an English noun or an article can depend on the figure."""
    start, stop, text = edit
    if lang == "az" or _AFTER_MONTH.search(target[:start]) or _BEFORE_MONTH.match(target, stop):
        return edit
    return None if "1" in (before, text) or _ARTICLE.search(target[:start]) else edit


def _inflected(form: str, before: int, after: int, lang: str) -> str | None:
    """`after` with the ending that `before` has in `form`: 10th -> 12th, 14-də -> 6-da."""
    makers = [_english_ordinal] if lang == "en" else _AZERBAIJANI
    texts = {make(after) for make in makers if make(before) == form}
    return texts.pop() if len(texts) == 1 else None


def _english_ordinal(number: int) -> str:
    teen = number % 100 in (11, 12, 13)
    return f"{number}{'th' if teen else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _day(number: int) -> str:
    """The day of a date in the dative: 5-nə."""
    return day_of_month(number, 1, "dat").split(" ")[1] if number <= 31 else ""


_AZERBAIJANI: tuple[Callable[[int], str], ...] = (
    ordinal,
    _day,
    lambda n: numeral(n, possessive=True),
    lambda n: numeral(n, "gen"),
    lambda n: numeral(n, "dat"),
    lambda n: numeral(n, "acc"),
    lambda n: numeral(n, "loc"),
    lambda n: numeral(n, "abl"),
)


def _month(before: str, after: str, old: str, target: str, lang: str) -> Edit | None:
    """The month `after` in the place of `before`, if both stand in one case, and once each."""
    (month, case), (other, same) = (
        _RUSSIAN_MONTHS.get(before, (-1, 0)),
        _RUSSIAN_MONTHS.get(after, (-1, 1)),
    )
    standing = [_RUSSIAN_MONTHS.get(word, (-1, 0))[0] for word in _WORD.findall(old)]
    if case != same or month < 0 or other < 0 or standing.count(month) != 1:
        return None
    if lang == "en":
        places = list(re.finditer(rf"\b{en.MONTHS[month]}\b", target))
        return (*places[0].span(), en.MONTHS[other]) if len(places) == 1 else None
    spans = az.recognise(target, MONTHS[month], "name")
    if len(spans) != 1:
        return None
    span, reading = spans[0], spans[0].readings[0]
    for form in az.forms(MONTHS[other], "name"):
        traits = (form.case, form.plural, form.possessive, form.clitic)
        if traits == (reading.case, reading.plural, reading.possessive, reading.clitic):
            raised = span.surface[:1].isupper()
            text = az.capitalise(form.text) if raised else form.text
            return span.start, span.stop, text
    return None
