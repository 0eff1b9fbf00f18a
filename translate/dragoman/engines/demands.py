"""What the searches of enforcement are asked to say: forms of terms, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from dragoman.engines.base import Insertion
from dragoman.engines.candidates import Case
from dragoman.engines.wording import capitalised, fits, place_of
from dragoman.records import Term


@dataclass(frozen=True, slots=True)
class Demands:
    """Of terms in the language `to`, `max_forms` forms of each at most."""

    to: str
    max_forms: int

    def insertions(self, case: Case) -> Iterator[Insertion]:
        """What was not tried yet: the terms missing, then those in a form that does not fit, to
        be said again in their place."""
        best = case.best
        if best is None or not case.wanting:
            return
        text = best.hypothesis.text
        found = [Insertion(text, tuple(self._forms(term))) for term in best.missing]
        for term in case.request.terms:
            place = None if fits(term, text) else place_of(term, text)
            if place is not None:
                found.append(Insertion(text, tuple(self._forms(term, False)), place))
        yield from (insertion for insertion in found if insertion not in case.tried)

    def groups(self, case: Case) -> list[list[str]]:
        """The forms of which each must be said: of the terms missing first."""
        missing = case.best.missing if case.best else case.request.terms
        kept = [term for term in case.request.terms if term not in missing]
        said = case.best.hypothesis.text if case.best else ""
        groups = [self._forms(term) for term in missing]
        return groups + [self._forms(term, fits(term, said)) for term in kept]

    def _forms(self, term: Term, any_form: bool = True) -> list[str]:
        allowed = term.forms or (term.lemma,) if any_form else term.fitting
        forms = allowed[: self.max_forms]
        return list(dict.fromkeys([*forms, *(capitalised(f, self.to) for f in forms[:2])]))
