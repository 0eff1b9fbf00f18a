"""Reviewed entries spliced back into the release.

    document ─┐
              ├─ prepare ─> Publication ─ render ─> text, Markdown or HTML
    catalog  ─┘    │
                   └─> NotReady: what is not approved, has changed, or fails a check

`prepare` decides, `render` writes; nothing here touches the disk.
"""

from dragoman.publish.bilingual import render_bilingual
from dragoman.publish.formats import FORMATS, render
from dragoman.publish.prepare import NotReady, Publication, Sentence, draft_view, prepare
from dragoman.publish.splice import Paragraph, paragraphs, splice
from dragoman.publish.typography import typeset

__all__ = [
    "FORMATS",
    "NotReady",
    "Paragraph",
    "Publication",
    "Sentence",
    "draft_view",
    "paragraphs",
    "prepare",
    "render",
    "render_bilingual",
    "splice",
    "typeset",
]
