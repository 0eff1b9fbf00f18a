"""A member left out of a list is put back between its neighbours.

Models drop a country out of ten. Where the source lists terms (``Германии, Польши и Венгрии``)
and the translation says the neighbours of a missing one side by side, in their base forms, its
place is between them: only after the last member does Azerbaijani mark the case of a list.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from dragoman.records import Request, Term

_JOINTS = (", ", " и ")
_AND = {"en": "and", "az": "və"}

Holds = Callable[[Term, str], bool]


def put_back(
    request: Request, term: Term, text: str, to: str, holds: Holds
) -> Iterator[tuple[int, int, str]]:
    """Where the missing `term` belongs in `text`: the span of its neighbours and the new text."""
    members = _list_of(request, term)
    at = members.index(term)
    before = next((t for t in reversed(members[:at]) if holds(t, text)), None)
    after = next((t for t in members[at + 1 :] if holds(t, text)), None)
    if before is None or after is None:
        return
    joint = rf"(?:,|,? {_AND[to]}) "
    end = r"(?!\w)" if to == "en" else ""  # an Azerbaijani list has its case on its last member
    neighbours = rf"(?<!\w)({re.escape(before.lemma)})({joint}{re.escape(after.lemma)}){end}"
    for match in re.finditer(neighbours, text):
        new = f"{text[: match.end(1)]}, {term.lemma}{text[match.start(2) :]}"
        yield match.start(), match.end(), new


def _list_of(request: Request, term: Term) -> Sequence[Term]:
    """The terms that the source lists together with `term`, itself among them."""
    terms = sorted(request.terms, key=lambda t: (t.start, t.stop))
    first = last = terms.index(term)
    while first and request.text[terms[first - 1].stop : terms[first].start] in _JOINTS:
        first -= 1
    while (
        last + 1 < len(terms) and request.text[terms[last].stop : terms[last + 1].start] in _JOINTS
    ):
        last += 1
    return terms[first : last + 1]
