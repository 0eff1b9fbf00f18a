"""Requests written down with their terms in brackets."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.languages import accepted_forms
from dragoman.records import Request, Term


def request_of(marked: str, lemmas: Sequence[str], to: str) -> Request:
    """``послы [Германии] и [Польши]``, and what the terms are in the language `to`."""
    terms, text = [], ""
    for part in re.split(r"(\[[^]]*\])", marked):
        words = part.strip("[]")
        if part.startswith("["):
            lemma = lemmas[len(terms)]
            span = (len(text), len(text) + len(words))
            forms = accepted_forms(lemma, to)
            terms.append(Term(*span, words, lemma, forms, concept=lemma))
        text += words
    return Request(text, tuple(terms))
