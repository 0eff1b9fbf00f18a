"""What no article holds, cut out of the tree of a page: menus, footers, forms, share buttons."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

_UNSEEN = tuple(re.findall(r"\w+", "script style noscript template head"))
_TAGS = frozenset(
    re.findall(
        r"\w+",
        "iframe object embed svg canvas form button select input nav footer aside dialog menu "
        "video audio map",
    )
)
_ROLES = frozenset(
    re.findall(
        r"\w+",
        "navigation banner contentinfo search complementary menu menubar toolbar dialog",
    )
)
_NAMED = frozenset(re.findall(r"\w+", "div ul ol section table p span td"))
# A class or id makes an element chrome when one of its words is in the first set and the others
# are in the second: "share-buttons" and "footer" do, "language-policy" and "news-law" do not.
_CHROME_WORD = re.compile(
    r"nav|navbar|navigation|(?:main|top|sub|side|left|right)?menu|breadcrumbs?|footer|copyrights?|"
    r"sidebar|share|sharing|share2|addthis|socials?|langs?|languages?|switch(?:er)?|pagination|pager|"
    r"related|cookies?|popup|modal|search|comments?|print|buttons?|btns?|skip|sr"
)
_NEUTRAL_WORD = re.compile(
    r"site|page|top|bottom|main|block|box|wrap(?:per)?|container|list|links?|items?|bar|row|col|icons?|"
    r"header|news|posts?|articles?|inner|left|right|fixed|only|ya|lg|md|sm|xs|\d+"
)
_WORD = re.compile(r"[A-Z]?[a-z]+|\d+|[A-Z]+")
_MOST = 0.6  # share of the page's text
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def prune(tree: Any) -> None:
    """Cut chrome out of an lxml tree, in place.

    An element that holds the article, or most of the page (some sites wrap it in a form), stays.
    """
    for element in list(tree.iter(*_UNSEEN)):
        element.drop_tree()
    most = _size(tree) * _MOST
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.getparent() is None:
            continue
        if _is_chrome(element) and _size(element) <= most:
            element.drop_tree()


def _size(element: Any) -> int:
    return sum(len(text.strip()) for text in element.itertext())


def _is_chrome(element: Any) -> bool:
    tag = element.tag
    if tag in ("body", "main", "article"):
        return False
    if tag in _TAGS or element.get("role", "") in _ROLES or _is_hidden(element):
        return not _holds_article(element)
    if tag == "header":
        inside = any(a.tag in ("article", "main") for a in element.iterancestors())
        return not inside and not _holds_article(element)
    names = f"{element.get('class', '')} {element.get('id', '')}".split()
    return tag in _NAMED and any(map(_is_chrome_name, names)) and not _holds_article(element)


def _is_hidden(element: Any) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _INVISIBLE.search(element.get("style", "")) is not None
    )


def _holds_article(element: Any) -> bool:
    return any(True for _ in element.iter("article", "main"))


@lru_cache(maxsize=4096)
def _is_chrome_name(name: str) -> bool:
    words = [word.lower() for word in _WORD.findall(name)]
    chrome = [_CHROME_WORD.fullmatch(word) is not None for word in words]
    neutral = [_NEUTRAL_WORD.fullmatch(word) is not None for word in words]
    return any(chrome) and all(a or b for a, b in zip(chrome, neutral, strict=True))
