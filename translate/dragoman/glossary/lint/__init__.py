"""Look a term base over: what its maintainers should mend before others trip over it.

    for finding in lint(workspace.glossary, cache): print(finding)

Errors are what makes the base say two things at once or nothing at all; warnings are doubts.
"""

from __future__ import annotations

from pathlib import Path

from dragoman.glossary.base import Glossary
from dragoman.glossary.expand import Forms, expand_all
from dragoman.glossary.lexicon import read_names
from dragoman.glossary.lint.cells import check_row
from dragoman.glossary.lint.clashes import check_clashes
from dragoman.glossary.lint.finding import Finding, unreadable
from dragoman.glossary.lint.names import check_names
from dragoman.glossary.lint.reach import check_reach
from dragoman.glossary.lint.relations import check_relations
from dragoman.glossary.lint.titles import check_titles
from dragoman.glossary.load import Row, read_rows

__all__ = ["Finding", "lint", "lint_rows"]


def lint(folder: Path, cache: Path | None = None) -> tuple[Finding, ...]:
    """Every finding about ``folder/*.csv`` and ``folder/names/*.csv``, by file and line.

    What the loader refuses comes as errors with the code ``format``; the sound rows are looked
    over all the same. `cache` is that of `load_glossary`. Raises GlossaryError for no folder.
    """
    rows, faults = read_rows(folder)
    names, more = read_names(folder / "names")
    found = [unreadable(fault) for fault in (*faults, *more)]
    found += check_names(folder / "names")
    found += lint_rows(rows, cache, Glossary(rows, names, cache))
    return tuple(sorted(dict.fromkeys(found)))


def lint_rows(rows: tuple[Row, ...], cache: Path | None, base: Glossary) -> list[Finding]:
    """Every finding about `rows`, of which `base` was made."""
    expanded: list[tuple[Row, Forms]] = list(expand_all(rows, cache))
    found = [finding for row, forms in expanded for finding in check_row(row, forms)]
    found += check_clashes(rows)
    found += check_relations(rows)
    found += check_titles(base)
    found += check_reach(base, {(finding.path, finding.line) for finding in found})
    return found
