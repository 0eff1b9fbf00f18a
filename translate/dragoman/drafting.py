"""From sentences to drafts: the memory first, then the ledger, then the engine.

Each distinct sentence is drafted once, however many releases hold it. Drafts are recorded in the
ledger chunk by chunk as they come, so that a run that is killed resumes where it was, and before
any catalog is written, so that the ledger always knows what the machine proposed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from math import ceil
from typing import Protocol

from dragoman.crew import Chunk, Crew
from dragoman.engines import Engine
from dragoman.errors import DragomanError
from dragoman.ledger import Ledger, Row
from dragoman.memory import Match
from dragoman.records import Draft, Request, Term
from dragoman.report import FAULT, fault

CHUNK = 30_000
"""Characters of a chunk, some two hundred sentences: enough for good batches of those that need
further steps, too, and all that a kill can cost."""

QUICK = 4
"""So many times as large are the chunks of an engine that drafts them in seconds: batches are
fuller still."""

BREAKDOWNS = ("out of memory", "the model failed", "not translated", FAULT)
"""How the reasons of failures begin that lie with the machine or with us, not the sentence."""

Key = tuple[str, str]
"""A sentence and the fingerprint of its terms."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence to draft, with its terms and their fingerprint."""

    source: str
    terms: tuple[Term, ...]
    state: str

    @property
    def key(self) -> Key:
        return self.source, self.state


class Memory(Protocol):
    """What a run asks of the translation memory."""

    @property
    def notices(self) -> tuple[str, ...]:
        """Lines for a person about files that could not be used."""
        ...

    def exact(self, source: str, lang: str) -> Draft | None:
        """The approved translation of exactly this sentence, as a draft."""
        ...

    def draft(self, source: str, lang: str) -> Draft | None:
        """The approved translation of this sentence, or of one with other figures, as a draft."""
        ...

    def similar(self, source: str, lang: str) -> tuple[Match, ...]:
        """Approved translations of sentences like this one, best first."""
        ...

    def approved_in(self, source: str, lang: str, text: str) -> tuple[str, ...]:
        """The releases in whose catalogs people approved this very translation."""
        ...

    def state(self, release: str, lang: str, sources: Iterable[str] | None = None) -> str:
        """A fingerprint of what it says to a release (of its `sources`, or its catalog's)."""
        ...


@dataclass(eq=False, slots=True)
class Batch:
    """Sentences of many releases on their way into one language.

    `drafts` fills up as they come, `missing` are those that the engine has to translate and
    `seconds` is what it took.
    """

    lang: str
    drafts: dict[Key, Draft] = field(default_factory=dict)
    missing: dict[Key, Unit] = field(default_factory=dict)
    elsewhere: dict[Key, Batch] = field(default_factory=dict)  # asked for by a batch before
    waiting: dict[Future[Chunk], Sequence[Unit]] = field(default_factory=dict)
    seconds: float = 0.0


