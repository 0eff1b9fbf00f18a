"""Requests as a small model reads them best: a code for an address (`dragoman.literals`), capitals
in small letters (`dragoman.engines.capitals`), abbreviations in whole words, no bullets."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from unicodedata import category

from dragoman.engines.capitals import lowered, raised
from dragoman.languages import az_letters
from dragoman.languages.ru_written_out import written_out
from dragoman.literals import coded
from dragoman.records import Draft, Request
from dragoman.rewriting import rewritten

_PER_CENT = re.compile(r"(?<=\d) per ?cent\b")
_ITEM = re.compile(r"(?:\d{1,2}|[а-к])\) (?=\S)|\d{1,2}\. (?=[А-ЯЁ][а-яё])")
_LETTERED = re.compile(r"[а-к](?=\))")
_RUSSIAN, _ENGLISH, _AZERBAIJANI = "абвгдежзик", "abcdefghij", "abcçdeəfgğ"
_BULLETS = "•▪●◦◆■□▶►➢➤✓✔*·\ufe0f\u200d"

Change = Callable[[Draft], Draft | None]


def readable(request: Request, to: str, turn: int = 0) -> tuple[Request, Change]:
    """`request` as it is written for a model, and what makes a draft of it one of the request, or
    None where that cannot be done. Each `turn` has other codes."""
    core, changes = _rewritten(request, to, turn)

    def finish(draft: Draft) -> Draft | None:
        changed: Draft | None = draft
        for change in reversed(changes):
            changed = changed and change(changed)
        return changed

    return core, finish


def _rewritten(request: Request, to: str, turn: int) -> tuple[Request, list[Change]]:
    """`request` rewritten, and what to do with its draft, the last first."""
    changes: list[Change] = []
    codes = coded(request, to, turn)
    if codes:
        request = codes.request
        changes.append(partial(codes.restored, to=to))
    bare, lead, tail = _bare(request)
    if lead or tail:
        request = bare
        lead = _LETTERED.sub(lambda found: _letter(found[0], to), lead)
        changes.append(partial(_within, lead, tail, bare, to))
    small = lowered(request)
    if small:
        request = small
        changes.append(partial(raised, to=to))
    if to == "en" and "%" in request.text and "процент" not in request.text.lower():
        changes.append(lambda draft: replace(draft, text=_PER_CENT.sub("%", draft.text)))
    return rewritten(request, written_out(request.text)) or request, changes


def _bare(request: Request) -> tuple[Request, str, str]:
    """A request without the mark of an item or pictures around it, and these."""
    text = request.text
    stop = len(text)
    while stop and _is_picture(text[stop - 1]):
        stop -= 1
    start = 0
    while start < stop and _is_picture(text[start]):
        start += 1
    start = found.end() if (found := _ITEM.match(text, start, stop)) else start
    lead, tail = text[:start], text[stop:]
    if not (lead + tail).strip() or start >= stop:
        return request, "", ""
    core = rewritten(request, [(0, start, ""), (stop, len(text), "")])
    return (core, lead, tail) if core else (request, "", "")


def _within(lead: str, tail: str, bare: Request, to: str, draft: Draft) -> Draft:
    """The draft of a `bare` request with what stood around it; a small letter first where it has
    one, unless a term begins there."""
    text = draft.text
    first = text.split(" ", 1)[0]
    named = any(form.startswith(first) for term in bare.terms for form in term.forms)
    if bare.text[:1].islower() and first[1:].islower() and not named:
        text = (az_letters.lower(text[0]) if to == "az" else text[0].lower()) + text[1:]
    return replace(draft, text=lead + text + tail)


def _is_picture(character: str) -> bool:
    """Whether a character is a bullet, a picture or a space, which models have no token for."""
    if character in "№°":
        return False
    return character in _BULLETS or character.isspace() or category(character) == "So"


def _letter(item: str, to: str) -> str:
    """The letter of an item in the alphabet of the language `to`: в) is c)."""
    at = _RUSSIAN.index(item)
    return (_AZERBAIJANI if to == "az" else _ENGLISH)[at]
