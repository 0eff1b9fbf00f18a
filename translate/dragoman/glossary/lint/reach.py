"""Forms that can never be found: each Russian form is sought in a text that is just that form."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dragoman.glossary.base import Glossary
from dragoman.glossary.fold import fold
from dragoman.glossary.lint.finding import Finding, warning
from dragoman.glossary.load import Row
from dragoman.glossary.match import resolve


def check_reach(base: Glossary, told: Collection[tuple[str, int]]) -> Iterator[Finding]:
    """Forms that other concepts take, or that the matcher does not find; rows in `told` are passed.

    The form stands after a small word and a comma, so that neither the rule for the beginning of
    a sentence nor a preposition comes into play.
    """
    for row in base.rows:
        if row.concept.status == "deprecated" or (row.path, row.line) in told:
            continue
        for column, forms in (("ru", row.concept.ru), ("ru_abbr", row.concept.ru_abbreviations)):
            for form in forms:
                yield from _sought(base, row, column, form)


def _sought(base: Glossary, row: Row, column: str, form: str) -> Iterator[Finding]:
    text = f"это, {form}"
    kept, dropped = resolve(base.index.candidates(text, fold(text)))
    if any(c.hit.concept.id == row.concept.id for c in kept):
        return
    reason = next((c.reason for c in dropped if c.hit.concept.id == row.concept.id), "")
    if reason:
        yield warning(row, column, "shadowed", f"«{form}» is never found: {reason}")
    else:
        yield warning(
            row, column, "unmatchable",
            f"«{form}» is never found as it stands here; look at its letters and at ru_match",
        )  # fmt: skip
