"""Characters put in order: one kind of space, no invisible marks, one line a line.

polib splits text at U+2028, U+2029, U+0085 and U+001C, Poedit shows a soft hyphen as a fault and
a term never matches across a no-break space; so none of these survive the reading of a release.
"""

from __future__ import annotations

import re
import unicodedata

# What an editor counts as the end of a line, and nothing else: U+2028 does not move its counter.
_NEWLINE = re.compile(r"\r\n|\r|\n")
# A paragraph separator or a page break inside a line begins a new paragraph.
_PARAGRAPH_BREAK = re.compile("[\u2029\f]")
_SPACES = re.compile(r" {2,}")


def editor_lines(text: str) -> tuple[str, ...]:
    """The lines of `text` as an ordinary editor counts them (LF, CRLF or CR)."""
    return tuple(_NEWLINE.split(text))


def clean_lines(line: str) -> tuple[str, ...]:
    """One line of a file as clean lines: one, or more where it holds a paragraph separator."""
    return tuple(clean(piece) for piece in _PARAGRAPH_BREAK.split(line))


def clean(text: str) -> str:
    """`text` on one line in NFC: each run of any space is one space, invisible characters gone.

    Separators, tabs and the line-like controls (U+0009 to U+000D, U+001C to U+001F, U+0085,
    U+2028, U+2029) become spaces; soft hyphens, zero-width and direction marks (category Cf)
    and other controls (Cc) vanish.
    """
    if not text.isprintable():  # so is every space but the ordinary one
        text = "".join(map(_replace, text))
    text = unicodedata.normalize("NFC", text)
    return _SPACES.sub(" ", text).strip(" ")


def _replace(char: str) -> str:
    if char.isspace():  # also U+001C to U+001F and U+0085
        return " "
    return "" if unicodedata.category(char) in ("Cc", "Cf") else char
