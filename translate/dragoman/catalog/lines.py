"""The lines of a PO file made fit for polib, strictly and without losing a character.

polib 1.2 splits content at every Unicode line separator, strips the blanks that end a comment,
skips ``#~|`` lines, raises OSError on ``#=`` lines and on ``#comment`` without a blank, cuts the
first letter of ``#.text``, and silently chops the last character of an unclosed string. So each
line is checked here against the PO grammar, given its one standard spelling, and characters that
polib would trip over are replaced by noncharacters, which `restore` turns back.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from dragoman.errors import CatalogError

_AWKWARD = "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_HIDDEN = "".join(chr(0xFDD0 + i) for i in range(len(_AWKWARD)))
_HIDE = str.maketrans(_AWKWARD, _HIDDEN)
_SHOW = str.maketrans(_HIDDEN, _AWKWARD)
GUARD = "\ufdef"  # closes every comment line, so that its blanks are not stripped

_CONFLICT = re.compile(r"(<{7}|={7}|>{7}|\|{7})(\s|$)")
_STRING = r'"(?P<text>(?:[^"\\]|\\.)*)"'
_STATEMENT = re.compile(rf"(?:(?P<keyword>msgctxt|msgid|msgstr)\s*)?{_STRING}")
_PART = re.compile(r"(?:#~ )?(msgctxt|msgid|msgstr) ")
_PLURAL = re.compile(r"msgid_plural|msgstr\s*\[")
# Octal and hexadecimal escapes are bytes of UTF-8 (`msgcat --escape` writes \320\237 for П).
_ESCAPE = re.compile(r"(?P<bytes>(?:\\[0-7]{1,3}|\\x[0-9a-fA-F]{2})+)|\\(?P<sign>.)")
_BYTE = re.compile(r"\\(?:x(?P<hex>..)|(?P<octal>[0-7]{1,3}))")
_QUOTED = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\t": r"\t"})


def restore(text: str) -> str:
    """Undo what `standard_lines` did to the characters of a string or comment."""
    return text.translate(_SHOW).replace(GUARD, "")


def standard_lines(text: str, path: Path) -> Iterator[str]:
    """Yield one line fit for polib for each line of `text`, so that line numbers stay true.

    Raises CatalogError, with the line, for anything that is not PO.
    """
    open_at = 0  # the line of a msgid that has had no msgstr yet
    lines = text.removeprefix("\ufeff").split("\n")
    for number, raw in enumerate(lines, start=1):
        line = raw.removesuffix("\r").lstrip(" \t")
        if _CONFLICT.match(line):
            raise CatalogError(
                "two people's changes are in conflict here",
                advice="keep one of the two versions, remove the <<<<<<< ======= >>>>>>> lines "
                "and run again",
                path=path,
                line=number,
            )
        made = _comment(line, path, number) if line[:1] == "#" else _statement(line, path, number)
        open_at = _opened(made, open_at, number, path)
        yield made
    _opened("#", open_at, len(lines), path)


def _opened(line: str, open_at: int, number: int, path: Path) -> int:
    """The line of the msgid that still wants its msgstr after `line`, or 0.

    polib takes an entry without one for an untranslated entry; gettext and its users do not.
    """
    part = _PART.match(line)
    if part and part[1] == "msgstr":
        return 0
    if open_at and (part or (line.startswith("#") and not line.startswith("#~ "))):
        raise CatalogError(
            "this msgid has no msgstr",
            advice='add msgstr "" below it, or restore the file from git',
            path=path,
            line=open_at,
        )
    return number if part and part[1] == "msgid" else open_at


def _comment(line: str, path: Path, number: int) -> str:
    mark, rest = line[:2], line[2:]
    if line.startswith("#~|"):
        return "#| " + _statement(line[3:].strip(" \t"), path, number)
    if mark in ("#~", "#|"):
        body = _statement(rest.strip(" \t"), path, number)
        return f"{mark} {body}" if body else ""
    if mark in ("#,", "#="):  # gettext 1.0 writes flags on both
        return f"#, {rest.strip()}" if rest.strip() else ""
    if mark == "#:":
        return f"#: {rest.strip()}" if rest.strip() else ""
    if mark == "#.":
        return f"#. {rest.removeprefix(' ').translate(_HIDE)}{GUARD}"
    return f"# {line[1:].removeprefix(' ').translate(_HIDE)}{GUARD}"


def _statement(line: str, path: Path, number: int) -> str:
    line = line.rstrip(" \t")
    if not line:
        return ""
    match = _STATEMENT.fullmatch(line)
    if match is None:
        raise _fault(line, path, number)
    text = _ESCAPE.sub(lambda found: _escape(found, path, number), match["text"]).translate(_HIDE)
    keyword = match["keyword"]
    return f'{keyword} "{text}"' if keyword else f'"{text}"'


def _escape(found: re.Match[str], path: Path, number: int) -> str:
    if found["bytes"]:
        return _spelled(found["bytes"], path, number).translate(_QUOTED)
    if found["sign"] in 'ntrvbf"\\':
        return found[0]
    if found["sign"] == "a":
        return "\a"
    raise CatalogError(
        f"unknown escape {found[0]} in a string",
        advice=r"write the character itself, or \\ for a backslash",
        path=path,
        line=number,
    )


def _spelled(escapes: str, path: Path, number: int) -> str:
    """The characters that a run of octal and hexadecimal escapes spells, byte for byte."""
    codes = [int(b["hex"], 16) if b["hex"] else int(b["octal"], 8) for b in _BYTE.finditer(escapes)]
    try:
        text = bytes(codes).decode("utf-8")
    except ValueError:  # not UTF-8, or an octal number above 377
        text = ""
    if not text or "\0" in text:
        shown = escapes if len(escapes) <= 24 else escapes[:23] + "…"
        raise CatalogError(
            f"the escapes {shown} are not text in UTF-8",
            advice="write the characters themselves, or convert the file with `msgconv -t UTF-8`",
            path=path,
            line=number,
        )
    return text


def _fault(line: str, path: Path, number: int) -> CatalogError:
    if _PLURAL.match(line):
        return CatalogError(
            "plural entries have no place in the catalog of a release",
            advice="remove the entry, or put this file elsewhere",
            path=path,
            line=number,
        )
    shown = line if len(line) <= 40 else line[:39] + "…"
    if line.count('"') == 1 or (line.startswith(('"', "msg")) and not line.endswith('"')):
        return CatalogError(
            f"a string is not closed: {shown}",
            advice='end the line with " or restore the file from git',
            path=path,
            line=number,
        )
    return CatalogError(
        f"not a line of a PO file: {shown}",
        advice="correct the line or restore the file from git",
        path=path,
        line=number,
    )
