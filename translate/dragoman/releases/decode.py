"""Bytes from disk become text: the file opened, its kind checked, its encoding found."""

from __future__ import annotations

import re
import stat
from pathlib import Path

from dragoman.errors import ReleaseError

SIZE_LIMIT = 5 * 1024 * 1024  # bytes; the longest release seen is under 100 KB

# The Cyrillic encodings that old pages and editors still write; a wider search finds nonsense.
_CYRILLIC_ENCODINGS = ("cp1251", "koi8_r", "cp866", "iso8859_5")
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_AS_TEXT = "save its text as .txt in UTF-8 and translate that"
_MAGIC = (
    (b"%PDF-", "a PDF document"),
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an old Microsoft Office document (.doc, .xls)"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7-Zip archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"BZh", "a bzip2 archive"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\x7fELF", "a program"),
    (b"RIFF", "an audio, video or WebP file"),
)
_ZIPPED = (
    (b"word/", "a Word document (.docx)"),
    (b"xl/", "an Excel workbook (.xlsx)"),
    (b"ppt/", "a PowerPoint presentation (.pptx)"),
    (b"opendocument.text", "an OpenDocument text (.odt)"),
    (b"epub+zip", "an EPUB book"),
)
_META_CHARSET = re.compile(
    rb"""(?i)(?:<meta[^>]*?charset|<\?xml[^>]*?encoding)\s*=\s*["']?([\w.:-]+)"""
)
# The ten commonest letters make up 65% of Russian running text (National Corpus of Russian:
# о е а и н т с р в л); a wrong decoding of the same bytes brings them under half.
_COMMON = frozenset("оеаинтсрвл")


def read_bytes(path: Path) -> bytes:
    """The bytes of a release of at most `SIZE_LIMIT`. Raises ReleaseError."""
    try:
        info = path.stat()
        if stat.S_ISDIR(info.st_mode):
            raise ReleaseError("this is a folder", advice="name the files in it", path=path)
        if not stat.S_ISREG(info.st_mode):
            raise ReleaseError("not a regular file", advice="copy its text to a file", path=path)
        if info.st_size > SIZE_LIMIT:
            raise ReleaseError(
                f"{info.st_size / 2**20:.0f} MB is too large for a release "
                f"(at most {SIZE_LIMIT // 2**20} MB)",
                advice="split it into one file a release",
                path=path,
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise ReleaseError("no such file", advice="check the name", path=path) from error
    except PermissionError as error:
        raise ReleaseError(
            "cannot be read: permission denied", advice="make it readable", path=path
        ) from error
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        raise ReleaseError(f"cannot be read: {reason}", advice="check it", path=path) from error


def decode(data: bytes, path: Path) -> str:
    """The text of `data`: by its BOM, as UTF-8, by what an HTML page declares, by its letters.

    Strict UTF-8 goes before the declaration because a page saved from a browser is often UTF-8
    under the old ``charset=windows-1251``, while text in another encoding is never valid UTF-8.
    Raises ReleaseError for binary files and for text in no encoding that gives Russian.
    """
    _refuse_binary(data, path)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data, encoding, path)
    if b"\x00" in data:
        return _without_bom(data, path)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    if _multibyte_share(data) > 0.5:
        line = len(re.split(rb"\r\n|\r|\n", data[: broken.start]))
        raise ReleaseError(
            f"damaged UTF-8: byte 0x{data[broken.start]:02x} does not belong there",
            advice="save it again as UTF-8",
            path=path,
            line=line,
        ) from broken
    declared = _META_CHARSET.search(data[:4096])
    if declared and (text := _try(data, declared[1].decode("ascii", "replace"))):
        return text
    return _guess(data, path)


def _refuse_binary(data: bytes, path: Path) -> None:
    kind = next((name for magic, name in _MAGIC if data.startswith(magic)), None)
    if data.startswith(b"PK\x03\x04"):
        inside = (name for mark, name in _ZIPPED if mark in data)
        kind = next(inside, "a ZIP archive")
    if kind:
        raise ReleaseError(f"this is {kind}, not text", advice=_AS_TEXT, path=path)


def _strict(data: bytes, encoding: str, path: Path) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReleaseError(
            f"begins as {encoding.removesuffix('-sig').upper()} but byte {error.start} is damaged",
            advice="save it again as UTF-8",
            path=path,
        ) from error


def _without_bom(data: bytes, path: Path) -> str:
    """Text full of zero bytes: UTF-16 that lost its mark, or no text at all."""
    for encoding in ("utf-16-le", "utf-16-be"):
        text = _try(data, encoding)
        if text and "\x00" not in text:
            return text
    raise ReleaseError("a binary file, not text", advice=_AS_TEXT, path=path)


def _try(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None
    return text if _reads_as_russian(text) else None


def _guess(data: bytes, path: Path) -> str:
    from charset_normalizer import from_bytes

    for match in from_bytes(data, cp_isolation=list(_CYRILLIC_ENCODINGS)):
        if text := _try(data, match.encoding):
            return text
    raise ReleaseError(
        "its encoding gives no Russian text (tried UTF-8, windows-1251, KOI8-R, CP866)",
        advice="open it in an editor and save it as UTF-8",
        path=path,
    )


def _multibyte_share(data: bytes) -> float:
    """The share of the non-ASCII bytes that stand in a well-formed UTF-8 Cyrillic letter."""
    high = sum(byte > 0x7F for byte in data)
    pairs = len(re.findall(rb"[\xd0\xd1][\x80-\xbf]", data))
    return 2 * pairs / high if high else 0.0


def _reads_as_russian(text: str) -> bool:
    """Whether the Cyrillic letters of `text` are mostly small and mostly the common ones.

    Only tells encodings apart: another language or an all-capitals text that decodes well in one
    of them is judged later, by `russian.require_russian`.
    """
    letters = [char for char in text if char.isalpha() and char > "\x7f"]
    if not letters:
        return False
    common = sum(char.lower() in _COMMON for char in letters) / len(letters)
    capitals = sum(char.isupper() for char in letters) / len(letters)
    odd = sum(char in "\ufffd■─│┤╡" or "\x80" <= char <= "\x9f" for char in text)
    return common > 0.5 and (capitals < 0.5 or capitals > 0.95) and odd <= len(text) // 200
