"""Relations between concepts: a deprecated row names in its note what replaces it.

There is no column for relations; a note that says ``use ID``, ``see ID`` or ``replaced by ID``
is one. Such a trail must lead to a concept that is there and alive, and never back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.glossary.lint.finding import Finding, error, warning
from dragoman.glossary.load import Row

_RELATION = re.compile(
    r"\b(?:use|see|replaced by|superseded by)[: ]+([a-z0-9]+(?:-[a-z0-9]+)*)(?![\w-])"
)


def check_relations(rows: Sequence[Row]) -> Iterator[Finding]:
    """Trails of deprecated concepts that go in a circle, or end nowhere."""
    by_id = {row.concept.id: row for row in rows}
    after = {row.concept.id: successor(row, by_id) for row in rows}
    for row in rows:
        concept = row.concept
        if concept.status != "deprecated":
            continue
        named = _RELATION.search(concept.note)
        if named and "-" in named[1] and named[1] not in by_id:
            yield warning(row, "note", "relation", f"there is no concept {named[1]!r}")
        trail = [concept.id]
        while (following := after.get(trail[-1])) is not None and following not in trail:
            trail.append(following)
        if following == concept.id:
            yield error(
                row, "note", "cycle",
                "deprecated concepts lead to one another: " + " -> ".join([*trail, concept.id]),
            )  # fmt: skip
        elif following is None and len(trail) > 1:
            last = by_id[trail[-1]]
            if last.concept.status == "deprecated":
                yield warning(row, "note", "relation", f"leads to {trail[-1]!r}, deprecated too")


def successor(row: Row, by_id: dict[str, Row]) -> str | None:
    """The id that the note of a deprecated row names, if there is such a concept."""
    if row.concept.status != "deprecated":
        return None
    found = (match[1] for match in _RELATION.finditer(row.concept.note))
    return next((name for name in found if name in by_id), None)
