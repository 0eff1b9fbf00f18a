"""What people approved in the catalogs, into the memory: only what changed is read again.

A catalog whose size and time of change are those of the last look is taken as it was. One that
was touched is read and compared by its hash, one that changed gives up its old pairs and gives its
new ones. An entry counts as approved when it has a text and no ``fuzzy`` mark, whether it still
stands in the release or has left it (``#~``).
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from dragoman.catalog import FIRST_DATE, parse_catalog
from dragoman.errors import CatalogError
from dragoman.memory.model import Pair
from dragoman.memory.plain import COPIED, read_plain
from dragoman.memory.store import Store
from dragoman.memory.writing import Writer
from dragoman.workspace import LANGUAGES, Workspace

# A file written so shortly before it is read may be written again with the same time and size.
_RACY = 2_000_000_000  # nanoseconds


class Reading(NamedTuple):
    """A catalog as the memory sees it: its approved pairs and all of its sentences."""

    pairs: tuple[Pair, ...]
    members: tuple[str, ...]


class _Found(NamedTuple):
    path: str  # from the workspace, POSIX
    lang: str
    size: int
    mtime: int  # nanoseconds


def catalogs(workspace: Workspace) -> Iterator[_Found]:
    """The PO files of a workspace with their size and time of change, unread."""
    for lang in LANGUAGES:
        folder = workspace.catalog("x", lang).parent
        if not folder.is_dir():
            continue
        start = folder.relative_to(workspace.root).as_posix()
        with os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(".po") and not entry.name.startswith("."):
                    stat = entry.stat()
                    yield _Found(f"{start}/{entry.name}", lang, stat.st_size, stat.st_mtime_ns)


def harvest(store: Store, workspace: Workspace) -> tuple[str, ...]:
    """Bring the memory in line with the catalogs; return a line for each that cannot be read."""
    query = "SELECT path, id, size, mtime, digest FROM file WHERE kind = 'catalog'"
    with store.errors():
        known = {path: rest for path, *rest in store.connection.execute(query)}
    found = sorted(catalogs(workspace))
    changed = [file for file in found if known.get(file.path, ())[1:3] != [file.size, file.mtime]]
    gone = known.keys() - {file.path for file in found}
    if not changed and not gone:
        return ()
    notices: list[str] = []
    with store.transaction():
        writer = Writer(store)
        for path in sorted(gone):
            writer.forget(known[path][0])
        for file in changed:
            digest = known[file.path][3] if file.path in known else b""
            notices += _take(writer, workspace, file, digest)
        writer.settle()
    return tuple(notices)


def _take(writer: Writer, workspace: Workspace, file: _Found, digest: bytes) -> Iterator[str]:
    """Read one catalog and write what it says, if that is new."""
    path = workspace.root / file.path
    try:
        data = path.read_bytes()
    except OSError as error:
        yield f"{path}: not in the translation memory: {error.strerror or error}"
        return
    new = hashlib.blake2b(data, digest_size=16).digest()
    mtime = -1 if time.time_ns() - file.mtime < _RACY else file.mtime
    number = writer.file(file.path, "catalog", file.lang, (file.size, mtime, new))
    if new == digest:
        return
    try:
        reading = read(data, file.lang, path)
    except CatalogError as error:
        reading = Reading((), ())
        yield f"{error} (its approved entries are not in the translation memory)"
    writer.replace(number, file.lang, reading.pairs, reading.members)


def read(data: bytes, lang: str, path: Path) -> Reading:
    """The approved pairs and the sentences of a catalog. Raises CatalogError as `read_catalog`."""
    plain = read_plain(data)
    if plain is not None:
        date = normal_date(plain.date)
        return Reading(
            tuple(
                Pair(source, lang, target, date, copied=copied)
                for source, target, fuzzy, copied in plain.entries
                if target and not fuzzy
            ),
            tuple(entry[0] for entry in plain.entries),
        )
    catalog = parse_catalog(data, path)
    date = normal_date(catalog.field("PO-Revision-Date"))
    return Reading(
        tuple(
            Pair(
                entry.msgid,
                lang,
                entry.msgstr,
                date,
                entry.msgctxt is not None,
                COPIED in entry.extracted,
            )
            for entry in catalog.entries
            if entry.msgstr and not entry.fuzzy
        ),
        tuple(dict.fromkeys(entry.msgid for entry in catalog.active)),
    )


def normal_date(text: str) -> str:
    """The date of a PO header in UTC, as ``2024-06-05 09:30``; empty when it says nothing."""
    if text == FIRST_DATE:
        return ""
    try:
        date = datetime.strptime(text, "%Y-%m-%d %H:%M%z")
    except ValueError:
        return ""
    return date.astimezone(UTC).strftime("%Y-%m-%d %H:%M")
