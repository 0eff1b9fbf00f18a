"""A run's surroundings: the lock, the ledger, the glossary, the engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Protocol

from dragoman.engines import load_engine
from dragoman.glossary import Glossary, load_glossary
from dragoman.ledger import Ledger, fingerprint
from dragoman.pipeline import Job
from dragoman.report import Failure, Row
from dragoman.workspace import Workspace


class Watcher(Protocol):
    """Who is told how a run goes."""

    @property
    def on_row(self) -> Callable[[Row], None]: ...

    def failure(self, failure: Failure) -> None: ...

    def wanted(self, count: int) -> None: ...

    def drafted(self, count: int) -> None: ...


class Silent:
    """A watcher that shows nothing."""

    def on_row(self, row: Row) -> None: ...

    def failure(self, failure: Failure) -> None: ...

    def wanted(self, count: int) -> None: ...

    def drafted(self, count: int) -> None: ...


@contextmanager
def open_job(
    workspace: Workspace,
    engine: str,
    languages: tuple[str, ...],
    watcher: Watcher | None = None,
    *,
    trust_memory: bool = False,
) -> Iterator[Job]:
    """Everything a run needs, the workspace locked while it lasts.

    Raises EngineError, GlossaryError or WorkspaceError when the run cannot begin.
    """
    watching = watcher or Silent()
    machine = load_engine(engine, workspace=workspace.root)
    with workspace.lock(), Ledger(workspace.state / "ledger.sqlite") as ledger:
        yield Job(
            workspace=workspace,
            engine=machine,
            ledger=ledger,
            glossary=lazy_glossary(workspace),
            glossary_state=folder_state(workspace.glossary),
            languages=languages,
            trust_memory=trust_memory,
            on_row=watching.on_row,
            on_failure=watching.failure,
            on_draft=watching.drafted,
            on_wanted=watching.wanted,
        )


def lazy_glossary(workspace: Workspace) -> Callable[[], Glossary]:
    """The term base of a workspace, read when first asked for."""
    return cache(lambda: load_glossary(workspace.glossary, workspace.state / "terms.sqlite"))


def folder_state(folder: Path, pattern: str = "*.csv") -> str:
    """A fingerprint of the files of a folder, without reading sense into them."""
    parts: list[str | bytes] = []
    for path in sorted(folder.rglob(pattern)):
        parts += [path.relative_to(folder).as_posix(), path.read_bytes()]
    return fingerprint(*parts)
