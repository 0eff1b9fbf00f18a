"""Engines that answer from a script, for tests of what is built on engines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from dragoman.engines import OnAnswer
from dragoman.engines.base import Insertion, failed
from dragoman.records import Answer, Hypothesis, Request, Term


@dataclass
class Scripted:
    """An engine that answers from a script: source text -> [(translation, score), ...]."""

    script: dict[str, list[tuple[str, float]]]
    takes_terms: bool = False
    name: str = "scripted"
    revision: str = "1"
    asked: list[tuple[str, int]] = field(default_factory=list)
    told: list[tuple[Term, ...]] = field(default_factory=list)

    def translate(
        self,
        requests: Sequence[Request],
        to: str,
        *,
        n_best: int = 1,
        on_answer: OnAnswer | None = None,
    ) -> list[Answer]:
        answers = []
        for i, request in enumerate(requests):
            key = ("+" if request.terms and self.takes_terms else "") + request.text
            self.asked.append((key, n_best))
            self.told.append(request.terms)
            found = self.script.get(key, [])[:n_best]
            hypotheses = tuple(Hypothesis(text, score) for text, score in found)
            answers.append(Answer(hypotheses) if hypotheses else failed("empty output"))
            if on_answer:
                on_answer(i, answers[-1])
        return answers


@dataclass
class Constrainable(Scripted):
    """The same, with a constrained search."""

    constrained: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    wanted: list[list[str]] = field(default_factory=list)

    def constrain(
        self,
        requests: Sequence[Request],
        to: str,
        wanted: Sequence[Sequence[Sequence[str]]],
        *,
        n_best: int = 1,
    ) -> list[Answer]:
        answers = []
        for request, groups in zip(requests, wanted, strict=True):
            self.wanted = [list(group) for group in groups]
            found = self.constrained.get(request.text, [])
            answers.append(Answer(tuple(Hypothesis(text, score) for text, score in found)))
        return answers


@dataclass
class Insertable(Constrainable):
    """The same, and it goes on from a beginning: text of an insertion -> [(translation, score)]."""

    inserted: dict[str, list[tuple[str, float]]] = field(default_factory=dict)
    insertions: list[Insertion] = field(default_factory=list)

    def insert(
        self,
        requests: Sequence[Request],
        to: str,
        insertions: Sequence[Insertion],
        *,
        n_best: int = 1,
    ) -> list[Answer]:
        self.insertions += insertions
        found = [self.inserted.get(insertion.text, [])[:n_best] for insertion in insertions]
        return [Answer(tuple(Hypothesis(text, score) for text, score in one)) for one in found]
