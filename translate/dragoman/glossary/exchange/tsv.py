"""OmegaT glossaries: ``Russian<TAB>target<TAB>comment``, UTF-8, no header, no quoting.

OmegaT offers every target it finds, so a forbidden wording never stands there as a target: it is
named in the comment of the preferred line, and so are the columns that OmegaT has not, where they
are not as usual. What holds a semicolon cannot be told there: a source, a forbidden wording.
Deprecated concepts are left out. Lines that begin with # are comments to OmegaT.

    Государственная Миграционная Служба	State Migration Service	id: sms; type: organisation
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from dragoman.glossary.exchange.bilingual import ROLES, Pair, Role, pairs_of, rows_of
from dragoman.glossary.exchange.headers import is_header
from dragoman.glossary.exchange.reading import Reading, decode, fault_of_cell, read_bytes, tidy
from dragoman.glossary.load import Row

_OURS = re.compile(r"id: (?P<id>[a-z0-9-]+)(?:; |$)")
_KEY = re.compile(
    r"(type|status|role|never|source|policy|ru_match|az_kind|abbreviation): ([^;]*)(?:; |$)"
)


def tsv_text(rows: Sequence[Row], lang: str) -> str:
    """The glossary in one language for OmegaT."""
    pairs = list(pairs_of(rows, lang))
    never: dict[str, list[str]] = {}
    for pair in pairs:
        if pair.role == "forbidden":
            never.setdefault(pair.id, []).append(pair.target)
    lines = [
        "\t".join((_flat(pair.ru), _flat(pair.target), _comment(pair, never.get(pair.id, []))))
        for pair in pairs
        if pair.role != "forbidden"
    ]
    return "".join(f"{line}\n" for line in lines)


def read_tsv(path: Path, lang: str) -> Reading:
    """The rows of an OmegaT glossary into `lang`. Raises GlossaryError for no text file."""
    reading = Reading(path)
    text = decode(read_bytes(path), path)
    pairs: list[Pair] = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip() and not line.startswith("#"):
            pairs += _pairs(reading, number, line)
    if not pairs and not reading.faults:
        reading.fault(1, "the file holds no terms", "export it again")
    reading.rows = rows_of(pairs, lang, path)
    return reading


def names_columns(path: Path) -> bool:
    """Whether the first line names columns (ru, en, az), as no OmegaT glossary does.

    Raises GlossaryError for no text file.
    """
    lines = decode(read_bytes(path), path).lstrip().split("\n", 1)
    return is_header(lines[0].split("\t"))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _comment(pair: Pair, never: list[str]) -> str:
    parts = [f"id: {pair.id}"]
    if pair.role != "preferred":
        return "; ".join([*parts, f"role: {pair.role}"])
    parts.append(f"type: {pair.type}")
    parts += [f"status: {pair.status}"] if pair.status != "approved" else []
    parts += [f"policy: {pair.policy}"] if pair.policy != "keep" else []
    parts += [f"ru_match: {pair.match}"] if pair.match and ";" not in pair.match else []
    parts += [f"az_kind: {pair.az_kind}"] if pair.az_kind else []
    parts += [f"abbreviation: {pair.short}"] if pair.short and ";" not in pair.short else []
    parts += [f"never: {'|'.join(never)}"] if never and not any(";" in n for n in never) else []
    parts += [f"source: {pair.source}"] if pair.source and ";" not in pair.source else []
    parts += [f"note: {_flat(pair.note)}"] if pair.note else []
    return "; ".join(parts)


def _pairs(reading: Reading, number: int, line: str) -> list[Pair]:
    cells = [tidy(cell) for cell in line.split("\t")]
    while len(cells) > 3 and not cells[-1]:
        cells.pop()
    if len(cells) not in (2, 3):
        reading.fault(
            number, f"{len(cells)} column(s) where 2 or 3 are wanted",
            "write the Russian term, a tab, its translation, a tab, a comment",
        )  # fmt: skip
        return []
    ru, target, comment = (*cells, "")[:3]
    for column, text in (("1", ru), ("2", target)):
        wrong = fault_of_cell(text)
        if wrong or not text:
            message, advice = wrong or ("the column is empty", "fill it or delete the line")
            reading.fault(number, message, advice, column)
            return []
    return _told(Pair(ru, target, line=number), comment)


def _told(pair: Pair, comment: str) -> list[Pair]:
    """The pair with what its comment says, and a pair for each wording that it forbids."""
    ours = _OURS.match(comment)
    if ours is None:
        return [replace(pair, note=comment)]
    rest, told = comment[ours.end() :], {"id": ours["id"]}
    while (found := _KEY.match(rest)) is not None:
        told[found[1]] = found[2].strip()
        rest = rest[found.end() :]
    role: Role = next((role for role in ROLES if role == told.get("role")), "preferred")
    made = replace(
        pair, role=role, id=told["id"], type=told.get("type", ""),
        status=told.get("status", "approved" if role == "preferred" else ""),
        source=told.get("source", ""), note=rest.removeprefix("note: ").strip(),
        policy=told.get("policy", "keep" if "type" in told else ""),
        match=told.get("ru_match", ""), az_kind=told.get("az_kind", ""),
        short=told.get("abbreviation", ""),
    )  # fmt: skip
    never = [text for text in told.get("never", "").split("|") if text]
    return [made, *(replace(made, role="forbidden", target=text, note="") for text in never)]
