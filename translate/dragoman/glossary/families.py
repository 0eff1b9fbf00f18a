"""Families and couples: one surname in the plural for several people.

«Рамиз и Лейла Алиевы» is one name: given names that agree in case with a surname in the plural
(Русская грамматика § 1230; Rosental, «Справочник по правописанию», § 150). After a word such as
супруги, братья or семья the surname stands alone. The plural of a surname is also the ablative of
a man's (Алиевым), so that without such a word and without agreement nothing is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from dragoman.glossary.agreement import unknown_given
from dragoman.glossary.couples import joined, listed
from dragoman.glossary.cues import context, word_before
from dragoman.glossary.guess import Person, in_full, surname_only
from dragoman.glossary.lexicon import NameLexicon, Reading
from dragoman.glossary.match import Candidate, TermIndex, candidate, governed
from dragoman.glossary.mentions import Mentions, View
from dragoman.glossary.tokens import Token, institutional
from dragoman.languages import ru_names
from dragoman.languages.ru_names import CASES, Gender
from dragoman.languages.text import words
from dragoman.records import Concept

_PLURAL = re.compile(r"(.+(?:[оеё]в|[иы]н))(?:ы|ых|ым|ыми)$|(.+[сц]к)(?:ие|их|им|ими)$")
# Their own case is the surname's: братьям Гусейновым.
_THEY: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(words("братья супруги сестры близнецы господа"), ("nomn",)),
    **dict.fromkeys(words("братьев супругов сестер близнецов господ"), ("gent", "accs")),
    **dict.fromkeys(words("братьям супругам сестрам близнецам господам"), ("datv",)),
    **dict.fromkeys(words("братьями супругами сестрами близнецами господами"), ("ablt",)),
    **dict.fromkeys(words("братьях супругах сестрах близнецах господах"), ("loct",)),
}
# After these the surname is in the genitive: семьёй Мамедовых.
_OF_THEM = words(
    "семья семьи семье семью семьей семей семьям семьями семьях чета четы чете чету четой "
    "семейство семейства семейству семейством семействе династия династии династию династией"
)
_SISTERS = words("сестры сестер сестрам сестрами сестрах")
# отец и сын, мать и дочь: the second word shows the case.
_SECOND: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(words("сын дочь брат сестра жена мать"), ("nomn",)),
    **dict.fromkeys(words("сына брата"), ("gent", "accs")),
    **dict.fromkeys(words("сыну брату сестре жене"), ("datv",)),
    **dict.fromkeys(words("сыном дочерью братом сестрой женой матерью"), ("ablt",)),
    **dict.fromkeys(words("дочери матери"), ("gent", "datv")),
    **dict.fromkeys(words("сестры жены"), ("gent",)),
}
_PAIR = re.compile(r"(?<![а-я])(?:от[ец]|отц|мат|муж|брат|сестр|бабушк|дед)[а-я]* и [а-я]+ $")
_PLURAL_ENDINGS = ("ы", "ых", "ым", "ыми", "ие", "их", "им", "ими")
_DECLINED = ("ов", "ев", "ин", "ын", "ий", "ой", "вич", "вна", "ова", "ева", "ина", "ого", "ему")
_JOINTS = (" и ", ", ")
_MOST = 5


def families(
    view: View, index: TermIndex, names: NameLexicon, mentions: Mentions, taken: set[int]
) -> Iterator[Candidate]:
    """The families and couples in a text; `taken` gets the starts of the tokens they cover."""
    for at, token in enumerate(view.tokens):
        near = at > 1 and token.start - view.tokens[at - 1].stop == 1  # most are not
        if not near and not token.text.endswith(_PLURAL_ENDINGS):
            continue
        surname, cases = _plural(token) or (_shared(view, at) if near else None) or ("", ())
        given = _given_before(view, names, at, cases) if surname else []
        if given and (surname != token.text or _without_plural(surname, given)):
            people = [view.tokens[i] for i, _ in given]
            readings = [reading for _, reading in given]
            hit = _couple(view, index, names, mentions, [*people, token], readings, surname)
        elif surname and surname != token.text:
            people, hit = [], _surname_alone(view, names, mentions, token, surname, cases)
        else:
            continue
        if hit is not None:
            taken.update(t.start for t in (*people, token))
            yield hit


def _plural(token: Token) -> tuple[str, tuple[str, ...]] | None:
    """The man's nominative of a surname in the plural, and its cases."""
    found = _PLURAL.match(token.text) if token.text.endswith(_PLURAL_ENDINGS) else None
    if found is None or token.kind != "word":
        return None
    surname = found[1] or found[2] + "ий"
    return surname, ru_names.cases_of(ru_names.surname_plural(surname), token.text)


def _shared(view: View, at: int) -> tuple[str, tuple[str, ...]] | None:
    """A surname that may have no plural, after two given names: Рамиз и Лейла Керимли."""
    one, other, token = view.tokens[at - 2 : at + 1]
    if token.kind != "word" or view.folded.exact[one.stop : other.start] != _JOINTS[0]:
        return None
    if view.folded.exact[other.stop : token.start] != " ":
        return None
    if token.text.endswith(_DECLINED) or institutional(token.text) or _is_term(view, token):
        return None
    return token.text, CASES


