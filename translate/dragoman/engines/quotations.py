"""A long quotation is translated by itself, and its sentence with a short name in its place.

Releases quote the subject of a conference or the words of a speaker at length, and a small model
loses its way in the sentence around them. For ``в докладе «Изменение климата и миграция: взгляд из
региона» отмечено…`` it is therefore asked for ``в докладе «Мир» отмечено…`` and for the quotation;
the translation of this takes the place of ``Mir`` in that of the sentence. In all three languages a
quotation is a text of its own: its words do not decline with the sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.engines.candidates import joined
from dragoman.records import Draft, Request, Term

LONG, LITTLE = 5, 3  # words of a quotation that is asked for apart, and of the sentence around it
_NAME, _SAID = "Мир", "Mir"  # a space station, a payment system: no model translates it in quotes
_QUOTED = re.compile(r"«([^«»]+)»|„([^„“”]+)[“”]|“([^“”]+)”|\"([^\"]+)\"")
_OPEN, _CLOSE, _STOPS = '«“„"', '»”“"', (".", "!", "?", "…")
_LOWER = {"en": str.maketrans({}), "az": str.maketrans("Iİ", "ıi")}


@dataclass(frozen=True, slots=True)
class Apart:
    """A sentence with a name for its quotation, and the quotation."""

    sentence: Request
    quotation: Request

    def together(self, sentence: Draft, quotation: Draft, to: str) -> Draft | None:
        """The draft of the whole from those of its parts; None where the name is not said once, or
        one of them failed."""
        places = list(re.finditer(rf"[{_OPEN}]?(?<!\w){_SAID}(?!\w)(,?[{_CLOSE}])?", sentence.text))
        if len(places) != 1 or not quotation.text:
            return None
        source, said = self.quotation.text.strip(), quotation.text
        if not source.endswith(_STOPS):
            said = said.rstrip(".")
        if source[:1].islower():
            said = said[:1].translate(_LOWER[to]).lower() + said[1:]
        before, after = sentence.text[: places[0].start()], sentence.text[places[0].end() :]
        mark = "," if places[0][0].endswith(tuple(f",{quote}" for quote in _CLOSE)) else ""
        if to == "en" and self._is_speech(after):
            mark, after = after[:1], after[1:]
        mark = "" if said.endswith(_STOPS) else mark
        return joined(f"{before}“{said}{mark}”{after}", (sentence, quotation))

    def _is_speech(self, after: str) -> bool:
        """Whether what is said `after` begins with a mark that English puts within the quotes."""
        said_by = {",": rf"{_NAME}[{_CLOSE}], ?[–—-]", ".": rf": ?[{_OPEN}]{_NAME}"}.get(after[:1])
        return said_by is not None and re.search(said_by, self.sentence.text) is not None


def apart(request: Request) -> Apart | None:
    """`request` in two, by its longest quotation; None where there is no long one, or a term is
    part of it and part of the sentence."""
    text = request.text
    quoted = max(_QUOTED.finditer(text), key=lambda found: len(found[0]), default=None)
    if quoted is None or re.search(rf"\b{_NAME}\b", text):
        return None
    start, stop = quoted.start() + 1, quoted.end() - 1
    if len(text[start:stop].split()) < LONG or len((text[:start] + text[stop:]).split()) < LITTLE:
        return None
    gone = stop - start - len(_NAME)
    around, within = [Term(start, start + len(_NAME), _NAME, _SAID, (_SAID,))], []
    for term in request.terms:
        if start <= term.start and term.stop <= stop:
            within.append(term.moved(start))
        elif term.stop <= start:
            around.append(term)
        elif term.start >= stop:
            around.append(term.moved(gone))
        else:
            return None
    around.sort(key=lambda term: term.start)
    sentence = Request(text[:start] + _NAME + text[stop:], tuple(around))
    return Apart(sentence, Request(text[start:stop], tuple(within)))
