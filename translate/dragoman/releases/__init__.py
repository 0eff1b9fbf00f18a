"""A file becomes a `Release`: decoded, stripped of site chrome, normalised.

Text comes as the site gives it (language switcher, image caption, title, one paragraph a line,
copyright footer) and HTML as a saved page. Nothing heavy is imported for UTF-8 text.
"""

from __future__ import annotations

import re
from pathlib import Path

from dragoman.errors import ReleaseError
from dragoman.records import Release
from dragoman.releases.decode import SIZE_LIMIT, decode, read_bytes
from dragoman.releases.layout import Line, lay_out
from dragoman.releases.naming import safe_name, safe_source
from dragoman.releases.normalise import clean_lines, editor_lines
from dragoman.releases.russian import require_russian

__all__ = ["SIZE_LIMIT", "read_release", "safe_name", "safe_source"]

_HTML_SUFFIXES = frozenset((".html", ".htm", ".xhtml", ".shtml"))
_HTML_START = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b", re.I | re.S
)


def read_release(path: Path, *, source: str | None = None) -> Release:
    """Read one release, text or HTML.

    `source` is the path for ``#:`` references, by default `path` as given; white space in it
    becomes ``_``. `Release.text` is the whole text, chrome included, one paragraph a line and
    single spaces; for HTML it is the title and the article, with an empty line between blocks.
    A block's line counts LF, CRLF and CR, as an editor does.

    Raises ReleaseError, naming the file and what to do, for what is missing, no regular file,
    over `SIZE_LIMIT` bytes, unreadable, binary, in no known encoding, empty, only chrome, or not
    Russian.
    """
    name = safe_name(path)
    raw = decode(read_bytes(path), path)
    is_html = path.suffix.lower() in _HTML_SUFFIXES or _HTML_START.match(raw) is not None
    if is_html:
        from dragoman.releases.html import article_lines

        lines = article_lines(raw, path)
    else:
        lines = _text_lines(raw)
    if not any(line.text for line in lines):
        what = "no article in this page" if is_html and raw.strip() else "the file is empty"
        raise ReleaseError(what, advice="fetch the release again", path=path)
    text, blocks = lay_out(lines)
    article = [text[b.start : b.stop] for b in blocks if b.kind != "chrome"]
    if not article:
        raise ReleaseError(
            "only site chrome in it, no title and no text",
            advice="fetch the release again",
            path=path,
        )
    require_russian("\n".join(article), path)
    return Release(
        name=name,
        source=safe_source(source if source is not None else path.as_posix()),
        text=text,
        blocks=blocks,
        format="html" if is_html else "txt",
    )


def _text_lines(raw: str) -> list[Line]:
    return [
        Line(text, number)
        for number, line in enumerate(editor_lines(raw), 1)
        for text in clean_lines(line)
    ]
