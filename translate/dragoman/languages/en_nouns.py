"""English plurals and possessives of whole terms."""

from __future__ import annotations

import re
from typing import Final

from dragoman.languages.text import words

_IRREGULAR: Final[dict[str, tuple[str, ...]]] = {
    "aircraft": ("aircraft",),
    "alumnus": ("alumni",),
    "analysis": ("analyses",),
    "appendix": ("appendices", "appendixes"),
    "basis": ("bases",),
    "bureau": ("bureaus", "bureaux"),
    "chairman": ("chairmen",),
    "child": ("children",),
    "corps": ("corps",),
    "crisis": ("crises",),
    "criterion": ("criteria",),
    "curriculum": ("curricula", "curriculums"),
    "datum": ("data",),
    "embargo": ("embargoes",),
    "foot": ("feet",),
    "forum": ("forums", "fora"),
    "half": ("halves",),
    "headquarters": ("headquarters",),
    "hero": ("heroes",),
    "index": ("indices", "indexes"),
    "knife": ("knives",),
    "leaf": ("leaves",),
    "life": ("lives",),
    "man": ("men",),
    "means": ("means",),
    "medium": ("media", "mediums"),
    "memorandum": ("memoranda", "memorandums"),
    "monarch": ("monarchs",),
    "ombudsman": ("ombudsmen",),
    "patriarch": ("patriarchs",),
    "person": ("persons", "people"),
    "personnel": ("personnel",),
    "phenomenon": ("phenomena",),
    "police": ("police",),
    "policeman": ("policemen",),
    "referendum": ("referendums", "referenda"),
    "series": ("series",),
    "serviceman": ("servicemen",),
    "servicewoman": ("servicewomen",),
    "shelf": ("shelves",),
    "spokesman": ("spokesmen",),
    "spokesperson": ("spokespersons", "spokespeople"),
    "spokeswoman": ("spokeswomen",),
    "stomach": ("stomachs",),
    "thesis": ("theses",),
    "tooth": ("teeth",),
    "veto": ("vetoes",),
    "wife": ("wives",),
    "woman": ("women",),
}
_PLURALS: Final = {plural: one for one, many in _IRREGULAR.items() for plural in many}
_SINGULAR_S: Final = words(
    "news census campus consensus status virus bonus nexus bus gas lens atlas chaos ethos corps "
    "apparatus prospectus genius focus series headquarters means species politics economics "
    "mathematics statistics logistics ethics physics customs christmas bias canvas alias"
)

# The head of a term stands before the first of these: Head of Department -> Heads of ...
_AFTER_HEAD: Final = words(
    "of for on in to at against with by from under between among concerning relating regarding "
    "without within who whose that seeking residing staying liberated"
)
# Adjectives that follow the head: Director General, Ambassador Extraordinary and Plenipotentiary.
_AFTER_NOUN: Final = words(
    "general designate elect extraordinary plenipotentiary martial emeritus and"
)
# In ranks it is the last word that counts: Major Generals.
_RANKS: Final = words("major lieutenant brigadier colonel")


def plurals(phrase: str) -> tuple[str, ...]:
    """The accepted plurals of `phrase`, made on its head noun; the usual one first.

    >>> plurals("Memorandum of Understanding")
    ('Memoranda of Understanding', 'Memorandums of Understanding')
    """
    parts = phrase.split(" ")
    at = _head(parts)
    before, head, after = parts[:at], parts[at], parts[at + 1 :]
    if is_plural(head):
        return (phrase,)
    return tuple(" ".join([*before, noun, *after]) for noun in _noun_plurals(head))


def singular(phrase: str) -> str:
    """The singular of a plural term written small; a name (``United States``) or a pair
    (``foreigners and stateless persons``) stays as it is."""
    parts = phrase.split(" ")
    at = _head(parts)
    head = parts[at]
    if not is_plural(head) or head[:1].isupper() or "and" in parts:
        return phrase
    return " ".join([*parts[:at], _noun_singular(head), *parts[at + 1 :]])


def _noun_singular(noun: str) -> str:
    if noun in _PLURALS:
        return _PLURALS[noun]
    if noun[:-2] in _SINGULAR_S:
        return noun[:-2]  # buses
    return re.sub(
        r"(?<=\w\w)ies$|(?<=ss|sh|ch)es$|(?<=x)es$|s$",  # agencies, but ties
        lambda m: "y" if m[0] == "ies" else "",
        noun,
    )


def is_plural(noun: str) -> bool:
    """Whether `noun` looks like a plural: persons, people; not status, crisis, news."""
    w = noun.lower()
    if w in _PLURALS and w not in _IRREGULAR:
        return True
    regular = len(w) > 3 and w.endswith("s") and not w.endswith(("ss", "us", "is"))
    return regular and w not in _SINGULAR_S and noun.upper() != noun


def possessives(phrase: str) -> tuple[str, ...]:
    """`phrase` with 's; after a plural's s the bare apostrophe; after another s either."""
    if not phrase.lower().endswith("s"):
        return (phrase + "’s",)
    if is_plural(phrase.split(" ")[-1]):
        return (phrase + "’",)
    return (phrase + "’s", phrase + "’")


def takes_possessive(phrase: str) -> bool:
    """Whether 's may stand at the end of `phrase`: at the end of its head noun, or of a title or
    name written with capitals (the Head of State's visit). Of anything else English says "of":
    the rules of the place of stay, not the place of stay's rules (Quirk et al. 1985, chapter 5).
    """
    parts = phrase.split(" ")
    at = _head(parts)
    return at == len(parts) - 1 or parts[at][:1].isupper()


def _head(parts: list[str]) -> int:
    """The place of the head noun among the words of a term."""
    after = (i for i, w in enumerate(parts) if i and _follows_head(w.lower()))
    at = next(after, len(parts)) - 1
    while at > 0 and parts[at].lower() in _AFTER_NOUN:
        if parts[at].lower() == "general" and parts[at - 1].lower() in _RANKS:
            break
        at -= 1
    return at


def _follows_head(word: str) -> bool:
    return word in _AFTER_HEAD or word.startswith(("d'", "d’"))  # Chargé d'Affaires


def _noun_plurals(noun: str) -> tuple[str, ...]:
    first, hyphen, rest = noun.partition("-")
    if hyphen and re.match(r"(general|elect|designate|in|at|of|by)\b", rest.lower()):
        return tuple(f"{p}-{rest}" for p in _noun_plurals(first))  # Commanders-in-Chief
    stem, hyphen, last = noun.rpartition("-")
    w = last.lower()
    if w in _IRREGULAR:
        raised = last[:1].isupper()
        found = (p[:1].upper() + p[1:] if raised else p for p in _IRREGULAR[w])
        return tuple(stem + hyphen + p for p in found)
    if noun.isupper() and len(noun) > 1:
        return (noun + "s",)
    if re.search(r"[^aeiou]y$", w):
        return (noun[:-1] + "ies",)
    return (noun + ("es" if re.search(r"(s|x|z|ch|sh)$", w) else "s"),)
