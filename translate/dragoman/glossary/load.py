"""Read the term base: ``glossary/*.csv``, a concept a row, every fault named.

The files are UTF-8, comma-separated, with a header; ``|`` stands between alternatives in a cell.
A base is read whole or not at all: any fault raises, and the error lists every one of them.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from dragoman.errors import GlossaryError
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

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_ODD = re.compile("[\x00-\x08\x0a-\x1f\x7f\u2028\u2029\ufffd]")  # a tab is a space
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


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table before it means anything: its cells by column, and its place."""

    cells: dict[str, str]
    path: Path
    line: int

    def fault(self, column: str, message: str, advice: str) -> GlossaryError:
        """An error that names this row and a column of it."""
        return GlossaryError(message, advice=advice, path=self.path, line=self.line, column=column)

    def several(self, column: str) -> tuple[str, ...]:
        """The alternatives in a cell."""
        cell = self.cells[column]
        if "|" not in cell:
            return (cell,) if cell else ()
        return tuple(part.strip() for part in cell.split("|") if part.strip())


def read_table(
    path: Path, columns: tuple[str, ...], required: tuple[str, ...], faults: list[GlossaryError]
) -> Iterator[Record]:
    """The sound rows of a CSV file; what is wrong with the others goes to `faults`.

    Columns may stand in any order and optional ones may be absent; an unknown one is a fault.
    """
    text = _decode(path, faults)
    if text is None:
        return
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header: list[str] | None = None
    line = 1
    while True:
        start, cells = line, None
        try:
            cells = next(reader, None)
        except csv.Error as error:
            faults.append(GlossaryError(
                f"the quotation marks around a cell do not close properly ({error})",
                advice='write a " inside a cell as "" and put the cell in straight quotes',
                path=path, line=start,
            ))  # fmt: skip
            return  # where the next row begins cannot be known
        if cells is None:
            break
        line = reader.line_num + 1
        if header is None:
            header = _header(path, cells, columns, required, faults)
            if header is None:
                return
            continue
        record = _record(path, start, header, cells, columns, faults)
        if record is not None and _complete(record, required, faults):
            yield record
    if header is None:
        faults.append(GlossaryError(
            "the file is empty", advice="write the header line or delete the file",
            path=path, line=1,
        ))  # fmt: skip


def _decode(path: Path, faults: list[GlossaryError]) -> str | None:
    try:
        data = path.read_bytes()
    except OSError as error:
        faults.append(GlossaryError(
            f"cannot read: {error.strerror or error}", advice="check the file", path=path
        ))  # fmt: skip
        return None
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        faults.append(GlossaryError(
            "this is a spreadsheet, not a CSV file",
            advice="save it as 'Text CSV' in UTF-8 with commas", path=path, line=1,
        ))  # fmt: skip
        return None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
        guess = "UTF-16" if wide else "windows-1251"
        faults.append(GlossaryError(
            f"not UTF-8 (it looks like {guess})",
            advice="save it again as 'CSV UTF-8' (in LibreOffice: character set Unicode (UTF-8))",
            path=path, line=line,
        ))  # fmt: skip
        return None
    if "\0" in text:
        faults.append(GlossaryError(
            "the file holds NUL characters and is no text",
            advice="save it again as 'CSV UTF-8'",
            path=path, line=text.count("\n", 0, text.index("\0")) + 1,
        ))  # fmt: skip
        return None
    return text


def _header(
    path: Path, cells: list[str], columns: tuple[str, ...], required: tuple[str, ...],
    faults: list[GlossaryError],
) -> list[str] | None:  # fmt: skip
    names = [cell.strip() for cell in cells]
    if len(names) == 1:
        for mark, name in ((";", "semicolons"), ("\t", "tabs")):
            if mark in names[0]:
                faults.append(GlossaryError(
                    f"the columns are separated by {name}",
                    advice="save the file with commas (in LibreOffice: 'Edit filter settings')",
                    path=path, line=1,
                ))  # fmt: skip
                return None
    before = len(faults)
    for name in dict.fromkeys(names):
        if name not in columns:
            shown = name.strip("“”«»\"'")
            advice = "use straight quotes or none" if shown in columns else "known columns: "
            faults.append(GlossaryError(
                f"unknown column {name!r}",
                advice=advice if shown in columns else advice + ", ".join(columns),
                path=path, line=1, column=name,
            ))  # fmt: skip
        elif names.count(name) > 1:
            faults.append(GlossaryError(
                "the column stands twice", advice="keep one of them",
                path=path, line=1, column=name,
            ))  # fmt: skip
    for name in required:
        if name not in names:
            faults.append(GlossaryError(
                "the column is missing", advice="add it to the header line",
                path=path, line=1, column=name,
            ))  # fmt: skip
    return names if len(faults) == before else None


def _record(
    path: Path, line: int, header: list[str], cells: list[str], columns: tuple[str, ...],
    faults: list[GlossaryError],
) -> Record | None:  # fmt: skip
    if not any(cell.strip() for cell in cells):
        return None  # an empty line, or a line of commas
    if len(cells) != len(header):
        few = len(cells) < len(header)
        opened = any(cell.lstrip().startswith(("“", "„", "«")) for cell in cells)
        faults.append(GlossaryError(
            f"{len(cells)} cells where the header has {len(header)}",
            advice="split merged cells and fill the row" if few
            else "put the cell that holds a comma in straight quotes"
            + (" (the quotation marks here are typographic)" if opened else ""),
            path=path, line=line, column=header[min(len(cells), len(header)) - 1],
        ))  # fmt: skip
        return None
    found = dict.fromkeys(columns, "")
    for name, cell in zip(header, cells, strict=True):
        found[name] = cell.strip(" \u00a0\t")
        odd = None if cell.isprintable() else next((c for c in cell if _ODD.match(c)), None)
        if odd is not None:
            kind = (
                "a line break" if odd in "\r\n\u2028\u2029" else f"the character U+{ord(odd):04X}"
            )
            faults.append(GlossaryError(
                f"the cell holds {kind}", advice="write it on one line, without control characters",
                path=path, line=line, column=name,
            ))  # fmt: skip
            return None
    return Record(found, path, line)


def _complete(record: Record, required: tuple[str, ...], faults: list[GlossaryError]) -> bool:
    missing = [name for name in required if not record.several(name)]
    for name in missing:
        faults.append(record.fault(name, "the cell is empty", "fill it (was it a merged cell?)"))
    return not missing


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
    flags = tuple(cells["ru_match"].split())
    for flag in flags:
        if flag not in FLAGS and not flag.startswith("head="):
            found.append(record.fault(
                "ru_match", f"unknown flag {flag!r}", "use " + ", ".join(FLAGS) + " or head=WORD"
            ))  # fmt: skip
    for column in ("en", "az", "en_abbr", "az_abbr"):
        if len(record.several(column)) > 1:
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
