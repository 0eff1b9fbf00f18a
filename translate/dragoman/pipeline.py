"""Releases in, catalogs out. Read `run` first: it is the table of contents.

    read -> segment -> find terms -> decide what to draft -> draft -> check -> merge -> write

Releases go through in windows, so that sentences of many of them share the engine's batches while
memory stays flat. A release that cannot be read and a catalog that cannot be used become a
`Failure`; the others are still done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from dragoman import catalog
from dragoman.drafting import Drafter
from dragoman.errors import CatalogError, ReleaseError
from dragoman.job import Job, Work, catalog_state, plan_catalog, release_state
from dragoman.releases import read_release, safe_name
from dragoman.report import Failure, Report, Row
from dragoman.segment import segment_release
from dragoman.writer import Writer

WINDOW_SEGMENTS = 4000


def run(job: Job, paths: Iterable[Path]) -> Report:
    """Bring the catalogs of the releases at `paths` up to date.

    Raises EngineError or WorkspaceError when the run as a whole cannot go on; what was drafted
    until then is in the ledger and what was written stays.
    """
    started = time.monotonic()
    rows: list[Row] = []
    failures: list[Failure] = []

    def fail(path: Path | str, error: Exception) -> None:
        failures.append(Failure(str(path), str(error)))
        job.on_failure(failures[-1])

    for window in _windows(job, paths, rows, fail):
        for lang in job.languages:
            rows += _translate_window(job, window, lang, fail)
    notices = (job.ledger.notice, *(job.memory.notices if job.memory else ()))
    seconds = time.monotonic() - started
    told = tuple(notice for notice in notices if notice)
    return Report(job.engine.name, tuple(rows), tuple(failures), seconds, told)


Fail = Callable[[Path | str, Exception], None]


def _windows(job: Job, paths: Iterable[Path], rows: list[Row], fail: Fail) -> Iterator[list[Work]]:
    """Releases with something to do, in windows of about `WINDOW_SEGMENTS` sentences."""
    window: list[Work] = []
    names: dict[str, Path] = {}
    for path in paths:
        try:
            work = _open(job, path, names, rows)
        except ReleaseError as error:
            fail(path, error)
            continue
        if work is None:
            continue
        window.append(work)
        if sum(len(work.entries) for work in window) >= WINDOW_SEGMENTS:
            yield window
            window = []
    if window:
        yield window


def _open(job: Job, path: Path, names: dict[str, Path], rows: list[Row]) -> Work | None:
    """Read and segment a release and find its terms; None when nothing changed since last time."""
    started = time.monotonic()
    source = job.workspace.source(path)
    state = release_state(job, path, source)
    release = None if state is None else _unchanged(job, path, state)
    if release is not None:
        for row in release:
            rows.append(row)
            job.on_row(row)
        return None
    document = segment_release(read_release(path, source=source))
    name = document.release.name
    if name in names and names[name] != path:
        raise ReleaseError(
            f"has the same name as {names[name]}, and their catalogs would be one",
            advice="rename one of the two",
            path=path,
        )
    names[name] = path
    texts = [segment.text for segment in document.segments]
    hits = dict(zip(texts, job.glossary().find_in_document(texts), strict=True))
    return Work(document, state or "", hits, time.monotonic() - started)


def _unchanged(job: Job, path: Path, state: str) -> list[Row] | None:
    """Rows for a release whose catalogs are just as the last run left them, else None."""
    name = safe_name(path)
    for lang in job.languages:
        found = catalog_state(job, name, lang, state)
        if found is None or not job.ledger.seen(name, lang, found):
            return None
    return [Row(name, lang, unchanged=True) for lang in job.languages]


def _translate_window(job: Job, window: Sequence[Work], lang: str, fail: Fail) -> list[Row]:
    """Draft what the releases of a window lack in one language, and write their catalogs."""
    asked: list[tuple[Work, tuple[str, ...]]] = []
    for work in window:
        try:
            asked.append((work, _to_draft(job, work, lang)))
        except CatalogError as error:
            fail(job.workspace.catalog(work.name, lang), error)
    units = [work.unit(source, lang) for work, sources in asked for source in sources]
    job.on_wanted(len({unit.source for unit in units}))
    started = time.monotonic()
    drafter = Drafter(job.engine, job.ledger, job.memory, job.on_draft)
    drafts, fresh = drafter.draft(units, lang)
    share = (time.monotonic() - started) / max(1, len(units))
    rows = []
    for work, sources in asked:
        began = time.monotonic()
        mine = {source: drafts[source] for source in sources if source in drafts}
        try:
            row = Writer(job, work, lang, mine, fresh).write()
        except CatalogError as error:
            fail(job.workspace.catalog(work.name, lang), error)
            continue
        spent = work.seconds + share * len(sources) + time.monotonic() - began
        work.seconds = 0.0  # reading is counted once, with the first language
        rows.append(replace(row, seconds=spent))
        job.on_row(rows[-1])
    return rows


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
