"""What the maintainer of a term base is told: one line a finding."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import GlossaryError
from dragoman.glossary.load import Row
from dragoman.records import Severity


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A fault or a doubt, and the cell it is about. ``str()`` is a line an editor can jump to."""

    path: str
    line: int
    column: str
    severity: Severity
    code: str
    message: str

    def __str__(self) -> str:
        where = self.path
        if self.line:
            where += f":{self.line}"
        if self.column:
            where += f" ({self.column})"
        return f"{where}: {self.severity} {self.code}: {self.message}"

    def as_json(self) -> dict[str, Any]:
        """The finding for machines."""
        return asdict(self)


def error(row: Row, column: str, code: str, message: str) -> Finding:
    """A fault of `row` that must be mended."""
    return Finding(row.path, row.line, column, "error", code, message)


def warning(row: Row, column: str, code: str, message: str) -> Finding:
    """A doubt about `row` that a person may dismiss."""
    return Finding(row.path, row.line, column, "warning", code, message)


def unreadable(fault: GlossaryError) -> Finding:
    """A fault that the loader found."""
    message = f"{fault.message}; {fault.advice}" if fault.advice else fault.message
    return Finding(
        fault.path or "", fault.line or 0, fault.column or "", "error", "format", message
    )


def place(row: Row) -> str:
    """Where a row stands, for a message about another one."""
    return f"{Path(row.path).name}:{row.line}"
