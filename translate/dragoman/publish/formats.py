"""The finished text as plain text, Markdown and HTML."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

from dragoman.publish.prepare import Publication

# Marks of inline Markdown (CommonMark 0.31); a full stop or hyphen matters only at the head.
_INLINE = re.compile(r"[\\`*_\[\]<>~|]|&(?=#?\w+;)|!(?=\[)")
_HEAD = re.compile(r"(?:[-+#=]|(?P<number>\d{1,9})(?=[.)](?:\s|$)))")


def _text(publication: Publication) -> str:
    parts = ("\n" * p.newlines + p.text for p in publication.paragraphs)
    return "".join(parts) + "\n"


def _markdown(publication: Publication) -> str:
    parts = []
    for paragraph in publication.paragraphs:
        body = markdown_escape(paragraph.text)
        parts.append(f"# {body}\n" if paragraph.is_title else f"{body}\n")
    return "\n".join(parts)


def markdown_escape(text: str) -> str:
    """`text` (one line) as Markdown that renders to just that text, in CommonMark and in GFM."""
    body = _INLINE.sub(r"\\\g<0>", text.strip())
    head = _HEAD.match(body)
    if head is None:
        return _trailing_hashes(body)
    at = head.end() if head["number"] else 0
    return _trailing_hashes(f"{body[:at]}\\{body[at:]}")


def _trailing_hashes(body: str) -> str:
    """Hashes that end a heading would be taken for its closing marks."""
    return re.sub(r"(?<=\s)#(?=#*$)", r"\\#", body)


def _html(publication: Publication) -> str:
    lines = []
    for paragraph in publication.paragraphs:
        tag = "h1" if paragraph.is_title else "p"
        lines.append(f"<{tag}>{escape(paragraph.text.strip(), quote=False)}</{tag}>")
    return (
        "<!DOCTYPE html>\n"
        f'<html lang="{publication.lang}">\n'
        "<head>\n"
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(publication.title, quote=False)}</title>\n"
        "</head>\n<body>\n<article>\n" + "\n".join(lines) + "\n</article>\n</body>\n</html>\n"
    )


FORMATS: dict[str, Callable[[Publication], str]] = {
    "txt": _text,
    "md": _markdown,
    "html": _html,
}


def render(publication: Publication, format: str) -> str:
    """The publication as ``txt``, ``md`` or ``html`` (a standalone page)."""
    return FORMATS[format](publication)
