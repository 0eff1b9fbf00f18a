"""A saved page becomes the lines of its article: the title first, then its blocks in order.

What no article holds (navigation, footers, forms, share buttons) is cut out of the tree; then
trafilatura finds the article. It may leave out short or oddly wrapped paragraphs, so its answer
only says *where* the article is: everything that stands in that element is read.
trafilatura and lxml are imported on first use.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import ReleaseError
from dragoman.releases.chrome import is_chrome
from dragoman.releases.layout import Line
from dragoman.releases.normalise import clean
from dragoman.releases.page_title import called_title, is_headline, same_title, title_of
from dragoman.releases.pruning import prune

_INLINE = frozenset(
    re.findall(
        r"\w+",
        "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr "
        "q s samp small span strike strong sub sup time tt u var wbr",
    )
)
_SENTENCE_END = re.compile(r"[.!?…][»”\")]*$")
_LONG = 80  # characters; no menu item is as long
_LINKS_IN_A_ROW = 3
_TITLE_WORDS = 3  # the fewest
_ABOVE = 6  # blocks between a title and its text: a date, a counter, a caption


@dataclass(frozen=True, slots=True)
class _Piece:
    """A block of the page: its clean text, its line in the file, the element it begins in."""

    text: str
    line: int
    element: Any
    spaced: bool  # an empty line before it; False after a single <br>
    linked: bool  # nothing but links


def article_lines(raw: str, path: Path) -> list[Line]:
    """The article of an HTML page as clean lines, with an empty one between blocks.

    Numbers are lines of the file as an editor counts. Raises ReleaseError when the page cannot be
    parsed.
    """
    tree = _parse(raw, path)
    titles = title_of(tree)
    prune(tree)
    everything = list(_pieces(tree))
    found = _find_article(tree)
    article = _article(everything, found)
    if not article:
        return []
    start = everything.index(article[0])
    above = [p for p in everything[max(0, start - _ABOVE) : start] if not p.linked]
    chosen = titles.choose([p.text for p in (*above, *article)])
    standing = _standing_title(chosen, above, article, found)
    title = chosen or (standing.text if standing else "")
    lines = [Line(title, standing.line if standing else _line_of(title, raw))] if title else []
    for piece in article:
        if piece is standing:
            continue
        if lines and (piece.spaced or len(lines) == 1):
            lines.append(Line("", piece.line))
        lines.append(Line(piece.text, piece.line))
    return lines


def _standing_title(
    title: str, above: Sequence[_Piece], article: Sequence[_Piece], found: str
) -> _Piece | None:
    """Where the title stands: in the article, or right above the element that holds its text."""
    if title:
        near = (*article[:_ABOVE], *reversed(above))
        return next((p for p in near if same_title(p.text, title)), None)
    first = article[0]
    called = [p for p in above if called_title(p.element) and _is_name(p.text)]
    if called and not (is_headline(first.text) and called_title(first.element)):
        return called[-1]
    if is_headline(first.text):
        return None  # it will be the title where it stands
    known = [p for p in above if _compact(p.text) in found and not is_chrome(p.text)]
    return known[-1] if known and is_headline(known[-1].text) else None


def _is_name(text: str) -> bool:
    """Whether a block called a title may be an article's: no «Новости», no site chrome."""
    return len(text.split()) >= _TITLE_WORDS and not is_chrome(text)


