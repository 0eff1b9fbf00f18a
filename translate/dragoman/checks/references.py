"""What must stand letter for letter: addresses, telephone numbers, numbers of documents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.pair import Pair
from dragoman.records import Issue

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_URL = re.compile(
    r"(?:https?://|www\.)[^\s<>«»“”\"]+"
    r"|(?<![@\w.-])(?:[a-z0-9-]+\.)+(?:az|com|org|net|int|gov|edu|ru|eu|info|tv)\b(?:/[^\s<>«»“”\"]*)?",
    re.I,
)
_PHONE = re.compile(
    r"(?<![\w.,])(?:\+\d|\(\d)[\d ()\u00a0–-]{6,}\d|(?<![\w.,-])\d{2,3}[- ]\d{2,3}(?:[- ]\d{2}){1,3}(?!\d)"
)
_DOCUMENT = re.compile(r"№\s*([\w][\w/.-]*\w|\w)|\b(\d+-[IVXLQVİ]+(?:[A-ZƏ]{1,2})?)\b")
_LANGUAGE_PATH = re.compile(r"(?<=/)(?:ru|en|az)(?=/|$)|\blang=(?:ru|en|az)\b")
_END = ".,;:!?)»”'’"


def emails(text: str) -> frozenset[str]:
    """The mail addresses of `text`, in lower case."""
    return frozenset(match[0].lower().rstrip(_END) for match in _EMAIL.finditer(text))


def urls(text: str) -> frozenset[str]:
    """The web addresses of `text`, without scheme, final slash and the part naming a language."""
    found = (match[0].rstrip(_END) for match in _URL.finditer(_EMAIL.sub(" ", text)))
    bare = (re.sub(r"^https?://", "", url.lower()).rstrip("/") for url in found)
    return frozenset(_LANGUAGE_PATH.sub("*", url) for url in bare)


def phones(text: str) -> frozenset[str]:
    """The telephone numbers of `text`, as digits only; seven digits or more."""
    found = (re.sub(r"\D", "", match[0]) for match in _PHONE.finditer(text))
    return frozenset(digits for digits in found if 7 <= len(digits) <= 15)


def _documents(source: str) -> Iterator[str]:
    for match in _DOCUMENT.finditer(source):
        number = match[1] or match[2]
        if re.search(r"\d", number) and not number.isdigit():  # a plain № 12 is a number
            yield number


def check_references(pair: Pair) -> Iterator[Issue]:
    """`reference`: an address, telephone or document number is missing, changed or added."""
    for name, find in (("e-mail", emails), ("web address", urls), ("telephone", phones)):
        source, target = find(pair.source), find(pair.target)
        lost, added = source - target, target - source
        if name == "telephone":  # the country code may be added or left out, a range is no number
            lost = frozenset(n for n in lost if not _same_number(n, target))
            added = frozenset(n for n in added if not _same_number(n, source))
        if lost or added:
            parts = [f"{', '.join(sorted(lost))} missing"] if lost else []
            parts += [f"{', '.join(sorted(added))} not in the source"] if added else []
            yield Issue("reference", "error", f"{name}: {'; '.join(parts)}")
    digits = re.sub(r"\s", "", pair.target).lower()
    for number in _documents(pair.source):
        if number.lower() not in digits:
            yield Issue("reference", "error", f"document number {number} missing")


def _same_number(number: str, others: frozenset[str]) -> bool:
    return any(number.endswith(other) or other.endswith(number) for other in others)
