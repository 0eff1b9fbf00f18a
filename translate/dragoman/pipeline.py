"""Releases in, catalogs out. Read `run` first: it is the table of contents.

    read -> segment -> find terms -> decide what to draft -> draft -> check -> merge -> write

Releases go through in windows, so that sentences of many of them share the engine's batches while
memory stays flat. A window on its way into one language is a `Leg`; where the engine works in
another process or on a cluster, the next leg is read and asked for and the one before is written
while it is at work. A release that cannot be read and a catalog that cannot be used become a
`Failure`; the others are still done.
"""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dragoman import catalog
from dragoman.crew import Here
from dragoman.drafting import Batch, Drafter, Key
from dragoman.errors import CatalogError, DragomanError
from dragoman.job import Job, Work, plan_catalog
from dragoman.reading import findings, read
from dragoman.report import Failure, Report, Tally
from dragoman.writer import Writer

WINDOW_SEGMENTS = 4000


@dataclass(slots=True)
class Asked:
    """A release with the sentences that want a draft; `first` are those nobody asked before."""

    work: Work
    sources: tuple[str, ...]
    first: frozenset[str]


@dataclass(slots=True)
class Leg:
    """A window of releases on its way into one language."""

    batch: Batch
    asked: list[Asked]


def run(job: Job, paths: Iterable[Path], tally: Tally | None = None) -> Report:
    """Bring the catalogs of the releases at `paths` up to date; `tally` hears of each as it comes.

    Raises EngineError or WorkspaceError when the run as a whole cannot go on; what was drafted
    until then is in the ledger and what was written stays.
    """
    tally = tally or Tally(job.on_row, job.on_failure)
    for _ in steps(job, paths, tally):
        pass
    return tally.report(job.engine.name)


def steps(job: Job, paths: Iterable[Path], tally: Tally) -> Iterator[None]:
    """The run in steps, one whenever a catalog is done; what was done is in `tally`."""
    crew = job.crew or Here(job.engine, job.on_draft)
    drafter = Drafter(
        job.engine, crew, job.ledger, job.memory, job.on_draft, trust_flags=job.trust_flags
    )
    ahead: deque[Leg] = deque()
    size = max(WINDOW_SEGMENTS, 1600 * crew.workers)  # four chunks for each worker
    depth = 1 if crew.busy else 0
    for window in _windows(job, paths, size, tally, drafter.collect):
        for lang in job.languages:
            ahead.append(_ask(job, drafter, window, lang, tally))
            while len(ahead) > depth:
                yield from _write(job, drafter, ahead.popleft(), tally)
    while ahead:
        yield from _write(job, drafter, ahead.popleft(), tally)
    tally.notices += (job.ledger.notice, *(job.memory.notices if job.memory else ()))


def _windows(
    job: Job, paths: Iterable[Path], size: int, tally: Tally, between: Callable[[], None]
) -> Iterator[list[Work]]:
    """Releases with something to do, in windows of about `size` sentences."""
    window: list[Work] = []
    segments = releases = 0
    for opened in (job.read or read)(findings(job, paths, tally), job.glossary, job.languages):
        between()
        if isinstance(opened, Failure):
            tally.failed(opened)
            continue
        window.append(opened)
        segments += len(opened.entries)
        releases += 1
        if segments >= size:
            yield window
            window, segments = [], 0
        if releases == job.limit:
            break
    if window:
        yield window


def _ask(job: Job, drafter: Drafter, window: Sequence[Work], lang: str, tally: Tally) -> Leg:
    """Have drafted what the releases of a window lack in one language."""
    wants: list[tuple[Work, tuple[str, ...]]] = []
    for work in window:
        try:
            wants.append((work, _to_draft(job, work, lang)))
        except Exception as error:
            _fail(job, tally, work, lang, error)
    units = (work.unit(text, lang) for work, texts in wants for text in texts)
    batch = drafter.ask(units, lang, lambda count: job.on_wanted(count, len(wants)))
    counted: set[Key] = set()
    asked = []
    for work, texts in wants:
        keys = {work.unit(text, lang).key for text in texts} & batch.missing.keys() - counted
        counted |= keys
        asked.append(Asked(work, texts, frozenset(source for source, _ in keys)))
    return Leg(batch, asked)


def _write(job: Job, drafter: Drafter, leg: Leg, tally: Tally) -> Iterator[None]:
    """Wait for the drafts of a leg and write its catalogs, one a step."""
    drafter.finish(leg.batch)
    lang = leg.batch.lang
    share = leg.batch.seconds / max(1, len(leg.batch.missing))
    tally.engine_seconds += leg.batch.seconds
    tally.runtime = drafter.runtime
    done: list[tuple[str, str, str]] = []
    try:
        for asked in leg.asked:
            began = time.monotonic()
            writer = Writer(job, asked.work, lang, leg.batch, asked.sources, asked.first)
            try:
                row = writer.write()
            except Exception as error:
                _fail(job, tally, asked.work, lang, error)
                continue
            done += writer.states()
            spent = asked.work.seconds + share * len(asked.first) + time.monotonic() - began
            asked.work.seconds = 0.0  # reading is counted once, with the first language
            tally.add(replace(row, seconds=spent))
            drafter.collect()
            yield
    finally:
        job.ledger.remember_all(done)


def _fail(job: Job, tally: Tally, work: Work, lang: str, error: Exception) -> None:
    """A catalog that cannot be done, be it for a rule that trips, does not stop the others.

    Raises `error` again where it is about the run as a whole: no room on the disk, say.
    """
    own = isinstance(error, DragomanError)
    if (own and not isinstance(error, CatalogError)) or os.environ.get("DRAGOMAN_DEBUG"):
        raise error
    tally.fail(job.workspace.catalog(work.name, lang), error)


def _to_draft(job: Job, work: Work, lang: str) -> tuple[str, ...]:
    """The sentences that want a draft from the machine.

    Besides the open ones these are fuzzy texts of sentences that the ledger has never seen: a
    fresh clone, or a ledger that was lost. Should the machine now say the same, the text is its
    own; otherwise a person wrote it.
    """
    path = job.workspace.catalog(work.name, lang)
    found = catalog.read_catalog(path) if path.exists() else None
    plan = plan_catalog(job, work, lang, found)
    unproven = {
        step.entry.msgid: None
        for step in plan.steps
        if step.standing == "person"
        and step.entry.fuzzy
        and step.entry.previous_msgid is None
        and not job.ledger.drafts(step.entry.msgid, lang)
    }
    # Before anything is drafted: another release may get the very words that a person wrote here.
    claims = (claim for claim in plan.claims if claim[0] not in unproven)
    job.ledger.claim(work.name, lang, claims)
    return tuple(dict.fromkeys((*plan.wanted, *unproven)))
