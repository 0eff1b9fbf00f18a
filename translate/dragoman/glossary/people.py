"""Find people in Russian text: those of the term base by surname and initials, others by shape.

A run of capitalised words and initials is read as a name when it holds initials and a surname
(``В.М. Гусейнов``, ``Гусейнов В.``), or a given name of the lexicon and a surname that agrees
with it in case, or stands right after a title or a country and is no term. A person named in
full is then known by surname alone anywhere in the document.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from dragoman.glossary.fold import Folded, fold
from dragoman.glossary.guess import Person, in_full, surname_only, unknown_given, with_initials
from dragoman.glossary.lexicon import NameLexicon, Reading, masculine, surname_shaped
from dragoman.glossary.match import GOVERNMENT, Candidate, TermIndex, candidate, governed
from dragoman.languages import ru_names
from dragoman.languages.ru_names import CASES, Gender
from dragoman.languages.text import words
from dragoman.records import Concept

_TOKEN = re.compile(
    r"(?<![^\W_])(?:(?P<init>(?:Дж|[А-Я])\.)|(?:(?P<word>[А-Я][а-я]+(?:-[А-Я]?[а-я]+)*)"
    r"|(?P<part>оглы|оглу|кызы|бек|бей|паша|ханым))(?![^\W_]))"
)
_WORD_BEFORE = re.compile(r"([а-я-]+) $")
_CLAUSE = re.compile(r"[.,;:!?()\"]| - | (?:и|в|на|с|по|о|к|из|от|для|при) (?=[^ ]* ?$)")
_PATRONYMICS = ("вич", "вича", "вичу", "вичем", "виче", "вна", "вны", "вне", "вну", "вной")
# Words that announce a person when two unknown capitalised words follow.
_CUES = words(
    "господин госпожа господа посол представитель представительница директор министр глава "
    "председатель начальник секретарь эксперт исследователь исследовательница профессор доктор "
    "депутат координатор советник консул руководитель сотрудник сотрудница президент премьер- "
    "министр ректор журналист журналистка адвокат судья генерал полковник майор капитан г-н "
    "г-жа гражданин гражданка комиссар омбудсмен академик специалист менеджер заместитель"
)


# How the words of an institution's name begin; no part of a person's name does.
_INSTITUTIONS = tuple(
    sorted(
        words(
            "центр совет служб агентств комитет фонд университет академи республик конфедерац "
            "федерац федератив правительств министерств институт обществ организац процесс "
            "управлен союз палат представительств посольств ассоциац компан комисси "
            "департамент ведомств партнерств государств национальн международн главн "
            "региональн верховн генеральн президент премьер программ проект школ клуб музе "
            "парк дворец дворц площад улиц день дня год война войны"
        )
    )
)
_DISTRICT = re.compile(r" (?:район|област|город|улиц|сел[ао]|кра[йя]|поселк|округ|площад)")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    start: int
    stop: int
    kind: str  # init, word, part


@dataclass(frozen=True, slots=True)
class _Mention:
    concept: Concept
    cases: tuple[str, ...]
    plural: bool


@dataclass
class Mentions:
    """The people named so far in a document, by every form of their surnames."""

    forms: dict[str, _Mention] = field(default_factory=dict)
    known: set[str] = field(default_factory=set)  # "Эльчин Набизаде", "Э Набизаде"

    def note(self, person: Person) -> None:
        """Remember a guessed person, and its full name where no other reading was possible."""
        self.add(person.concept, person.surname, person.gender)
        if person.certain:
            given = person.concept.ru[0].split()[0]
            self.known |= {f"{given} {person.surname}", f"{given[0]} {person.surname}"}

    def add(self, concept: Concept, surname: str, gender: Gender) -> None:
        """Remember a person; a later one of the same surname takes its place."""
        masc = masculine(surname) if gender == "femn" else surname
        for paradigm, plural in (
            (ru_names.surname_plural(masc), True), (ru_names.surname(surname, gender), False),
        ):  # fmt: skip
            cases: dict[str, list[str]] = {}
            for case, cell in zip(CASES, paradigm, strict=True):
                for form in cell:
                    cases.setdefault(form, []).append(case)
            for form, found in cases.items():
                self.forms[fold(form).exact] = _Mention(concept, tuple(found), plural)

    def alone(self, text: str, pool: Sequence[Candidate]) -> list[Candidate]:
        """Surnames standing alone whose bearer has been named in full."""
        if not self.forms:
            return []
        folded = fold(text)
        people = [c for c in pool if c.hit.kind in ("name", "guessed")]
        found = []
        for token in _tokens(folded.exact):
            mention = self.forms.get(token.text)
            if mention is None:
                continue
            start, stop = folded.span(token.start, token.stop)
            if not any(c.start < stop and start < c.stop for c in people):
                found.append(candidate(
                    text, start, stop, mention.concept, "surname", mention.cases,
                    "plur" if mention.plural else "sing",
                ))  # fmt: skip
        return found


def find_people(
    text: str, folded: Folded, terms: Sequence[Candidate], index: TermIndex, names: NameLexicon,
    mentions: Mentions,
) -> list[Candidate]:  # fmt: skip
    """The people in a text that no term form covers, and a note in `mentions` of all of them."""
    finder = _Finder(text, folded, terms, index, names, mentions)
    for c in terms:
        if c.hit.kind == "name":
            _remember(mentions, c.hit.concept)
    return list(finder.all())


def _remember(mentions: Mentions, concept: Concept) -> None:
    """Note a person of the term base."""
    parts = concept.ru[0].split()
    if len(parts) > 1:
        femn = parts[-1].endswith(("ова", "ева", "ина", "ская"))
        mentions.add(concept, parts[-1], "femn" if femn else "masc")


class _Finder:
    """The reading of one text; the arguments of `find_people`, held together."""

    def __init__(
        self, text: str, folded: Folded, terms: Sequence[Candidate], index: TermIndex,
        names: NameLexicon, mentions: Mentions,
    ) -> None:  # fmt: skip
        self.text, self.folded, self.index, self.names = text, folded, index, names
        self.mentions, self.terms = mentions, terms
        self._covered = [(c.start, c.stop, not _is_barrier(c)) for c in terms]

    def all(self) -> Iterator[Candidate]:
        for run in _runs(_tokens(self.folded.exact), self.folded.exact):
            i = 0
            while i < len(run):
                found = self._at(run, i)
                if found is None:
                    i += 1
                else:
                    i, hit = found
                    yield hit

    def _at(self, run: list[_Token], i: int) -> tuple[int, Candidate] | None:
        """The person whose name begins at token `i`, and the index of the token after it."""
        if self._is_term(run[i]) or run[i].kind == "part":
            return None
        if run[i].kind == "init":
            return self._initials_first(run, i)
        return (
            self._initials_last(run, i) or self._given_first(run, i)
            or self._surname_first(run, i) or self._after_cue(run, i)
            or self._unknown_pair(run, i) or self._after_mister(run, i)
        )  # fmt: skip

    def _initials_first(self, run: list[_Token], i: int) -> tuple[int, Candidate] | None:
        j = i
        while j < len(run) and run[j].kind == "init":
            j += 1
        if j == len(run) or run[j].kind != "word" or self._is_term(run[j]):
            return None
        return j + 1, self._with_initials(run[i:j], run[j])

    def _initials_last(self, run: list[_Token], i: int) -> tuple[int, Candidate] | None:
        j = i + 1
        while j < len(run) and run[j].kind == "init":
            j += 1
        follows = j < len(run) and run[j].kind == "word"
        if j == i + 1 or follows or not self._likely_surname(run[i].text):
            return None
        return j, self._with_initials(run[i + 1 : j], run[i])

    def _with_initials(self, initials: list[_Token], word: _Token) -> Candidate:
        start = min(initials[0].start, word.start)
        stop = max(initials[-1].stop, word.stop)
        for concept, form in self.index.surnames.get(word.text.lower(), ()):
            if form.number != "plur" and any(_begins(ru, initials[0].text) for ru in concept.ru):
                _remember(self.mentions, concept)
                return self._candidate(start, stop, concept, "name", form.cases)
        texts = [token.text for token in initials]
        person = with_initials(self.names, texts, word.text, self._context(start), self._known())
        return self._guessed(start, stop, person)

    def _given_first(self, run: list[_Token], i: int) -> tuple[int, Candidate] | None:
        given = self.names.given(run[i].text)
        last = self._last_of_name(run, i) if given else None
        if last is None:
            return None
        return self._in_full(given, run[i : last + 1], last + 1)

    def _last_of_name(self, run: list[_Token], i: int) -> int | None:
        """The index of the surname after the given name at `i`: past second and father's names."""
        last = None
        for j in range(i + 1, min(len(run), i + 5)):
            token = run[j]
            if token.kind == "part":
                continue
            if token.kind == "init" or self._is_term(token):
                break
            last = j
            fathers = j + 1 < len(run) and run[j + 1].text in ("оглы", "оглу", "кызы")
            more = j + 1 < len(run) and run[j + 1].kind == "word" and not self._is_term(run[j + 1])
            second = bool(self.names.given(token.text)) and (
                not self._likely_surname(token.text)
                or (more and self._likely_surname(run[j + 1].text))
            )
            if not (fathers or second or token.text.endswith(_PATRONYMICS)):
                break
        return last

    def _surname_first(self, run: list[_Token], i: int) -> tuple[int, Candidate] | None:
        if i + 1 >= len(run) or run[i + 1].kind != "word" or not self._likely_surname(run[i].text):
            return None
        given = self.names.given(run[i + 1].text)
        if not given or (i + 2 < len(run) and self._likely_surname(run[i + 2].text)):
            return None
        return self._in_full(given, [run[i + 1], run[i]], i + 2)

    def _after_cue(self, run: list[_Token], i: int) -> tuple[int, Candidate] | None:
        """Two or three unknown capitalised words right after a title, a country or a cue word."""
        j = i
        while j < min(len(run), i + 3) and self._unknown(run[j]):
            j += 1
        if j - i < 2 or not self._announced(run[i].start):
            return None
        if j < len(run) and run[j].kind == "word":
            return None  # a longer row of capitals is a title, not a name
        return self._in_full(unknown_given(run[i].text), run[i:j], j)

    def _unknown_pair(self, run: list[_Token], i: int) -> tuple[int, Candidate] | None:
        """Two unknown capitalised words inside a sentence, the second shaped as a surname."""
        if i + 1 >= len(run) or not (self._unknown(run[i]) and self._unknown(run[i + 1])):
            return None
        if _DISTRICT.match(self.folded.text, run[i + 1].stop):
            return None
        before = self.folded.exact[: run[i].start].rstrip()[-1:]
        if not (before.islower() or before == ",") or self.names.knows_surname(run[i].text):
            return None
        if not self._likely_surname(run[i + 1].text):
            return None
        return self._in_full(unknown_given(run[i].text), run[i : i + 2], i + 2)

    def _after_mister(self, run: list[_Token], i: int) -> tuple[int, Candidate] | None:
        """A capitalised word after господин or госпожа is a surname."""
        before = _WORD_BEFORE.search(self.folded.text, max(0, run[i].start - 30), run[i].start)
        word = before.group(1) if before else ""
        if not word.startswith(("господин", "госпож", "г-н", "г-ж")):
            return None
        gender: Gender = "femn" if "ж" in word else "masc"
        person = surname_only(self.names, run[i].text, gender, _cue_cases(word))
        return i + 1, self._guessed(run[i].start, run[i].stop, person)

    def _in_full(
        self, given: Sequence[Reading], tokens: list[_Token], after: int
    ) -> tuple[int, Candidate] | None:
        """`tokens` in the order given name, middle names, surname."""
        start, stop = min(t.start for t in tokens), max(t.stop for t in tokens)
        middle = [t.text for t in tokens[1:-1]]
        context, known = self._context(start), self._known()
        person = in_full(self.names, given, middle, tokens[-1].text, context, known)
        return (after, self._guessed(start, stop, person)) if person else None

    def _guessed(self, start: int, stop: int, person: Person) -> Candidate:
        self.mentions.note(person)
        return self._candidate(start, stop, person.concept, "guessed", person.cases)

    def _candidate(
        self, start: int, stop: int, concept: Concept, kind: Literal["name", "guessed"],
        cases: tuple[str, ...],
    ) -> Candidate:  # fmt: skip
        first, last = self.folded.span(start, stop)
        ordered = governed(cases, self.folded.text, start)
        return candidate(self.text, first, last, concept, kind, ordered, "sing")

    def _is_term(self, token: _Token) -> bool:
        start, stop = self.folded.span(token.start, token.stop)
        return any(
            a < stop and start < b and not (maybe and self.names.given(token.text))
            for a, b, maybe in self._covered
        )

    def _unknown(self, token: _Token) -> bool:
        """A capitalised word that is no term and no word of an institution's name."""
        lowered = token.text.lower()
        return (
            token.kind == "word" and not self._is_term(token)
            and not lowered.startswith(_INSTITUTIONS)
            and not (lowered.endswith(("ской", "ского", "скому", "скую")) and lowered not in
                     self.index.surnames and not self._likely_surname(token.text))
        )  # fmt: skip

    def _likely_surname(self, word: str) -> bool:
        if word.lower() in self.index.surnames or self.names.knows_surname(word):
            return True
        return any(surname_shaped(r.nominative) for r in self.names.surname(word)[:3])

    def _known(self) -> frozenset[str]:
        return frozenset(self.mentions.known)

    def _context(self, start: int) -> tuple[str, ...]:
        """The cases that the title, the cue word or the preposition before `start` asks for."""
        at = self.folded.original(start)
        before = [c for c in self.terms if c.stop == at - 1 and c.hit.concept.type == "title"]
        if before:
            return before[0].hit.cases
        word = _WORD_BEFORE.search(self.folded.text, max(0, start - 30), start)
        if word is None:
            return ()
        return GOVERNMENT.get(word.group(1)) or _cue_cases(word.group(1))

    def _announced(self, start: int) -> bool:
        at = self.folded.original(start)
        if any(c.stop == at - 1 and c.hit.concept.type in ("title", "place") for c in self.terms):
            return True
        words_before = _CLAUSE.split(self.folded.text[max(0, start - 90) : start])[-1].split()
        return any(_cue_cases(word) for word in words_before[-8:])


