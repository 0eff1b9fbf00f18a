"""Site chrome: what a page carries round its article, known by rule and never translated.

Each rule is a name, a pattern that must fit the whole line, and the places where it may fire:
``top`` (before the title), ``meta`` (right under the title), ``foot`` (after the last
paragraph) or all three; ``any`` is every line. A place ends at the first line that no rule
knows, so a sentence that speaks of © or Az stays, and so does everything after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from dragoman.releases import chrome_words as words

Place = Literal["top", "meta", "foot", "any"]

_EDGES: frozenset[Place] = frozenset(("top", "meta", "foot"))
_SEPARATOR = r"[\s|/\\·•,;:–—<>«»‹›←→↑-]"
_LONGEST_FOOTER_LINE = 150  # characters; a paragraph is longer, an address line is not
_FOOTER_LINES = 12
_LONGEST_HEADLINE = 200


@dataclass(frozen=True, slots=True)
class ChromeRule:
    """A kind of chrome: its name, the pattern a whole line must fit, where it may stand."""

    name: str
    pattern: re.Pattern[str]
    places: frozenset[Place]

    def fits(self, line: str) -> bool:
        """Whether `line`, cleaned, is this kind of chrome."""
        return self.pattern.fullmatch(line) is not None


def _rule(name: str, pattern: str, places: Iterable[Place] = _EDGES) -> ChromeRule:
    return ChromeRule(name, re.compile(pattern, re.IGNORECASE), frozenset(places))


def _listed(words: str) -> str:
    """A line made of nothing but these words, in any number, with separators between them."""
    return rf"{_SEPARATOR}*(?:{words})(?:(?:{_SEPARATOR}|\d)+(?:{words}))*(?:{_SEPARATOR}|\d)*"


RULES: tuple[ChromeRule, ...] = (
    _rule("language_switcher", _listed(words.LANGUAGE)),
    _rule("image_caption", words.PLACEHOLDER, ("any",)),
    _rule(
        "date_line",
        rf"(?:{words.DATE_LABEL}\s*:?\s*)?(?:{words.WEEKDAY},? )?(?:{words.CLOCK}[ ,|/–—-]*)?"
        rf"{words.DATE}(?:[ ,|/–—-]*{words.CLOCK})?(?:[ ,|/–—-]+(?:{words.COUNTER}|\d+))?",
    ),
    _rule("clock_line", words.CLOCK),
    _rule(
        "share_buttons",
        rf"{_listed(words.NETWORK)}|{words.SHARING}{_SEPARATOR}*(?:{_listed(words.NETWORK)})?",
    ),
    _rule("view_counter", words.COUNTER),
    _rule(
        "breadcrumbs",
        r"(?:главная|home|ana səhifə)(?: страница)? ?(?:[/|»>›→\\]|::) ?\S.{0,200}",
    ),
    _rule("navigation", _listed(words.NAVIGATION)),
    _rule(
        "web_address",
        r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.(?:gov|com|org|az|ru)(?:\.\w\w)?/?\S*",
    ),
    _rule("hotline", rf"{words.HOTLINE}\s*:?\s*[\d ()+*#-]{{2,20}}"),
    _rule("tags", words.TAGS),
    _rule("cookie_notice", words.COOKIES),
    _rule("copyright", words.COPYRIGHT),
)

_COPYRIGHT = RULES[-1]
_DATED = re.compile(rf"{words.YEARS}|{words.RESERVED}", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:адрес|тел|факс|e-?mail|почта|индекс|az ?\d{4})\b", re.IGNORECASE)
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_RELATED = re.compile(words.RELATED, re.IGNORECASE)


def chrome_rules(lines: Sequence[str]) -> tuple[str | None, ...]:
    """For each line the name of the rule that makes it chrome, or None for text.

    `lines` are clean; empty lines are None. The title is the first line of text.
    """
    found: list[str | None] = [_fitting(line, "any") if line else None for line in lines]
    filled = [i for i, line in enumerate(lines) if line]
    top = _sweep_top(lines, filled, found)
    _sweep(lines, filled[top + 1 :], found, "meta")
    _mark_footer(lines, filled, found)
    _sweep(lines, filled[:top:-1], found, "foot")
    _mark_related(lines, filled[top + 1 :], found)
    return tuple(found)


def is_chrome(line: str) -> bool:
    """Whether a clean line is chrome by any rule, wherever it stands."""
    return any(rule.fits(line) for rule in RULES)


def _fitting(line: str, *places: Place) -> str | None:
    return next((r.name for r in RULES if r.places & set(places) and r.fits(line)), None)


def _sweep(
    lines: Sequence[str], order: Sequence[int], found: list[str | None], place: Place
) -> int:
    """Mark lines in `order` up to the first line of text; return how many were chrome."""
    for count, i in enumerate(order):
        found[i] = found[i] or _fitting(lines[i], place)
        if found[i] is None:
            return count
    return len(order)


def _sweep_top(lines: Sequence[str], filled: list[int], found: list[str | None]) -> int:
    """Mark what stands before the title; return its place among the `filled` lines.

    Beside what the rules know, that is the name of the site: a line with no Cyrillic letter, or
    one that the copyright line repeats; but only where another headline follows it.
    """
    owners = [_fold(line) for line in lines if _COPYRIGHT.fits(line)]
    top = 0
    while True:
        top += _sweep(lines, filled[top:], found, "top")
        if top == len(filled):
            return top
        line = lines[filled[top]]
        foreign = not _CYRILLIC.search(line)
        named = " " in line and any(_fold(line) in owner for owner in owners)
        if not (foreign or named) or not _headline_follows(lines, filled[top + 1 :]):
            return top
        found[filled[top]] = "site_name"


def _headline_follows(lines: Sequence[str], order: Sequence[int]) -> bool:
    below = (lines[i] for i in order if _fitting(lines[i], "top", "meta", "any") is None)
    line = next(below, "")
    return 0 < len(line) <= _LONGEST_HEADLINE and line[-1] not in ".:;!?" and line[0].isupper()


def _fold(line: str) -> str:
    return " ".join(re.findall(r"\w+", line.casefold()))


def _mark_footer(lines: Sequence[str], filled: list[int], found: list[str | None]) -> None:
    """The copyright line near the end, and the address and maker's lines that hang under it."""
    for at in range(max(1, len(filled) - _FOOTER_LINES), len(filled)):
        line, below = lines[filled[at]], filled[at + 1 :]
        is_anchor = _COPYRIGHT.fits(line) and _DATED.search(line)
        if is_anchor and not any(_is_sentence(lines[i]) for i in below):
            found[filled[at]] = "copyright"
            for i in below:
                found[i] = found[i] or "footer"
            return


def _is_sentence(line: str) -> bool:
    """Whether a line under the copyright line is text after all."""
    if _fitting(line, "foot") or _ADDRESS.match(line):
        return False
    return len(line) > _LONGEST_FOOTER_LINE or line.endswith((".", "!", "?", "…"))


def _mark_related(lines: Sequence[str], body: Sequence[int], found: list[str | None]) -> None:
    """Links to other news: a heading that says so with nothing but headlines under it."""
    for at, i in enumerate(body):
        below = [j for j in body[at + 1 :] if found[j] is None]
        if found[i] is None and _RELATED.fullmatch(lines[i].rstrip(":")) and at > 0:
            if all(not lines[j].endswith((".", "!", ":", ";")) for j in below):
                for j in (i, *below):
                    found[j] = "related_news"
            return
