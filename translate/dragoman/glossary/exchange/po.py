"""Weblate's glossary as a gettext PO file in one language.

An entry a wording. Its context tells entries of one Russian term apart (``sms/admitted/1``); the
flags are Weblate's: ``terminology`` for what every language should have, ``forbidden`` for a
translation that must not be used. ``#.`` carries the other columns, of which `_TOLD` has the names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dragoman.catalog import Catalog, parse_catalog, render
from dragoman.errors import CatalogError, GlossaryError
from dragoman.glossary.exchange.bilingual import ROLES, Pair, Role, pairs_of, rows_of
from dragoman.glossary.exchange.reading import Reading, fault_of_cell, read_bytes, tidy
from dragoman.glossary.load import Row
from dragoman.records import Entry

_CONTEXT = re.compile(r"(?P<id>[a-z0-9-]+)(?:/(?P<role>[a-z]+)/\d+)?\Z")
_PLURALS = "nplurals=2; plural=(n != 1);"
_TOLD = {
    "type": "type", "status": "status", "policy": "policy", "ru_match": "match",
    "az_kind": "az_kind", "abbreviation": "short", "note": "note", "source": "source",
}  # fmt: skip


def po_text(rows: Sequence[Row], lang: str) -> str:
    """The glossary in one language for Weblate."""
    header = (
        ("Project-Id-Version", "Glossary"),
        ("Language", lang),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", _PLURALS),
        ("X-Generator", "Dragoman"),
        ("X-Source-Language", "ru"),
    )
    counts: dict[tuple[str, str], int] = {}
    entries = [_entry(pair, counts) for pair in pairs_of(rows, lang)]
    return render(Catalog(header, "Glossary exported from the term base.", tuple(entries)))


def _entry(pair: Pair, counts: dict[tuple[str, str], int]) -> Entry:
    context = pair.id
    if pair.role != "preferred":
        number = counts[pair.id, pair.role] = counts.get((pair.id, pair.role), 0) + 1
        context = f"{pair.id}/{pair.role}/{number}"
    flag = {"preferred": ("terminology",), "forbidden": ("forbidden",)}.get(pair.role, ())
    told = [f"{name}: {text}" for name, own in _TOLD.items() if (text := getattr(pair, own))]
    return Entry(pair.ru, pair.target, context, extracted=tuple(told), flags=flag)


def read_po(path: Path, lang: str | None = None) -> Reading:
    """The rows of a glossary in PO, into `lang` or the language of its header.

    A fuzzy entry is a proposal; one without translation says nothing of it. Raises GlossaryError.
    """
    try:
        catalog = parse_catalog(read_bytes(path), path)
    except CatalogError as error:
        raise GlossaryError(
            error.message, advice=error.advice, path=path, line=error.line
        ) from error
    reading = Reading(path)
    told = catalog.field("Language").replace("-", "_").split("_")[0].lower()
    target = lang or told
    if target not in ("en", "az"):
        reading.fault(
            1, f"its header says Language: {told or 'nothing'}",
            "name the language of the file with --to en or --to az",
        )  # fmt: skip
        return reading
    pairs: list[Pair] = []
    for number, entry in enumerate(catalog.active, start=1):
        wrong = fault_of_cell(entry.msgid) or fault_of_cell(entry.msgstr)
        if wrong:
            reading.fault(None, f"entry {number} («{entry.msgid}»): {wrong[0]}", wrong[1])
        else:
            clean = replace(entry, msgid=tidy(entry.msgid), msgstr=tidy(entry.msgstr))
            pairs.append(_pair(clean, number))
    empty = sum(not entry.msgstr for entry in catalog.active)
    if empty:
        reading.remarks.append(f"{empty} entries without translation")
    reading.rows = rows_of(pairs, target, path)
    return reading


def _pair(entry: Entry, number: int) -> Pair:
    context = entry.msgctxt or ""
    found = _CONTEXT.match(context)
    lines = (line.split(": ", 1) for line in entry.extracted if ": " in line)
    told = {_TOLD[name]: text for name, text in lines if name in _TOLD}
    role: Role = "forbidden" if "forbidden" in entry.flags else "preferred"
    status = "proposed" if entry.fuzzy else ""
    if found is None or not ("type" in told or "/" in context):  # another tool wrote it
        note = " ".join((*entry.comment.split("\n"), *entry.extracted)).strip()
        return Pair(entry.msgid, entry.msgstr, role, status=status, note=note, line=number)
    if role == "preferred":
        role = next((r for r in ROLES if r == found["role"]), role)
    told["status"] = status or told.get("status", "")
    return Pair(entry.msgid, entry.msgstr, role, found["id"], line=number, **told)
