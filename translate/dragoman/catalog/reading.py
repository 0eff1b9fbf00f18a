"""PO file -> Catalog."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import polib

from dragoman.catalog.header import SOURCE_LANGUAGE
from dragoman.catalog.lines import restore, standard_lines
from dragoman.catalog.model import Catalog, identity
from dragoman.errors import CatalogError
from dragoman.records import Entry

# An entry of our own before and after the text: the first keeps polib from taking the comments of
# the first entry for the file's, the last receives comments that follow the last entry.
_BEFORE, _AFTER = "\ufded", "\ufdee"
_OFFSET = 2  # lines that `_BEFORE` takes
_CODE = re.compile("[a-z]{2,3}")  # an ISO 639 code


class _File(polib.POFile):
    """A POFile that leaves the header where it is, as the entry with the empty msgid."""

    def find(self, *args: Any, **kwargs: Any) -> polib.POEntry | None:
        return None


def read_catalog(path: Path) -> Catalog:
    """Read the PO or POT file at `path`.

    Raises CatalogError, naming file and line and what to do, when the file is missing, is not
    UTF-8, is empty, does not parse, holds conflict markers, plural entries or one entry twice.
    """
    try:
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise CatalogError(
            "there is no such catalog", advice="run `dragoman translate` first", path=path
        ) from error
    except OSError as error:
        raise CatalogError(
            f"cannot read: {error.strerror or error}",
            advice="check the path and its permissions",
            path=path,
        ) from error
    return parse_catalog(data, path)


def parse_catalog(data: bytes, path: Path) -> Catalog:
    """Parse the bytes of a PO file; `path` is for error messages. Raises as `read_catalog`."""
    text = _decode(data, path)
    if not text.strip("\ufeff \t\r\n"):
        raise CatalogError(
            "the file is empty",
            advice="restore it from git, or remove it to start afresh",
            path=path,
            line=1,
        )
    entries = _parse(text, path)
    header, comment = "", ""
    if entries and identity(entries[0][1]) == (None, "") and not entries[0][1].obsolete:
        header, comment = entries[0][1].msgstr, entries[0][1].comment
        entries = entries[1:]
    _refuse_duplicates(entries, path)
    return Catalog(_fields(header), comment, tuple(entry for _, entry in entries))


def require_release(catalog: Catalog, source: str, msgids: Collection[str], path: Path) -> None:
    """Raise CatalogError when `catalog` is plainly that of a release other than `source`.

    It is when its references all lead elsewhere and it shares less than half of its sentences
    with `msgids`: a release that was renamed, or much rewritten, is still itself.
    """
    active = catalog.active
    named = {reference for entry in active for reference, _ in entry.references}
    shared = sum(entry.msgid in msgids for entry in active)
    if named and source not in named and 2 * shared < len(active):
        raise CatalogError(
            f"this is the catalog of another release ({min(named)}, not {source})",
            advice="put the right file back, or move this one away to start afresh",
            path=path,
            line=1,
        )


def require_language(catalog: Catalog, lang: str, path: Path) -> None:
    """Raise CatalogError when the header of `catalog` names a language other than `lang`.

    Russian is let pass: pot2po copies the template's.
    """
    told = catalog.field("Language").replace("-", "_").split("_")[0].lower()
    if _CODE.fullmatch(told) and told not in (lang, SOURCE_LANGUAGE):
        raise CatalogError(
            f"its header says Language: {told}, and it stands among those for {lang}",
            advice="put the right file back, or correct the header",
            path=path,
            line=1,
        )


def _decode(data: bytes, path: Path) -> str:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise CatalogError(
            f"not UTF-8 (byte 0x{data[error.start]:02x})",
            advice="save the file as UTF-8 (`msgconv -t UTF-8`) and run again",
            path=path,
            line=data.count(b"\n", 0, error.start) + 1,
        ) from error
    if "\0" in text:
        raise CatalogError(
            "a NUL byte: the file is UTF-16, binary or damaged",
            advice="save it as UTF-8 or restore it from git",
            path=path,
            line=text.count("\n", 0, text.index("\0")) + 1,
        )
    return text


def _parse(text: str, path: Path) -> list[tuple[int, Entry]]:
    lines = [f'msgid "{_BEFORE}"', 'msgstr ""', *standard_lines(text, path)]
    lines += [f'msgid "{_AFTER}"', 'msgstr ""']
    try:
        parsed = polib.pofile("\n".join(lines), encoding="utf-8", klass=_File)
    except OSError as error:
        found = re.search(r"\(?line (\d+)\)", str(error))
        line = int(found[1]) - _OFFSET if found else None
        raise CatalogError(
            "the parts of an entry are missing or out of order",
            advice="each entry is comments, msgid, msgstr: correct it or restore the file from git",
            path=path,
            line=min(line, text.count("\n") + 1) if line else None,
        ) from error
    *entries, last = [(_line(entry), _entry(entry)) for entry in parsed][1:]
    trailing = last[1].comment
    if trailing and entries:
        line, entry = entries[-1]
        comment = f"{entry.comment}\n{trailing}" if entry.comment else trailing
        entries[-1] = (line, replace(entry, comment=comment))
    return entries


def _line(entry: polib.POEntry) -> int:
    return max(1, (entry.linenum or 0) - _OFFSET)


def _entry(parsed: polib.POEntry) -> Entry:
    flags = [flag for flag in parsed.flags if flag]
    previous = parsed.previous_msgid
    return Entry(
        msgid=restore(parsed.msgid),
        msgstr=restore(parsed.msgstr),
        msgctxt=None if parsed.msgctxt is None else restore(parsed.msgctxt),
        fuzzy="fuzzy" in flags,
        obsolete=bool(parsed.obsolete),
        previous_msgid=None if previous is None else restore(previous),
        references=tuple((str(path), str(line)) for path, line in parsed.occurrences),
        extracted=tuple(restore(parsed.comment).split("\n")) if parsed.comment else (),
        comment=restore(parsed.tcomment),
        flags=tuple(dict.fromkeys(flag for flag in flags if flag != "fuzzy")),
    )


def _fields(header: str) -> tuple[tuple[str, str], ...]:
    fields: list[tuple[str, str]] = []
    for line in header.split("\n"):
        name, colon, value = line.partition(":")
        if colon:
            fields.append((name.strip(), value.strip()))
        elif line.strip() and fields:  # a value that some tool wrapped
            name, value = fields[-1]
            fields[-1] = (name, f"{value} {line.strip()}".strip())
    return tuple(fields)


def _refuse_duplicates(entries: Sequence[tuple[int, Entry]], path: Path) -> None:
    first: dict[tuple[str | None, str], int] = {}
    for line, entry in entries:
        if not entry.msgid:
            raise CatalogError(
                "an entry without text (a second header?)",
                advice="keep one header, at the top, and run again",
                path=path,
                line=line,
            )
        seen = first.setdefault(identity(entry), line)
        if seen != line:
            shown = entry.msgid if len(entry.msgid) <= 40 else entry.msgid[:39] + "…"
            raise CatalogError(
                f"the entry «{shown}» stands here and in line {seen}",
                advice="keep the one you want (`msguniq` shows both) and run again",
                path=path,
                line=line,
            )
