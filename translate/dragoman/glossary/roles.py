"""What a capitalised word may be in its text: part of a term, a surname, a place, a mere noun."""

from __future__ import annotations

from functools import cached_property

from dragoman.glossary.cues import word_before
from dragoman.glossary.lexicon import NameLexicon, surname_shaped
from dragoman.glossary.match import Candidate, TermIndex
from dragoman.glossary.mentions import View
from dragoman.glossary.tokens import Token, institutional
from dragoman.languages.ru_capitals import is_known, small
from dragoman.languages.ru_words import parses_of

_OF_PLACES = tuple("из изо в во близ города городе село селе села поселке".split())

_EPITHETS = (
    "Старш", "Младш", "Велик", "Восточн", "Западн", "Северн", "Южн", "Центральн", "Средн", "Ближн",
    "Святых", "Святые", "Святым", "Святой", "Святого", "Святому", "Святая", "Святую",
)  # fmt: skip


class Roles:
    """The roles of the tokens of one text."""

    def __init__(self, view: View, index: TermIndex, names: NameLexicon) -> None:
        self.view, self.index, self.names = view, index, names
        self._covered = [(c.start, c.stop, not _is_barrier(c)) for c in view.terms]
        self.taken: set[int] = set()  # the starts of tokens that a family's name covers

    def heard(self, token: Token) -> str:
        """The word as the text has it, with its ё; in the letters of the token otherwise."""
        written = self.view.text[slice(*self.view.folded.span(token.start, token.stop))].lower()
        return written if len(written) == len(token.text) else token.text

    def is_term(self, token: Token) -> bool:
        """Whether a term or a family's name covers it."""
        if token.start in self.taken:
            return True
        start, stop = self.view.folded.span(token.start, token.stop)
        for a, b, maybe in self._covered:
            if a < stop and start < b and not (maybe and self.names.given(token.text)):
                return True
        return False

    def is_homograph(self, token: Token) -> bool:
        """Whether only names of places and the like cover it, which may be a surname after a given
        name: Сергей Львов, Джек Лондон."""
        start, stop = self.view.folded.span(token.start, token.stop)
        return token.start not in self.taken and all(
            maybe for a, b, maybe in self._covered if a < stop and start < b
        )

    def unknown(self, token: Token) -> bool:
        """A capitalised word that is no term and no word of an institution's name."""
        lowered = token.text.lower()
        return (
            token.kind == "word" and not self.is_term(token) and not self.headline_word(token)
            and not institutional(token.text) and not token.text.startswith(_EPITHETS)
            and not (lowered.endswith(("ской", "ского", "скому", "скую")) and lowered not in
                     self.index.surnames and not self.likely_surname(token.text))
        )  # fmt: skip

    def headline_word(self, token: Token) -> bool:
        """Whether a word of a headline in capitals is an ordinary one, by its likeliest reading."""
        if not self._in_capitals:
            return False
        return is_known(token.text) and small(token.text.upper()).islower()

    @cached_property
    def _in_capitals(self) -> bool:
        return not any("а" <= c <= "я" for c in self.view.folded.exact)

    def likely_surname(self, word: str) -> bool:
        """Whether a word is a surname by the lexicon, the term base or its shape."""
        if word.lower() in self.index.surnames or self.names.knows_surname(word):
            return True
        return any(surname_shaped(r.nominative) for r in self.names.surname(word)[:3])

    def opens(self, token: Token) -> bool:
        """Whether it is the first word of a sentence."""
        before = self.view.folded.exact[: token.start].rstrip(' "')
        return not before or before[-1] in ".!?:"

    def opens_with_a_noun(self, token: Token) -> bool:
        """Whether the capital is only that of a sentence: ``Жители Лачина вернулись``."""
        if not self.opens(token) or self.names.knows_surname(token.text):
            return False
        word = token.text.lower().rpartition("-")[2]  # of педагог-психолог the noun is психолог
        tags = [parse.tag for parse in parses_of(word) if parse.is_known]
        return bool(tags) and not any({"Surn", "Name", "Patr"} & set(tag.grammemes) for tag in tags)

    def continues(self, run: list[Token], i: int) -> bool:
        """Whether token `i` goes on a longer row of capitals: that is a firm's name or a title.

        The capital of a sentence's first word does not count: ``Доклад Аминаты Туре``.
        """
        if i == 0 or run[i - 1].kind != "word" or self.is_term(run[i - 1]):
            return False
        return i > 1 or not self.opens_with_a_noun(run[0])

    def is_place(self, run: list[Token], i: int) -> bool:
        """из Кракова Мария Новак: the word after из is a place where a full name follows it."""
        named = i + 2 < len(run) and bool(self.names.given(run[i + 1].text))
        return named or word_before(self.view, run[i].start) in _OF_PLACES


def _is_barrier(c: Candidate) -> bool:
    """Whether a term's words cannot be part of somebody's name.

    A place can be: Физули the town and the name, Ширван the city and the name.
    """
    single = " " not in c.hit.surface
    return c.hit.kind == "name" or not (
        single and c.hit.concept.type in ("place", "person", "event")
    )
