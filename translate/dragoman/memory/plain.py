"""The quick way to read a catalog that nobody but Dragoman, Poedit or gettext has spelled.

Reading a catalog with every care takes milliseconds, and an archive has tens of thousands of
them. A file in which each entry is comments, one ``msgid`` line and one ``msgstr`` line, as our
writer spells them, is read here by one regular expression a hundred times as fast. Anything else
(strings over several lines, ``#~``, msgctxt, plurals, conflict markers, other line ends) is left
to `catalog.read_catalog`, by answering None.
"""

from __future__ import annotations

import re
from typing import NamedTuple

COPIED = "origin: memory"
"""The ``#.`` line of a text that the memory gave (see `notes`), not one that it had to adapt."""

_STRING = r'"((?:[^"\\\n]|\\[nt"\\])*)"'
_ENTRY = re.compile(rf"((?:#(?:[ .:,|][^\n]*)?\n)*)msgid {_STRING}\nmsgstr {_STRING}\n?")
_HEADER = re.compile(
    r'(?:#(?:[ .:][^\n]*)?\n)*msgid ""\nmsgstr ""\n(?:"(?:[^"\\\n]|\\[nt"\\])*"\n?)+'
)
_FUZZY = re.compile(r"^#,(?:[^\n]*[ ,])?fuzzy *(?:,|$)", re.MULTILINE)
_COPIED = re.compile(rf"^#\. {COPIED}$", re.MULTILINE)
_DATE = re.compile(r'^"PO-Revision-Date: *(.*?)(?:\\n)?"$', re.MULTILINE)
_ESCAPE = re.compile(r"\\(.)")
_ESCAPED = {"n": "\n", "t": "\t", '"': '"', "\\": "\\"}
# What the careful reader refuses, rejects or hides from polib.
_AWKWARD = re.compile("[\r\0\v\f\x1c-\x1e\x85\u2028\u2029\ufdd0-\ufdef]")


class Plain(NamedTuple):
    """The entries of a catalog: (msgid, msgstr, fuzzy, copied), and its PO-Revision-Date."""

    entries: tuple[tuple[str, str, bool, bool], ...]
    date: str


def read_plain(data: bytes) -> Plain | None:
    """The catalog in `data`, None where it needs the careful reader."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    head, *blocks = text.rstrip("\n").split("\n\n")
    if _AWKWARD.search(text) or not _HEADER.fullmatch(head) or _FUZZY.search(head):
        return None
    entries = []
    for block in blocks:
        found = _ENTRY.fullmatch(block)
        if found is None or not found[2]:
            return None
        fuzzy = "fuzzy" in found[1] and _FUZZY.search(found[1]) is not None
        copied = COPIED in found[1] and _COPIED.search(found[1]) is not None
        entries.append((_plain(found[2]), _plain(found[3]), fuzzy, copied))
    if len({entry[0] for entry in entries}) < len(entries):
        return None
    date = _DATE.search(head)
    return Plain(tuple(entries), date[1] if date else "")


def _plain(text: str) -> str:
    if "\\" not in text:
        return text
    return _ESCAPE.sub(lambda found: _ESCAPED[found[1]], text)
