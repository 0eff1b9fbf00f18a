"""The ``#.`` lines of an entry: what a reviewer should know before reading the draft.

origin: embedded 1f0c2a9d44e1, annotated
score: -0.31
term: Государственной Миграционной Службе = State Migration Service (found)
name: Стоян Радев = Stoyan Radev (found, guessed)
warning number: 200 is missing
"""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.records import Draft, Issue, Term

# What a tool that rewraps comments or splits lines must not be tempted by.
_LONGEST = 200


def lines(
    owner: str, draft: Draft | None, terms: Sequence[tuple[Term, bool]], issues: Sequence[Issue]
) -> tuple[str, ...]:
    """The notes of one entry.

    `owner` says whose text stands there ("engine", "memory", "person" or "nobody"), `draft` is the
    machine's where it is the machine's, `terms` go with whether the text holds them.
    """
    notes = [*_origin(owner, draft), *(_term(*pair) for pair in terms)]
    # A missing term has its own line above.
    notes += [f"{i.severity} {i.code}: {i.message}" for i in issues if i.code != "term"]
    return tuple(dict.fromkeys(_fit(note) for note in notes))


def _origin(owner: str, draft: Draft | None) -> list[str]:
    if owner == "person":
        return ["origin: a person"]
    if draft is None:
        return []
    if draft.origin == "failed":
        return [f"failed: {draft.engine}: {draft.reason}"]
    how = f", {draft.strategy}" if draft.strategy and draft.strategy != "plain" else ""
    found = [f"origin: {draft.engine}{how}"]
    if draft.score is not None:
        found.append(f"score: {draft.score:.2f}")
    if draft.reason:
        found.append(f"note: {draft.reason}")
    return found


def _term(term: Term, found: bool) -> str:
    kind = "name" if term.guessed else "term"
    state = "found" if found else "missing"
    guessed = ", guessed" if term.guessed else ""
    return f"{kind}: {term.surface} = {term.lemma} ({state}{guessed})"


def _fit(note: str) -> str:
    line = " ".join(note.split())
    return line if len(line) <= _LONGEST else line[: _LONGEST - 1] + "…"
