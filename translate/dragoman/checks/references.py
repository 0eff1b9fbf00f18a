"""What must stand letter for letter: addresses, telephone numbers, numbers of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.pair import Pair
from dragoman.languages.addresses import EMAIL, URL, holds_address
from dragoman.records import Issue

PHONE = re.compile(
    r"(?<![\w.,])(?!\+\d{1,3}(?:[ \u00a0]\d{3})+(?![\d–-]| \d))"  # +1 234 567 is a number
    r"(?:\+\d|\((?:\d{2,5}|\+\d[\d ]{1,7})\))[\d ()\u00a0–-]{4,}\d"
    r"|(?<![\w.,-])\d{2,3}[- ]\d{2,3}(?:[- ]\d{2}){1,3}(?!\d)"
)
PHONE_DIGITS = 7  # of a telephone number, at least
_DOCUMENT = re.compile(r"№\s*([\w][\w/.-]*\w|\w)|\b(\d+-[IVXLQVİ]+(?:[A-ZƏ]{1,2})?)\b")
_DIGIT = re.compile(r"\d")
_SPACE = re.compile(r"\s")
_LANGUAGE_PATH = re.compile(r"(?<=/)(?:ru|en|az)(?=/|$)|\blang=(?:ru|en|az)\b")
_END = ".,;:!?)»”'’"


def emails(text: str) -> frozenset[str]:
    """The mail addresses of `text`, in lower case."""
    return frozenset(match[0].lower().rstrip(_END) for match in EMAIL.finditer(text))


def urls(text: str) -> frozenset[str]:
    """The web addresses of `text`, without scheme, final slash and the part naming a language."""
    found = (match[0].rstrip(_END) for match in URL.finditer(EMAIL.sub(" ", text)))
    bare = (re.sub(r"^https?://", "", url.lower()).rstrip("/") for url in found)
    return frozenset(_LANGUAGE_PATH.sub("*", url) for url in bare)


def phones(text: str) -> frozenset[str]:
    """The telephone numbers of `text`, as digits only, up to fifteen."""
    found = (re.sub(r"\D", "", match[0]) for match in PHONE.finditer(text))
    return frozenset(digits for digits in found if PHONE_DIGITS <= len(digits) <= 15)


def _documents(source: str) -> Iterator[str]:
    for match in _DOCUMENT.finditer(source):
        number = match[1] or match[2]
        if re.search(r"\d", number) and not number.isdigit():  # a plain № 12 is a number
            yield number


def check_references(pair: Pair) -> Iterator[Issue]:
    """`reference`: an address, telephone or document number is missing, changed or added."""
    if holds_address(pair.source) or holds_address(pair.target):
        yield from _differences("e-mail", emails(pair.source), emails(pair.target))
        yield from _differences("web address", urls(pair.source), urls(pair.target))
    if not _DIGIT.search(pair.source + pair.target):
        return
    source, target = phones(pair.source), phones(pair.target)
    yield from _differences(  # the country code may be added or left out
        "telephone",
        frozenset(number for number in source if not _same_number(number, target)),
        frozenset(number for number in target if not _same_number(number, source)),
    )
    together = _SPACE.sub("", pair.target).lower()
    for number in _documents(pair.source):
        if number.lower() not in together:
            yield Issue("reference", "error", f"document number {number} missing")


def _differences(name: str, source: frozenset[str], target: frozenset[str]) -> Iterator[Issue]:
    lost, added = sorted(source - target), sorted(target - source)
    if lost or added:
        parts = [f"{', '.join(lost)} missing"] if lost else []
        parts += [f"{', '.join(added)} not in the source"] if added else []
        yield Issue("reference", "error", f"{name}: {'; '.join(parts)}")


def _same_number(number: str, others: frozenset[str]) -> bool:
    return any(number.endswith(other) or other.endswith(number) for other in others)
