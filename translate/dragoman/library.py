"""Dragoman in another program: releases translated from Python.

    >>> from dragoman import Row, Workspace, read_catalog, translate_release, translate_releases
    >>> workspace = Workspace.at(folder)

One release, into one language. The engine of these examples is the one for tests; leave it out
and the model that comes with Dragoman translates.

    >>> (row,) = translate_release(workspace, "seeds/meeting.txt", to=("en",), engine="fake")
    >>> print(f"{row.release} into {row.lang}: {row.drafted} of {row.segments} drafted")
    meeting into en: 5 of 5 drafted

What it made is a catalog that a person reviews.

    >>> entry = read_catalog(workspace.catalog("meeting", "en")).entries[0]
    >>> print(entry.msgid, "->", entry.msgstr, "(a draft)" if entry.fuzzy else "(reviewed)")
    Начальник Службы встретился с послом -> Chief of the Service vstretilsya s poslom (a draft)

A whole archive, release by release as they are done; nothing is done twice.

    >>> for done in translate_releases(workspace, engine="fake", to=("en",)):
    ...     if isinstance(done, Row):  # and not a Failure
    ...         print(done.release, "unchanged" if done.unchanged else f"{done.segments} segments")
    meeting unchanged
    page 4 segments

Without a workspace there are the stages: `read_release`, `segment_release`,
`translate_sentences`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from dragoman.errors import DragomanError
from dragoman.pipeline import steps
from dragoman.report import Failure, Row, Tally
from dragoman.session import open_job
from dragoman.workspace import LANGUAGES, Workspace


def translate_releases(
    workspace: Workspace,
    releases: Iterable[Path | str] | None = None,
    *,
    to: Sequence[str] = LANGUAGES,
    engine: str = "embedded",
    trust_memory: bool = False,
    only_changed: bool = False,
    limit: int = 0,
    on: str = "here",
) -> Iterator[Row | Failure]:
    """Bring catalogs up to date, and say of each what was done, or why it could not be.

    `releases` are files, relative to the workspace or absolute; by default all of seeds/. The
    other arguments are the options of ``dragoman translate``. The workspace is locked from the
    first step to the end of the iterator; closing that early is a clean stop, and the next run
    goes on from there. With ``on="process"`` a script needs the ``if __name__ == "__main__"``
    that all use of multiprocessing needs.

    Raises EngineError, GlossaryError, UsageError or WorkspaceError when the run cannot go on.
    """
    paths = workspace.releases() if releases is None else (workspace.root / p for p in releases)
    events: deque[Row | Failure] = deque()
    with open_job(
        workspace,
        engine,
        tuple(to),
        trust_memory=trust_memory,
        only_changed=only_changed,
        limit=limit,
        on=on,
    ) as job:
        for _ in steps(job, paths, Tally(events.append, events.append)):
            while events:
                yield events.popleft()
        yield from events


def translate_release(
    workspace: Workspace,
    release: Path | str,
    *,
    to: Sequence[str] = LANGUAGES,
    engine: str = "embedded",
    trust_memory: bool = False,
) -> tuple[Row, ...]:
    """Bring the catalogs of one release up to date: a row for each language.

    Raises DragomanError when the release cannot be read or a catalog cannot be used.
    """
    done = tuple(
        translate_releases(workspace, [release], to=to, engine=engine, trust_memory=trust_memory)
    )
    for event in done:
        if isinstance(event, Failure):
            raise DragomanError(event.message)
    return tuple(event for event in done if isinstance(event, Row))
