"""A run and the releases in it: what the stages of the pipeline hand on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from dragoman import catalog
from dragoman.crew import Crew
from dragoman.drafting import Memory, Unit
from dragoman.engines import Engine
from dragoman.glossary import Glossary, terms_fingerprint, wanted
from dragoman.ledger import Ledger, fingerprint
from dragoman.merge import Plan, entries_of, plan_merge
from dragoman.records import Document, Entry, Hit, Term
from dragoman.releases import SIZE_LIMIT, safe_source
from dragoman.report import Failure, Row
from dragoman.workspace import Workspace

# Bump when the notes or the checks change, so that catalogs are written again.
FORMAT = "1"


Langs = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """Everything a run needs. `glossary` is called when terms are first needed.

    `crew` drafts, by default the engine here and now. `read` opens releases, in their order; by
    default one after the other, here. With `only_changed`, releases whose text is that of the
    last run are passed by, whatever else has changed; after `limit` releases with something to
    do (0: none) the run ends.
    """

    workspace: Workspace
    engine: Engine
    ledger: Ledger
    glossary: Callable[[], Glossary]
    glossary_state: str
    languages: Langs
    memory: Memory | None = None
    crew: Crew | None = None
    read: Reader | None = None
    trust_memory: bool = False
    trust_flags: bool = True
    only_changed: bool = False
    limit: int = 0
    on_row: Callable[[Row], None] = lambda row: None
    on_failure: Callable[[Failure], None] = lambda failure: None
    on_draft: Callable[[int], None] = lambda count: None
    on_wanted: Callable[[int, int], None] = lambda count, catalogs: None


@dataclass(frozen=True, slots=True)
class Found:
    """A release file that has something to do.

    `text` is the fingerprint of the file, `state` that of everything but the catalog that decides
    what is written; both are empty for a file that cannot be read.
    """

    path: Path
    source: str  # its name in references
    text: str = ""
    state: str = ""


@dataclass
class Work:
    """A release on its way: an entry for each sentence, and by sentence and language the units."""

    name: str
    found: Found
    entries: tuple[Entry, ...]
    units: dict[tuple[str, str], Unit]
    seconds: float = 0.0
    templated: bool = False  # its template has been written

    @classmethod
    def of(
        cls, found: Found, document: Document, hits: Mapping[str, tuple[Hit, ...]], langs: Langs
    ) -> Work:
        """A release as segmented, with the terms found in its sentences, for some languages."""
        entries = entries_of(document)
        units = {}
        for source in (entry.msgid for entry in entries):
            for lang in langs:
                terms = tuple(wanted(hit, lang) for hit in hits.get(source, ()))
                units[source, lang] = Unit(source, terms, terms_fingerprint(terms))
        return cls(document.release.name, found, entries, units)

    def unit(self, source: str, lang: str) -> Unit:
        """A sentence with its terms."""
        return self.units[source, lang]

    def terms(self, source: str, lang: str) -> tuple[Term, ...]:
        """The terms of a sentence in `lang`."""
        return self.unit(source, lang).terms


Opened = Work | Failure
"""A release as read, or why it could not be."""
Reader = Callable[[Iterable[Found], Callable[[], Glossary], Langs], Iterator[Opened]]
"""Opens releases, in their order, with the term base that it is given a way to."""


def old_catalog(job: Job, work: Work, lang: str, found: catalog.Catalog | None) -> catalog.Catalog:
    path, source = job.workspace.catalog(work.name, lang), safe_source(work.found.source)
    if found is None:
        return catalog.new_catalog(work.name, lang)
    catalog.require_release(found, source, {entry.msgid for entry in work.entries}, path)
    catalog.require_language(found, lang, path)
    return catalog.completed(found, work.name, lang)


def plan_catalog(job: Job, work: Work, lang: str, found: catalog.Catalog | None) -> Plan:
    """What a merge of the release into the catalog `found` will do. Raises CatalogError."""
    old = old_catalog(job, work, lang, found)
    return plan_merge(old, work.entries, known(job, work, lang), trust_flags=job.trust_flags)


def known(job: Job, work: Work, lang: str) -> Callable[[str, str], bool]:
    """Whether the machine proposed a text for a msgid, as the ledger knows."""
    return lambda msgid, text: job.ledger.is_machine_text(msgid, lang, text, work.name)


def find(job: Job, path: Path) -> Found:
    """A release file with the fingerprints that tell whether there is anything to do."""
    source = job.workspace.source(path)
    try:
        readable = path.is_file() and path.stat().st_size <= SIZE_LIMIT
        data = path.read_bytes() if readable else None
    except OSError:
        data = None
    if data is None:
        return Found(path, source)
    text = fingerprint(source, data)
    policy = f"{job.trust_flags}{job.trust_memory}"
    state = fingerprint(FORMAT, text, job.engine.revision, job.glossary_state, policy)
    return Found(path, source, text, state)


def text_of(lang: str) -> str:
    """Under what the ledger remembers which text of a release the catalog in `lang` is of."""
    return f"text of {lang}"


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
