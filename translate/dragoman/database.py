"""An SQLite file that survives kills, and whose faults are said in plain words."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from dragoman.errors import WorkspaceError

Value = str | int | bytes
_LEAST_FREE = 256 * 1024  # bytes
_CACHE = 16_384  # kilobytes of the file that are kept in memory


class Damaged(WorkspaceError):
    """The file is no database, or a broken one."""


class Database:
    """A database at `path` in WAL mode, each commit synced; made by `schema` when new.

    `schema` is SQL that may run again, `version` its number. Every method raises WorkspaceError
    when the file cannot be used (locked for longer than `timeout` seconds, read-only, disk full,
    of a newer version) and `Damaged` when it is broken.
    """

    def __init__(self, path: Path, schema: str, version: int, timeout: float) -> None:
        self.path = path
        with self._errors():
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=timeout, isolation_level=None)
        try:
            with self._errors():
                self._prepare(schema, version)
        except BaseException:
            self._connection.close()
            raise

    def _prepare(self, schema: str, version: int) -> None:
        found = self._connection.execute("PRAGMA user_version").fetchone()[0]
        if found > version:
            raise WorkspaceError(
                "the file was written by a newer Dragoman",
                advice="update Dragoman, or move the file away to start a new one",
                path=self.path,
            )
        self._connection.execute("PRAGMA journal_mode = WAL")
        self._connection.execute("PRAGMA synchronous = FULL")
        # Not mapped: what is read would count as memory of ours, and grow as the file does.
        self._connection.execute(f"PRAGMA cache_size = -{_CACHE}")
        if found < version:
            script = f"BEGIN IMMEDIATE; {schema}; PRAGMA user_version = {version}; END"
            self._connection.executescript(script)
        self._connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()

    def rows(self, query: str, *values: Value) -> list[tuple[Value, ...]]:
        """All rows of a query."""
        with self._errors():
            return self._connection.execute(query, values).fetchall()

    def write(self, query: str, rows: Iterable[tuple[Value, ...]]) -> None:
        """Run one statement for each row; call it inside `transaction`."""
        with self._errors():
            self._connection.executemany(query, rows)

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """All that is written inside is kept, or nothing of it."""
        with self._errors():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._connection.execute("ROLLBACK")
            raise
        with self._errors():
            self._connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file; what was committed is on disk already."""
        self._connection.close()

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise self._explain(str(error)) from error
        except sqlite3.DatabaseError as error:
            raise Damaged(
                f"the file is damaged ({error})",
                advice="move it away; the next run starts a new one",
                path=self.path,
            ) from error
        except OSError as error:
            raise WorkspaceError(
                f"cannot use the file: {error.strerror or error}",
                advice="check the folder and its permissions",
                path=self.path,
            ) from error

    def _explain(self, text: str) -> WorkspaceError:
        if "locked" in text or "busy" in text:
            message, advice = "another run is using the file", "wait until it ends and run again"
        elif "readonly" in text or "unable to open" in text:
            message, advice = f"cannot use the file ({text})", "make the folder writable"
        elif "full" in text or ("I/O" in text and self._is_disk_full()):
            message, advice = "the disk is full", "free some space and run again; nothing is lost"
        else:
            message, advice = f"cannot use the file ({text})", "check the disk and run again"
        return WorkspaceError(message, advice=advice, path=self.path)

    def _is_disk_full(self) -> bool:
        """What SQLite calls an I/O error is often a full disk, on which its log has no room."""
        try:
            return shutil.disk_usage(self.path.parent).free < _LEAST_FREE
        except OSError:
            return False


def move_aside(path: Path) -> Path:
    """Rename a database and its companions out of the way; return the new name."""
    number = 1
    while (aside := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    for suffix in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    return aside
