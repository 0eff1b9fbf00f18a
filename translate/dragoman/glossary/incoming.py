"""New rows meet a term base: what is new, what is there already, what contradicts it.

    plan = plan_import(base_rows, incoming, folder, update=False)

Nothing is written here. A plan with faults must not be carried out at all; conflicts are rows
that the base has with another content, and only `update` lets the incoming ones win.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from dragoman.errors import GlossaryError
from dragoman.garbage import uncollected
from dragoman.glossary.edit import Stage, new_id
from dragoman.glossary.fold import fold_term
from dragoman.glossary.lint.cells import check_row
from dragoman.glossary.lint.clashes import check_clashes
from dragoman.glossary.lint.finding import Finding
from dragoman.glossary.load import REQUIRED, Row

LISTS = ("ru", "ru_abbr", "en_admitted", "en_forbidden", "az_admitted", "az_forbidden")
_DEFAULTS = {"type": "general", "status": "approved", "policy": "keep"}
_SMALL = 500  # rows that are put in order one by one; a bigger import goes to the end


@dataclass(frozen=True, slots=True)
class Incoming:
    """A row from elsewhere: the cells that its file speaks of, by our column names."""

    cells: Mapping[str, str]
    path: str
    line: int

    def fault(self, column: str, message: str, advice: str) -> GlossaryError:
        """An error that names this row."""
        return GlossaryError(message, advice=advice, path=self.path, line=self.line, column=column)


@dataclass(frozen=True, slots=True)
class Difference:
    """A row of the base and what the incoming one says otherwise: (column, old, new)."""

    row: Row
    incoming: Incoming
    columns: tuple[tuple[str, str, str], ...]


@dataclass
class Plan:
    """What an import would do. `stage` holds the new files."""

    stage: Stage
    added: list[Incoming] = field(default_factory=list)
    differing: list[Difference] = field(default_factory=list)
    same: int = 0
    faults: list[GlossaryError] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)  # doubts about the new rows


def plan_import(
    rows: Sequence[Row], incoming: Iterable[Incoming], folder: Path, *, update: bool = False
) -> Plan:
    """Compare `incoming` with the base `rows` of `folder`, and stage what is to be written.

    A row is known by its id, else by its preferred Russian form. Rows that speak of the same
    concept in several files (one a language) are taken together.
    """
    plan = Plan(Stage(folder, tuple(rows)))
    by_id = {row.concept.id: row for row in rows}
    by_russian: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: row.concept.status == "deprecated"):
        for text in row.concept.ru:
            by_russian.setdefault(_key(text), row)
    new: list[Incoming] = []
    with uncollected():
        for item in _joined(incoming, plan.faults, plan.findings):
            known = by_id.get(item.cells.get("id", "")) or by_russian.get(_russian(item))
            if known is None:
                new.append(item)
            else:
                _compare(plan, known, item)
        _complete(plan, new, set(by_id))
        if not plan.faults:
            _stage(plan, update)
    return plan


def _russian(item: Incoming) -> str:
    return _key(item.cells.get("ru", "").split("|")[0])


def _key(text: str) -> str:
    return fold_term(text)[0].strip()


def _joined(
    incoming: Iterable[Incoming], faults: list[GlossaryError], repeated: list[Finding]
) -> list[Incoming]:
    """One item a concept: those with the same id, or Russian, and no contradiction, together."""
    found: dict[str, Incoming] = {}
    for item in incoming:
        key = item.cells.get("id", "") or _russian(item)
        if not key:
            faults.append(item.fault("ru", "the cell is empty", "write the Russian term"))
            continue
        first = found.get(key)
        if first is None:
            found[key] = item
            continue
        for column, text in item.cells.items():
            before = first.cells.get(column, "")
            if text and before and _parts(column, before) != _parts(column, text):
                faults.append(item.fault(
                    column, f"“{text}” here and “{before}” in {_where(first, item)}",
                    "decide which, and keep one",
                ))  # fmt: skip
        if first.path == item.path:
            repeated.append(Finding(
                item.path, item.line, "ru", "warning", "repeated",
                f"«{item.cells.get('ru', '')}» stands in line {first.line} already; taken as one",
            ))  # fmt: skip
        cells = {**item.cells, **{c: t for c, t in first.cells.items() if t}}
        found[key] = Incoming(cells, first.path, first.line)
    return list(found.values())


def _where(first: Incoming, item: Incoming) -> str:
    return f"line {first.line}" if first.path == item.path else f"{first.path}:{first.line}"


def _compare(plan: Plan, row: Row, item: Incoming) -> None:
    old = cells_of(row)
    differing = tuple(
        (column, old.get(column, ""), text)
        for column, text in item.cells.items()
        if column != "id" and _parts(column, old.get(column, "")) != _parts(column, text)
    )
    if differing:
        plan.differing.append(Difference(row, item, differing))
    else:
        plan.same += 1


def _parts(column: str, text: str) -> tuple[str, ...]:
    parts = [part.strip() for part in text.split("|") if part.strip()]
    if column == "ru":
        return (*parts[:1], *sorted(parts[1:]))
    return tuple(sorted(parts)) if column in LISTS else (" ".join(text.split()),)


def _complete(plan: Plan, new: list[Incoming], taken: set[str]) -> None:
    """Give the new rows their ids and defaults, and name what they lack."""
    numbers: dict[str, int] = {}
    for item in new:
        cells = {**_DEFAULTS, **{c: t for c, t in item.cells.items() if t}}
        for column in REQUIRED:
            if column not in ("id", "type") and not cells.get(column, "").strip():
                plan.faults.append(item.fault(
                    column, f"«{cells.get('ru', '')}» is new and the cell is empty",
                    "fill it (was it a merged cell?), or import the file of the other language "
                    "together with this one",
                ))  # fmt: skip
        if "id" not in cells:
            cells["id"] = new_id(cells.get("en", ""), taken, numbers)
        taken.add(cells["id"])
        plan.added.append(Incoming(cells, item.path, item.line))


def _stage(plan: Plan, update: bool) -> None:
    """Make the new files in memory, and let the loader and the lint look at them."""
    stage = plan.stage
    if update:
        for difference in plan.differing:
            stage.change(difference.row, {column: new for column, _, new in difference.columns})
    if len(plan.added) <= _SMALL:
        for item in plan.added:
            stage.add(item.cells)
    else:
        stage.extend([item.cells for item in plan.added])
    touched = {item.cells["id"]: item for item in plan.added}
    if update:
        touched |= {d.row.concept.id: d.incoming for d in plan.differing}
    rows, faults = stage.read()
    places = {(row.path, row.line): touched.get(row.concept.id) for row in rows}
    origins = _origins(plan, touched) if faults else {}
    for fault in faults:
        plan.faults.append(_at_origin(fault, origins))
    findings = [f for row in rows if row.concept.id in touched for f in check_row(row, ())]
    findings += check_clashes(rows, touched.keys())
    for finding in findings:
        origin = places.get((finding.path, finding.line))
        where = (origin.path, origin.line) if origin else (finding.path, finding.line)
        if finding.severity == "error":
            plan.faults.append(GlossaryError(
                f"{finding.code}: {finding.message}",
                path=where[0], line=where[1], column=finding.column,
            ))  # fmt: skip
        else:
            plan.findings.append(replace(finding, path=where[0], line=where[1]))


def _origins(plan: Plan, touched: Mapping[str, Incoming]) -> dict[tuple[str, int], Incoming]:
    """Where each staged line came from, for faults of rows that the loader does not return."""
    return {
        (str(path), line): touched[cells["id"]]
        for path, table in plan.stage.tables.items()
        for line in range(2, len(table.lines) + 1)
        if (cells := table.cells(line)).get("id") in touched
    }


def _at_origin(fault: GlossaryError, origins: Mapping[tuple[str, int], Incoming]) -> GlossaryError:
    item = origins.get((fault.path or "", fault.line or 0))
    return item.fault(fault.column or "", fault.message, fault.advice) if item else fault


def cells_of(row: Row) -> dict[str, str]:
    """A row of the base as cells by column."""
    concept = row.concept
    cells = {
        "id": concept.id, "type": concept.type, "ru": "|".join(concept.ru),
        "ru_abbr": "|".join(concept.ru_abbreviations), "ru_match": " ".join(row.match),
        "az_kind": concept.az_kind, "policy": concept.abbreviation_policy,
        "status": concept.status, "note": concept.note, "source": concept.source,
    }  # fmt: skip
    for lang in ("en", "az"):
        wording = concept.wording(lang)
        cells |= {
            lang: wording.preferred,
            f"{lang}_admitted": "|".join(wording.admitted),
            f"{lang}_forbidden": "|".join(wording.forbidden),
            f"{lang}_abbr": wording.abbreviation,
        }
    return cells
