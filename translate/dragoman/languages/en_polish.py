"""Small English: the article before an institution, capitals of a title before a name, "a" or "an".

"of World Bank" is "of the World Bank"; "the major general Etibar Mirzayev" is "Major General
Etibar Mirzayev" (The Chicago Manual of Style, 8.19-8.21: titles are raised right before a name);
"the Prime Minister confirmed" of several ministers is "the Prime Ministers confirmed".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from dragoman.languages import en
from dragoman.languages.en_nouns import plurals
from dragoman.languages.text import words
from dragoman.records import Term

# Institutions and states that never stand bare after a preposition; universities and companies
# often do, and courts and centres named after a place.
_DEFINITE: Final = words(
    "ministry service committee commission agency administration union council parliament cabinet "
    "republic kingdom federation emirates states nations organization organisation government "
    "constitution code office society inspectorate department prosecutor's prosecutor’s bank"
)
_THE_STATES: Final = words("Netherlands Philippines Maldives Bahamas Gambia Comoros Seychelles")
_PREPOSITIONS: Final = "of|by|in|with|to|at|from|for|between|against|under|within|through|via|on"
_TITLES: Final = words(
    "minister president chairman chairperson ambassador general colonel major captain lieutenant "
    "sergeant secretary commissioner prosecutor director chancellor speaker rector professor "
    "academician consul governor mayor judge admiral commander deputy chief"
)
# What follows a noun that stands for itself: no other noun (the student visa), no verb of one.
_AFTER_NOUN: Final = (
    r"(?=[,.;:)]|$| (?:of|in|at|on|for|to|from|with|by|and|or|who|that|which|were|are|have|must|may"
    r"|can|will|should|\w+ed)\b)"
)
_ONE: Final = words("a an this that each every another one his her")
_OF = re.compile(r" (?:of|for|on) ")
# By sound: a one-off, a European, a unit; an hour. What may follow a letter ("part A of") is none.
_VOWEL: Final = (
    r"(?!one|once|eu|ewe|(?:of|and|or|in|is|at|on|as|also|are|if|it|into|against|applies)\b)"
    r"(?:[aeio]|un(?!i)|up|urg|ulti)"
)
_WANTS_AN = re.compile(rf"\b([Aa])( (?i:{_VOWEL})[a-z]+)\b")
_WANTS_A = re.compile(r"\b([Aa])n( [BCDFGJKLMNPQRSTVWYZbcdfgjklmnpqrstvwyz][a-z]+)\b")


def definite(lemma: str) -> bool:
    """Whether a term is the name of an institution or a state that stands with "the"."""
    if lemma in _THE_STATES:
        return True
    if not lemma[:1].isupper() or " " not in lemma or lemma.startswith("The "):
        return False
    head = _OF.split(lemma, maxsplit=1)[0].split()[-1].lower()
    if head == "bank":
        return lemma in ("World Bank", "Central Bank")
    return head in _DEFINITE


def polished(source: str, text: str, terms: Sequence[Term]) -> Iterator[tuple[str, str]]:
    """What may be put better: pairs of words in `text` and what should stand for them.

    Headlines (a source without a mark at its end) do without articles.
    """
    for found in _WANTS_AN.finditer(text):
        yield found[0], f"{found[1]}n{found[2]}"
    for found in _WANTS_A.finditer(text):
        yield found[0], found[1] + found[2]
    if source.rstrip()[-1:] in (".", "!", "?", "…", ";", ":", "»", '"'):
        for lemma in dict.fromkeys(term.lemma for term in terms if definite(term.lemma)):
            pattern = rf"\b(?:{_PREPOSITIONS}) {re.escape(lemma)}(?!\w)"
            for bare in dict.fromkeys(re.findall(pattern, text)):
                preposition = bare.split()[0]
                yield bare, f"{preposition} the {bare[len(preposition) + 1 :]}"
    for term in terms:
        yield from _several(text, term)
        if term.guessed and _is_name(term):  # a person: other names may want their article
            for found in re.finditer(rf"\b[Tt]he {re.escape(term.lemma)}{_AFTER_NOUN}", text):
                yield found[0], term.lemma
    ordered = sorted(terms, key=lambda term: term.start)
    for title, person in pairwise(ordered):
        beside = source[title.stop : person.start] == " "
        if beside and title.lemma.split()[-1].lower() in _TITLES and _is_name(person):
            yield from _raised(text, title, person)


def _several(text: str, term: Term) -> Iterator[tuple[str, str]]:
    """The plural that the Russian asks for, where the text has the singular alone."""
    many = term.forms[0] if term.forms else ""
    if many == term.lemma or many not in plurals(term.lemma):
        return
    if re.search(rf"\b{re.escape(many)}\b", text, re.IGNORECASE):
        return
    pattern = rf"\b(?P<before>\w+) (?P<one>{re.escape(term.lemma)}){_AFTER_NOUN}"
    found = list(re.finditer(pattern, text, re.IGNORECASE))
    if len(found) == 1 and found[0]["before"].lower() not in _ONE:
        right = many if found[0]["one"][0].islower() else en.title_case(many)
        yield found[0][0], f"{found[0]['before']} {right}"


def _is_name(term: Term) -> bool:
    parts = term.lemma.split()
    return len(parts) > 1 and all(part[:1].isupper() for part in parts)


def _raised(text: str, title: Term, person: Term) -> Iterator[tuple[str, str]]:
    pattern = rf"(?P<the>\bthe )?(?P<title>{re.escape(title.lemma)}) {re.escape(person.lemma)}"
    for match in re.finditer(pattern, text, re.IGNORECASE):
        right = f"{en.title_case(match['title'])} {person.lemma}"
        before = text[: match.start()].lower().split()[-1:]
        if match[0] != right and before not in (["a"], ["an"]) and match["the"] != "The ":
            yield match[0], right
