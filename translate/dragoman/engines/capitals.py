"""A headline in capitals is translated in small letters, and said in capitals again.

Models hardly read capitals: their vocabularies cut ``ОБНАРОДОВАНЫ`` into pieces that say nothing.
Which words keep a capital is told by the terms found in them and by the Russian lexicon: names and
the first word; abbreviations stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from dragoman.languages import az_letters
from dragoman.languages.ru_abbreviations import DOTTED
from dragoman.languages.ru_capitals import small
from dragoman.records import Draft, Request, Term

_WORD = re.compile(r"[А-ЯЁ]+(?:-[А-ЯЁ]+)*")
_SMALL = re.compile("[а-яё]")
_LONG = 5  # letters of one word at least; other texts may be abbreviations
_BEGINS = re.compile(r"(?:^|\w{4,}\. |[!?…] )[«“\"(]*$|[«“\"]$")


def lowered(request: Request) -> Request | None:
    """`request` in small letters where all its Russian letters are capitals and a word of it is no
    abbreviation by its length, else None."""
    text = request.text
    if _SMALL.search(text) or max(map(len, _WORD.findall(text)), default=0) < _LONG:
        return None
    parts, at = [], 0
    for found in _WORD.finditer(text):
        parts += [text[at : found.start()], _usual(found, request)]
        at = found.end()
    usual = "".join([*parts, text[at:]])
    return replace(request, text=usual, terms=tuple(_in_text(request.terms, usual)))


def _in_text(terms: tuple[Term, ...], text: str) -> Iterator[Term]:
    for term in terms:
        yield replace(term, surface=text[term.start : term.stop])


def _usual(found: re.Match[str], request: Request) -> str:
    """A word as it would stand in a text that is not in capitals."""
    word, start = found[0], found.start()
    term = next((t for t in request.terms if t.start <= start < t.stop), None)
    dotted = request.text[found.end() :].startswith(".")
    figure = (
        request.text[:start].endswith((" ", "\u00a0"))
        and request.text[:start].rstrip()[-1:].isdigit()
    )
    if dotted and (word.lower() in DOTTED or figure):
        return word.lower()
    if (dotted and len(word) == 1) or (term and term.surface == word and term.lemma.isupper()):
        return word
    usual = word.lower() if term and term.lemma.islower() else small(word)
    begins = term is not None and term.start == start and not term.lemma.islower()
    if (begins or _BEGINS.search(request.text[:start])) and usual.islower():
        return usual[0].upper() + usual[1:]
    return usual


def raised(draft: Draft, to: str) -> Draft:
    """`draft` in capitals."""
    upper = az_letters.upper if to == "az" else str.upper
    return replace(draft, text=upper(draft.text))
