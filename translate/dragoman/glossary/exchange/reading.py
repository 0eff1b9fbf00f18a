"""What reading a file of terms gives, whatever the format, and how its bytes become text."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path

from dragoman.errors import GlossaryError
from dragoman.glossary.incoming import Incoming
from dragoman.glossary.table import LOST_LETTERS

LANGS = ("en", "az")


@dataclass
class Reading:
    """The rows of a file, every fault of it, and remarks on what was left aside."""

    path: Path
    rows: list[Incoming] = field(default_factory=list)
    faults: list[GlossaryError] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def fault(self, line: int | None, message: str, advice: str, column: str | None = None) -> None:
        """Take note of a fault at `line` (1-based)."""
        self.faults.append(
            GlossaryError(message, advice=advice, path=self.path, line=line, column=column)
        )


def read_bytes(path: Path) -> bytes:
    """The content of a file. Raises GlossaryError."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise GlossaryError(
            f"cannot read: {error.strerror or error}", advice="check the path", path=path
        ) from error


def decode(data: bytes, path: Path) -> str:
    """Text of UTF-8 or marked UTF-16. Raises GlossaryError for anything else.

    Windows-1251 is refused even where it could be read: it has no ə, ğ, ı, ş, ç, ö, ü, so what
    was Azerbaijani in it is lost already.
    """
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x1f\x8b", b"%PDF")):
        raise GlossaryError(
            "this is a spreadsheet or an archive, not a text file",
            advice="save it as 'Text CSV' in UTF-8 with commas", path=path, line=1,
        )  # fmt: skip
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not wide and data[:4000].count(0) > len(data[:4000]) // 8:
        raise GlossaryError(
            "this is UTF-16 without a mark of its kind, or no text",
            advice="save it again as 'CSV UTF-8'", path=path, line=1,
        )  # fmt: skip
    try:
        text = data.decode("utf-16" if wide else "utf-8").lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise GlossaryError(
            "not UTF-8 (it looks like windows-1251, which has no Azerbaijani letters)",
            advice="save it again as 'CSV UTF-8' from the original, so that no letter is lost",
            path=path, line=data.count(b"\n", 0, error.start) + 1,
        ) from error  # fmt: skip
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise GlossaryError(
            "the file holds NUL characters and is no text",
            advice="save it again as UTF-8", path=path, line=line,
        )  # fmt: skip
    return text


# Marks of layout that nobody sees and every search trips over: soft hyphens, marks of direction.
_INVISIBLE = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def tidy(text: str) -> str:
    """The text of a cell as it was meant: letters in one piece, single spaces, nothing unseen.

    Line breaks stay.
    """
    plain = unicodedata.normalize("NFC", text if text.isprintable() else _INVISIBLE.sub("", text))
    if "  " in plain or not plain.isprintable() or plain != plain.strip():
        plain = "\n".join(" ".join(line.split()) for line in plain.split("\n"))
    return plain


_ODD = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")
_LOST = re.compile(rf"{LOST_LETTERS.pattern}|\?{{2,}}")


def fault_of_cell(text: str, *, listed: bool = False, free: bool = False) -> tuple[str, str] | None:
    """(message, advice) for what may not stand in a cell; `listed` cells may hold ``|``.

    `free` text (a note, a source) may hold question marks: addresses do.
    """
    if _ODD.search(text):
        return "the text holds control characters", "type it anew"
    if "\n" in text or "\r" in text:
        return "the cell holds a line break", "write it on one line"
    if not free and _LOST.search(text):
        return (
            f"“{text}” has lost letters to question marks",
            "save the file again as UTF-8 from the original",
        )
    if "|" in text and not listed:
        return "a term may not hold |, which separates terms", "write the terms one by one"
    return None