@dataclass(slots=True)
class Drafter:
    """Drafts sentences by one engine. `ask` for a batch, `finish` it in the same order."""

    engine: Engine
    crew: Crew
    ledger: Ledger
    memory: Memory | None = None
    on_draft: Callable[[int], None] = lambda count: None
    trust_flags: bool = True
    runtime: str = ""  # what computed the last drafts
    _open: list[Batch] = field(default_factory=list)

    def ask(
        self, units: Iterable[Unit], lang: str, tell: Callable[[int], None] = lambda count: None
    ) -> Batch:
        """Look up what is known and have the rest translated; `finish` waits for it.

        `tell` is told how many sentences go to the engine before any of them does.
        """
        batch = Batch(lang)
        recalled: list[Row] = []
        for unit in units:
            if unit.key in batch.drafts or unit.key in batch.missing:
                continue
            known = self._recall(unit.source, lang)
            if known is not None:
                batch.drafts[unit.key] = known
                if known.text:
                    recalled.append(Row(unit.source, unit.state, known))
                continue
            for other in self._open:
                if other.lang == lang and unit.key in other.missing:
                    batch.elsewhere[unit.key] = other
            known = self.ledger.lookup(unit.source, lang, self.engine.revision, unit.state)
            if known is not None and known.origin != "memory" and not broke_down(known):
                batch.drafts[unit.key] = known
            elif unit.key not in batch.elsewhere:
                batch.missing[unit.key] = unit
        if recalled:
            self._claim(recalled, lang)
            self.ledger.record(lang, "memory", recalled)
        tell(len(batch.missing))
        self._submit(batch)
        return batch

    def _recall(self, source: str, lang: str) -> Draft | None:
        """What the memory says; not what it took for approved where flags are not to be trusted."""
        try:
            known = self.memory.draft(source, lang) if self.memory else None
        except DragomanError:
            raise
        except Exception as error:  # a check, say, that trips over what somebody approved
            if os.environ.get("DRAGOMAN_DEBUG"):
                raise
            return Draft("", "failed", "memory", reason=fault(error))
        if known is None or self.trust_flags:
            return known
        machine = {
            draft.text for draft in self.ledger.drafts(source, lang) if draft.origin == "engine"
        }
        return None if known.text in machine else known

    def _claim(self, recalled: Sequence[Row], lang: str) -> None:
        """What people wrote stays theirs where they wrote it when it is proposed elsewhere."""
        for source, _, draft in recalled:
            if self.memory and draft.text not in self.ledger.proposed(source, lang):
                for release in self.memory.approved_in(source, lang, draft.text):
                    self.ledger.claim(release, lang, [(source, draft.text)])

    def _submit(self, batch: Batch) -> None:
        self._open.append(batch)
        size = CHUNK * (QUICK if getattr(self.engine, "quick", False) else 1)
        for chunk in chunks(batch.missing.values(), size):
            requests = [
                Request(unit.source, unit.terms, self._hint(unit.source, batch.lang))
                for unit in chunk
            ]
            batch.waiting[self.crew.submit(requests, batch.lang)] = chunk
            self.collect()

    def _hint(self, source: str, lang: str) -> tuple[str, str] | None:
        """A sentence like `source` with its approved translation, where the engine can use it."""
        if self.memory is None or not self.trust_flags:
            return None
        if not getattr(self.engine, "takes_hints", False):
            return None
        match = next(iter(self.memory.similar(source, lang)), None)
        return (match.source, match.target) if match else None

    def collect(self) -> None:
        """Record what has come in. Raises what the engine raised."""
        self.crew.poll()
        for batch in self._open:
            for future in [future for future in batch.waiting if future.done()]:
                self._take(batch, future, batch.waiting.pop(future))

    def _take(self, batch: Batch, future: Future[Chunk], units: Sequence[Unit]) -> None:
        drafts, seconds, self.runtime = future.result()
        batch.seconds += seconds
        fresh = []
        for unit, made in zip(units, drafts, strict=True):
            draft = batch.drafts[unit.key] = replace(made, engine=self.name)
            fresh.append(Row(unit.source, unit.state, draft))
        self.ledger.record(batch.lang, self.engine.revision, fresh)
        if self.crew.busy:
            self.on_draft(len(fresh))

    def finish(self, batch: Batch) -> None:
        """Wait until all drafts of `batch` are there and recorded."""
        while batch.waiting:
            self.crew.wait(batch.waiting)
            self.collect()
        for key, other in batch.elsewhere.items():
            batch.drafts[key] = other.drafts[key]
        self._open.remove(batch)

    @property
    def name(self) -> str:
        """What notes call the engine: its name and the revision that made the draft."""
        return f"{self.engine.name} {self.engine.revision}".strip()


def broke_down(draft: Draft) -> bool:
    """Whether it is worth while to try again, in another run."""
    return draft.origin == "failed" and draft.reason.startswith(BREAKDOWNS)


def chunks(units: Iterable[Unit], most: int) -> Iterator[list[Unit]]:
    """Units of like length together, the longest first, in chunks of one size as nearly as can be,
    of `most` characters at most (a longer unit is a chunk of its own).

    The order depends on nothing but the sentences, so that every crew drafts the same chunks.
    """
    ordered = sorted(units, key=lambda unit: (-len(unit.source), unit.key))
    total = sum(len(unit.source) for unit in ordered)
    even = total / ceil(total / most) if total else 0
    chunk: list[Unit] = []
    size = 0
    for unit in ordered:
        if chunk and (size >= even or size + len(unit.source) > most):
            yield chunk
            chunk, size = [], 0
        chunk.append(unit)
        size += len(unit.source)
    if chunk:
        yield chunk
