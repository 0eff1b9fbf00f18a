"""Releases in, catalogs out. Read `run` first: it is the table of contents.

    read -> segment -> find terms -> decide what to draft -> draft -> check -> merge -> write

Releases go through in windows, so that sentences of many of them share the engine's batches while
memory stays flat. A release that cannot be read and a catalog that cannot be used become a
`Failure`; the others are still done.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from dragoman import catalog, notes
from dragoman.checks import Pair, dismissed, run_checks
from dragoman.drafting import Drafter, Memory, Unit
from dragoman.engines import Engine
from dragoman.errors import CatalogError, ReleaseError
from dragoman.glossary import Glossary, holds, terms_fingerprint, wanted
from dragoman.ledger import Ledger, fingerprint
from dragoman.merge import entries_of, fill, plan_merge
from dragoman.records import Document, Draft, Entry, Hit, Issue, Term
from dragoman.releases import read_release
from dragoman.report import Failure, Report, Row
from dragoman.segment import segment_release
from dragoman.workspace import Workspace

# Bump when the notes or the checks change, so that catalogs are written again.
FORMAT = "1"
WINDOW_SEGMENTS = 4000


@dataclass(frozen=True, slots=True)
class Job:
    """Everything a run needs. `glossary` is called when terms are first needed."""

    workspace: Workspace
    engine: Engine
    ledger: Ledger
    glossary: Callable[[], Glossary]
    glossary_state: str
    languages: tuple[str, ...]
    memory: Memory | None = None
    memory_state: str = ""
    trust_memory: bool = False
    trust_flags: bool = True
    on_row: Callable[[Row], None] = lambda row: None
    on_failure: Callable[[Failure], None] = lambda failure: None
    on_draft: Callable[[int], None] = lambda count: None
    on_wanted: Callable[[int], None] = lambda count: None


@dataclass
class Work:
    """A release on its way: its document, and the terms of each sentence."""

    document: Document
    state: str  # fingerprint of everything but the catalog that decides what is written
    hits: dict[str, tuple[Hit, ...]] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def name(self) -> str:
        return self.document.release.name

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return entries_of(self.document)

    def unit(self, source: str, lang: str) -> Unit:
        terms = self.terms(source, lang)
        return Unit(source, terms, terms_fingerprint(terms))

    def terms(self, source: str, lang: str) -> tuple[Term, ...]:
        return tuple(wanted(hit, lang) for hit in self.hits.get(source, ()))


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
    notices = (job.ledger.notice,) if job.ledger.notice else ()
    seconds = time.monotonic() - started
    return Report(job.engine.name, tuple(rows), tuple(failures), seconds, notices)


Fail = Callable[[Path | str, Exception], None]


def _windows(
    job: Job, paths: Iterable[Path], rows: list[Row], fail: Fail
) -> Iterator[list[Work]]:
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
    state = _state(job, path, source)
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


def _state(job: Job, path: Path, source: str) -> str | None:
    """What decides the catalogs of a release besides themselves; None for an unreadable file."""
    try:
        data = path.read_bytes() if path.is_file() and path.stat().st_size < 10_000_000 else None
    except OSError:
        data = None
    if data is None:
        return None
    policy = f"{job.trust_flags}{job.trust_memory}{job.memory_state}"
    return fingerprint(FORMAT, source, data, job.engine.revision, job.glossary_state, policy)


def _unchanged(job: Job, path: Path, state: str) -> list[Row] | None:
    """Rows for a release whose catalogs are just as the last run left them, else None."""
    from dragoman.releases import safe_name

    name = safe_name(path)
    for lang in job.languages:
        catalog_state = _catalog_state(job, name, lang, state)
        if catalog_state is None or not job.ledger.seen(name, lang, catalog_state):
            return None
    return [Row(name, lang, unchanged=True) for lang in job.languages]


def _catalog_state(job: Job, name: str, lang: str, state: str) -> str | None:
    try:
        po = job.workspace.catalog(name, lang).read_bytes()
        pot = job.workspace.template(name).read_bytes()
    except OSError:
        return None
    return fingerprint(state, po, pot)


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


def _old_catalog(job: Job, work: Work, lang: str, found: catalog.Catalog | None) -> catalog.Catalog:
    path, source = job.workspace.catalog(work.name, lang), work.document.release.source
    if found is None:
        return catalog.new_catalog(work.name, lang)
    catalog.require_release(found, source, {entry.msgid for entry in work.entries}, path)
    return catalog.completed(found, work.name, lang)


def _to_draft(job: Job, work: Work, lang: str) -> tuple[str, ...]:
    """The sentences that want a draft from the machine.

    Besides the open ones these are fuzzy texts of sentences that the ledger has never seen: a
    fresh clone, or a ledger that was lost. Should the machine now say the same, the text is its
    own; otherwise a person wrote it.
    """
    path = job.workspace.catalog(work.name, lang)
    found = catalog.read_catalog(path) if path.exists() else None
    old = _old_catalog(job, work, lang, found)
    plan = plan_merge(old, work.entries, _known(job, work, lang), trust_flags=job.trust_flags)
    unproven = (
        step.entry.msgid
        for step in plan.steps
        if step.standing == "person"
        and step.entry.fuzzy
        and step.entry.previous_msgid is None
        and not job.ledger.drafts(step.entry.msgid, lang)
    )
    return tuple(dict.fromkeys((*plan.wanted, *unproven)))


def _known(job: Job, work: Work, lang: str) -> Callable[[str, str], bool]:
    return lambda msgid, text: job.ledger.is_machine_text(msgid, lang, text, work.name)


@dataclass
class Writer:
    """Writes one catalog and its template, and counts what stands in it."""

    job: Job
    work: Work
    lang: str
    drafts: dict[str, Draft]
    fresh: set[str]  # sources that the engine translated in this run
    row: Row = field(init=False)

    def write(self) -> Row:
        """Merge, write, and remember the state so that an unchanged run can pass it by."""
        job, work = self.job, self.work
        path = job.workspace.catalog(work.name, self.lang)
        catalog.update_catalog(path, self._merged)
        pot = job.workspace.template(work.name)
        catalog.update_catalog(pot, self._template)
        state = _catalog_state(job, work.name, self.lang, work.state) if work.state else None
        if state is not None:
            job.ledger.remember(work.name, self.lang, state)
        return self.row

    def _template(self, old: catalog.Catalog | None) -> catalog.Catalog:
        return catalog.dated(old, catalog.new_template(self.work.name, self.work.entries, old))

    def _merged(self, found: catalog.Catalog | None) -> catalog.Catalog:
        job, work = self.job, self.work
        self.row = Row(work.name, self.lang, segments=len(work.entries))
        known = _known(job, work, self.lang)
        old = _old_catalog(job, work, self.lang, found)
        plan = plan_merge(old, work.entries, known, trust_flags=job.trust_flags)
        job.ledger.claim(work.name, self.lang, plan.claims)
        merged = fill(plan, self.drafts, self._annotate, trust_memory=job.trust_memory)
        return catalog.dated(found, merged)

    def _annotate(self, entry: Entry, draft: Draft | None) -> tuple[str, ...]:
        terms = self.work.terms(entry.msgid, self.lang)
        verdicts = [(term, holds(term, entry.msgstr, self.lang)) for term in terms]
        issues = self._issues(entry, terms)
        owner, shown = self._owner(entry, draft)
        self._count(entry, owner, verdicts, issues)
        return notes.lines(owner, shown, verdicts if entry.msgstr else (), issues)

    def _owner(self, entry: Entry, draft: Draft | None) -> tuple[str, Draft | None]:
        """Whose text the entry holds, and the draft it is where it is the machine's."""
        if not entry.msgstr:
            return "nobody", draft
        if draft is not None and draft.text == entry.msgstr:
            return draft.origin, draft
        known = _known(self.job, self.work, self.lang)
        if not known(entry.msgid, entry.msgstr):
            return "person", None
        proposed = self.job.ledger.drafts(entry.msgid, self.lang)
        return "engine", next(d for d in reversed(proposed) if d.text == entry.msgstr)

    def _issues(self, entry: Entry, terms: tuple[Term, ...]) -> tuple[Issue, ...]:
        if not entry.msgstr:
            return ()
        assert self.lang in ("en", "az")
        pair = Pair(entry.msgid, entry.msgstr, self.lang, terms)  # type: ignore[arg-type]
        return run_checks(pair, dismissed=dismissed(entry.comment))

    def _count(
        self,
        entry: Entry,
        owner: str,
        verdicts: Sequence[tuple[Term, bool]],
        issues: Sequence[Issue],
    ) -> None:
        row, mine = self.row, entry.msgid in self.drafts
        fresh = mine and entry.msgid in self.fresh
        self.row = replace(
            row,
            drafted=row.drafted + (fresh and owner == "engine"),
            reused=row.reused + (mine and not fresh and owner in ("engine", "memory")),
            kept=row.kept + (owner == "person" or (not mine and owner == "engine")),
            failed=row.failed + (owner == "nobody"),
            warnings=row.warnings + len(issues),
            terms=row.terms + len(verdicts),
            missed=row.missed + sum(not found for _, found in verdicts),
        )
