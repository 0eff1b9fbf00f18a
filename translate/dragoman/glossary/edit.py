"""Change the CSV files of a term base row by row, and leave every other byte as it was.

stage = Stage(folder)
stage.add({"type": "title", "ru": …})     # into the file of its type, in its order
stage.change(row, {"note": …})
rows, faults = stage.read()               # what the loader says to the new files
stage.write()                             # all of them or none
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Mapping, MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.errors import GlossaryError
from dragoman.files import write_atomically
from dragoman.glossary.load import COLUMNS, Row, read_rows
from dragoman.languages.text import words

FILES = {
    "organisation": "organisations.csv", "title": "titles.csv", "person": "persons.csv",
    "place": "places.csv", "document": "documents.csv", "event": "events.csv", "law": "law.csv",
    "general": "general.csv",
}  # fmt: skip
_TO_QUOTE = re.compile(r'["\r\n]')
_IDLE_WORDS = words("the a an of and for on in to at by with from into")


@dataclass(slots=True)
class Table:
    """A CSV file as lines: `lines[0]` is the header, and a record never spans lines."""

    path: Path
    lines: list[str]
    header: list[str]
    newline: str = "\n"
    mark: str = ""  # a byte order mark, kept where there is one
    before: bytes | None = None  # what was read, so that nobody else's change is overwritten
    ids: list[str] | None = None  # of the records, once asked for
    ordered: bool = False  # whether the ids are

    @classmethod
    def read(cls, path: Path) -> Table:
        """The table at `path`, or an empty one with all columns where there is no file."""
        if not path.exists():
            return cls(path, [",".join(COLUMNS)], list(COLUMNS))
        data = path.read_bytes()
        text = data.decode("utf-8")
        mark = "\ufeff" if text.startswith("\ufeff") else ""
        newline = next((mark for mark in ("\r\n", "\n", "\r") if mark in text), "\n")
        lines = text.removeprefix("\ufeff").split(newline)
        if lines and not lines[-1]:
            lines.pop()
        header = [name.strip() for name in next(csv.reader([lines[0]]))]
        return cls(path, lines, header, newline, mark, data)

    @property
    def text(self) -> str:
        """The file's new content."""
        return self.mark + "".join(line + self.newline for line in self.lines)

    def cells(self, line: int) -> dict[str, str]:
        """The cells of the record on a line (1-based)."""
        return dict(zip(self.header, next(csv.reader([self.lines[line - 1]])), strict=False))

    def add(self, cells: Mapping[str, str]) -> int:
        """Put a record in, in order where the ids are sorted, else at the end; return its line."""
        self._widen(cells)
        if self.ids is None:
            self.ids = [self.cells(line).get("id", "") for line in range(2, len(self.lines) + 1)]
            self.ordered = len(self.ids) > 1 and self.ids == sorted(self.ids)
        ids = self.ids
        at = bisect_right(ids, cells["id"]) if self.ordered else len(ids)
        self.lines.insert(1 + at, self._line(cells))
        ids.insert(at, cells["id"])
        return at + 2

    def append(self, several: Collection[Mapping[str, str]]) -> None:
        """Put many records at the end: `add` for a big import."""
        self._widen({name: "x" for cells in several for name, text in cells.items() if text})
        self.lines += [self._line(cells) for cells in several]
        self.ids = None

    def change(self, line: int, cells: Mapping[str, str]) -> None:
        """Give some cells of the record on `line` (1-based) new content."""
        self._widen(cells)
        self.lines[line - 1] = self._line({**self.cells(line), **cells})
        self.ids = None

    def _line(self, cells: Mapping[str, str]) -> str:
        for name, text in cells.items():
            if "\n" in text or "\r" in text:  # a record never spans lines
                raise GlossaryError(
                    "the cell holds a line break", advice="write it on one line", column=name
                )
        return csv_line([cells.get(name, "") for name in self.header])

    def _widen(self, cells: Mapping[str, str]) -> None:
        """Add the columns that the file lacks and these cells need."""
        lacking = [n for n in COLUMNS if cells.get(n) and n not in self.header]
        if lacking:
            self.header += lacking
            self.lines[0] += "".join(f",{name}" for name in lacking)
            self.lines[1:] = [line + "," * len(lacking) for line in self.lines[1:]]


