"""What a candidate for a draft is worth, and whether it is a sound one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dragoman.engines.candidates import Candidate, Enforcement
from dragoman.engines.wording import fits, fragments, said_again, says
from dragoman.records import Hypothesis, Request, Term

Holds = Callable[[Term, str], bool]
"""Whether a translation says a term, in any accepted form."""

Faults = Callable[[Request, str], int]
"""How many faults a translation has apart from terms."""

LIKE = 1.3  # a translation is at most so much longer than its source, or it than the translation


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges by `holds` and `faults`, within the limits of `settings`."""

    holds: Holds
    faults: Faults
    settings: Enforcement

    def candidate(
        self, request: Request, hypothesis: Hypothesis, strategy: str, note: str = ""
    ) -> Candidate:
        """A hypothesis with all that it is ranked by; `strategy` and `note` say how it was made."""
        text = hypothesis.text
        missing = tuple(term for term in request.terms if not self.holds(term, text))
        said = {form for term in missing for form in term.forbidden if says(form, text)}
        return Candidate(
            hypothesis, strategy, missing, len(said), self.faults(request, text), note,
            self._unfit(request, missing, text),
        )  # fmt: skip

    def _unfit(self, request: Request, missing: Sequence[Term], text: str) -> float:
        """What the forms of the terms said cost."""
        said = [term for term in request.terms if term not in missing]
        return self.settings.unfit * sum(not fits(term, text) for term in said)

    def may_stand(self, request: Request, candidate: Candidate, own: Candidate) -> bool:
        """Whether a candidate is a sound alternative to `own`, the engine's own choice."""
        limits = self.settings
        length = len(candidate.hypothesis.text)
        ratio = length / max(1, len(own.hypothesis.text))
        # The engine's own choice may have left out half of the source.
        as_long = 1 / LIKE < length / max(1, len(request.text)) < LIKE
        return (
            candidate.faults <= own.faults
            and own.hypothesis.score - candidate.hypothesis.score <= limits.max_drop
            and (as_long or limits.shorter <= ratio <= limits.longer)
            and said_again(candidate.hypothesis.text) <= said_again(own.hypothesis.text) + 1
            and fragments(candidate.hypothesis.text) <= fragments(own.hypothesis.text)
        )
