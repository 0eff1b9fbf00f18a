"""The first line of a table of terms, and the words in it, as people write them.

Our names, the languages' names in Russian, English and Azerbaijani (``Перевод на английский``,
``Английское сокращение``), and the types and statuses in these languages.
"""

from __future__ import annotations

import re
from difflib import get_close_matches

from dragoman.glossary.load import COLUMNS, STATUSES, TYPES
from dragoman.languages.text import words

_ALIASES = {
    "ru": words("russian rus термин term source_term ru-ru"),
    "en": words("eng en-gb en-us target_en"),
    "az": words("aze az-az target_az"),
    "ru_abbr": words("сокращение аббревиатура abbreviation"),
    "note": words("notes comment comments примечание комментарий definition description qeyd"),
    "source": words("reference источник mənbə"),
    "type": words("category тип категория subject növ"),
    "status": words("статус"),
    "id": words("identifier concept"),
}
_LANGUAGES = (
    ("ru", re.compile(r"русск|\bрус\b|russian|\brus\b|\bru\b")),
    ("en", re.compile(r"англ|english|ngilis|\beng?\b")),
    ("az", re.compile(r"азерб|azərbaycan|azerb|\baze?\b")),
)
_ROLES = (
    ("_abbr", re.compile(r"сокращ|аббрев|abbr|ixtisar")),
    ("_forbidden", re.compile(r"запре|недопуст|неверн|forbid|wrong|qadağan")),
    ("_admitted", re.compile(r"допуст|синоним|вариант|admit|synonym|variant|sinonim")),
)
_NO_TERM = re.compile(r"прим|коммент|определ|контекст|источ|note|comment|defin|context|source|qeyd")
_CODE = re.compile(r"[<>{}\\=]")  # a page or a document saved under the wrong ending
_TYPES = {
    "organisation": words("organization организация орган təşkilat qurum"),
    "title": words("должность звание титул vəzifə rütbə"),
    "person": words("лицо персона человек имя şəxs"),
    "place": words("место география топоним yer"),
    "document": words("документ sənəd"),
    "event": words("событие мероприятие tədbir hadisə"),
    "law": words("закон право qanun hüquq"),
    "general": words("общее общий общая ümumi"),
}
_STATUSES = {
    "approved": words("утверждено утверждён утвержден утверждена одобрено təsdiqlənib"),
    "proposed": words("предложено предложен предложена проект təklif"),
    "deprecated": words("устарело устарел устарела köhnəlib"),
}


def column_of(cell: str) -> str:
    """Our name of the column that a cell of the first line names; empty where it is none."""
    name = " ".join(cell.strip("\ufeff “”«»\"'*:").casefold().split())
    if name in COLUMNS:
        return name
    ours = next((ours for ours, others in _ALIASES.items() if name in others), "")
    if ours or _NO_TERM.search(name):
        return ours
    langs = [lang for lang, pattern in _LANGUAGES if pattern.search(name)]
    if len(langs) != 1 or len(name) > 60 or _CODE.search(name):
        return ""
    role = next((role for role, pattern in _ROLES if pattern.search(name)), "")
    found = langs[0] + role
    return {"ru_admitted": "ru"}.get(found, found) if found != "ru_forbidden" else ""


def misspelled(cell: str) -> str:
    """The column of ours that a name must have meant: ``en_forbiden``. Empty where none is near."""
    name = cell.strip().casefold()
    if len(name) < 3 or name[-1:].isdigit() or column_of(name):
        return ""
    near = get_close_matches(name, COLUMNS, 1, 0.8)
    return near[0] if near else ""


def is_header(cells: list[str]) -> bool:
    """Whether a line names columns, Russian and another language among them."""
    names = {column_of(cell) for cell in cells}
    return "ru" in names and bool(names & {"en", "az"})


def value_of(column: str, text: str) -> str:
    """A type or status in our words, where it is said in others; anything else as it is."""
    known = {"type": (TYPES, _TYPES), "status": (STATUSES, _STATUSES)}.get(column)
    if known is None:
        return text
    small = text.casefold()
    if small in known[0]:
        return small
    return next((ours for ours, others in known[1].items() if small in others), text)
