"""Quotes, brackets, final marks, spaces and capitals, by the rules of each language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.pair import Pair
from dragoman.languages.addresses import URL, without_addresses
from dragoman.records import Issue

_RUSSIAN_QUOTES = re.compile("[«»„]")
_QUOTED = re.compile(r"[«»„“”\"]")
_LIST_LABEL = re.compile(r"^\s*\w{1,2}\)")  # a) and 1) begin an item of a list
_QUOTATION = re.compile(r"«[^»]+»")
_NAME_WORDS = 4  # a shorter quotation may be a name, and names may lose their quotes
_SPACE_BEFORE = re.compile(r"(?<=[^\s–—])[ \u00a0]+(?:[,;:!?](?!\w)|\.(?![.\w]))")
_SPACE_INSIDE = re.compile(r"[(\[“«] |(?<![–—]) [)\]”»]")
_DOUBLE_SPACE = re.compile(r"\S[ \u00a0\u2009\u202f]{2,}\S|\t")
_NO_SPACE_AFTER = re.compile(
    r"[,;!?](?<=[^\W\d_]{2}.)[^\W\d_]{2,}|[.:](?<=[^\W\d_]{2}.)[A-ZÇƏĞİÖŞÜ][^\W\d_]+"
    r"|[)”][^\W\d_]{4,}"
)
_DOUBLE_MARK = re.compile(r"(?<!\.)\.\.(?!\.)|,,|;;|::|,\.|\.,(?! )|;\.")
_OPENING, _CLOSING = "([{", ")]}"
_PARTNER = dict(zip(_OPENING, _CLOSING, strict=True))
_FINAL = re.compile(r"([.!?…:;,]*)[\s”»“\"'’)\]]*$")
_ABBREVIATION = re.compile(
    r"(?<!\w)(?:гг?|вв?|др|т\. ?[дпе]|н\. ?э|руб|тыс|млн|млрд|чел|стр|ул|им|etc|[ap]\.m|Inc|Ltd|Co"
    r"|Jr|[A-Z]\.[A-Z]|s|b|mln|mlrd|il|man)\.$"
)
_FIRST_LETTER = re.compile(r"[^\W\d_]")


def check_quotes(pair: Pair) -> Iterator[Issue]:
    """`quotes`: marks of another language, an odd number, or quotes lost from the source.

    English and Azerbaijani releases use “ ”; the Russian « » and „ “ do not belong there.
    """
    if found := _RUSSIAN_QUOTES.findall(pair.target):
        yield Issue("quotes", "warning", f"“ ” expected, {' '.join(dict.fromkeys(found))} found")
        return
    opened, closed = pair.target.count("“"), pair.target.count("”")
    straight = pair.target.count('"')
    if opened != closed or straight % 2:
        yield Issue("quotes", "warning", "a quotation mark has no partner")
        return
    if straight:
        yield Issue("quotes", "warning", '“ ” expected, " found')
        return
    if not opened and "‘" not in pair.target:
        for span in _QUOTATION.finditer(pair.source):
            if span[0].count(" ") >= _NAME_WORDS:
                yield Issue("quotes", "warning", f"no quotation marks for {span[0][:30]}…")
                return
    elif opened and pair.lang == "en" and not _QUOTED.search(pair.source):
        yield Issue("quotes", "warning", "quotation marks that the source does not have")


def check_brackets(pair: Pair) -> Iterator[Issue]:
    """`brackets`: a bracket without its partner, or brackets lost or added."""
    stack: list[str] = []
    for mark in _LIST_LABEL.sub("", pair.target):
        if mark in _OPENING:
            stack.append(mark)
        elif mark in _CLOSING and (not stack or _PARTNER[stack.pop()] != mark):
            yield Issue("brackets", "error", f"{mark} without its opening bracket")
            return
    if stack:
        yield Issue("brackets", "error", f"{stack[-1]} is not closed")
    elif balanced(pair.source) and pair.source.count("(") != pair.target.count("("):
        source, target = pair.source.count("("), pair.target.count("(")
        yield Issue("brackets", "warning", f"{source} in the source, {target} here")


def balanced(text: str) -> bool:
    """Whether each round bracket of `text` has a partner (by count)."""
    return text.count("(") == text.count(")")


def final_mark(text: str) -> str:
    """The kind of mark that closes the text: ``.`` ``?`` ``!`` ``:`` ``;`` ``,`` ``…`` or none."""
    match = _FINAL.search(text.rstrip())
    marks = match[1] if match else ""
    if not marks:  # the stop may stand inside the quotes
        return ""
    if marks.endswith("...") or "…" in marks:
        return "…"
    return "?" if "?" in marks else "!" if "!" in marks else marks[-1]


def check_final(pair: Pair) -> Iterator[Issue]:
    """`final`: the sentence does not end as the Russian does."""
    wanted, found = final_mark(pair.source), final_mark(pair.target)
    if wanted == found or not pair.target.strip():
        return
    if {wanted, found} <= {".", "…", "!"} or {wanted, found} <= {":", ";", ",", "!"}:
        return
    if found and not wanted:
        if not _abbreviation_at_end(pair.target):
            yield Issue("final", "warning", f"ends with {found}, the Russian without a mark")
    elif wanted and not found:
        if not _abbreviation_at_end(pair.source):
            yield Issue("final", "warning", f"final {wanted} is missing")
    else:
        yield Issue("final", "warning", f"ends with {found}, the Russian with {wanted}")


def _abbreviation_at_end(text: str) -> bool:
    """Whether the last full stop may belong to an abbreviation."""
    return bool(_ABBREVIATION.search(text))


def check_spacing(pair: Pair) -> Iterator[Issue]:
    """`spacing`: doubled spaces, a space before a mark or none after it, doubled marks."""
    text = without_addresses(pair.target, "x")
    if text != text.strip() and pair.source == pair.source.strip():
        yield Issue("spacing", "warning", "space at the start or the end")
    for pattern, fault in (
        (_DOUBLE_SPACE, "doubled space"),
        (_SPACE_BEFORE, "space before a mark"),
        (_SPACE_INSIDE, "space inside brackets or quotes"),
        (_NO_SPACE_AFTER, "no space after a mark"),
        (_DOUBLE_MARK, "doubled mark"),
    ):
        if (match := pattern.search(text)) and not pattern.search(pair.source):
            around = pair.target[max(0, match.start() - 8) : match.end() + 8].strip()
            yield Issue("spacing", "warning", f"{fault}: “{around}”")


def check_capital(pair: Pair) -> Iterator[Issue]:
    """`capital`: the source begins with a capital letter and the translation does not, or all of
    the translation is in capitals."""
    first, second = _FIRST_LETTER.search(pair.source), _FIRST_LETTER.search(pair.target)
    if URL.match(pair.target):
        return
    if first and second and first[0].isupper() and second[0].islower():
        digit_first = any(char.isdigit() for char in pair.target[: second.start()])
        if not digit_first and not pair.target[second.start() : second.start() + 6].startswith(
            "al-"
        ):
            yield Issue("capital", "warning", "begins with a small letter")
    letters = [char for char in pair.target if char.isalpha()]
    if len(letters) > 12 and all(c.isupper() for c in letters) and not pair.source.isupper():
        yield Issue("capital", "warning", "all in capitals, the Russian is not")
