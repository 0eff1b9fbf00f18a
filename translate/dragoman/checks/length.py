"""Empty, copied, untranslated and truncated translations."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.pair import Pair, words
from dragoman.languages.text import words as listed
from dragoman.records import Issue

# Lowest and highest ratio of characters, translation to source, by the length of the source.
# Measured on half of the corpus (8,631 sentences a language): outside lie about one in a thousand
# correct translations, and short texts vary more than long ones.
_BOUNDS: dict[str, tuple[tuple[int, float, float], ...]] = {
    "en": (
        (20, 0.45, 3.0),
        (40, 0.55, 2.2),
        (80, 0.61, 1.75),
        (160, 0.68, 1.53),
        (10**9, 0.76, 1.38),
    ),
    "az": (
        (20, 0.45, 2.5),
        (40, 0.45, 2.1),
        (80, 0.60, 1.66),
        (160, 0.70, 1.44),
        (10**9, 0.75, 1.32),
    ),
}
_SHORTEST = 8  # characters of source below which the ratio says nothing

_FUNCTION_WORDS = {
    "en": listed("the of to in was were with for that on by from this which has have been"),
    "az": listed("və ilə üçün bu ki da də olan edib olub üzrə barədə görə sonra daha isə həm"),
}
_LETTER = re.compile(r"[^\W\d_]")
_CYRILLIC = re.compile(r"[\u0400-\u04ff]")


# Words that ask for another after them: a sentence does not end with one.
_UNFINISHED = re.compile(
    r"\b(?:the|a|an|and|or|but|of|their|its|whose|than|və|lakin|amma|habelə|həmçinin)[.!?…]*$"
)


def bounds(length: int, lang: str) -> tuple[float, float]:
    """The lowest and highest usual length ratio for a source of `length` characters."""
    return next((low, high) for limit, low, high in _BOUNDS[lang] if length < limit)


def check_empty(pair: Pair) -> Iterator[Issue]:
    """`empty`: nothing, or nothing but marks, for a source that has words."""
    if _LETTER.search(pair.source) and not re.search(r"\w", pair.target):
        yield Issue("empty", "error", "no translation")


def check_copied(pair: Pair) -> Iterator[Issue]:
    """`copied`: the Russian itself, or text of the other language, stands for the translation."""
    target = pair.target.strip()
    if not target:
        return
    if target == pair.source.strip() and _CYRILLIC.search(target):
        yield Issue("copied", "error", "the translation is the Russian source")
        return
    found = words(target, pair.lang)
    if len(found) < 4:
        return
    own = sum(word in _FUNCTION_WORDS[pair.lang] for word in found)
    other_lang = "az" if pair.lang == "en" else "en"
    other = sum(word in _FUNCTION_WORDS[other_lang] for word in found)
    if other >= 2 and other >= 3 * own + 1:
        name = "English" if pair.lang == "az" else "Azerbaijani"
        yield Issue("copied", "error", f"looks like {name} text")


def check_length(pair: Pair) -> Iterator[Issue]:
    """`length`: much shorter or longer than translations of such a source are."""
    source, target = len(pair.source.strip()), len(pair.target.strip())
    if source < _SHORTEST or not target:
        return
    if (match := _UNFINISHED.search(pair.target.strip())) and "…" not in pair.source:
        yield Issue("length", "warning", f"perhaps cut short: ends with “{match[0]}”")
        return
    low, high = bounds(source, pair.lang)
    ratio = target / source
    if ratio < low:
        expected = f"{ratio:.0%} of the source, {low:.0%} or more expected"
        yield Issue("length", "warning", f"perhaps cut short: {expected}")
    elif ratio > high:
        expected = f"{ratio:.0%} of the source, {high:.0%} at most expected"
        yield Issue("length", "warning", f"perhaps too long: {expected}")
