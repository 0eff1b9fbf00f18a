"""What the checks find over many catalogs, one line a finding."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from typing import Any

from dragoman.checks import check_sources, dismissed
from dragoman.errors import CatalogError
from dragoman.inspection import (
    CatalogPlace,
    Inspected,
    Inspector,
    State,
    read_numbered,
    shown,
    state_of,
)
from dragoman.records import Issue, Severity
from dragoman.report import Failure


@dataclass(frozen=True, slots=True)
class Finding:
    """An issue and where it stands. ``str(finding)`` is one line that an editor can jump to."""

    path: str
    line: int
    severity: Severity
    code: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.severity} {self.code}: {self.message}"

    def as_json(self) -> dict[str, Any]:
        """The finding for machines."""
        return asdict(self)


@dataclass(slots=True)
class Sources:
    """Which Russian sentences are translated differently, found without keeping the texts.

    A sentence and its translation are remembered by hash; eight bytes an entry say in which
    catalogs to look again.
    """

    _translation: dict[int, int] = field(default_factory=dict)
    _differing: set[int] = field(default_factory=set)
    _catalogs: list[tuple[CatalogPlace, array[int]]] = field(default_factory=list)

    def add(self, place: CatalogPlace, entries: Iterable[Inspected]) -> None:
        """Take note of the entries of one catalog."""
        keys = array("q")
        for entry in entries:
            if entry.state == "failed":
                continue
            key = hash((place.lang, " ".join(entry.source.split())))
            target = hash(" ".join(entry.target.split()))
            if self._translation.setdefault(key, target) != target:
                self._differing.add(key)
            keys.append(key)
        self._catalogs.append((place, keys))

    def findings(self) -> Iterator[Finding]:
        """`inconsistent`: every translation that differs from the commonest of its source."""
        if not self._differing:
            return
        texts: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        ignored: set[str] = set()
        approved: set[str] = set()
        for place, keys in self._catalogs:
            if self._differing.isdisjoint(keys):
                continue
            try:
                numbered = read_numbered(place)
            except CatalogError:  # it was saved meanwhile, and told about already otherwise
                continue
            for entry, line in zip(numbered.catalog.active, numbered.lines, strict=True):
                where = f"{shown(place.path)}:{line}"
                state = state_of(entry)
                if state != "failed":
                    texts[place.lang].append((where, entry.msgid, entry.msgstr))
                if state == "approved":
                    approved.add(where)
                if {"inconsistent", "all"} & dismissed(entry.comment):
                    ignored.add(where)
        for entries in texts.values():
            for where, issue in check_sources(entries, approved):
                if where not in ignored:
                    path, _, number = where.rpartition(":")
                    yield _finding(path, int(number), issue)


def check_catalogs(
    inspector: Inspector,
    places: Iterable[CatalogPlace],
    *,
    states: Container[State] | None = None,
) -> Iterator[Finding | Failure]:
    """Findings as they are made: catalog by catalog, then those that take several catalogs.

    A catalog that cannot be read is a Failure, and the others are still checked. With `states`
    only entries in one of them count.
    """
    sources = Sources()
    for place in places:
        try:
            entries = inspector.inspect(place)
        except CatalogError as error:
            yield Failure(shown(place.path), str(error))
            continue
        chosen = [entry for entry in entries if states is None or entry.state in states]
        sources.add(place, chosen)
        for entry in chosen:
            for issue in entry.issues:
                yield _finding(shown(place.path), entry.line, issue)
    yield from sources.findings()


def _finding(path: str, line: int, issue: Issue) -> Finding:
    return Finding(path, line, issue.severity, issue.code, issue.message)
