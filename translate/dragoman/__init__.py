"""Dragoman: Russian press releases in, reviewable English and Azerbaijani catalogs out.

    from dragoman import Workspace, translate_release

See `dragoman.library` for what a program can do with it. The names below are loaded when they
are first used, so that ``import dragoman`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dragoman.catalog import Catalog, read_catalog
    from dragoman.errors import DragomanError
    from dragoman.library import translate_release, translate_releases
    from dragoman.records import Document, Entry, Release, Segment
    from dragoman.releases import read_release
    from dragoman.report import Failure, Row
    from dragoman.segment import segment_release
    from dragoman.session import translate_sentences
    from dragoman.workspace import Workspace

__version__ = "0.1.0"

_HOMES = {
    "Catalog": "dragoman.catalog",
    "Document": "dragoman.records",
    "DragomanError": "dragoman.errors",
    "Entry": "dragoman.records",
    "Failure": "dragoman.report",
    "Release": "dragoman.records",
    "Row": "dragoman.report",
    "Segment": "dragoman.records",
    "Workspace": "dragoman.workspace",
    "read_catalog": "dragoman.catalog",
    "read_release": "dragoman.releases",
    "segment_release": "dragoman.segment",
    "translate_release": "dragoman.library",
    "translate_releases": "dragoman.library",
    "translate_sentences": "dragoman.session",
}

__all__ = [
    "Catalog",
    "Document",
    "DragomanError",
    "Entry",
    "Failure",
    "Release",
    "Row",
    "Segment",
    "Workspace",
    "__version__",
    "read_catalog",
    "read_release",
    "segment_release",
    "translate_release",
    "translate_releases",
    "translate_sentences",
]


def __getattr__(name: str) -> object:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
