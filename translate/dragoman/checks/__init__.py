"""Checks of a translation against its source: small pure functions, each yielding issues.

`run_checks` runs those that look at one entry, `run_release_checks` those that look at a whole
release, `check_sources` compares files. A reviewer dismisses a finding by writing
``dragoman: ignore number`` (or several codes, or ``all``) in the entry's comment.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache

from dragoman.checks.consistency import check_names, check_sources
from dragoman.checks.length import check_copied, check_empty, check_length
from dragoman.checks.letters import check_alphabet, check_cyrillic, check_turkish
from dragoman.checks.negation import check_negation
from dragoman.checks.numbers import check_number_format, check_number_order, check_numbers
from dragoman.checks.pair import Pair, TargetLanguage
from dragoman.checks.punctuation import (
    check_brackets,
    check_capital,
    check_final,
    check_quotes,
    check_spacing,
)
from dragoman.checks.references import check_references
from dragoman.checks.repetition import check_doubled, check_repetition
from dragoman.checks.terms import check_terms, said
from dragoman.records import Issue

__all__ = [
    "CHECKS",
    "CODES",
    "Pair",
    "TargetLanguage",
    "check_dismissal",
    "check_names",
    "check_sources",
    "dismissed",
    "run_checks",
    "said",
]

Check = Callable[[Pair], Iterator[Issue]]

CHECKS: tuple[Check, ...] = (
    check_copied,
    check_numbers,
    check_number_format,
    check_number_order,
    check_references,
    check_terms,
    check_negation,
    check_cyrillic,
    check_alphabet,
    check_turkish,
    check_length,
    check_repetition,
    check_doubled,
    check_quotes,
    check_brackets,
    check_final,
    check_spacing,
    check_capital,
)

# Every code that a reviewer can dismiss.
CODES: tuple[str, ...] = (
    "empty", "copied", "number", "reference", "term", "forbidden", "negation", "cyrillic",
    "alphabet", "turkish", "length", "repetition", "doubled", "quotes", "brackets", "final",
    "spacing", "capital", "name", "inconsistent",
)  # fmt: skip

_NAMED = frozenset((*CODES, "all"))
_IGNORE = re.compile(r"\bdragoman:\s*ignore\b[ \t]*:?([^\n]*)", re.I)


def dismissed(comment: str) -> frozenset[str]:
    """The codes that a reviewer's comment dismisses; ``all`` stands for every code.

    ``dragoman: ignore number, term`` on a line of its own or after other words; what follows
    the codes (``– as agreed``) is not read. A plural will do: ``numbers``.
    """
    return frozenset(code for line in _IGNORE.findall(comment) for code in _codes(line))


def check_dismissal(comment: str) -> Iterator[Issue]:
    """`ignore`: a comment means to dismiss a finding, and names no check."""
    for line in _IGNORE.findall(comment):
        if not _codes(line):
            word = re.split(r"[,;\s]+", line.strip())[0] or "nothing"
            known = ", ".join(CODES)
            yield Issue("ignore", "warning", f"{word} is no check; known: all, {known}")


def _codes(line: str) -> list[str]:
    """The codes at the beginning of what follows ``dragoman: ignore``."""
    found = []
    for word in re.split(r"[,;\s]+", line.strip().lower()):
        code = next((c for c in (word, word.removesuffix("s"), word + "s") if c in _NAMED), "")
        if code:
            found.append(code)
        elif word not in ("", "and"):
            break
    return found


def run_checks(pair: Pair, dismissed: Collection[str] = ()) -> tuple[Issue, ...]:
    """All issues of one entry, errors first, without those whose code is dismissed.

    An empty translation has that one issue alone.
    """
    if "all" in dismissed:
        return ()
    if empty := tuple(check_empty(pair)):
        return () if "empty" in dismissed else empty
    by_check = list(_without_terms(pair.source, pair.target, pair.lang))
    by_check[CHECKS.index(check_terms)] = tuple(check_terms(pair))
    found = [issue for issues in by_check for issue in issues if issue.code not in dismissed]
    return tuple(sorted(found, key=lambda issue: issue.severity != "error"))


@lru_cache(maxsize=8192)
def _without_terms(source: str, target: str, lang: TargetLanguage) -> tuple[tuple[Issue, ...], ...]:
    """What each check finds where no terms are known. A draft is asked for while it is a candidate,
    without them, and when it is written."""
    pair = Pair(source, target, lang)
    return tuple(tuple(check(pair)) for check in CHECKS)


def run_release_checks(pairs: Sequence[Pair]) -> tuple[tuple[int, Issue], ...]:
    """The issues that show only over a whole release, each with the index of its pair."""
    return tuple(check_names(pairs))
