"""A run's surroundings: the lock, the ledger, the glossary, the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Protocol

from dragoman.crew import Crew, Here
from dragoman.enforcing import enforcer
from dragoman.engines import Engine, load_engine
from dragoman.errors import UsageError
from dragoman.files import sweep
from dragoman.garbage import rarely_collected
from dragoman.glossary import Glossary, load_glossary, wanted
from dragoman.job import Job, Reader
from dragoman.ledger import Ledger, fingerprint
from dragoman.memory import open_memory
from dragoman.processes import apart, fitting
from dragoman.records import Draft, Request, Term
from dragoman.report import Failure, Row
from dragoman.workspace import Workspace


class Watcher(Protocol):
    """Who is told how a run goes."""

    @property
    def on_row(self) -> Callable[[Row], None]: ...

    def failure(self, failure: Failure) -> None: ...

    def wanted(self, count: int, catalogs: int) -> None:
        """So many sentences of so many more catalogs are to be drafted."""

    def drafted(self, count: int) -> None:
        """So many sentences were drafted."""


class Silent:
    """A watcher that shows nothing."""

    def on_row(self, row: Row) -> None: ...

    def failure(self, failure: Failure) -> None: ...

    def wanted(self, count: int, catalogs: int) -> None: ...

    def drafted(self, count: int) -> None: ...


@contextmanager
def open_job(
    workspace: Workspace,
    engine: str,
    languages: tuple[str, ...],
    watcher: Watcher | None = None,
    *,
    trust_memory: bool = False,
    trust_flags: bool = True,
    only_changed: bool = False,
    limit: int = 0,
    on: str = "here",
    workers: int = 0,
) -> Iterator[Job]:
    """Everything a run needs, the workspace locked while it lasts.

    `on` says where the engine works: ``here``; in a ``process`` of its own, so that reading and
    writing do not keep it waiting; or on a cluster, ``ray`` or ``ray:ADDRESS`` (see
    `dragoman.cluster`); the latter two with so many `workers`, 0 for as many as fit. For the rest
    see `Job`.

    Raises EngineError, GlossaryError or WorkspaceError when the run cannot begin.
    """
    watching = watcher or Silent()
    machine = load_engine(engine, workspace=workspace.root)
    with (
        rarely_collected(),
        workspace.lock(),
        Ledger(workspace.state / "ledger.sqlite") as ledger,
        open_memory(workspace) as memory,
        _crew(on, engine, machine, workspace, workers, watching.drafted) as (crew, read),
    ):
        for folder in (workspace.locales, workspace.state):
            sweep(folder)
        yield Job(
            workspace=workspace,
            engine=machine,
            ledger=ledger,
            glossary=lazy_glossary(workspace),
            glossary_state=folder_state(workspace.glossary),
            languages=languages,
            memory=memory,
            crew=crew,
            read=read,
            trust_memory=trust_memory,
            trust_flags=trust_flags,
            only_changed=only_changed,
            limit=limit,
            on_row=watching.on_row,
            on_failure=watching.failure,
            on_draft=watching.drafted,
            on_wanted=watching.wanted,
        )


@contextmanager
def _crew(
    on: str,
    name: str,
    engine: Engine,
    workspace: Workspace,
    workers: int,
    on_draft: Callable[[int], None],
) -> Iterator[tuple[Crew, Reader | None]]:
    """Who drafts, and who reads if not the pipeline itself."""
    place, _, address = on.partition(":")
    if on == "here":
        yield Here(engine, on_draft), None
    elif on == "process":
        with apart(name, workspace.root, workers or fitting(engine)) as crew:
            yield crew, None
    elif place == "ray":
        from dragoman.cluster import cluster, reader

        with cluster(address, name, workspace, workers) as actors:
            yield actors, reader(workspace)
    else:
        raise UsageError(f"--on {on}: no such place", advice="use here, process or ray:ADDRESS")


def lazy_glossary(workspace: Workspace) -> Callable[[], Glossary]:
    """The term base of a workspace, read when first asked for."""
    return cache(lambda: load_glossary(workspace.glossary, workspace.state / "terms.sqlite"))


def folder_state(folder: Path, pattern: str = "*.csv") -> str:
    """A fingerprint of the files of a folder, without reading sense into them."""
    parts: list[str | bytes] = []
    for path in sorted(folder.rglob(pattern)):
        parts += [path.relative_to(folder).as_posix(), path.read_bytes()]
    return fingerprint(*parts)


def translate_sentences(
    workspace: Workspace, engine: str, sentences: Sequence[str], lang: str, *, terms: bool = True
) -> tuple[list[str], list[tuple[Term, ...]]]:
    """The texts of `draft_sentences` (empty where one failed), and the terms found."""
    drafts, found = draft_sentences(workspace, engine, sentences, lang, terms=terms)
    return [draft.text for draft in drafts], found


def draft_sentences(
    workspace: Workspace, engine: str, sentences: Sequence[str], lang: str, *, terms: bool = True
) -> tuple[list[Draft], list[tuple[Term, ...]]]:
    """Drafts of single sentences, without memory or ledger, and the terms found in them.

    With `terms` off the engine is told of none and none are enforced; they are still returned,
    to be counted.
    """
    machine = load_engine(engine, workspace=workspace.root)
    base = lazy_glossary(workspace)()
    wanted_terms = [
        tuple(wanted(hit, lang) for hit in base.find(sentence)) for sentence in sentences
    ]
    requests = [
        Request(sentence, found if terms else ())
        for sentence, found in zip(sentences, wanted_terms, strict=True)
    ]
    return enforcer(machine, lang).drafts(requests), wanted_terms
