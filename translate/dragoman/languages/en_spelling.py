"""English spelling variants (British and American) and irregular plurals."""

from __future__ import annotations

import re
from itertools import product
from typing import Final

from dragoman.languages.text import words

IRREGULAR_PLURALS: Final[dict[str, tuple[str, ...]]] = {
    "person": ("people", "persons"),
    "man": ("men",),
    "woman": ("women",),
    "child": ("children",),
    "spokesman": ("spokesmen",),
    "spokesperson": ("spokespersons", "spokespeople"),
    "serviceman": ("servicemen",),
    "chairman": ("chairmen",),
    "ombudsman": ("ombudsmen",),
    "policeman": ("policemen",),
    "alumnus": ("alumni",),
    "memorandum": ("memoranda", "memorandums"),
    "referendum": ("referendums", "referenda"),
    "forum": ("forums", "fora"),
    "crisis": ("crises",),
    "basis": ("bases",),
    "analysis": ("analyses",),
    "thesis": ("theses",),
    "criterion": ("criteria",),
    "phenomenon": ("phenomena",),
    "appendix": ("appendices", "appendixes"),
    "index": ("indices", "indexes"),
    "curriculum": ("curricula", "curriculums"),
    "bureau": ("bureaus", "bureaux"),
    "corps": ("corps",),
    "series": ("series",),
    "headquarters": ("headquarters",),
    "personnel": ("personnel",),
    "staff": ("staff", "staffs"),
    "police": ("police",),
    "species": ("species",),
    "means": ("means",),
    "half": ("halves",),
    "life": ("lives",),
    "leaf": ("leaves",),
    "wife": ("wives",),
    "knife": ("knives",),
    "foot": ("feet",),
    "tooth": ("teeth",),
    "datum": ("data",),
    "medium": ("media", "mediums"),
    "hero": ("heroes",),
    "echo": ("echoes",),
    "veto": ("vetoes",),
    "embargo": ("embargoes",),
    "cargo": ("cargoes", "cargos"),
    "quiz": ("quizzes",),
    "passer": ("passers",),
    "stomach": ("stomachs",),
    "monarch": ("monarchs",),
    "patriarch": ("patriarchs",),
    "attorney": ("attorneys",),
    "aircraft": ("aircraft",),
    "information": ("information",),
    "migration": ("migrations",),
}

# Whole words that differ; each pair both ways, inflected forms spelled out where they matter.
_PAIRS: Final = (
    ("centre", "center"), ("labour", "labor"), ("programme", "program"), ("defence", "defense"),
    ("offence", "offense"), ("counsellor", "counselor"), ("co-operation", "cooperation"),
    ("co-ordination", "coordination"), ("co-ordinator", "coordinator"), ("neighbour", "neighbor"),
    ("neighbouring", "neighboring"), ("honour", "honor"), ("honorary", "honourary"),
    ("honoured", "honored"), ("favour", "favor"), ("colour", "color"), ("behaviour", "behavior"),
    ("harbour", "harbor"), ("theatre", "theater"), ("metre", "meter"), ("kilometre", "kilometer"),
    ("traveller", "traveler"), ("travelling", "traveling"), ("cancelled", "canceled"),
    ("enrolment", "enrollment"), ("fulfilment", "fulfillment"), ("licence", "license"),
    ("catalogue", "catalog"), ("dialogue", "dialog"), ("judgement", "judgment"),
    ("ageing", "aging"), ("e-mail", "email"), ("policymaker", "policy-maker"),
    ("vice-president", "vice president"), ("cheque", "check"), ("grey", "gray"),
    ("modelling", "modeling"), ("signalling", "signaling"), ("tonne", "ton"),
)  # fmt: skip
_OTHER: Final = {a: b for x, y in _PAIRS for a, b in ((x, y), (y, x))}

# Words in -ise that no one spells with z, and in -ize that no one spells with s.
_ONLY_S: Final = words(
    "advise arise compromise comprise devise enterprise excise exercise expertise franchise "
    "improvise merchandise paradise precise premise promise raise revise rise supervise surprise "
    "televise wise otherwise likewise treatise concise demise disguise"
)
_ONLY_Z: Final = words("size prize seize capsize assize")
_IZE: Final = re.compile(r"^(\w{2,}?)(is|iz)(e|es|ed|er|ers|ing|ation|ations|ational|able)$", re.I)
_SENSITIVE_S: Final = re.compile(r"^(advis|revis|supervis|televis|exercis|rais|ris|promis)", re.I)


def spellings(phrase: str) -> tuple[str, ...]:
    """`phrase` and its other accepted spelling, word by word; the given one first.

    >>> spellings("International Organization for Migration")[1]
    'International Organisation for Migration'
    """
    choices = [(w, *_variants(w)) for w in phrase.split(" ")]
    if sum(len(c) > 1 for c in choices) > 4:  # keep the product small: all words one way
        return tuple(dict.fromkeys([phrase, " ".join(c[-1] for c in choices)]))
    return tuple(dict.fromkeys(" ".join(c) for c in product(*choices)))


def _variants(word: str) -> tuple[str, ...]:
    lowered = word.lower()
    ending = "s" if lowered.endswith("s") and lowered not in _OTHER else ""
    base = lowered[:-1] if ending else lowered
    if base in _OTHER:
        return (_like(word, _OTHER[base] + ending),)
    match = _IZE.match(word)
    if not match or _SENSITIVE_S.match(word):
        return ()
    if lowered in _ONLY_S | _ONLY_Z or base in _ONLY_S | _ONLY_Z:
        return ()
    stem, middle, tail = match.groups()
    swapped = middle[0] + {"s": "z", "z": "s", "S": "Z", "Z": "S"}[middle[1]]
    return (stem + swapped + tail,)


def _like(word: str, other: str) -> str:
    """`other` with the capitals of `word`."""
    if word.isupper():
        return other.upper()
    return other[:1].upper() + other[1:] if word[:1].isupper() else other
