"""Inline term annotation: the form in which the embedded model is told its terms.

``в ⟦ Государственной Миграционной Службе ¦ State Migration Service ⟧ состоялась``

The words of the source stand first, the base form wanted in the translation after the bar
(target-lemma annotation: Bergmanis and Pinnis 2021). The three signs are symbols of their
own in the model's vocabulary, with spaces inside so that the words between them are cut into
pieces as anywhere else; training and translation both write them here.
"""

from __future__ import annotations

import re

from dragoman.records import Request

OPEN, BAR, CLOSE = "⟦", "¦", "⟧"  # U+27E6, U+00A6, U+27E7
SYMBOLS = (OPEN, BAR, CLOSE)

_PLAIN = str.maketrans({OPEN: "[", BAR: "|", CLOSE: "]"})
_MARKED = re.compile(f"{OPEN} ?([^{CLOSE}]*?) ?{BAR}[^{CLOSE}]*{CLOSE}")


def unmarked(text: str) -> str:
    """`text` with the three signs replaced by ordinary ones of the same length."""
    return text.translate(_PLAIN)


def annotate(request: Request) -> str:
    """The text of `request` with its terms written in.

    Terms stand in order and do not overlap; one that does overlap its predecessor, lies
    outside the text or has no lemma is left out. Signs of ours in the source or in a lemma
    are replaced by ordinary ones first (one for one, so offsets hold).
    """
    text = unmarked(request.text)
    parts: list[str] = []
    at = 0
    for term in sorted(request.terms, key=lambda term: term.start):
        lemma = " ".join(unmarked(term.lemma).split())
        if term.start < at or not term.start < term.stop <= len(text) or not lemma:
            continue
        surface = text[term.start : term.stop]
        parts += [text[at : term.start], f"{OPEN} {surface} {BAR} {lemma} {CLOSE}"]
        at = term.stop
    parts.append(text[at:])
    return "".join(parts)


def strip_annotation(text: str) -> str:
    """`text` with each annotation undone: the source words stay, the lemmas go.

    Signs without their partners, as a confused model may emit them, are removed.
    """
    text = _MARKED.sub(r"\1", text)
    return " ".join(re.sub(f"[{OPEN}{BAR}{CLOSE}]", " ", text).split()) if _has_sign(text) else text


def _has_sign(text: str) -> bool:
    return any(sign in text for sign in SYMBOLS)
