"""Find people in Russian text: those of the term base by initials, others by shape.

A run of capitalised words and initials is read as a name when it holds initials and a surname
(``В.М. Гусейнов``, ``Гусейнов В.``), or a given name of the lexicon and a surname that agrees
with it in case, or stands right after a title or a country and is no term. A person named in
full is then known by surname alone anywhere in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dragoman.glossary.agreement import shown_case, unknown_given
from dragoman.glossary.cues import announced, word_before
from dragoman.glossary.evidence import ordinary, shown_person
from dragoman.glossary.extent import PATRONYMICS, PLURALS, after_fathers_name, last_of_name
from dragoman.glossary.families import families
from dragoman.glossary.guess import surname_only
from dragoman.glossary.lexicon import NameLexicon
from dragoman.glossary.match import Candidate, TermIndex
from dragoman.glossary.mentions import Mentions, View
from dragoman.glossary.naming import Naming
from dragoman.glossary.roles import Roles
from dragoman.glossary.tokens import Token, cue_cases, institutional, runs
from dragoman.languages.ru_names import Gender

_JOINTS = (" и ", ", ")
_SHORT = 5  # letters: Пак Сон Мин is one name, Одессы Исаак Гольдберг is of a place
_IN_SPRING = "Весной"  # at the head of a sentence it is no Весна
_FEASTS = ("Новруз", "Курбан", "Гурбан", "Рамазан", "Рамадан")  # Байрам
_DISTRICT = re.compile(r" (?:район|област|город|улиц|сел[ао]|кра[йя]|поселк|округ|площад)")
_ADDRESSES = ("Господин", "Госпожа", "Господа", "Мистер", "Миссис", "Гражданин", "Гражданка")


def find_people(
    view: View, index: TermIndex, names: NameLexicon, mentions: Mentions
) -> list[Candidate]:
    """The people in a text that no term form covers, and a note in `mentions` of all of them."""
    for c in view.terms:
        if c.hit.kind == "name":
            mentions.remember(c.hit.concept)
    return list(_Finder(view, index, names, mentions).all())


class _Finder:
    """The reading of one text; the arguments of `find_people`, held together."""

    def __init__(
        self, view: View, index: TermIndex, names: NameLexicon, mentions: Mentions
    ) -> None:
        self.view, self.index, self.names, self.mentions = view, index, names, mentions
        self.roles = Roles(view, index, names)
        self.naming = Naming(view, index, names, mentions, self.roles.heard)
        self._doubtful: list[list[Token]] = []  # what may be a person, if it stands by one

    def all(self) -> Iterator[Candidate]:
        """Everybody; who was doubtful is read again beside those that were found."""
        view = self.view
        people = list(families(view, self.index, self.names, self.mentions, self.roles.taken))
        for run in runs(view.tokens, view.folded.exact):
            i = 0
            while i < len(run):
                found = self._at(run, i)
                if found is None:
                    i += 1
                else:
                    i, hit = found
                    people.append(hit)
        known = [*people, *(c for c in view.terms if c.hit.kind == "name")]
        while self._doubtful and (more := self._beside(known)):
            people += more
            known = more
        return iter(people)

    def _beside(self, known: Sequence[Candidate]) -> list[Candidate]:
        """Those of the doubtful that a comma or «и» joins to somebody known."""
        found = []
        for tokens in tuple(self._doubtful):
            start, stop = self.view.folded.span(tokens[0].start, tokens[-1].stop)
            text = self.view.text
            for one in known:
                apart = text[one.stop : start] or text[stop : one.start]
                if apart in _JOINTS and (hit := self._foreign(tokens, one.hit.cases)):
                    self._doubtful.remove(tokens)
                    found.append(hit)
                    break
        return found

    def _at(self, run: list[Token], i: int) -> tuple[int, Candidate] | None:
        """The person whose name begins at token `i`, and the index of the token after it."""
        if self.roles.is_term(run[i]) or run[i].kind == "part" or run[i].text in _ADDRESSES:
            return None
        if run[i].kind == "init":
            return self._initials_first(run, i)
        return (
            self._initials_last(run, i) or self._given_first(run, i)
            or self._surname_first(run, i) or self._after_cue(run, i)
            or self._unknown_pair(run, i) or self._after_mister(run, i)
            or self._unknown_name(run, i)
        )  # fmt: skip

    def _initials_first(self, run: list[Token], i: int) -> tuple[int, Candidate] | None:
        j = i
        while j < len(run) and run[j].kind == "init":
            j += 1
        if j == len(run) or run[j].kind != "word" or self.roles.is_term(run[j]):
            return None
        if self.roles.headline_word(run[j]):  # В 2024 Г. ВЫДАНО
            return None
        return j + 1, self.naming.with_initials(run[i:j], run[j])

    def _initials_last(self, run: list[Token], i: int) -> tuple[int, Candidate] | None:
        j = i + 1
        while j < len(run) and run[j].kind == "init":
            j += 1
        follows = j < len(run) and run[j].kind == "word"
        if j == i + 1 or follows or not self.roles.likely_surname(run[i].text):
            return None
        return j, self.naming.with_initials(run[i + 1 : j], run[i])

    def _given_first(self, run: list[Token], i: int) -> tuple[int, Candidate] | None:
        given = self.names.given(run[i].text)
        if run[i].text == _IN_SPRING and self.roles.opens(run[i]):
            return None
        last = last_of_name(self.roles, self.names, run, i) if given else None
        if last is None or (run[i + 1].text.startswith("Байрам") and run[i].text in _FEASTS):
            return None
        return self.naming.in_full(given, run[i : last + 1], last + 1)

    def _surname_first(self, run: list[Token], i: int) -> tuple[int, Candidate] | None:
        if (
            i + 1 >= len(run)
            or run[i + 1].kind != "word"
            or not self.roles.likely_surname(run[i].text)
        ):
            return None
        given = self.names.given(run[i + 1].text)
        after = after_fathers_name(self.roles, run, i + 2)
        if self.roles.opens_with_a_noun(run[i]):
            return None
        if not given or (after < len(run) and run[after].kind == "word"):
            return None
        return self.naming.in_full(given, [*run[i + 1 : after], run[i]], after)

    def _after_cue(self, run: list[Token], i: int) -> tuple[int, Candidate] | None:
        """Two or three unknown capitalised words right after a title, a country or a cue word."""
        j = i
        while j < min(len(run), i + 4) and (
            self.roles.unknown(run[j]) or (j > i and run[j].particle)
        ):
            j += 1
        if j - i < 2 or run[j - 1].kind == "part" or not announced(self.view, run[i].start):
            return None
        if (j < len(run) and run[j].kind == "word") or self.roles.is_place(run, i):
            return None  # a longer row of capitals is a title, not a name
        return self.naming.in_full(unknown_given(run[i].text), run[i:j], j)

    def _unknown_pair(self, run: list[Token], i: int) -> tuple[int, Candidate] | None:
        """Two unknown capitalised words inside a sentence, the second shaped as a surname."""
        if i + 1 >= len(run) or not (self.roles.unknown(run[i]) and self.roles.unknown(run[i + 1])):
            return None
        if _DISTRICT.match(self.view.folded.text, run[i + 1].stop):
            return None
        if self.roles.continues(run, i) and (i > 1 or len(run[0].text) < _SHORT):
            return None
        before = self.view.folded.exact[: run[i].start].rstrip()[-1:]
        if not (before.islower() or before in (",", ")")) or self.names.knows_surname(run[i].text):
            return None
        surname, stop = run[i + 1].text, i + 2
        if surname.endswith(PATRONYMICS) and stop < len(run) and self.roles.unknown(run[stop]):
            stop += 1  # Исаак Моисеевич Гольдберг
        elif not self.roles.likely_surname(surname) or surname.endswith(PLURALS):
            return None
        if self.roles.is_place(run, i):
            return None
        return self.naming.in_full(unknown_given(run[i].text), run[i:stop], stop)

    def _after_mister(self, run: list[Token], i: int) -> tuple[int, Candidate] | None:
        """A capitalised word after господин or госпожа is a surname."""
        word = word_before(self.view, run[i].start)
        if not word.startswith(("господин", "госпож", "г-н", "г-ж")) or institutional(run[i].text):
            return None
        gender: Gender = "femn" if "ж" in word else "masc"
        person = surname_only(self.names, run[i].text, gender, cue_cases(word))
        return i + 1, self.naming.guessed(run[i].start, run[i].stop, person)

    def _unknown_name(self, run: list[Token], i: int) -> tuple[int, Candidate] | None:
        """Two or three unknown words of any shape, where what stands beside shows a person."""
        if run[i].particle or self.roles.continues(run, i):
            return None
        j = i
        while j < len(run) and (self.roles.unknown(run[j]) or (j > i and run[j].particle)):
            j += 1
        more = j < len(run) and run[j].kind == "word" and not self.roles.is_term(run[j])
        if not 2 <= j - i <= 3 or more or run[j - 1].particle:
            return None
        if j == 3 and self.roles.opens(run[0]) and self.roles.likely_surname(run[2].text):
            return None  # Тяжелоатлетка Боянка Костова
        written = self.view.folded.exact[run[i].start : run[j - 1].stop]
        if written.isupper() or self.roles.opens_with_a_noun(run[i]):
            return None
        name = run[i:j]
        asked = shown_person(self.view, name[0].start, name[-1].stop)
        hit = self._foreign(name, asked) if asked else None
        if hit is None:
            self._doubtful.append(name)
            return None
        return j, hit

    def _foreign(self, name: list[Token], asked: Sequence[str]) -> Candidate | None:
        """A name that no lexicon knows, in one of the cases `asked`; ordinary words are none."""
        if any(ordinary(token.text, asked) for token in name if token.kind == "word"):
            return None
        if name[-1].text.endswith(PLURALS) or self.roles.is_place(name, 0):
            return None
        given = unknown_given(name[0].text)
        shown = tuple(c for c in shown_case(given, name[-1].text) or asked if c in asked)
        found = self.naming.in_full(given, name, 0, shown) if shown else None
        return found[1] if found else None
