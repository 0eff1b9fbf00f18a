"""Two engines in a row: Russian into a middle language, and that into the target."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dragoman.engines.base import (
    Engine,
    Insertion,
    OnAnswer,
    failed,
)
from dragoman.engines.judging import cyrillic, fault
from dragoman.records import Answer, Hypothesis, Request


@dataclass
class PivotEngine:
    """`first` translates into `pivot`, `second` from there; a request into `pivot` itself goes
    to `first` alone.

    Terms are applied at the last step: their offsets are those of the Russian, so that neither
    step is given them, and what the second says is reranked and constrained.
    """

    first: Engine
    second: Engine
    pivot: str = "en"
    _middle: dict[str, Answer] = field(default_factory=dict, repr=False)

    @property
    def name(self) -> str:
        """Both names."""
        return f"{self.first.name}+{self.second.name}"

    @property
    def revision(self) -> str:
        """Both revisions."""
        return f"{self.first.revision}+{self.second.revision}"

    @property
    def takes_terms(self) -> bool:
        """Never: see the class."""
        return False

    def translate(
        self,
        requests: Sequence[Request],
        to: str,
        *,
        n_best: int = 1,
        on_answer: OnAnswer | None = None,
    ) -> list[Answer]:
        """See `Engine.translate`. The score is the mean of the scores of the two steps."""
        plain = [Request(request.text) for request in requests]
        if to == self.pivot:
            return self.first.translate(plain, to, n_best=n_best, on_answer=on_answer)
        middle = self._translated(plain)
        answers: list[Answer | None] = [None] * len(requests)

        def settle(index: int, answer: Answer) -> None:
            answers[index] = whole_way(requests[index].text, middle[index], answer)
            if on_answer:
                on_answer(index, whole_way(requests[index].text, middle[index], answer))

        whole = [i for i, answer in enumerate(middle) if answer.hypotheses]
        for i in set(range(len(requests))) - set(whole):
            settle(i, self._lost(middle[i]))
        asked = [Request(middle[i].hypotheses[0].text) for i in whole]
        self.second.translate(
            asked, to, n_best=n_best, on_answer=lambda at, answer: settle(whole[at], answer)
        )
        return [answer or failed("not translated") for answer in answers]

    def _translated(self, requests: Sequence[Request]) -> list[Answer]:
        """The first step, remembered: enforcement comes back to the same sentences."""
        new = [r for r in dict.fromkeys(requests) if r.text not in self._middle]
        for request, answer in zip(new, self.first.translate(new, self.pivot), strict=True):
            self._middle[request.text] = answer
        return [self._middle[request.text] for request in requests]

    def constrain(
        self,
        requests: Sequence[Request],
        to: str,
        wanted: Sequence[Sequence[Sequence[str]]],
        *,
        n_best: int = 1,
    ) -> list[Answer]:
        """See `ConstrainedEngine.constrain`: a constrained search by the last step."""
        return self._by_the_last("constrain", requests, to, wanted, n_best)

    def insert(
        self,
        requests: Sequence[Request],
        to: str,
        insertions: Sequence[Insertion],
        *,
        n_best: int = 1,
    ) -> list[Answer]:
        """See `InsertingEngine.insert`: by the last step."""
        return self._by_the_last("insert", requests, to, insertions, n_best)

    def _by_the_last(
        self, search: str, requests: Sequence[Request], to: str, asked: Sequence[Any], n_best: int
    ) -> list[Answer]:
        """What the last step finds by the search of that name; `asked` has an item a request."""
        last = self.first if to == self.pivot else self.second
        method: Callable[..., list[Answer]] | None = getattr(last, search, None)
        if method is None:
            return [failed("the engine has no such search")] * len(requests)
        plain = [Request(request.text) for request in requests]
        if to == self.pivot:
            return method(plain, to, asked, n_best=n_best)
        middles = self._translated(plain)
        answers = [self._lost(middle) for middle in middles]
        whole = [i for i, middle in enumerate(middles) if middle.hypotheses]
        sources = [Request(middles[i].hypotheses[0].text) for i in whole]
        found = method(sources, to, [asked[i] for i in whole], n_best=n_best)
        for i, answer in zip(whole, found, strict=True):
            answers[i] = whole_way(requests[i].text, middles[i], answer)
        return answers

    def _lost(self, middle: Answer) -> Answer:
        """The answer to a sentence that the first step failed on, the reason of that first: it
        tells whether the next run tries again."""
        return failed(f"{middle.reason} (into {self.pivot})")


def whole_way(source: str, middle: Answer, last: Answer) -> Answer:
    """The last answer with the scores of both steps, judged as a translation of `source`: what the
    last step sees is not Russian, and by itself may stay as it is."""
    if not middle.hypotheses:
        return last
    said, before = middle.hypotheses[0].text, middle.hypotheses[0].score
    faults = [fault(source, h.text) or _left(source, said, h.text) for h in last.hypotheses]
    sound = [h for h, found in zip(last.hypotheses, faults, strict=True) if not found]
    hypotheses = tuple(Hypothesis(h.text, (h.score + before) / 2) for h in sound)
    return Answer(hypotheses, last.reason if hypotheses or not faults else faults[0])


def _left(source: str, middle: str, output: str) -> str:
    """Why a translation that says what stands in the middle language is none. A name, all of whose
    words are capitalised, and an address are the same in every language."""
    names = not re.search(r"\b[^\W\d_A-Z]{2}", re.sub(r"\b[A-Z]\w*", "", middle))
    same = re.findall(r"\w+", middle.casefold()) == re.findall(r"\w+", output.casefold())
    return "the source was copied" if same and not names and cyrillic(source) else ""
