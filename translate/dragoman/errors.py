"""The errors of Dragoman. Every message names the place and says what to do next.

DragomanError
├── UsageError        a wrong option or name
├── WorkspaceError    a folder that is missing, locked, read-only or full
├── ReleaseError      a release that cannot be read
├── GlossaryError     a fault in the term base
├── CatalogError      a PO file that cannot be read or written
├── MemoryFileError   a TMX file or index that cannot be used
├── EngineError       a model that cannot be loaded or used
└── PublishError      a release that is not ready to be published
"""

from __future__ import annotations

from pathlib import Path


class DragomanError(Exception):
    """A fault a person can mend. ``str(error)`` is one line fit for a terminal.

    `message` says what is wrong, `advice` what to do next; `path` and `line` (1-based) and
    `column` (its name) say where.
    """

    def __init__(
        self,
        message: str,
        *,
        advice: str = "",
        path: str | Path | None = None,
        line: int | None = None,
        column: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice
        self.path = str(path) if path is not None else None
        self.line = line
        self.column = column

    def __str__(self) -> str:
        where = self.path or ""
        if where and self.line is not None:
            where += f":{self.line}"
        if self.column:
            where += f" (column {self.column})" if where else f"column {self.column}"
        head = f"{where}: {self.message}" if where else self.message
        return " ".join(f"{head}; {self.advice}".split()) if self.advice else " ".join(head.split())

    def __reduce__(self) -> tuple[object, ...]:
        state = {k: getattr(self, k) for k in ("advice", "path", "line", "column")}
        return (_rebuild, (type(self), self.message, state))


def _rebuild(kind: type[DragomanError], message: str, state: dict[str, object]) -> DragomanError:
    return kind(message, **state)  # type: ignore[arg-type]


class UsageError(DragomanError):
    """A wrong option or name."""


class WorkspaceError(DragomanError):
    """A folder that is missing, locked, read-only or full."""


class ReleaseError(DragomanError):
    """A release that cannot be read."""


class GlossaryError(DragomanError):
    """A fault in the term base."""


class CatalogError(DragomanError):
    """A PO file that cannot be read or written."""


class MemoryFileError(DragomanError):
    """A TMX file or index that cannot be used."""


class EngineError(DragomanError):
    """A model that cannot be loaded or used."""


class PublishError(DragomanError):
    """A release that is not ready to be published."""
