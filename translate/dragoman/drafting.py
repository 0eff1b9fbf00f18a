"""From sentences to drafts: the memory first, then the ledger, then the engine.

Each distinct sentence is drafted once, however many releases hold it. Drafts are recorded in the
ledger in small batches as they come, so that a run that is killed resumes where it was, and before
any catalog is written, so that the ledger always knows what the machine proposed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from dragoman.checks import Pair, run_checks
from dragoman.engines import Engine
from dragoman.engines.enforce import Enforcer
from dragoman.glossary import holds
from dragoman.ledger import Ledger, Row
from dragoman.memory import Match
from dragoman.records import Draft, Request, Term

RECORD_EVERY = 32


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence to draft, with its terms and their fingerprint."""

    source: str
    terms: tuple[Term, ...]
    state: str


class Memory(Protocol):
    """What a run asks of the translation memory."""

    @property
    def notices(self) -> tuple[str, ...]:
        """Lines for a person about files that could not be used."""
        ...

    def exact(self, source: str, lang: str) -> Draft | None:
        """The approved translation of exactly this sentence, as a draft."""
        ...

    def similar(self, source: str, lang: str) -> tuple[Match, ...]:
        """Approved translations of sentences like this one, best first."""
        ...

    def state(self, release: str, lang: str, sources: Iterable[str] | None = None) -> str:
        """A fingerprint of what it says to a release (of its `sources`, or its catalog's)."""
        ...


@dataclass(slots=True)
class Drafter:
    """Drafts sentences into one language at a time, by one engine."""

    engine: Engine
    ledger: Ledger
    memory: Memory | None = None
    on_draft: Callable[[int], None] = lambda count: None

    def draft(self, units: Iterable[Unit], lang: str) -> tuple[dict[str, Draft], set[str]]:
        """Drafts by source sentence, and the sources that the engine had to translate."""
        drafts: dict[str, Draft] = {}
        missing: dict[str, Unit] = {}
        recalled: list[Row] = []
        for unit in units:
            if unit.source in drafts or unit.source in missing:
                continue
            known = self.memory.exact(unit.source, lang) if self.memory else None
            if known is not None:
                drafts[unit.source] = known
                recalled.append(Row(unit.source, unit.state, known))
                continue
            known = self.ledger.lookup(unit.source, lang, self.engine.revision, unit.state)
            if known is None or known.origin == "memory":
                missing[unit.source] = unit
            else:
                drafts[unit.source] = known
        if recalled:
            self.ledger.record(lang, "memory", recalled)
        drafts.update(self._translate(tuple(missing.values()), lang))
        return drafts, set(missing)

    def _translate(self, units: Sequence[Unit], lang: str) -> dict[str, Draft]:
        drafts: dict[str, Draft] = {}
        fresh: list[Row] = []

        def receive(index: int, made: Draft) -> None:
            unit = units[index]
            draft = drafts[unit.source] = replace(made, engine=self.name)
            fresh.append(Row(unit.source, unit.state, draft))
            self.on_draft(1)
            if len(fresh) >= RECORD_EVERY:
                flush()

        def flush() -> None:
            if fresh:
                self.ledger.record(lang, self.engine.revision, fresh)
                fresh.clear()

        if units:
            requests = [Request(unit.source, unit.terms) for unit in units]
            try:
                enforcer(self.engine, lang).drafts(requests, on_draft=receive)
            finally:
                flush()
        return drafts

    @property
    def name(self) -> str:
        """What notes call the engine: its name and the revision that made the draft."""
        return f"{self.engine.name} {self.engine.revision}".strip()


def enforcer(engine: Engine, lang: str) -> Enforcer:
    """Term enforcement over `engine`, judged by the glossary and the checks."""

    def faults(request: Request, text: str) -> int:
        return len(run_checks(Pair(request.text, text, lang)))  # type: ignore[arg-type]

    return Enforcer(engine, lang, holds=lambda term, text: holds(term, text, lang), faults=faults)
