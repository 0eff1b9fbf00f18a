"""Repetition: doubled words, and the loops a neural model falls into."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from dragoman.checks.pair import Pair, words
from dragoman.languages.text import words as listed
from dragoman.records import Issue

_TOKEN = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[^\w\s]")
# Words that may stand twice in a row in correct text.
_MAY_DOUBLE = {
    "en": listed("had that"),
    "az": listed("bir üz ay il ön ara tez ayrı yeni cür dönə qarış addım"),
}
_LONG = 6  # words; a longer run said twice is a loop unless the source repeats itself


def check_doubled(pair: Pair) -> Iterator[Issue]:
    """`doubled`: the same word twice in a row, where the source has no such pair."""
    found = [token.lower() for token in _TOKEN.findall(pair.target)]
    twice = [
        word
        for word, following in pairwise(found)
        if word == following and word[0].isalpha() and word not in _MAY_DOUBLE[pair.lang]
    ]
    if twice and not _doubled_in(pair.source):
        yield Issue("doubled", "warning", f"“{twice[0]} {twice[0]}”")


def _doubled_in(source: str) -> bool:
    found = [token.lower() for token in _TOKEN.findall(source)]
    return any(a == b and a[0].isalpha() for a, b in pairwise(found))


def longest_repeat(found: tuple[str, ...], length: int) -> tuple[str, ...]:
    """The first run of `length` words that comes again later, or nothing."""
    seen: set[tuple[str, ...]] = set()
    for start in range(len(found) - length + 1):
        run = found[start : start + length]
        if run in seen and sum(len(word) > 3 for word in run) * 2 > length:
            return run
        seen.add(run)
    return ()


def loop(found: tuple[str, ...]) -> tuple[str, ...]:
    """The first run of words that is said again at once (three words or more, or a pair of words
    three times), or nothing."""
    places: dict[str, list[int]] = {}
    for stop, word in enumerate(found):
        for start in places.get(word, ()):
            size = stop - start
            run = found[start:stop]
            if size > 2 and run == found[stop : stop + size]:
                return run
            if size == 2 and run == found[stop : stop + 2] == found[stop + 2 : stop + 4]:
                return run
        places.setdefault(word, []).append(stop)
    return ()


def check_repetition(pair: Pair) -> Iterator[Issue]:
    """`repetition`: a run of words comes twice though nothing in the source does, a short run
    comes three times in a row, or one long word makes up the text."""
    found = words(pair.target, pair.lang)
    run = longest_repeat(found, _LONG)
    if run and not longest_repeat(words(pair.source, "ru"), _LONG - 3):
        yield Issue("repetition", "error", f"said twice: “{' '.join(run)}”")
        return
    if run := loop(found):
        yield Issue("repetition", "error", f"said over again: “{' '.join(run)}”")
        return
    common = Counter(word for word in found if len(word) > 5).most_common(1)
    if common and common[0][1] >= 6 and common[0][1] * 3 > len(found):
        yield Issue("repetition", "error", f"“{common[0][0]}” {common[0][1]} times")
