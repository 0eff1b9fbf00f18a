"""CSV: ours, and what other tools and spreadsheets make of a list of terms.

Commas, semicolons or tabs; UTF-8 with or without a byte order mark, or UTF-16; columns under our
names or the usual ones (``Russian``, ``English``, ``comment``). Cells are never guessed: a row
with too few or too many is a fault.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman.glossary.edit import csv_line
from dragoman.glossary.exchange.reading import Reading, decode, fault_of_cell, read_bytes
from dragoman.glossary.incoming import LISTS, Incoming, cells_of
from dragoman.glossary.load import COLUMNS, REQUIRED, Row
from dragoman.languages.text import words

_ALIASES = {
    "ru": words("russian rus русский source term термин ru-ru source_term"),
    "en": words("english eng английский en-gb en-us target_en"),
    "az": words("azerbaijani aze азербайджанский azərbaycan azərbaycanca az-az target_az"),
    "note": words("notes comment comments примечание комментарий definition description qeyd"),
    "source": words("reference источник"),
    "type": words("category тип категория subject"),
    "status": words("статус"),
    "id": words("identifier concept"),
}


def read_csv(path: Path) -> Reading:
    """The rows of a CSV file. Raises GlossaryError when it cannot be read at all."""
    reading = Reading(path)
    text = decode(read_bytes(path), path)
    if not text.strip():
        reading.fault(1, "the file is empty", "export it again")
        return reading
    delimiter = _delimiter(text.split("\n", 1)[0])
    lines = _records(reading, text, delimiter)
    header = next(lines, None)
    names = _header(reading, header[1]) if header else None
    if names is None:
        return reading
    ours = set(names) <= set(COLUMNS)
    for line, cells in lines:
        row = _row(reading, names, line, cells, ours)
        if row is not None:
            reading.rows.append(row)
    return reading


def csv_text(rows: Sequence[Row]) -> str:
    """All columns of the rows, as our own files are written."""
    lines = [csv_line(COLUMNS)]
    for row in rows:
        cells = cells_of(row)
        lines.append(csv_line([cells.get(name, "") for name in COLUMNS]))
    return "\n".join(lines) + "\n"


def _delimiter(header: str) -> str:
    return max(",;\t", key=lambda mark: (header.count(mark), mark == ","))


def _records(reading: Reading, text: str, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    while True:
        start = line
        try:
            cells = next(reader, None)
        except csv.Error as error:
            reading.fault(
                start, f"the quotation marks around a cell do not close properly ({error})",
                'write a " inside a cell as "" and put the cell in straight quotes',
            )  # fmt: skip
            return
        if cells is None:
            return
        line = reader.line_num + 1
        if any(cell.strip() for cell in cells):
            yield start, cells


def _header(reading: Reading, cells: list[str]) -> list[str] | None:
    """Our name for each column, empty for those that are not used."""
    names = [_ours(cell) for cell in cells]
    twice = {name for name in names if name and names.count(name) > 1}
    for name in sorted(twice):
        reading.fault(1, "the column stands twice", "keep one of them", name)
    unused = [
        cell.strip() or "(no name)" for cell, name in zip(cells, names, strict=True) if not name
    ]
    if unused:
        reading.remarks.append(f"columns not used: {', '.join(unused)}")
    if "ru" not in names:
        shown = ", ".join(cell.strip() for cell in cells[:6])
        reading.fault(
            1, f"no column is called ru or Russian (here: {shown})",
            "name the columns in the first line: ru, en, az, note",
        )  # fmt: skip
    return None if reading.faults else names


def _ours(cell: str) -> str:
    name = cell.strip().strip("“”«»\"'").casefold()
    if name in COLUMNS:
        return name
    return next((ours for ours, others in _ALIASES.items() if name in others), "")


def _row(
    reading: Reading, names: list[str], line: int, cells: list[str], ours: bool
) -> Incoming | None:
    if len(cells) != len(names):
        few = len(cells) < len(names)
        reading.fault(
            line, f"{len(cells)} cells where the header has {len(names)}",
            "split merged cells and fill the row" if few
            else "put the cell that holds a separator in straight quotes",
        )  # fmt: skip
        return None
    found: dict[str, str] = {}
    sound = True
    for name, cell in zip(names, cells, strict=True):
        if not name:
            continue
        text = " ".join(cell.replace("\u00a0", " ").split(" ")).strip()
        free = name in ("note", "source")
        wrong = fault_of_cell(text, listed=free or name in (*LISTS, "en", "az"), free=free)
        if wrong:
            reading.fault(line, *wrong, column=name)
            sound = False
        found[name] = text
    if sound and not found.get("ru"):
        reading.fault(line, "the cell is empty", "fill it (was it a merged cell?)", "ru")
        sound = False
    for lang in ("en", "az"):
        if "|" in found.get(lang, ""):
            first, _, rest = found[lang].partition("|")
            found[lang] = first.strip()
            found[f"{lang}_admitted"] = "|".join(
                p for p in (found.get(f"{lang}_admitted", ""), rest.strip()) if p
            )
    # In a file of ours an empty cell says "nothing"; in another's it says nothing at all. What
    # every row must have cannot be taken from it that way.
    cells_said = {name: t for name, t in found.items() if t or (ours and name not in REQUIRED)}
    return Incoming(cells_said, str(reading.path), line) if sound else None
