"""PO files: the only room that imports polib.

    def change(old: Catalog | None) -> Catalog:
        base = completed(old or new_catalog(release, lang), release, lang)
        return dated(old, fill(plan_merge(base, entries, known), drafts, annotate))

    update_catalog(path, change)

A catalog is a frozen value (`Catalog`): header, header comment and entries. Reading refuses what
it cannot keep (merge-conflict markers, another encoding, duplicates, plural entries) with a
CatalogError that names file and line; nothing is ever written to a file that was refused.
"""

from dragoman.catalog.header import (
    FIRST_DATE,
    completed,
    dated,
    new_catalog,
    new_template,
)
from dragoman.catalog.model import Catalog, Identity, identity
from dragoman.catalog.reading import (
    parse_catalog,
    read_catalog,
    require_language,
    require_release,
)
from dragoman.catalog.writing import render, update_catalog, write_catalog

__all__ = [
    "FIRST_DATE",
    "Catalog",
    "Identity",
    "completed",
    "dated",
    "identity",
    "new_catalog",
    "new_template",
    "parse_catalog",
    "read_catalog",
    "render",
    "require_language",
    "require_release",
    "update_catalog",
    "write_catalog",
]
