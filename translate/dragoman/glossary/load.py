"""Read the term base: ``glossary/*.csv``, a concept a row, every fault named.

The files are UTF-8, comma-separated, with a header; ``|`` stands between alternatives in a cell.
A base is read whole or not at all: any fault raises, and the error lists every one of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from dragoman.errors import GlossaryError
from dragoman.glossary.table import Record, read_table
from dragoman.records import Concept, Status, Wording

TYPES = (
    "organisation", "title", "person", "place", "document", "event", "law", "general",
)  # fmt: skip
STATUSES = ("approved", "proposed", "deprecated")
POLICIES = ("keep", "expand", "either")
FLAGS = (
    "case",
    "nocase",
    "lower",
    "singular",
    "plural",
    "both",
    "fixed",
    "masc",
    "femn",
    "declines",
)

COLUMNS = (
    "id", "type", "ru", "ru_abbr", "ru_match",
    "en", "en_admitted", "en_forbidden", "en_abbr",
    "az", "az_admitted", "az_forbidden", "az_abbr", "az_kind",
    "policy", "status", "note", "source",
)  # fmt: skip
REQUIRED = ("id", "type", "ru", "en", "az")

__all__ = [
    "COLUMNS", "FLAGS", "POLICIES", "REQUIRED", "STATUSES", "TYPES", "GlossaryFaults", "Record",
    "Row", "read_rows", "read_table",
]  # fmt: skip

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_SHOWN = 20  # faults printed before "and N more"


@dataclass(frozen=True, slots=True)
class Row:
    """A concept with what only the matcher and the maintenance commands need."""

    concept: Concept
    match: tuple[str, ...]  # flags of the ru_match column, "head=Меджлис" among them
    path: str
    line: int

    @property
    def head(self) -> str | None:
        """The word that inflects, where the row names it."""
        return next((flag[5:] for flag in self.match if flag.startswith("head=")), None)


class GlossaryFaults(GlossaryError):
    """All the faults of a term base; ``str()`` gives a line a fault."""

    def __init__(self, faults: tuple[GlossaryError, ...]) -> None:
        super().__init__("; ".join(fault.message for fault in faults[:_SHOWN]))
        self.faults = faults

    def __str__(self) -> str:
        lines = [str(fault) for fault in self.faults[:_SHOWN]]
        rest = len(self.faults) - _SHOWN
        return "\n".join([*lines, *([f"and {rest} more faults"] if rest > 0 else [])])

    def __reduce__(self) -> tuple[object, ...]:
        return (GlossaryFaults, (self.faults,))


def read_rows(folder: Path) -> tuple[tuple[Row, ...], tuple[GlossaryError, ...]]:
    """The concepts of ``folder/*.csv`` in file and row order, and every fault found.

    Raises GlossaryError only when the folder itself cannot be read.
    """
    if not folder.is_dir():
        raise GlossaryError(
            "no such folder", advice="make it with `dragoman init` or name another", path=folder
        )
    rows: list[Row] = []
    faults: list[GlossaryError] = []
    seen: dict[str, Row] = {}
    for path in sorted(folder.glob("*.csv")):
        for record in read_table(path, COLUMNS, REQUIRED, faults):
            row = _row(record, faults)
            if row is None:
                continue
            first = seen.setdefault(row.concept.id, row)
            if first is not row:
                where = f"{Path(first.path).name}:{first.line}"
                faults.append(record.fault(
                    "id", f"the id {row.concept.id!r} is already used at {where}",
                    "give each concept its own id",
                ))  # fmt: skip
            rows.append(row)
    return tuple(rows), tuple(faults)


def _row(record: Record, faults: list[GlossaryError]) -> Row | None:
    cells = record.cells
    found: list[GlossaryError] = []
    choices = (("type", TYPES, ""), ("status", STATUSES, "approved"), ("policy", POLICIES, "keep"))
    for column, known, default in choices:
        if (cells[column] or default) not in known:
            found.append(record.fault(
                column, f"unknown value {cells[column]!r}", "use one of " + ", ".join(known)
            ))  # fmt: skip
    if not _ID.match(cells["id"]):
        found.append(record.fault(
            "id", f"{cells['id']!r} is no id", "use small Latin letters, digits and hyphens"
        ))  # fmt: skip
    flags = tuple(cells["ru_match"].split()) if cells["ru_match"] else ()
    for flag in flags:
        if flag not in FLAGS and not flag.startswith("head="):
            found.append(record.fault(
                "ru_match", f"unknown flag {flag!r}", "use " + ", ".join(FLAGS) + " or head=WORD"
            ))  # fmt: skip
    for column in ("en", "az", "en_abbr", "az_abbr"):
        if "|" in cells[column] and len(record.several(column)) > 1:
            found.append(record.fault(
                column, "one preferred form is wanted here, not several",
                f"move the others to {column[:2]}_admitted",
            ))  # fmt: skip
    faults.extend(found)
    return None if found else Row(_concept(record), flags, str(record.path), record.line)


def _concept(record: Record) -> Concept:
    cells = record.cells
    return Concept(
        id=cells["id"],
        type=cells["type"],
        ru=record.several("ru"),
        ru_abbreviations=record.several("ru_abbr"),
        en=_wording(record, "en"),
        az=_wording(record, "az"),
        abbreviation_policy=cast(Literal["keep", "expand", "either"], cells["policy"] or "keep"),
        status=cast(Status, cells["status"] or "approved"),
        note=cells["note"],
        source=cells["source"],
        az_kind=cells["az_kind"],
    )


def _wording(record: Record, lang: str) -> Wording:
    return Wording(
        preferred=record.cells[lang],
        admitted=record.several(f"{lang}_admitted"),
        forbidden=record.several(f"{lang}_forbidden"),
        abbreviation=record.cells[f"{lang}_abbr"],
    )
