"""Read a CSV table strictly: every fault named by file, line and column, nothing half read."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from dragoman.errors import GlossaryError

LOST_LETTERS = re.compile(r"\?[^\W\d_]")  # ?ay Komit?si: what windows-1251 makes of ə and ç
_FREE_TEXT = ("note", "source")  # an address may hold a question mark
_ODD = re.compile("[\x00-\x08\x0a-\x1f\x7f\u2028\u2029\ufffd]")  # a tab is a space


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
                unclosed(error),
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


def unclosed(error: csv.Error) -> str:
    """What the reader of CSV stumbled over, in words; it stops at cells beyond any sense."""
    if "field limit" in str(error):
        return f"a cell is longer than {csv.field_size_limit()} characters: an open quotation mark?"
    return f"the quotation marks around a cell do not close properly ({error})"


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
                f"unknown column {name!r}" if name
                else f"column {names.index(name) + 1} has no name; delete it where it is empty",
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
    if not any(map(str.strip, cells)):
        return None  # an empty line, or a line of commas
    if len(cells) != len(header):
        few = len(cells) < len(header)
        opened = any(cell.lstrip().startswith(("“", "„", "«")) for cell in cells)
        faults.append(GlossaryError(
            f"{len(cells)} cells where the header has {len(header)}",
            advice="split merged cells and fill the row" if few
            else "put the cell that holds a comma in straight quotes"
            + ("" if any(map(str.strip, cells[len(header) :])) else ", or delete the last ones")
            + (" (the quotation marks here are typographic)" if opened else ""),
            path=path, line=line, column=header[min(len(cells), len(header)) - 1],
        ))  # fmt: skip
        return None
    found = dict.fromkeys(columns, "")
    for name, cell in zip(header, cells, strict=True):
        if not cell:
            continue
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
        if "?" in cell and name not in _FREE_TEXT and LOST_LETTERS.search(cell):
            faults.append(GlossaryError(
                f"“{found[name]}” has lost letters to question marks",
                advice="type it anew, or save the file again as 'CSV UTF-8' from the original",
                path=path, line=line, column=name,
            ))  # fmt: skip
            return None
    return Record(found, path, line)


def _complete(record: Record, required: tuple[str, ...], faults: list[GlossaryError]) -> bool:
    cells = record.cells
    missing = [name for name in required if not cells[name].strip("| ")]
    for name in missing:
        faults.append(record.fault(name, "the cell is empty", "fill it (was it a merged cell?)"))
    return not missing
