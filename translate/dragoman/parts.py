"""Requests as a small model translates them best: written as it reads (`dragoman.readable`),
sentence by sentence, a long quotation by itself (`dragoman.engines.quotations`).

A segment of a release is one sentence, but other texts that are handed in may have several, and so
may a quotation.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import accumulate, pairwise

from dragoman.engines import Engine
from dragoman.engines.candidates import joined
from dragoman.engines.enforce import Enforcer, OnDraft
from dragoman.engines.quotations import Apart, apart
from dragoman.literals import coded
from dragoman.readable import Readable, readable, sentence_spans
from dragoman.records import Draft, Hypothesis, Request

TURNS = 2  # with other codes at the second

Join = Callable[[Sequence[Draft]], Draft | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is asked for a request, and how the draft of it comes together from these drafts.

    `readable` is the request as it is written for the model, `requests` its parts, or itself;
    `join` makes a draft of it from those of its parts, or says None where that cannot be done.
    """

    readable: Readable
    requests: tuple[Request, ...]
    join: Join

    @property
    def core(self) -> Request:
        """The whole request as it is written for the model."""
        return self.readable.core

    @property
    def whole(self) -> bool:
        """Whether all is asked for at once."""
        return self.requests == (self.core,)


def plan(request: Request, to: str, turn: int = 0) -> Plan:
    """How to translate `request` into the language `to`, at the first or a later `turn`."""
    written = readable(request, to, turn)
    return Plan(written, *_parts(written.core, to))


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


def _sentences(request: Request) -> list[Request]:
    """The sentences of a request with their terms; itself where a term stands in two of them."""
    spans = sentence_spans(request.text)
    if len(spans) < 2:
        return [request]
    found = []
    for start, stop in spans:
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


def _literals_said(request: Request, to: str, draft: Draft) -> int:
    """How many of the literals of a request its draft says; -1 of a draft without a text."""
    codes = coded(request, to)
    found = codes.literals.values() if codes else ()
    return sum(literal in draft.text for literal in found) if draft.text else -1


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
        finished is asked for with other codes, then as it came; where that, too, lacks an address,
        the draft that lost one goes."""
        if not self.enforcer.settings.folding:
            return self.enforcer.drafts(requests, on_draft=on_draft)
        done: dict[int, Draft] = {}
        lossy: dict[int, Draft] = {}

        def settle(index: int, made: Draft) -> None:
            done[index] = made
            if on_draft:
                on_draft(index, made)

        for turn in range(TURNS):
            left = [i for i in range(len(requests)) if i not in done]
            self._draft({i: requests[i] for i in left}, turn, settle, lossy)
        left = [i for i in range(len(requests)) if i not in done]
        for i, made in zip(left, self._ask([requests[i] for i in left]), strict=True):
            either = (lossy[i], made) if i in lossy else (made,)
            settle(i, max(either, key=partial(_literals_said, requests[i], self.enforcer.to)))
        return [done[i] for i in range(len(requests))]

    def _draft(
        self, requests: dict[int, Request], turn: int, settle: OnDraft, lossy: dict[int, Draft]
    ) -> None:
        """Draft `requests` and `settle` those that can be finished, or fail as they came; what has
        lost a literal is put into `lossy`."""
        plans = {i: plan(request, self.enforcer.to, turn) for i, request in requests.items()}
        if turn:  # what has no codes would be asked for as before
            first = {i: plan(request, self.enforcer.to) for i, request in requests.items()}
            plans = {i: one for i, one in plans.items() if one.core != first[i].core}
        owners = [i for i, one in plans.items() for _ in one.requests]

        def finish(index: int, made: Draft) -> None:
            one = plans[index]
            finished = one.readable.finish(made) if made.text else None
            if finished is not None:
                settle(index, finished)
            elif made.text:
                lost = one.readable.finish(made, all_said=False)
                lossy.setdefault(index, lost or made)
            elif one.core == requests[index]:
                settle(index, made)

        def heard(place: int, made: Draft) -> None:
            if plans[owners[place]].whole:
                finish(owners[place], made)

        drafts = iter(self._ask([r for one in plans.values() for r in one.requests], heard))
        again: list[tuple[int, Draft | None]] = []
        for i, one in plans.items():
            made = one.join([next(drafts) for _ in one.requests])
            if one.whole:
                continue
            if made is None or any(self._rank(one.core, made)[:3]):
                again.append((i, made))
            else:
                finish(i, made)
        for (i, made), other in zip(
            again, self._ask([plans[i].core for i, _ in again]), strict=True
        ):
            either = (made, other) if made else (other,)
            finish(i, min(either, key=partial(self._rank, plans[i].core)))

    def _ask(self, requests: Sequence[Request], heard: OnDraft | None = None) -> list[Draft]:
        return self.enforcer.drafts(requests, on_draft=heard) if requests else []

    def _rank(self, request: Request, draft: Draft) -> tuple[float, ...]:
        if not draft.text:
            return (float("inf"),)
        hypothesis = Hypothesis(draft.text, draft.score or 0.0)
        return self.enforcer.judge.candidate(request, hypothesis, draft.strategy).rank
