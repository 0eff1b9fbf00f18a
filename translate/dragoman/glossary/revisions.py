"""The term base as it was at a git revision, and what has changed since."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from dragoman.errors import GlossaryError, UsageError
from dragoman.glossary.base import Glossary
from dragoman.glossary.incoming import cells_of
from dragoman.glossary.lexicon import Name, NameLexicon, read_names
from dragoman.glossary.load import GlossaryFaults, Row, read_rows


@dataclass(frozen=True, slots=True)
class Change:
    """A concept (or a name of the lexicon) that came, went or reads otherwise.

    `columns` are (column, before, after); `row` is the concept's as it is now, or was.
    """

    kind: Literal["added", "removed", "changed"]
    id: str
    columns: tuple[tuple[str, str, str], ...] = ()
    row: Row | None = None

    def as_json(self) -> dict[str, Any]:
        """The change for machines."""
        columns = [{"column": c, "before": b, "after": a} for c, b, a in self.columns]
        return {"kind": self.kind, "id": self.id, "columns": columns}


def glossary_at(folder: Path, revision: str, cache: Path | None = None) -> Glossary:
    """The term base in `folder` as it was at a git `revision`; an absent one was empty.

    Raises GlossaryError where there is no git repository or the old base does not load, UsageError
    for an unknown revision.
    """
    commit = _git(
        folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"
    )
    if commit is None:
        if _git(folder, "rev-parse", "--git-dir") is None:
            raise GlossaryError(
                "the term base is in no git repository", path=folder,
                advice="run `git init` and commit it, to see what changes",
            )  # fmt: skip
        raise UsageError(f"no such revision: {revision}", advice="see `git log -- glossary`")
    listed = _git(folder, "ls-tree", "-r", "-z", "--name-only", commit.decode().strip(), "--", ".")
    names = [name for name in (listed or b"").decode().split("\0") if name.endswith(".csv")]
    with tempfile.TemporaryDirectory() as made:
        there = Path(made)
        (there / "names").mkdir()
        for name in names:
            data = _git(folder, "show", f"{commit.decode().strip()}:./{name}")
            (there / name).parent.mkdir(parents=True, exist_ok=True)
            (there / name).write_bytes(data or b"")
        rows, faults = read_rows(there)
        lexicon, more = read_names(there / "names")
        if faults or more:
            raise GlossaryFaults(
                tuple(_renamed(fault, there, f"{revision}:") for fault in (*faults, *more))
            )
        moved = tuple(
            replace(row, path=str(folder / Path(row.path).relative_to(there))) for row in rows
        )
    return Glossary(moved, lexicon, cache)


def changes(old: Glossary, new: Glossary) -> tuple[Change, ...]:
    """What differs between two states of a base: concepts in the order of the base, then names."""
    return (*_concepts(old.rows, new.rows), *_names(old.names, new.names))


def _concepts(old: Sequence[Row], new: Sequence[Row]) -> Iterator[Change]:
    before = {row.concept.id: row for row in old}
    after = {row.concept.id: row for row in new}
    for key, row in after.items():
        if key not in before:
            yield Change("added", key, row=row)
            continue
        was, now = cells_of(before[key]), cells_of(row)
        columns = tuple((c, was[c], now[c]) for c in now if was[c] != now[c])
        if columns:
            yield Change("changed", key, columns, row)
    yield from (Change("removed", key, row=row) for key, row in before.items() if key not in after)


def _names(old: NameLexicon, new: NameLexicon) -> Iterator[Change]:
    before = {_key(name): name for name in old.names}
    after = {_key(name): name for name in new.names}
    for key, name in after.items():
        was = before.get(key)
        if was is None:
            yield Change("added", key)
        elif was != name:
            columns = tuple(
                (column, _cell(was, column), _cell(name, column))
                for column in ("ru", "en", "az", "origin", "status")
                if _cell(was, column) != _cell(name, column)
            )
            yield Change("changed", key, columns)
    yield from (Change("removed", key) for key in before if key not in after)


def _key(name: Name) -> str:
    return f"{name.kind} {name.ru[0]}"


def _cell(name: Name, column: str) -> str:
    value = getattr(name, column)
    return "|".join(value) if isinstance(value, tuple) else str(value)


def _renamed(fault: GlossaryError, there: Path, before: str) -> GlossaryError:
    name = Path(fault.path).relative_to(there).as_posix() if fault.path else ""
    return GlossaryError(
        fault.message, advice=fault.advice, path=before + name, line=fault.line,
        column=fault.column,
    )  # fmt: skip


def _git(folder: Path, *arguments: str) -> bytes | None:
    """What git prints, None where it fails. Raises GlossaryError where there is no git."""
    try:
        done = subprocess.run(
            ["git", "-C", str(folder), *arguments], capture_output=True, check=False
        )
    except OSError as error:
        raise GlossaryError(
            f"cannot run git: {error.strerror or error}", advice="install git"
        ) from error
    return done.stdout if done.returncode == 0 else None
