"""CSV: ours, and what other tools and spreadsheets make of a list of terms.

Commas, semicolons or tabs; UTF-8 with or without a byte order mark, or UTF-16; columns under our
names or the usual ones (``Russian``, ``Перевод на английский``, ``comment``). Cells are never
guessed: a row with too few or too many is a fault, even where the last are empty, since a comma
in a term moves all that follow it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from dragoman.garbage import uncollected
from dragoman.glossary.edit import csv_line
from dragoman.glossary.exchange.headers import column_of, is_header, misspelled, value_of
from dragoman.glossary.exchange.reading import Reading, decode, fault_of_cell, read_bytes, tidy
from dragoman.glossary.incoming import LISTS, Incoming, cells_of
from dragoman.glossary.load import COLUMNS, REQUIRED, Row
from dragoman.glossary.table import unclosed

_FREE = ("note", "source")
_LISTED = (*LISTS, "en", "az")
_PLAIN = re.compile(r"[\w ,.-]*")
_MANY = 6  # names of columns told
_TOP = 20  # lines in which a header is looked for when it is not the first
_SEP = re.compile(r"sep=([,;\t])\r?\n")  # what Excel writes for itself


def read_csv(path: Path) -> Reading:
    """The rows of a CSV file. Raises GlossaryError when it cannot be read at all."""
    reading = Reading(path)
    text = decode(read_bytes(path), path)
    if not text.strip():
        reading.fault(1, "the file is empty", "export it again")
        return reading
    told = _SEP.match(text)
    first = 1
    if told is not None:
        text, first = text[told.end() :], 2
    delimiter = told[1] if told else _delimiter(text.splitlines()[0])
    lines = _records(reading, text, delimiter, first)
    header = next(lines, None)
    if header is None:
        if not reading.faults:
            reading.fault(1, "the file is empty", "export it again")
        return reading
    names = _header(reading, *header, text)
    if names is None:
        return reading
    with uncollected():
        _rows(reading, names, lines, header[1], delimiter)
    if not reading.rows and not reading.faults:
        reading.fault(
            header[0], "the file holds a header and no rows", "save the sheet that holds the terms"
        )
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


def _records(
    reading: Reading, text: str, delimiter: str, first: int
) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = first
    while True:
        start = line
        try:
            cells = next(reader, None)
        except csv.Error as error:
            reading.fault(
                start, unclosed(error),
                'write a " inside a cell as "" and put the cell in straight quotes',
            )  # fmt: skip
            return
        if cells is None:
            return
        line = reader.line_num + first
        if any(map(str.strip, cells)):
            yield start, cells


def _header(reading: Reading, line: int, cells: list[str], text: str) -> list[str] | None:
    """Our name for each column, empty for those that are not used."""
    names = [column_of(cell) for cell in cells]
    for name in dict.fromkeys(name for name in names if name and names.count(name) > 1):
        twins = [c.strip() for c, n in zip(cells, names, strict=True) if n == name]
        reading.fault(
            line, f"the column stands twice ({', '.join(twins)})", "keep one of them", name
        )
    for cell, name in zip(cells, names, strict=True):
        if not name and (meant := misspelled(cell)) and meant not in names:
            reading.fault(
                line, "unknown column", f"was {meant} meant? Rename or delete it", cell.strip()
            )
    if "ru" not in names:
        reading.fault(line, *_headless(cells, text))
    unused = [c.strip() for c, name in zip(cells, names, strict=True) if not name and c.strip()]
    if unused and not reading.faults:
        more = f" and {len(unused) - _MANY} more" if len(unused) > _MANY else ""
        reading.remarks.append(f"columns not used: {', '.join(unused[:_MANY])}{more}")
    return None if reading.faults else names


def _headless(cells: list[str], text: str) -> tuple[str, str]:
    """(message, advice) for a first line that names no Russian column."""
    for number, line in enumerate(text.splitlines()[1:_TOP], start=2):
        if is_header(line.split(_delimiter(line))):
            return (
                f"the names of the columns stand in line {number}, not in the first",
                "delete the lines above them",
            )
    shown = ", ".join(cell.strip()[:40] for cell in cells[:_MANY])
    return (
        f"no column is called ru or Russian (here: {shown})",
        "name the columns in the first line: ru, en, az, note",
    )


def _rows(
    reading: Reading, names: list[str], lines: Iterator[tuple[int, list[str]]],
    header: list[str], delimiter: str,
) -> None:  # fmt: skip
    nameless = [i for i, cell in enumerate(header) if not cell.strip()]
    lost: list[int] = []  # lines with text under no name
    ours = {name for name in names if name} <= set(COLUMNS) and all(names)
    for line, cells in lines:
        if len(cells) != len(names):
            reading.fault(line, *_miscounted(names, cells, delimiter))
            continue
        if any(cells[i].strip() for i in nameless):
            lost.append(line)
        row = _row(reading, names, line, cells, ours)
        if row is not None:
            reading.rows.append(row)
    if lost:
        reading.remarks.append(
            f"text in a column without a name is not used: {len(lost)} row(s), line {lost[0]} first"
        )


def _miscounted(names: list[str], cells: list[str], delimiter: str) -> tuple[str, str]:
    other = next((m for m in ",;\t" if m != delimiter and cells[0].count(m) >= 1), "")
    if len(cells) == 1 and other and len(cells[0].split(other)) == len(names):
        advice = "separate the columns of this line as those of the header are"
    elif len(cells) < len(names):
        advice = "split merged cells and fill the row"
    else:
        advice = "put the cell that holds a separator in straight quotes"
        if not any(map(str.strip, cells[len(names) :])):
            advice += ", or delete the empty cells at the end"
    return f"{len(cells)} cells where the header has {len(names)}", advice


def _row(
    reading: Reading, names: list[str], line: int, cells: list[str], ours: bool
) -> Incoming | None:
    found: dict[str, str] = {}
    sound = True
    for name, cell in zip(names, cells, strict=True):
        if not name:
            continue
        if not cell:
            found[name] = ""
            continue
        free = name in _FREE
        text = tidy(cell.replace("\r", " ").replace("\n", " ") if free else cell.strip())
        if _PLAIN.fullmatch(text):
            wrong = None  # most cells
        else:
            wrong = fault_of_cell(text, listed=free or name in _LISTED, free=free)
        if wrong:
            reading.fault(line, *wrong, column=name)
            sound = False
        if "|" in text and not free:
            text = "|".join(part.strip() for part in text.split("|") if part.strip())
        found[name] = value_of(name, text) if name in ("type", "status") else text
    if sound and not found.get("ru"):
        reading.fault(line, "the cell is empty", "fill it (was it a merged cell?)", "ru")
        sound = False
    for lang in ("en", "az"):
        if "|" in found.get(lang, ""):
            first, _, rest = found[lang].partition("|")
            found[lang] = first
            admitted = found.get(f"{lang}_admitted", "")
            found[f"{lang}_admitted"] = f"{admitted}|{rest}" if admitted else rest
    # In a file of ours an empty cell says "nothing"; in another's it says nothing at all. What
    # every row must have cannot be taken from it that way.
    told = {name: t for name, t in found.items() if t or (ours and name not in REQUIRED)}
    return Incoming(told, str(reading.path), line) if sound else None
