"""From the tokens of a person's name to a candidate: whom they name, and the note of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from dragoman.glossary import guess
from dragoman.glossary.cues import context, names_her
from dragoman.glossary.lexicon import NameLexicon, Reading
from dragoman.glossary.match import Candidate, TermIndex, candidate, governed
from dragoman.glossary.mentions import Mentions, View
from dragoman.glossary.tokens import Token
from dragoman.languages.ru_names import CASES
from dragoman.records import Concept


class Naming:
    """Makes the candidates of one text, and notes each person in `mentions`; `heard` gives the word
    of a token with its ё."""

    def __init__(
        self, view: View, index: TermIndex, names: NameLexicon, mentions: Mentions,
        heard: Callable[[Token], str],
    ) -> None:  # fmt: skip
        self.view, self.index, self.names, self.mentions = view, index, names, mentions
        self._heard = heard

    def with_initials(self, initials: list[Token], word: Token) -> Candidate:
        """A name of initials, before or after `word`: a surname, or a given name (Эмин Н.)."""
        start = min(initials[0].start, word.start)
        stop = max(initials[-1].stop, word.stop)
        letter = initials[0].text[:-1]
        nominatives = (reading.nominative for reading in self.names.surname(word.text))
        other = self.mentions.names_in_full(letter, nominatives)
        for concept, form in () if other else self.index.surnames.get(word.text.lower(), ()):
            if form.number != "plur" and any(ru.startswith(letter) for ru in concept.ru):
                self.mentions.remember(concept)
                return self._candidate(start, stop, concept, "name", form.cases)
        texts = [token.text for token in initials]
        cases = context(self.view, start, stop)
        person = guess.with_initials(
            self.names, texts, word.text, cases, self.mentions.known, self._heard(word),
            last=initials[0].start > word.start,
        )  # fmt: skip
        return self.guessed(start, stop, person)

    def in_full(
        self, given: Sequence[Reading], tokens: list[Token], after: int,
        asked: tuple[str, ...] = (),
    ) -> tuple[int, Candidate] | None:  # fmt: skip
        """`tokens` in the order given name, middle names, surname; with `after`, the index of the
        token behind them, as it is. None when they do not agree.

        `asked` are the cases that an unknown name must stand in one of.
        """
        start, stop = min(t.start for t in tokens), max(t.stop for t in tokens)
        middle = [t.text for t in tokens[1:-1]]
        cases, known = context(self.view, start, stop), self.mentions.known
        if len(asked) == 1 or (asked and not cases and len(asked) < len(CASES)):
            cases = asked
        heard = [self._heard(t) for t in tokens]
        votes = self.mentions.votes
        person = guess.in_full(
            self.names, given, middle, tokens[-1].text, cases, known, heard, votes
        )
        if person is None or (asked and not set(person.cases) & set(asked)):
            return None
        if "nomn" not in person.cases and names_her(self.view, start, stop):
            # Вюсала, of a man the genitive, whose name tells where hers is from
            her = [Reading(tokens[0].text, "femn", ("nomn",), given[0].name)]
            person = guess.in_full(
                self.names, her, middle, tokens[-1].text, ("nomn",), known, heard
            ) or person  # fmt: skip
        for concept, _ in self.index.surnames.get(tokens[-1].text.lower(), ()) if middle else ():
            full = guess.with_fathers_name(concept, person)
            if full is not None:
                self.mentions.remember(concept)
                return after, self._candidate(start, stop, full, "name", person.cases)
        return after, self.guessed(start, stop, person, cases)

    def guessed(
        self, start: int, stop: int, person: guess.Person, cases: tuple[str, ...] = ()
    ) -> Candidate:
        """A person whom the term base lacks, in folded text from `start` to `stop`."""
        self.mentions.note(person, (self.view.folded.exact[start:stop], *cases))
        return self._candidate(start, stop, person.concept, "guessed", person.cases)

    def _candidate(
        self, start: int, stop: int, concept: Concept, kind: Literal["name", "guessed"],
        cases: tuple[str, ...],
    ) -> Candidate:  # fmt: skip
        first, last = self.view.folded.span(start, stop)
        ordered = governed(cases, self.view.folded.text, start)
        return candidate(self.view.text, first, last, concept, kind, ordered, "sing")
