"""Catalog -> PO file, in one spelling.

The spelling is that of ``msgcat --no-wrap``: no wrapping except after a newline in the text, so a
change of a word is a change of one line and a diff settles. polib's own writer is not used: it
wraps differently from gettext, reorders the header fields and breaks lines at U+2028.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from dragoman.catalog.model import Catalog, identity
from dragoman.catalog.reading import parse_catalog
from dragoman.errors import CatalogError, WorkspaceError
from dragoman.files import write_atomically
from dragoman.records import Entry

_ESCAPES = str.maketrans(
    {
        "\\": r"\\",
        '"': r"\"",
        "\a": r"\a",
        "\b": r"\b",
        "\f": r"\f",
        "\n": r"\n",
        "\r": r"\r",
        "\t": r"\t",
        "\v": r"\v",
    }
)


def render(catalog: Catalog) -> str:
    """The text of the PO file: same catalog, same text. `parse_catalog` reads it back equal."""
    header = "".join(f"{name}: {value}\n" for name, value in catalog.header)
    head = Entry(msgid="", msgstr=header, comment=catalog.comment)
    return "\n".join("".join(_lines(entry)) for entry in (head, *catalog.entries))


def write_catalog(path: Path, catalog: Catalog) -> bool:
    """Write `catalog` to `path` atomically; return whether the file changed.

    Raises CatalogError when two entries have one identity or a text is not Unicode, and
    WorkspaceError when the folder cannot be written. The old file stays in every such case.
    """
    seen = set()
    for entry in catalog.entries:
        if identity(entry) in seen or not entry.msgid:
            raise CatalogError(
                f"would hold an entry twice or without text: «{entry.msgid[:40]}»",
                advice="this is a fault of Dragoman; the file was left as it is",
                path=path,
            )
        seen.add(identity(entry))
    try:
        data = render(catalog).encode("utf-8")
    except UnicodeEncodeError as error:
        raise CatalogError(
            "would hold text that is not Unicode (a lone surrogate)",
            advice="look at the release near that sentence; the file was left as it is",
            path=path,
        ) from error
    return write_atomically(path, data)


def update_catalog(path: Path, change: Callable[[Catalog | None], Catalog]) -> bool:
    """Replace the catalog at `path` by ``change(catalog)``; return whether the file changed.

    `change` gets None where there is no file. When somebody saves the file while `change` is at
    work, it is read again and `change` called again, so that no edit is lost; keep the slow
    part (the model) outside. Raises as `read_catalog` and `write_catalog`.
    """
    for _ in range(5):
        before = _bytes(path)
        after = change(None if before is None else parse_catalog(before, path))
        if _bytes(path) == before:
            return write_catalog(path, after)
    raise WorkspaceError(
        "the file keeps changing while it is being updated",
        advice="close the program that writes it and run again",
        path=path,
    )


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CatalogError(
            f"cannot read: {error.strerror or error}",
            advice="check the path and its permissions",
            path=path,
        ) from error


def _lines(entry: Entry) -> Iterator[str]:
    if entry.comment:
        yield from (f"# {line}\n" if line else "#\n" for line in entry.comment.split("\n"))
    if not entry.obsolete:
        yield from (f"#. {line}\n" for line in entry.extracted)
        if entry.references:
            places = (f"{path}:{line}" if line else path for path, line in entry.references)
            yield f"#: {' '.join(places)}\n"
    flags = (("fuzzy",) if entry.fuzzy else ()) + entry.flags
    if flags:
        yield f"#, {', '.join(flags)}\n"
    if entry.previous_msgid is not None:
        yield from _field("#~| " if entry.obsolete else "#| ", "msgid", entry.previous_msgid)
    mark = "#~ " if entry.obsolete else ""
    if entry.msgctxt is not None:
        yield from _field(mark, "msgctxt", entry.msgctxt)
    yield from _field(mark, "msgid", entry.msgid)
    yield from _field(mark, "msgstr", entry.msgstr)


def _field(mark: str, keyword: str, text: str) -> Iterator[str]:
    lines = [line.translate(_ESCAPES) for line in re.findall(r"[^\n]*\n|[^\n]+", text)]
    if len(lines) != 1:
        lines.insert(0, "")
    yield f'{mark}{keyword} "{lines[0]}"\n'
    yield from (f'{mark}"{line}"\n' for line in lines[1:])
