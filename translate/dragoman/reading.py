"""From paths to opened releases: what a run takes, what it passes by, what it refuses."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from dragoman.errors import DragomanError, ReleaseError
from dragoman.glossary import Glossary
from dragoman.job import Found, Job, Langs, Opened, Work, catalog_state, find, text_of
from dragoman.releases import read_release, safe_name
from dragoman.report import Failure, Row, Tally
from dragoman.segment import segment_release


def findings(job: Job, paths: Iterable[Path], tally: Tally) -> Iterator[Found]:
    """The release files with something to do; what is refused or unchanged goes to `tally`."""
    names: dict[str, Path] = {}
    for path in paths:
        try:
            admit(job, path, names)
            found = find(job, path)
            name = safe_name(path)
            if _unchanged(job, found, name):
                for lang in job.languages:
                    tally.add(Row(name, lang, unchanged=True))
                continue
        except (DragomanError, OSError) as error:
            tally.fail(path, error)
            continue
        yield found


def admit(job: Job, path: Path, names: dict[str, Path]) -> None:
    """Refuse what must not be read. `names` are the releases of this run so far.

    Raises ReleaseError for a second release of one name, a link that leads out of the workspace
    or to a folder, a folder that may not be read, and a name that is not text.
    """
    root = job.workspace.root
    if str(path).encode("utf-8", "replace") != str(path).encode("utf-8", "surrogateescape"):
        raise ReleaseError("its name is not text in UTF-8", advice="rename the file", path=path)
    inside = Path(os.path.normpath(Path.cwd() / path))
    if inside.is_relative_to(root) and not inside.resolve().is_relative_to(root):
        raise ReleaseError(
            f"is a link that leads out of the workspace, to {inside.resolve()}",
            advice="put a copy in its place",
            path=path,
        )
    if path.is_symlink() and path.is_dir():
        raise ReleaseError(
            "is a link to a folder, and such are not followed",
            advice="put the folder in its place",
            path=path,
        )
    if path.is_dir() and not os.access(path, os.R_OK | os.X_OK):
        raise ReleaseError(
            "is a folder that may not be read", advice="give yourself the right to", path=path
        )
    name = safe_name(path)
    if names.setdefault(name, path) != path:
        raise ReleaseError(
            f"has the same name as {names[name]}, and their catalogs would be one",
            advice="rename one of the two",
            path=path,
        )


def _unchanged(job: Job, found: Found, name: str) -> bool:
    """Whether all catalogs of a release are just as the last run left them."""
    if not found.state:
        return False
    for lang in job.languages:
        if job.only_changed and job.ledger.seen(name, text_of(lang), found.text):
            continue
        state = catalog_state(job, name, lang, found.state)
        if state is None or not job.ledger.seen(name, lang, state):
            return False
    return True


def read(
    found: Iterable[Found], glossary: Callable[[], Glossary], langs: Langs
) -> Iterator[Opened]:
    """Open releases one after the other."""
    for one in found:
        yield open_release(one, glossary, langs)


def open_release(found: Found, glossary: Callable[[], Glossary], langs: Langs) -> Opened:
    """Read and segment a release and find its terms, or say why that cannot be done.

    Raises GlossaryError or WorkspaceError when the term base cannot be read.
    """
    started = time.monotonic()
    base = glossary()
    try:
        document = segment_release(read_release(found.path, source=found.source))
        texts = [segment.text for segment in document.segments]
        hits = dict(zip(texts, base.find_in_document(texts), strict=True))
        work = Work.of(found, document, hits, langs)
    except Exception as error:  # one release that trips a rule must not stop ten thousand
        if os.environ.get("DRAGOMAN_DEBUG"):
            raise
        return Failure.of(found.path, error)
    work.seconds = time.monotonic() - started
    return work
