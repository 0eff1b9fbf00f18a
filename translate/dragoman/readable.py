"""Requests as a small model reads them best: a code for an address (`dragoman.literals`), capitals
in small letters (`dragoman.engines.capitals`), abbreviations in whole words, no bullets."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from unicodedata import category

from dragoman.engines.capitals import lowered, raised
from dragoman.languages import az_letters
from dragoman.languages.ru_written_out import written_out
from dragoman.languages.text import Edit
from dragoman.literals import Coded, coded
from dragoman.records import Draft, Request
from dragoman.rewriting import rewritten
from dragoman.segment import split_sentences

_PER_CENT = re.compile(r"(?<=\d) per ?cent\b")
_RUSSIAN, _ENGLISH, _AZERBAIJANI = "абвгдежзик", "abcdefghij", "abcçdeəfgğ"
_ITEM = re.compile(rf"(?:\d{{1,2}}|[{_RUSSIAN}])\) (?=\S)|\d{{1,2}}\. (?=[А-ЯЁ][а-яё])")
_LETTERED = re.compile(rf"[{_RUSSIAN}](?=\))")
_PERHAPS_TWO = re.compile(r"[.!?…]\W*\s\W*[^\W_]")
_ALWAYS_RAISED = re.compile(  # in English, also where it is no name
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Azerbaijan|Russia|Turk|Georgia|Iran|Ukrain|Kazakh"
    r"|Uzbek|Europe|America|Briti|Engl|French|German|Chin|Japan|India|Pakistan|Afghan|Syria|Islam"
    r"|Muslim|Christian|Soviet|Caucas|Caspian|Asia|Africa|Arab|I(?:$|'|’))"
)
_BULLETS = "•▪●◦◆■□▶►➢➤✓✔*·\ufe0f\u200d"

Change = Callable[[Draft], Draft]


@dataclass(frozen=True, slots=True)
class Readable:
    """A request as it is written for a model, `core`, with the `codes` that it has and the other
    `changes` that undo what was written, the last first."""

    core: Request
    to: str
    codes: Coded | None
    changes: tuple[Change, ...]

    def finish(self, draft: Draft, *, all_said: bool = True) -> Draft | None:
        """A draft of the core as one of the request; None where a code was lost, unless that is to
        be borne (`all_said` is not asked for)."""
        for change in reversed(self.changes):
            draft = change(draft)
        return self.codes.restored(draft, self.to, all_said=all_said) if self.codes else draft


def readable(request: Request, to: str, turn: int = 0) -> Readable:
    """`request` as it is written for a model. Each `turn` has other codes."""
    codes = coded(request, to, turn)
    core, changes = _rewritten(codes.request if codes else request, to)
    return Readable(core, to, codes, tuple(changes))


def _rewritten(request: Request, to: str) -> tuple[Request, list[Change]]:
    """`request` rewritten, and what to do with its draft, the last first."""
    changes: list[Change] = []
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
    return rewritten(request, _written_out(request.text)) or request, changes


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text begin and end; most texts have one, which is quickly seen."""
    return list(split_sentences(text)) if _PERHAPS_TWO.search(text) else [(0, len(text))]


def _written_out(text: str) -> Iterator[Edit]:
    """The edits of each sentence: an abbreviation at the end of one keeps its dot."""
    for start, stop in sentence_spans(text):
        yield from ((start + a, start + b, new) for a, b, new in written_out(text[start:stop]))


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
    core = rewritten(request, [(0, start, ""), (stop, len(text), "")], absorb=True)
    return (core, lead, tail) if core else (request, "", "")


def _within(lead: str, tail: str, bare: Request, to: str, draft: Draft) -> Draft:
    """The draft of a `bare` request with what stood around it; a small letter first where it has
    one, unless a term begins there."""
    text = draft.text
    first = text.split(" ", 1)[0].strip(",.;:")
    named = any(form.split()[:1] == [first] for term in bare.terms for form in term.forms)
    named = named or (to == "en" and _ALWAYS_RAISED.match(first) is not None)
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