def csv_line(cells: Collection[str]) -> str:
    """A record as our files write it: commas, quotes only where they are needed."""
    text = ",".join(cells)
    if len(cells) > 1 and not _TO_QUOTE.search(text) and text.count(",") == len(cells) - 1:
        return text  # most records, and many times quicker
    stream = io.StringIO()
    csv.writer(stream, lineterminator="").writerow(cells)
    return stream.getvalue()


@dataclass
class Stage:
    """Changes to the files of a term base, not yet written."""

    folder: Path
    rows: tuple[Row, ...] = ()
    tables: dict[Path, Table] = field(default_factory=dict)

    def add(self, cells: Mapping[str, str]) -> Path:
        """Add a concept to the file of its type; return the file."""
        path = self._home(cells.get("type", ""))
        self._table(path).add(cells)
        return path

    def extend(self, several: Collection[Mapping[str, str]]) -> None:
        """Add many concepts, each to the end of the file of its type."""
        by_type: dict[str, list[Mapping[str, str]]] = {}
        for cells in several:
            by_type.setdefault(cells.get("type", ""), []).append(cells)
        for concept_type, found in by_type.items():
            self._table(self._home(concept_type)).append(found)

    def change(self, row: Row, cells: Mapping[str, str]) -> None:
        """Change cells of a concept; do so before adding, which may move lines."""
        self._table(Path(row.path)).change(row.line, cells)

    def read(self) -> tuple[tuple[Row, ...], tuple[GlossaryError, ...]]:
        """The rows and faults of the term base as it would be."""
        with tempfile.TemporaryDirectory() as folder:
            there = Path(folder)
            for path in self.folder.glob("*.csv"):
                shutil.copyfile(path, there / path.name)
            for path, table in self.tables.items():
                (there / path.name).write_bytes(table.text.encode("utf-8"))
            rows, faults = read_rows(there)
        homes = {path: str(self.folder / Path(path).name) for path in {row.path for row in rows}}
        return (
            tuple(Row(row.concept, row.match, homes[row.path], row.line) for row in rows),
            tuple(_moved_fault(fault, self.folder) for fault in faults),
        )

    def write(self) -> tuple[Path, ...]:
        """Write the changed files, all or none.

        Raises WorkspaceError when one cannot be written, GlossaryError when one has changed since.
        """
        done: list[tuple[Path, bytes | None]] = []
        try:
            for path, table in self.tables.items():
                if (path.read_bytes() if path.exists() else None) != table.before:
                    raise GlossaryError(
                        "the file was changed by somebody else meanwhile",
                        advice="nothing was written; run the command again", path=path,
                    )  # fmt: skip
                if write_atomically(path, table.text):
                    done.append((path, table.before))
        except BaseException:
            for path, before in reversed(done):
                if before is None:
                    path.unlink(missing_ok=True)
                else:
                    write_atomically(path, before)
            raise
        return tuple(path for path, _ in done)

    def _home(self, concept_type: str) -> Path:
        """The file of a type: the usual one, else the one that holds most of it."""
        usual = self.folder / FILES.get(concept_type, "general.csv")
        if usual.exists() or not self.rows:
            return usual
        counts: dict[str, int] = {}
        for row in self.rows:
            same = row.concept.type == concept_type
            counts[row.path] = counts.get(row.path, 0) + (1000 if same else 1)
        return Path(max(counts, key=lambda path: counts[path]))

    def _table(self, path: Path) -> Table:
        if path not in self.tables:
            self.tables[path] = Table.read(path)
        return self.tables[path]


def new_id(
    english: str, taken: Collection[str], numbers: MutableMapping[str, int] | None = None
) -> str:
    """An id made of the English wording, unlike all that are `taken`.

    Who makes many keeps `numbers`, where the search for a free one goes on.
    """
    plain = english.casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain.replace("ə", "e").replace("ı", "i"))
        plain = plain.encode("ascii", "ignore").decode()
    found = re.findall(r"[a-z0-9]+", plain.replace("'s", ""))
    kept = [word for word in found if word not in _IDLE_WORDS] or found or ["concept"]
    base = "-".join(kept)
    number = numbers.get(base, 2) if numbers is not None else 2
    made = base
    while made in taken:
        made, number = f"{base}-{number}", number + 1
    if numbers is not None:
        numbers[base] = number
    return made


def _moved_fault(fault: GlossaryError, folder: Path) -> GlossaryError:
    path = folder / Path(fault.path).name if fault.path else None
    return GlossaryError(
        fault.message, advice=fault.advice, path=path, line=fault.line, column=fault.column
    )
