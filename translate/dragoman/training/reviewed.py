"""Reviewed translations as training pairs: approved PO entries and TMX units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.catalog import read_catalog
from dragoman.errors import UsageError
from dragoman.training.corpus import Pair


def read_reviewed(paths: Iterable[Path]) -> list[Pair]:
    """The approved pairs in PO and TMX files, and in all those below folders, each once.

    An entry counts as approved when it has a text and no fuzzy mark. Raises CatalogError or
    MemoryFileError for a file that cannot be read, UsageError for one that is neither.
    """
    pairs: dict[Pair, None] = {}
    for path in paths:
        files = [p for p in sorted(path.rglob("*")) if p.suffix in (".po", ".tmx")]
        for file in files if path.is_dir() else [path]:
            pairs.update(dict.fromkeys(_read(file)))
    return list(pairs)


def _read(path: Path) -> Iterator[Pair]:
    if path.suffix == ".po":
        catalog = read_catalog(path)
        lang = catalog.field("Language")[:2]
        for entry in catalog.active:
            if entry.msgstr and not entry.fuzzy and lang in ("en", "az"):
                yield Pair(entry.msgid, entry.msgstr, lang, "reviewed")
    elif path.suffix == ".tmx":
        from dragoman.memory.tmx_read import Tally, read_tmx

        for unit in read_tmx(path, Tally()):
            yield Pair(unit.source, unit.target, unit.lang, "reviewed")
    else:
        raise UsageError("neither a PO nor a TMX file", path=path, advice="name one of these")
