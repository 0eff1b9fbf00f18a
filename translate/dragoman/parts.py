"""Requests as a small model translates them best: sentence by sentence, a long quotation by itself
(`dragoman.engines.quotations`), a code for an address (`dragoman.literals`), capitals in small
letters (`dragoman.engines.capitals`), abbreviations in whole words, bullets left out.

A segment of a release is one sentence, but other texts that are handed in may have several, and so
may a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate, pairwise
from unicodedata import category

from dragoman.engines import Engine
from dragoman.engines.candidates import joined
from dragoman.engines.capitals import lowered, raised
from dragoman.engines.enforce import Enforcer, OnDraft
from dragoman.engines.quotations import Apart, apart
from dragoman.languages import az_letters
from dragoman.languages.ru_written_out import written_out
from dragoman.literals import coded
from dragoman.records import Draft, Hypothesis, Request
from dragoman.rewriting import rewritten
from dragoman.segment import split_sentences

_PERHAPS_TWO = re.compile(r"[.!?…]\W*\s\W*[^\W_]")

_PER_CENT = re.compile(r"(?<=\d) per ?cent\b")
_ITEM = re.compile(r"(?:\d{1,2}|[а-к])\) (?=\S)|\d{1,2}\. (?=[А-ЯЁ][а-яё])")
_LETTERED = re.compile(r"[а-к](?=\))")
_RUSSIAN, _ENGLISH, _AZERBAIJANI = "абвгдежзик", "abcdefghij", "abcçdeəfgğ"
_BULLETS = "•▪●◦◆■□▶►➢➤✓✔*·\ufe0f\u200d"

Join = Callable[[Sequence[Draft]], Draft | None]
Change = Callable[[Draft], Draft | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for a request, and how the draft of it comes together from these drafts.

    `core` is the request as it is written for the model, `requests` its parts, or itself; `join`
    makes a draft of it from those of its parts, and `finish` one of the request from that. Either
    says None where that cannot be done.
    """

    core: Request
    requests: tuple[Request, ...]
    join: Join
    finish: Change

    @property
    def whole(self) -> bool:
        """Whether all is asked for at once."""
        return self.requests == (self.core,)


def plan(request: Request, to: str) -> Plan:
    """How to translate `request` into the language `to`."""
    core, changes = _rewritten(request, to)

    def finish(draft: Draft) -> Draft | None:
        changed: Draft | None = draft
        for change in reversed(changes):
            changed = changed and change(changed)
        return changed

    requests, join = _parts(core, to)
    return Plan(core, requests, join, finish)


def _rewritten(request: Request, to: str) -> tuple[Request, list[Change]]:
    """`request` as the model reads it best, and what to do with its draft, the last first."""
    changes: list[Change] = []
    codes = coded(request, to)
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


def _parts(request: Request, to: str) -> tuple[tuple[Request, ...], Join]:
    """The parts that a request is asked for in, and how their drafts come together."""
    sentences = _sentences(request)
    if len(sentences) > 1:
        plans = [_parts(sentence, to) for sentence in sentences]
        return tuple(part for parts, _ in plans for part in parts), partial(_in_a_row, plans)
    found = apart(request)
    if found is None:
        return (request,), lambda drafts: drafts[0]
    parts, join = _parts(found.quotation, to)
    return (found.sentence, *parts), partial(_together, found, join, to)


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


def _sentences(request: Request) -> list[Request]:
    """The sentences of a request with their terms; itself where a term stands in two of them."""
    if not _PERHAPS_TWO.search(request.text):
        return [request]
    found = []
    for start, stop in split_sentences(request.text):
        terms = [t for t in request.terms if start <= t.start and t.stop <= stop]
        found.append(Request(request.text[start:stop], tuple(t.moved(start) for t in terms)))
    return found if sum(len(r.terms) for r in found) == len(request.terms) else [request]


def _in_a_row(
    plans: Sequence[tuple[tuple[Request, ...], Join]], drafts: Sequence[Draft]
) -> Draft | None:
    bounds = pairwise(accumulate((len(parts) for parts, _ in plans), initial=0))
    made = [join(drafts[a:b]) for (_, join), (a, b) in zip(plans, bounds, strict=True)]
    whole = [draft for draft in made if draft is not None and draft.text]
    if len(whole) < len(plans):
        return None
    return joined(" ".join(draft.text for draft in whole), whole)


def _together(found: Apart, join: Join, to: str, drafts: Sequence[Draft]) -> Draft | None:
    quotation = join(drafts[1:])
    return found.together(drafts[0], quotation, to) if quotation else None


class InParts:
    """An enforcer that is asked in parts."""

    def __init__(self, enforcer: Enforcer) -> None:
        self.enforcer = enforcer

    @property
    def engine(self) -> Engine:
        """The engine that drafts."""
        return self.enforcer.engine

    def drafts(
        self, requests: Sequence[Request], *, on_draft: OnDraft | None = None
    ) -> list[Draft]:
        """See `Enforcer.drafts`. What does not come together from its parts with all its terms and
        without a fault is asked for at once too, and the better draft is taken; what cannot be
        finished is asked for as it came."""
        if not self.enforcer.settings.folding:
            return self.enforcer.drafts(requests, on_draft=on_draft)
        plans = [plan(request, self.enforcer.to) for request in requests]
        owners = [i for i, one in enumerate(plans) for _ in one.requests]
        asked = [request for one in plans for request in one.requests]
        done: dict[int, Draft] = {}

        def settle(index: int, made: Draft) -> None:
            one = plans[index]
            finished = one.finish(made) if made.text else None
            if finished is None and one.core == requests[index]:
                finished = made
            if finished is not None:
                done[index] = finished
                if on_draft:
                    on_draft(index, finished)

        def heard(index: int, made: Draft) -> None:
            if plans[owners[index]].whole:
                settle(owners[index], made)

        drafts = iter(self.enforcer.drafts(asked, on_draft=heard))
        again: list[tuple[int, Draft | None]] = []
        for i, one in enumerate(plans):
            made = one.join([next(drafts) for _ in one.requests])
            if one.whole:
                continue
            if made is None or any(self._rank(one.core, made)[:3]):
                again.append((i, made))
            else:
                settle(i, made)
        others = self._ask([plans[i].core for i, _ in again])
        for (i, made), other in zip(again, others, strict=True):
            either = (made, other) if made else (other,)
            settle(i, min(either, key=partial(self._rank, plans[i].core)))
        left = [i for i in range(len(requests)) if i not in done]
        for i, made in zip(left, self._ask([requests[i] for i in left]), strict=True):
            done[i] = made
            if on_draft:
                on_draft(i, made)
        return [done[i] for i in range(len(requests))]

    def _ask(self, requests: Sequence[Request]) -> list[Draft]:
        return self.enforcer.drafts(requests) if requests else []

    def _rank(self, request: Request, draft: Draft) -> tuple[float, ...]:
        if not draft.text:
            return (float("inf"),)
        hypothesis = Hypothesis(draft.text, draft.score or 0.0)
        return self.enforcer.judge.candidate(request, hypothesis, draft.strategy).rank
