"""A catalog together with the lines its entries stand on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dragoman.catalog import Catalog, parse_catalog, read_catalog, require_language
from dragoman.errors import CatalogError
from dragoman.inspection.places import CatalogPlace
from dragoman.releases import safe_name

_MSGID = re.compile(r'[ \t]*msgid[ \t]*"')


@dataclass(frozen=True, slots=True)
class Numbered:
    """A catalog, and for each of its active entries the 1-based line of its ``msgid``."""

    catalog: Catalog
    lines: tuple[int, ...]


def read_numbered(place: CatalogPlace) -> Numbered:
    """Read the catalog at `place`.

    Raises CatalogError, naming file and line, as `catalog.read_catalog` does, and also for the
    catalog of another release or language.
    """
    try:
        data = place.path.read_bytes()
    except OSError:
        read_catalog(place.path)  # says what is wrong
        raise
    return parse_numbered(data, place)


def parse_numbered(data: bytes, place: CatalogPlace) -> Numbered:
    """Parse the bytes of the catalog at `place`. Raises as `read_numbered`."""
    catalog = parse_catalog(data, place.path)
    text = data.decode("utf-8").removeprefix("\ufeff")
    found = [n for n, line in enumerate(text.split("\n"), start=1) if _MSGID.match(line)]
    active = len(catalog.active)
    lines = tuple(found[len(found) - active :])  # the header's msgid comes first
    _require_own(catalog, place)
    return Numbered(catalog, lines)


def _require_own(catalog: Catalog, place: CatalogPlace) -> None:
    named = {path for entry in catalog.active for path, _ in entry.references}
    if named and place.release not in {safe_name(Path(path)) for path in named}:
        raise CatalogError(
            f"this is the catalog of another release ({min(named)})",
            advice="put the right file back; if the release was renamed, run `dragoman translate`",
            path=place.path,
            line=1,
        )
    require_language(catalog, place.lang, place.path)