def _without_plural(surname: str, given: Sequence[tuple[int, Reading]]) -> bool:
    """Whether these people share the surname as it is: it ends in a vowel, or a woman's name
    stands before it (Джон и Мэри Смит; Rosental § 150). All their names are in the lexicon."""
    vowel = surname.endswith(("и", "ы", "у", "ю", "о", "е", "э", "заде"))
    return all(reading.name is not None for _, reading in given) and (
        vowel or (given[-1][1].gender == "femn" and surname[-1] not in "аяйь")
    )


def _given_before(
    view: View, names: NameLexicon, at: int, cases: tuple[str, ...]
) -> list[tuple[int, Reading]]:
    """The given names before the surname at token `at`, by token, in one of `cases`; two or more.

    The lexicon must know one of them. One that follows a name belongs to that: «Самир Алиев и
    Лейла Алиевы» names no couple.
    """
    found: list[tuple[int, Reading]] = []
    shared = set(cases)
    joints: tuple[str, ...] = (" ",)
    for i in range(at - 1, max(-1, at - 1 - _MOST), -1):
        token, after = view.tokens[i], view.tokens[i + 1]
        if token.kind != "word" or view.folded.exact[token.stop : after.start] not in joints:
            break
        known = names.given(token.text)
        unknown = not known and not institutional(token.text) and not _is_term(view, token)
        options = known or (unknown_given(token.text) if unknown else ())
        reading = next((r for r in options if shared & set(r.cases)), None)
        if reading is None:
            break
        shared &= set(reading.cases)
        found.insert(0, (i, reading))
        joints = _JOINTS[:1] if len(found) == 1 else _JOINTS[1:]
    if (
        len(found) < 2
        or not any(r.name for _, r in found)
        or _follows_a_name(view, names, found[0][0])
    ):
        return []
    return found


def _follows_a_name(view: View, names: NameLexicon, at: int) -> bool:
    """Whether a name stands right before token `at`: «Самир Алиев и Лейла Алиевы»."""
    before = view.tokens[at - 1] if at else None
    if before is None or view.folded.exact[before.stop : view.tokens[at].start].strip(" "):
        return False
    return (
        before.kind == "init"
        or bool(names.given(before.text))
        or (names.knows_surname(before.text) and not _THEY.get(before.text.lower()))
    )


def _couple(
    view: View, index: TermIndex, names: NameLexicon, mentions: Mentions,
    tokens: Sequence[Token], given: Sequence[Reading], surname: str,
) -> Candidate | None:  # fmt: skip
    people = [_member(index, names, reading, surname) for reading in given]
    if any(person is None for person in people):
        return None
    members = [person for person in people if person is not None]
    for person in members:
        mentions.add(person.concept, person.surname, person.gender)
    start, stop = tokens[0].start, tokens[-1].stop
    same = surname == tokens[-1].text
    plural = ru_names.surname_plural(surname)
    agreed = CASES if same else ru_names.cases_of(plural, tokens[-1].text)
    for reading in given:
        agreed = tuple(case for case in agreed if case in reading.cases)
    ru = listed([reading.nominative for reading in given], " и ")
    concept = joined(members, f"{ru} {surname if same else plural[0][0]}")
    return _hit(view, start, stop, concept, agreed, "")


def _member(index: TermIndex, names: NameLexicon, reading: Reading, surname: str) -> Person | None:
    """One of the family, from the term base where it has that person."""
    gender: Gender = reading.gender
    family = ru_names.feminine(surname) if gender == "femn" else surname
    full = f"{reading.nominative} {family}"
    for concept in index.people:
        if full in (text.replace("ё", "е") for text in concept.ru):
            return Person(concept, family, gender, CASES)
    nominative = Reading(reading.nominative, gender, ("nomn",), reading.name)
    return in_full(names, [nominative], (), family, ("nomn",))


def _surname_alone(
    view: View, names: NameLexicon, mentions: Mentions, token: Token, surname: str,
    cases: tuple[str, ...],
) -> Candidate | None:  # fmt: skip
    """The surname after супруги, братья, семья: of a shape or a lexicon that tells a surname."""
    word = word_before(view, token.start)
    asked = ("gent",) if word in _OF_THEM else _THEY.get(word, ())
    if word in _SECOND and _PAIR.search(view.folded.text, max(0, token.start - 30), token.start):
        asked = (*asked, *_SECOND[word])
    agreed = tuple(case for case in cases if case in asked)
    if not agreed or institutional(token.text) or _is_term(view, token):
        return None
    with_men = view.folded.text[: token.start - len(word) - 1].endswith(" и ")
    gender: Gender = "femn" if word in _SISTERS and not with_men else "masc"
    family = ru_names.feminine(surname) if gender == "femn" else surname
    person = surname_only(names, family, gender, ("nomn",))
    mentions.add(person.concept, family, gender)
    return _hit(view, token.start, token.stop, person.concept, agreed, "plur")


def _hit(
    view: View, start: int, stop: int, concept: Concept, cases: tuple[str, ...],
    number: Literal["plur", ""],
) -> Candidate:  # fmt: skip
    asked = context(view, start, stop)
    cases = tuple(sorted(cases, key=lambda case: case not in asked))
    ordered = governed(cases, view.folded.text, start)
    first, last = view.folded.span(start, stop)
    return candidate(view.text, first, last, concept, "guessed", ordered, number)


def _is_term(view: View, token: Token) -> bool:
    start, stop = view.folded.span(token.start, token.stop)
    return any(c.start < stop and start < c.stop for c in view.terms)
