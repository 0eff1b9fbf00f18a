"""What the index sees of a sentence: small letters, and what differs least often.

Figures are masked: releases about the same matter differ in their dates and sums first of all,
and a trigram of a date would find the day and not the sentence. Nothing here is shown to people;
matches are scored on the sentences as they stand.
"""

from __future__ import annotations

_FOLD = str.maketrans(
    "ё123456789\u2010\u2011\u2012\u2013\u2014\u2212\u00a0\u202f\t\n\0"
    "\u00ab\u00bb\u201c\u201d\u201e\u2018\u2019",
    "е000000000------     " + '"""""\'\'',
)


def folded(text: str) -> str:
    """`text` as the trigram index holds it."""
    return text.lower().translate(_FOLD)


def trigrams(text: str) -> tuple[str, ...]:
    """The trigrams of a folded text, in order, with repetitions; empty below three characters."""
    return tuple(text[i : i + 3] for i in range(len(text) - 2))
