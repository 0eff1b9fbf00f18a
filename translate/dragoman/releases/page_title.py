"""The title of an article among the titles of its page: h1, og:title, <title>."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dragoman.releases.normalise import clean

_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
# What stands between a headline and the name of the site: "Встреча в Баку | ГМС".
_SEPARATOR = re.compile(r"\s+[|•·»›—–-]+\s+|\s*\|\s*|\s+::\s+")
# news-title, articleTitle, page_heading; no titlebar
_CALLED = re.compile(r"(?:title|headline|heading|zagolovok|ba[sş]l[iı][qğg])(?![a-z])", re.I)
_LONGEST = 400  # characters
_FEWEST_WORDS = 3


@dataclass(frozen=True, slots=True)
class PageTitles:
    """The titles a page offers, Russian ones only; `site` is the name of the site, if it says."""

    headings: tuple[str, ...]
    shared: str  # og:title
    tab: str  # <title>
    site: str

    def choose(self, blocks: Sequence[str]) -> str:
        """The article's title, or "" where the first of its `blocks` must serve.

        An h1 that og:title or <title> repeats is the headline; an h1 that is only the site's name
        is not. Without one, og:title and <title> serve, less the name of the site.
        """
        offers = [t for t in (self.shared, self.tab) if t]
        headings = [h for h in self.headings if not same_title(h, self.site)]
        for offer in offers:
            # "Headline | Site" begins with the headline; the site's name stands behind.
            repeated = [h for h in headings if _fold(offer).startswith(_fold(h))]
            if repeated:
                return max(repeated, key=len)
        if headings:
            return headings[-1]  # a logo in an h1 stands before the headline
        parts = [part for offer in offers for part in (offer, *_SEPARATOR.split(offer))]
        parts = [part for part in parts if part and not same_title(part, self.site)]
        standing = [p for p in parts if any(same_title(p, block) for block in blocks[:6])]
        if standing:
            return standing[0]
        if blocks and is_headline(blocks[0]):
            return ""
        spoken = [p for p in parts if len(p.split()) >= _FEWEST_WORDS]
        return min(spoken, key=lambda p: (bool(_SEPARATOR.search(p)), parts.index(p)), default="")


def title_of(tree: Any) -> PageTitles:
    """What the page (an lxml tree) calls itself."""
    headings = tuple(dict.fromkeys(t for h in tree.iter("h1") if (t := _russian(h.text_content()))))
    metas = {
        (m.get("property") or m.get("name") or ""): m.get("content") or ""
        for m in tree.iter("meta")
    }
    tab = next((t.text_content() for t in tree.iter("title")), "")
    return PageTitles(
        headings,
        _russian(metas.get("og:title", "")),
        _russian(tab),
        clean(metas.get("og:site_name", "")),
    )


def called_title(element: Any) -> bool:
    """Whether an element, or one of two round it, is named a title by its class or id."""
    near = [element, *list(element.iterancestors())[:2]]
    return any(_CALLED.search(f"{e.get('class') or ''} {e.get('id') or ''}") for e in near)


def is_headline(text: str) -> bool:
    """Whether a block may be a headline: short, with no full stop, colon or semicolon."""
    return len(text) <= _LONGEST // 2 and not text.endswith((".", ":", ";"))


def same_title(one: str, other: str) -> bool:
    """Whether two titles differ in nothing but capitals, quotes and marks."""
    return bool(_fold(one)) and _fold(one) == _fold(other)


def _russian(text: str) -> str:
    text = clean(text)
    return text if _CYRILLIC.search(text) and len(text) <= _LONGEST else ""


def _fold(text: str) -> str:
    return re.sub(r"[\W_]+", "", text.casefold().replace("ё", "е"))