def _parse(raw: str, path: Path) -> Any:
    from lxml import etree, html

    source = re.sub(r"\r\n?", "\n", raw)
    # A string with an encoding declaration is refused by lxml; the declaration has served.
    source = re.sub(r"\A\s*<\?xml.*?\?>", lambda m: "\n" * m[0].count("\n"), source, flags=re.S)
    parser = html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
    try:
        return html.document_fromstring(source, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReleaseError(
            f"cannot be read as HTML: {error}", advice="save the page again", path=path
        ) from error


def _find_article(tree: Any) -> str:
    """The text of what trafilatura takes for the article, without spaces; "" if it finds none."""
    import trafilatura
    from trafilatura.settings import use_config

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    config = use_config()
    for option in ("MIN_EXTRACTED_SIZE", "MIN_OUTPUT_SIZE"):
        config["DEFAULT"][option] = "1"  # a release may be two sentences long
    found = trafilatura.bare_extraction(
        tree, fast=True, favor_recall=True, include_comments=False, config=config
    )
    if found is None or found.body is None:
        return ""
    return _compact("".join(found.body.itertext()))


def _pieces(tree: Any) -> Iterator[_Piece]:
    """Every block of text under <body>, cut at all elements that are not inline."""
    from lxml import etree

    reader = _Reader()
    body = tree.find("body")
    if body is None:
        return
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag not in _INLINE:
            yield from reader.flush(is_break=element.tag == "br" and event == "start")
        if event == "start":
            reader.line = max(reader.line, element.sourceline or 0)
            reader.links += element.tag == "a"
            reader.read(element.text, element)
        else:
            reader.links -= element.tag == "a"
            reader.read(element.tail, element.getparent())
    yield from reader.flush()


class _Reader:
    """Gathers text nodes into a piece, counting lines."""

    def __init__(self) -> None:
        self.line = 1
        self.links = 0
        self._texts: list[str] = []
        self._first: tuple[int, Any] | None = None
        self._linked = True
        self._breaks = 0

    def read(self, text: str | None, element: Any) -> None:
        """Take in a text node of `element`."""
        if not text:
            return
        if text.strip():
            before = text[: len(text) - len(text.lstrip())]
            self._first = self._first or (self.line + before.count("\n"), element)
            self._linked = self._linked and self.links > 0
        self._texts.append(text)
        self.line += text.count("\n")

    def flush(self, *, is_break: bool = False) -> Iterator[_Piece]:
        """The piece gathered so far, if it holds text; `is_break` says that a <br> ends it."""
        text = clean("".join(self._texts))
        if text and self._first:
            line, element = self._first
            yield _Piece(text, line, element, self._breaks != 1, self._linked)
            self._breaks = 0
        # One <br> goes on with the paragraph, two or any block element begin another.
        self._breaks += 1 if is_break else 2 * (not self._breaks or bool(text))
        self._texts, self._first, self._linked = [], None, True


def _article(pieces: Sequence[_Piece], found: str) -> list[_Piece]:
    """The pieces in the smallest element that holds all running text of what was `found`."""
    core = [p for p in pieces if _compact(p.text) in found]
    text = [p for p in core if _is_running_text(p)] or core
    if not text:
        return list(pieces)
    paths = [[*reversed(list(p.element.iterancestors())), p.element] for p in text]
    shared = 0
    while all(len(path) > shared and path[shared] is paths[0][shared] for path in paths):
        shared += 1
    home = paths[0][shared - 1]
    if home.tag in ("p", "span", "li"):  # a single paragraph; its title may stand beside it
        home = home.getparent()
    inside = [p for p in pieces if p.element is home or home in p.element.iterancestors()]
    return _without_link_lists(inside, found)


def _is_running_text(piece: _Piece) -> bool:
    is_text = len(piece.text) >= _LONG or _SENTENCE_END.search(piece.text) is not None
    return is_text and not piece.linked and not is_chrome(piece.text)


def _without_link_lists(pieces: list[_Piece], found: str) -> list[_Piece]:
    """Leave out rows of links that trafilatura left out too: menus and other news."""
    dropped: set[int] = set()
    row: list[int] = []
    for i, piece in enumerate([*pieces, None]):
        if piece is not None and piece.linked and _compact(piece.text) not in found:
            row.append(i)
            continue
        if len(row) >= _LINKS_IN_A_ROW:
            dropped.update(row)
        row = []
    return [piece for i, piece in enumerate(pieces) if i not in dropped]


def _line_of(title: str, raw: str) -> int:
    """The line of a title that stands only in the head of the page; 1 if written otherwise."""
    return len(re.split(r"\r\n|\r|\n", raw[: max(0, raw.find(title))]))


def _compact(text: str) -> str:
    return clean(text).replace(" ", "")
