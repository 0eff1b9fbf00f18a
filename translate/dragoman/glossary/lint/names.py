"""The name lexicon looked over: one name said in two ways, letters of another alphabet."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dragoman.checks.letters import check_alphabet, check_cyrillic
from dragoman.checks.pair import Pair
from dragoman.errors import GlossaryError
from dragoman.glossary.fold import fold_key
from dragoman.glossary.lexicon import COLUMNS, REQUIRED
from dragoman.glossary.lint.cells import TARGETS
from dragoman.glossary.lint.finding import Finding
from dragoman.glossary.load import Record, read_table
from dragoman.records import Severity


def check_names(folder: Path) -> Iterator[Finding]:
    """Findings about ``folder/*.csv``; faults of the files themselves are the loader's to tell."""
    faults: list[GlossaryError] = []
    seen: dict[tuple[str, str], Record] = {}
    for path in sorted(folder.glob("*.csv")):
        for record in read_table(path, COLUMNS, REQUIRED, faults):
            if record.cells["status"] == "deprecated":
                continue
            yield from _letters(record)
            for ru in record.several("ru"):
                first = seen.setdefault((record.cells["kind"], fold_key(ru)), record)
                if first is not record:
                    yield _twice(record, first, ru)


def _letters(record: Record) -> Iterator[Finding]:
    for lang in TARGETS:
        pair = Pair(record.cells["ru"], record.cells[lang], lang)
        for issue in check_cyrillic(pair):
            yield _finding(record, lang, "error", "alphabet", issue.message)
        for issue in check_alphabet(pair):
            yield _finding(record, lang, "warning", "alphabet", issue.message)
    if any("a" <= c.lower() <= "z" for c in record.cells["ru"]):
        message = f"“{record.cells['ru']}” holds Latin letters; type it anew"
        yield _finding(record, "ru", "error", "alphabet", message)


def _twice(record: Record, first: Record, ru: str) -> Finding:
    where = f"«{ru}» stands at {first.path.name}:{first.line} too"
    differing = [
        f"{lang} “{record.cells[lang]}” and “{first.cells[lang]}”"
        for lang in TARGETS
        if record.cells[lang] != first.cells[lang]
    ]
    if differing:  # the first one is used: which of the two was meant?
        message = f"{where}, spelled otherwise: {'; '.join(differing)}"
        return _finding(record, "ru", "warning", "conflict", message)
    return _finding(record, "ru", "warning", "duplicate", where)


def _finding(record: Record, column: str, severity: Severity, code: str, message: str) -> Finding:
    return Finding(str(record.path), record.line, column, severity, code, message)
