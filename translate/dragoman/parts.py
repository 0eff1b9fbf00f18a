"""Requests in parts, which a small model translates better than the whole: sentence by sentence,
and a long quotation by itself (`dragoman.engines.quotations`).

A segment of a release is one sentence, but other texts that are handed in may have several, and so
may a quotation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise

from dragoman.engines import Engine
from dragoman.engines.candidates import joined
from dragoman.engines.enforce import Enforcer, OnDraft
from dragoman.engines.quotations import Apart, apart
from dragoman.records import Draft, Hypothesis, Request
from dragoman.segment import split_sentences

_PERHAPS_TWO = re.compile(r"[.!?…]\W*\s\W*[^\W_]")

Join = Callable[[Sequence[Draft]], Draft | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for a request, and how the draft of it comes together from these drafts (None
    where it does not)."""

    requests: tuple[Request, ...]
    join: Join


def plan(request: Request, to: str) -> Plan:
    """How to translate `request` into the language `to` in parts, or as a whole."""
    sentences = _sentences(request)
    if len(sentences) > 1:
        plans = [plan(sentence, to) for sentence in sentences]
        asked = tuple(part for one in plans for part in one.requests)
        return Plan(asked, partial(_in_a_row, plans))
    parts = apart(request)
    if parts is None:
        return Plan((request,), lambda drafts: drafts[0])
    within = plan(parts.quotation, to)
    return Plan((parts.sentence, *within.requests), partial(_together, parts, within, to))


def _sentences(request: Request) -> list[Request]:
    """The sentences of a request with their terms; itself where a term stands in two of them."""
    if not _PERHAPS_TWO.search(request.text):
        return [request]
    found = []
    for start, stop in split_sentences(request.text):
        terms = [t for t in request.terms if start <= t.start and t.stop <= stop]
        found.append(Request(request.text[start:stop], tuple(t.moved(start) for t in terms)))
    return found if sum(len(r.terms) for r in found) == len(request.terms) else [request]


def _in_a_row(plans: Sequence[Plan], drafts: Sequence[Draft]) -> Draft | None:
    bounds = pairwise(accumulate((len(one.requests) for one in plans), initial=0))
    made = [one.join(drafts[a:b]) for one, (a, b) in zip(plans, bounds, strict=True)]
    whole = [draft for draft in made if draft is not None and draft.text]
    if len(whole) < len(plans):
        return None
    return joined(" ".join(draft.text for draft in whole), whole)


def _together(parts: Apart, within: Plan, to: str, drafts: Sequence[Draft]) -> Draft | None:
    quotation = within.join(drafts[1:])
    return parts.together(drafts[0], quotation, to) if quotation else None


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
        """See `Enforcer.drafts`. What does not come together with all its terms and without a
        fault is asked for as it is too, and the better draft is taken."""
        if not self.enforcer.settings.folding:
            return self.enforcer.drafts(requests, on_draft=on_draft)
        plans = [plan(request, self.enforcer.to) for request in requests]
        owners = [i for i, one in enumerate(plans) for _ in one.requests]
        asked = [request for one in plans for request in one.requests]
        done: dict[int, Draft] = {}

        def settle(index: int, made: Draft) -> None:
            done[index] = made
            if on_draft:
                on_draft(index, made)

        def heard(index: int, made: Draft) -> None:
            if len(plans[owners[index]].requests) == 1:
                settle(owners[index], made)

        drafts = iter(self.enforcer.drafts(asked, on_draft=heard))
        again: list[tuple[int, Draft | None]] = []
        for i, one in enumerate(plans):
            made = one.join([next(drafts) for _ in one.requests])
            if i in done:
                continue
            if made is None or any(self._rank(requests[i], made)[:3]):
                again.append((i, made))
            else:
                settle(i, made)
        others = self.enforcer.drafts([requests[i] for i, _ in again]) if again else []
        for (i, made), other in zip(again, others, strict=True):
            either = (made, other) if made else (other,)
            settle(i, min(either, key=partial(self._rank, requests[i])))
        return [done[i] for i in range(len(requests))]

    def _rank(self, request: Request, draft: Draft) -> tuple[float, ...]:
        if not draft.text:
            return (float("inf"),)
        hypothesis = Hypothesis(draft.text, draft.score or 0.0)
        return self.enforcer.judge.candidate(request, hypothesis, draft.strategy).rank