def _is_barrier(c: Candidate) -> bool:
    """Whether a term's words cannot be part of somebody's name.

    A place can be: Физули the town and the name, Ширван the city and the name.
    """
    single = " " not in c.hit.surface
    return c.hit.kind == "name" or not (
        single and c.hit.concept.type in ("place", "person", "event")
    )


@cache
def _cue_cases(word: str) -> tuple[str, ...]:
    """The cases a cue word may stand in; empty when it is none."""
    for base in ru_names.possible_nominatives(word):
        if base in _CUES:
            gender: Gender = "femn" if base.endswith(("а", "я")) else "masc"
            return ru_names.cases_of(ru_names.given(base, gender), word)
    return ()


def _begins(full: str, initial: str) -> bool:
    return full.startswith(initial[:-1])


def _tokens(exact: str) -> list[_Token]:
    return [
        _Token(m.group(), m.start(), m.end(), m.lastgroup or "word") for m in _TOKEN.finditer(exact)
    ]


def _runs(tokens: list[_Token], exact: str) -> Iterator[list[_Token]]:
    """Tokens that follow one another with one space, or none after an initial, between them."""
    run: list[_Token] = []
    for token in tokens:
        gap = exact[run[-1].stop : token.start] if run else ""
        if run and not (gap == " " or (gap == "" and run[-1].kind == "init")):
            yield run
            run = []
        run.append(token)
    if run:
        yield run
