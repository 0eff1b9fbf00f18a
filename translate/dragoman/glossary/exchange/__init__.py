"""The term base and the tools of others: CSV, OmegaT's TSV, TBX, Weblate's PO.

reading = read_terms(path)           # rows, faults and remarks; nothing is written
text = render_terms(rows, "tbx")     # the same as a file
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from dragoman.errors import UsageError
from dragoman.glossary.exchange.po import po_text, read_po
from dragoman.glossary.exchange.reading import Reading
from dragoman.glossary.exchange.tables import csv_text, read_csv
from dragoman.glossary.exchange.tbx import tbx_text
from dragoman.glossary.exchange.tbx_reading import read_tbx
from dragoman.glossary.exchange.tsv import names_columns, read_tsv, tsv_text
from dragoman.glossary.load import Row

FORMATS = ("csv", "tsv", "tbx", "tbx2", "po")
BILINGUAL = ("tsv", "po")
_SUFFIXES = {
    ".csv": "csv", ".tsv": "tsv", ".txt": "tsv", ".tab": "tsv", ".utf8": "tsv",
    ".tbx": "tbx", ".xml": "tbx", ".po": "po",
}  # fmt: skip
_LANGUAGE = re.compile(r"(?:^|[._-])(en|az)(?:[._-]|$)", re.IGNORECASE)

__all__ = ["BILINGUAL", "FORMATS", "Reading", "format_of", "read_terms", "render_terms"]


def format_of(path: Path, named: str = "") -> str:
    """The format of a file by its ending, or `named`. Raises UsageError."""
    found = named or _SUFFIXES.get(path.suffix.lower(), "")
    if found not in FORMATS:
        raise UsageError(
            f"{path}: unknown format {found or path.suffix or '(no ending)'!r}",
            advice=f"use --format with one of {', '.join(FORMATS)}",
        )
    return found


def read_terms(path: Path, named: str = "", lang: str = "") -> Reading:
    """The rows of a file of terms. `lang` is the target language of a bilingual file.

    Without `lang` a TSV tells its language by its name (``terms.en.tsv``), a PO by its header.
    Raises GlossaryError for a file that cannot be read at all, UsageError for one that cannot be
    told.
    """
    kind = format_of(path, named)
    if kind == "csv":
        return read_csv(path)
    if kind in ("tbx", "tbx2"):
        return read_tbx(path)
    if kind == "po":
        return read_po(path, lang or None)
    if names_columns(path):
        return read_csv(path)  # a spreadsheet's, which says more than an OmegaT glossary
    found = _LANGUAGE.search(path.stem)
    target = lang or (found[1].lower() if found else "")
    if target not in ("en", "az"):
        raise UsageError(
            f"{path}: the language of the translations is not told",
            advice="use --to en or --to az, or name the file terms.en.tsv",
        )
    return read_tsv(path, target)


def render_terms(rows: Sequence[Row], kind: str, lang: str = "") -> str:
    """The rows in one of `FORMATS`; a bilingual one wants `lang`."""
    if kind == "csv":
        return csv_text(rows)
    if kind in ("tbx", "tbx2"):
        return tbx_text(rows, 2 if kind == "tbx2" else 3)
    return po_text(rows, lang) if kind == "po" else tsv_text(rows, lang)
