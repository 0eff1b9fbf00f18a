"""A run and the releases in it: what the stages of the pipeline hand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from dragoman import catalog
from dragoman.drafting import Memory, Unit
from dragoman.engines import Engine
from dragoman.glossary import Glossary, terms_fingerprint, wanted
from dragoman.ledger import Ledger, fingerprint
from dragoman.merge import Plan, entries_of, plan_merge
from dragoman.records import Document, Entry, Hit, Term
from dragoman.report import Failure, Row
from dragoman.workspace import Workspace

# Bump when the notes or the checks change, so that catalogs are written again.
FORMAT = "1"


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


def old_catalog(job: Job, work: Work, lang: str, found: catalog.Catalog | None) -> catalog.Catalog:
    path, source = job.workspace.catalog(work.name, lang), work.document.release.source
    if found is None:
        return catalog.new_catalog(work.name, lang)
    catalog.require_release(found, source, {entry.msgid for entry in work.entries}, path)
    return catalog.completed(found, work.name, lang)


def plan_catalog(job: Job, work: Work, lang: str, found: catalog.Catalog | None) -> Plan:
    """What a merge of the release into the catalog `found` will do. Raises CatalogError."""
    old = old_catalog(job, work, lang, found)
    return plan_merge(old, work.entries, known(job, work, lang), trust_flags=job.trust_flags)


def known(job: Job, work: Work, lang: str) -> Callable[[str, str], bool]:
    """Whether the machine proposed a text for a msgid, as the ledger knows."""
    return lambda msgid, text: job.ledger.is_machine_text(msgid, lang, text, work.name)


def release_state(job: Job, path: Path, source: str) -> str | None:
    """What decides the catalogs of a release besides themselves; None for an unreadable file."""
    try:
        data = path.read_bytes() if path.is_file() and path.stat().st_size < 10_000_000 else None
    except OSError:
        data = None
    if data is None:
        return None
    policy = f"{job.trust_flags}{job.trust_memory}"
    return fingerprint(FORMAT, source, data, job.engine.revision, job.glossary_state, policy)


def catalog_state(
    job: Job, name: str, lang: str, state: str, sources: Iterable[str] | None = None
) -> str | None:
    """A fingerprint of a release's catalog with all that decides it; None where there is none.

    `sources` are the sentences of the release, where they are known already.
    """
    try:
        po = job.workspace.catalog(name, lang).read_bytes()
        pot = job.workspace.template(name).read_bytes()
    except OSError:
        return None
    remembered = job.memory.state(name, lang, sources) if job.memory else ""
    return fingerprint(state, po, pot, remembered)
