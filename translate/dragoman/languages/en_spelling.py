"""English spelling variants, British and American: both are accepted, neither is imposed."""

from __future__ import annotations

import re
from itertools import product
from typing import Final

# Whole words that differ; each pair is read both ways, and with a plural s.
_PAIRS: Final = (
    ("adviser", "advisor"), ("ageing", "aging"), ("analyse", "analyze"), ("behaviour", "behavior"),
    ("cancelled", "canceled"), ("catalogue", "catalog"), ("centre", "center"),
    ("colour", "color"), ("co-operation", "cooperation"), ("co-ordination", "coordination"),
    ("co-ordinator", "coordinator"), ("counsellor", "counselor"), ("defence", "defense"),
    ("dialogue", "dialog"), ("e-mail", "email"), ("endeavour", "endeavor"),
    ("enrolment", "enrollment"), ("favour", "favor"), ("fulfilment", "fulfillment"),
    ("grey", "gray"), ("harbour", "harbor"), ("honour", "honor"), ("honoured", "honored"),
    ("judgement", "judgment"), ("kilometre", "kilometer"), ("labour", "labor"),
    ("licence", "license"), ("metre", "meter"), ("modelling", "modeling"),
    ("neighbour", "neighbor"), ("neighbouring", "neighboring"), ("offence", "offense"),
    ("paralyse", "paralyze"), ("policymaker", "policy-maker"), ("programme", "program"),
    ("signalling", "signaling"), ("theatre", "theater"), ("traveller", "traveler"),
    ("travelling", "traveling"),
)  # fmt: skip
_OTHER: Final = {a: b for x, y in _PAIRS for a, b in ((x, y), (y, x))}

# -ise and -ize are one suffix; these words have no such suffix and one spelling only.
_IZE: Final = re.compile(r"(\w{2,}?)(is|iz)(e[drs]?|ers?|ing|ations?|ational|able)", re.IGNORECASE)
_ONE_SPELLING: Final = re.compile(
    r"(advert|adv|ar|circumc|compr|comprom|conc|dem|dev|disgu|enterpr|exc|exerc|expert|franch|gu"
    r"|improv|inc|likew|merchand|otherw|parad|prec|prem|pr|prom|ra|rev|r|se|superv|surpr|telev"
    r"|treat|upr|w|caps|s|no|appra|pra|po)(is|iz)\w*",
    re.IGNORECASE,
)


def spellings(phrase: str) -> tuple[str, ...]:
    """`phrase` and its other accepted spellings, word by word; the given one first.

    >>> spellings("International Organization for Migration")[1]
    'International Organisation for Migration'
    """
    choices = [(w, *_variants(w)) for w in phrase.split(" ")]
    if sum(len(c) > 1 for c in choices) > 3:  # keep the product small: all words one way
        found = [phrase, " ".join(c[-1] for c in choices)]
    else:
        found = [" ".join(choice) for choice in product(*choices)]
    found += [swapped for p in found if (swapped := _swap_vice(p)) != p]
    return tuple(dict.fromkeys(found))


def _swap_vice(phrase: str) -> str:
    """Vice-President and Vice President."""
    return re.sub(
        r"\b([Vv]ice)([ -])(?=\w)", lambda m: m[1] + (" " if m[2] == "-" else "-"), phrase
    )


def _variants(word: str) -> tuple[str, ...]:
    lowered = word.lower()
    ending = "s" if lowered.endswith("s") and lowered not in _OTHER else ""
    base = lowered.removesuffix("s") if ending else lowered
    if base in _OTHER:
        return (_like(word, _OTHER[base] + ending),)
    match = _IZE.fullmatch(word)
    if not match or _ONE_SPELLING.fullmatch(word):
        return ()
    stem, middle, tail = match.groups()
    return (stem + middle[0] + middle[1].translate(_S_AND_Z) + tail,)


_S_AND_Z: Final = str.maketrans("szSZ", "zsZS")


def _like(word: str, other: str) -> str:
    """`other` with the capitals of `word`."""
    if word.isupper():
        return other.upper()
    return other[:1].upper() + other[1:] if word[:1].isupper() else other
