"""How long a run would take, from a sample of its releases and a short trial of the engine."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman import catalog
from dragoman.crew import draft
from dragoman.drafting import Key, Unit, broke_down
from dragoman.errors import CatalogError
from dragoman.job import Job, Work, plan_catalog
from dragoman.reading import findings, read
from dragoman.records import Request
from dragoman.report import Failure, Tally

SAMPLE = 100  # releases that are read
TRIAL = 16  # sentences a language that are translated


@dataclass(frozen=True, slots=True)
class Estimate:
    """What a run would do. Sentences and seconds are scaled up from `sampled` releases.

    `known` sentences need no engine; `start` is the time until the engine's first draft, `engine`
    what it needs for all of them, `rest` what reading and writing take.
    """

    releases: int
    unchanged: int
    sampled: int
    sentences: int
    known: int
    to_draft: int
    start: float
    engine: float
    rest: float
    failures: tuple[Failure, ...]

    @property
    def seconds(self) -> float:
        """The whole run, when nothing is done at the same time."""
        return self.start + self.engine + self.rest


@dataclass(slots=True)
class _Count:
    sentences: int = 0
    known: int = 0


def estimate(job: Job, paths: Iterable[Path]) -> Estimate:
    """Estimate a run over `paths`; writes no catalog and records no draft.

    Raises EngineError when the engine cannot be used.
    """
    tally = Tally(on_failure=job.on_failure)
    found = list(findings(job, paths, tally))[: job.limit or None]
    sample = found[:: -(-len(found) // SAMPLE) or 1]
    count, missing = _Count(), dict[tuple[str, Key], Unit]()
    began = time.monotonic()
    for opened in read(sample, job.glossary, job.languages):
        if isinstance(opened, Failure):
            tally.failed(opened)
            continue
        for lang in job.languages:
            _survey(job, opened, lang, count, missing, tally)
    reading = time.monotonic() - began
    start, pace = _trial(job, missing)
    scale = len(found) / max(1, len(sample))
    characters = sum(len(unit.source) for unit in missing.values())
    return Estimate(
        releases=len(found),
        unchanged=tally.unchanged // len(job.languages),
        sampled=len(sample),
        sentences=round(count.sentences * scale),
        known=round(count.known * scale),
        to_draft=round(len(missing) * scale),
        start=start,
        engine=pace * characters * scale,
        rest=2 * reading * scale,  # writing takes about as long as reading
        failures=tuple(tally.failures),
    )


def _survey(
    job: Job,
    work: Work,
    lang: str,
    count: _Count,
    missing: dict[tuple[str, Key], Unit],
    tally: Tally,
) -> None:
    """Count the sentences of a release into one language, and gather those to be drafted."""
    path = job.workspace.catalog(work.name, lang)
    try:
        found = catalog.read_catalog(path) if path.exists() else None
        wanted = plan_catalog(job, work, lang, found).wanted
    except CatalogError as error:
        tally.fail(path, error)
        return
    count.sentences += len(work.entries)
    count.known += len(work.entries) - len(wanted)
    for unit in (work.unit(source, lang) for source in wanted):
        if (lang, unit.key) in missing or _known(job, unit, lang):
            count.known += 1
        else:
            missing[lang, unit.key] = unit


def _known(job: Job, unit: Unit, lang: str) -> bool:
    if job.memory and job.memory.exact(unit.source, lang):
        return True
    draft = job.ledger.lookup(unit.source, lang, job.engine.revision, unit.state)
    return draft is not None and draft.origin != "memory" and not broke_down(draft)


def _trial(job: Job, missing: dict[tuple[str, Key], Unit]) -> tuple[float, float]:
    """Seconds until the first draft, and seconds a character of the source from then on."""
    start = spent = 0.0
    characters = 0
    for lang in job.languages:
        units = [unit for (to, _), unit in missing.items() if to == lang]
        units.sort(key=lambda unit: (len(unit.source), unit.key))
        trial = units[:: -(-len(units) // TRIAL) or 1]
        if not trial:
            continue
        if not start:
            start = draft(job.engine, _requests(trial[:1]), lang).seconds
        spent += draft(job.engine, _requests(trial), lang).seconds
        characters += sum(len(unit.source) for unit in trial)
    return start, spent / max(1, characters)


def _requests(units: Sequence[Unit]) -> list[Request]:
    return [Request(unit.source, unit.terms) for unit in units]
