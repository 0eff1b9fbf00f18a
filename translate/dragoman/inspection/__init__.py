"""Catalogs as an editor looks at them: where each entry stands, what state it is in, what is
wrong with it.

    with Inspector(workspace) as inspector:
        for place in find_catalogs(workspace, names, ("en", "az")):
            for entry in inspector.inspect(place): ...

`dragoman status`, `check` and `publish` are views of this.
"""

from dragoman.inspection.entries import Inspected, State, Verdict, first_words, inspect, state_of
from dragoman.inspection.inspector import Inspector
from dragoman.inspection.places import CatalogPlace, find_catalogs, shown, untranslated
from dragoman.inspection.reading import Numbered, parse_numbered, read_numbered

__all__ = [
    "CatalogPlace",
    "Inspected",
    "Inspector",
    "Numbered",
    "State",
    "Verdict",
    "find_catalogs",
    "first_words",
    "inspect",
    "parse_numbered",
    "read_numbered",
    "shown",
    "state_of",
    "untranslated",
]
