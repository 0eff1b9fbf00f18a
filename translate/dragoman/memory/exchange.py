"""TMX files into the memory and out of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import MemoryFileError, UsageError
from dragoman.files import write_atomically
from dragoman.memory.index import TranslationMemory
from dragoman.memory.model import Pair
from dragoman.memory.store import Store, text_hash
from dragoman.memory.tmx_read import Tally, read_tmx
from dragoman.memory.tmx_write import tmx
from dragoman.memory.writing import Writer
from dragoman.workspace import LANGUAGES


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did: the distinct `pairs` by language, and what the file held besides."""

    name: str
    pairs: dict[str, int]
    tally: Tally
    replaced: bool  # a file of that name had been imported before


def import_tmx(store: Store, path: Path) -> Imported:
    """Take the pairs of a TMX file into the memory, in place of an earlier file of its name.

    All of it or nothing. Raises MemoryFileError when the file cannot be read or holds no pair in
    our languages, and what `Store` raises when the memory cannot be written.
    """
    tally, counts = Tally(), Counter[str]()
    with store.transaction():
        writer = Writer(store)
        replaced = _forget(writer, store, path.name)
        number = writer.file(path.name, "tmx", "", (0, 0, b""))
        writer.add(number, _distinct(read_tmx(path, tally), counts))
        if not counts:
            raise MemoryFileError(
                f"no pair of Russian with {' or '.join(LANGUAGES)} in it",
                advice=f"its languages are {_listed(tally.languages)}",
                path=path,
            )
        writer.settle()
    store.shrink()
    return Imported(path.name, dict(counts), tally, replaced)


def forget_tmx(store: Store, name: str) -> None:
    """Take an imported file out again. Raises UsageError when there is none of that name."""
    with store.transaction():
        writer = Writer(store)
        if not _forget(writer, store, name):
            rows = store.connection.execute(
                "SELECT path FROM file WHERE kind = 'tmx' ORDER BY path"
            )
            known = ", ".join(path for (path,) in rows) or "none"
            raise UsageError(f"{name}: was not imported", advice=f"imported files: {known}")
        writer.settle()


def export_tmx(memory: TranslationMemory, path: Path, langs: Sequence[str]) -> int:
    """Write the memory to a TMX 1.4b file; return its number of units.

    Raises MemoryFileError when there is nothing to write, WorkspaceError when it cannot be.
    """
    text, units = tmx(memory.answers(langs))
    if not units:
        raise MemoryFileError(
            f"the translation memory holds nothing in {' or '.join(langs)}",
            advice="approve some entries or import a TMX file first",
            path=path,
        )
    write_atomically(path, text)
    return units


def _forget(writer: Writer, store: Store, name: str) -> bool:
    query = "SELECT id FROM file WHERE path = ? AND kind = 'tmx'"
    row = store.connection.execute(query, (name,)).fetchone()
    if row is not None:
        writer.forget(row[0])
    return row is not None


def _distinct(pairs: Iterable[Pair], counts: Counter[str]) -> Iterator[Pair]:
    """Each pair once, as it first comes, counted by language."""
    seen: set[int] = set()
    for pair in pairs:
        key = text_hash("\0".join(pair[:3]))
        if key not in seen:
            seen.add(key)
            counts[pair.lang] += 1
            yield pair


def _listed(languages: Counter[str]) -> str:
    return ", ".join(f"{code or '(none)'} ({n})" for code, n in languages.most_common(8)) or "none"
