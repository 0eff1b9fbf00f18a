"""Read a Russian name that the term base lacks, and spell it in English and Azerbaijani."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from dragoman.glossary import romanise
from dragoman.glossary.agreement import (
    NO_NOMINATIVE,
    NO_VOTES,
    NOBODY,
    Known,
    Votes,
    agree,
    shown_case,
)
from dragoman.glossary.fold import fold_key
from dragoman.glossary.lexicon import NameLexicon, Part, Reading, azerbaijani_shaped
from dragoman.glossary.name_parts import (
    SECOND_SURNAMES,
    cases_told,
    gender_told,
    initial,
    is_particle,
    particle,
    with_yo,
    without_generation,
)
from dragoman.glossary.spelling import Spelling, spell
from dragoman.languages import ru_names
from dragoman.languages.ru_names import CASES, Gender
from dragoman.records import Concept, Wording

_PATRONYMIC = re.compile(r"(?:вич(?:а|у|ем|е)?|(вн)(?:а|ы|е|у|ой|ою))$")
_ORDER = ("lexicon", "skeleton", "rules").index


@dataclass(frozen=True, slots=True)
class Person:
    """A guessed person: the concept made for it, its surname and the cases it stands in."""

    concept: Concept
    surname: str
    gender: Gender
    cases: tuple[str, ...]
    certain: bool = False  # the form allows one reading only
    readings: tuple[str, ...] = ()  # given name and surname in every reading that fits


def surname_only(names: NameLexicon, word: str, gender: Gender, context: Sequence[str]) -> Person:
    """A person from a surname after ``господин`` or ``госпожа``, which give gender and case."""
    readings = names.surname(word, (gender,)) or names.surname(word)
    family = next((r for r in readings if set(r.cases) & set(context)), readings[0])
    foreign = not (family.name or azerbaijani_shaped(family.nominative))
    spelled = spell(
        names, family.nominative, "surname", family.gender, foreign=foreign,
        western=romanise.western(family.nominative),
    )  # fmt: skip
    cases = tuple(case for case in family.cases if case in context) or family.cases
    return Person(_concept([family.nominative], [spelled]), family.nominative, family.gender, cases)


def in_full(
    names: NameLexicon, given: Sequence[Reading], middle: Sequence[str], surname: str,
    context: Sequence[str], known: Known = NOBODY, heard: Sequence[str] = (),
    votes: Votes = NO_VOTES,
) -> Person | None:  # fmt: skip
    """A person from the readings of the given name, the words between, and the surname's form.

    The given name and the surname must agree in case and gender; of several readings the one
    that fits `context`, the cases of the title before the name, is taken, then the one that is
    `known` from the rest of the document (``Эльчин Набизаде``) or has most `votes` there, then the
    lexicon's. `heard` are the same words with their ё.
    """
    surname, generation = without_generation(surname)
    told, context = gender_told(middle), cases_told(middle) or context
    given = [reading for reading in given if reading.gender == told] or given
    agreed = agree(names, given, surname, context, known, votes)
    if agreed is None:
        return None
    if context and not set(agreed[2]) & set(context) and surname.endswith(NO_NOMINATIVE):
        # с Кайрат Абдрахмановым: a given name left as it is.
        as_it_is = [replace(reading, cases=CASES) for reading in given if "nomn" in reading.cases]
        other = agree(names, as_it_is, surname, context, known, votes)
        agreed = other if other and set(other[2]) & set(context) else agreed
    readings = agreed[3]
    if not context and not any(reading in votes for reading in readings):
        agreed = agree(names, given, surname, shown_case(given, surname), known, votes) or agreed
    name, family, cases, _ = agreed
    foreign = not _is_native(name, family)
    western = foreign and romanise.western(family.nominative)
    names_between = (
        # Муса оглы: before оглы and кызы a father's name does not decline.
        word if after in ("оглы", "оглу", "кызы") else _nominative(word, name.gender, cases)
        for word, after in zip_longest(middle, middle[1:])
    )
    words = [name.nominative, *names_between]
    words.append(family.nominative)
    heard_words = [with_yo(*pair) for pair in zip(words, heard or words, strict=True)]
    parts = []
    for i, (word, yo) in enumerate(zip(words, heard_words, strict=True)):
        second = bool(i) and foreign and names.knows_surname(word, "foreign")  # Гарсия Лопес
        part: Part = "surname" if second or i == len(words) - 1 else "given"
        if word.endswith("."):
            parts.append(initial(word, name.gender, foreign=foreign, western=western))
            continue
        parts.append((particle(word) if 0 < i < len(words) - 1 else None) or spell(
            names, word, part, name.gender, foreign=foreign, western=western, heard=yo
        ))  # fmt: skip
    if generation:
        parts = generation.of(parts)
    concept = _concept(words, parts)
    certain = len({reading.nominative for reading in given}) == 1
    return Person(concept, family.nominative, name.gender, cases, certain, readings)


def with_initials(
    names: NameLexicon, initials: Sequence[str], surname: str, context: Sequence[str],
    known: Known = NOBODY, heard: str = "", last: bool = False,
) -> Person:  # fmt: skip
    """A person from initials (``В.``) and the surname's form; the gender is the likelier one.

    With the initials `last` it may also be the given name that is written out: Эмин Н.
    """
    given = names.given(surname) if last and not names.knows_surname(surname) else ()
    if given:
        return _given_with_initials(names, given, initials, context)
    readings = names.surname(surname)
    family = min(
        readings,
        key=lambda r: (
            bool(context) and not set(r.cases) & set(context),
            f"{initials[0][:-1]} {r.nominative}" not in known,
            r.name is None,
            "nomn" not in r.cases,
        ),
    )
    foreign = not (family.name or azerbaijani_shaped(family.nominative))
    western = foreign and romanise.western(family.nominative)
    spelled = spell(
        names, family.nominative, "surname", family.gender, foreign=foreign, western=western,
        heard=with_yo(family.nominative, heard),
    )  # fmt: skip
    lead = [initial(x, family.gender, foreign=foreign, western=western) for x in initials]
    named = known.get(f"{initials[0][:-1]} {family.nominative}")
    if named:
        lead[0] = Spelling(named[0] + ".", named[1] + ".", "lexicon")
    concept = _concept([*initials, family.nominative], [*lead, spelled])
    return Person(concept, family.nominative, family.gender, family.cases)


def _given_with_initials(
    names: NameLexicon, given: Sequence[Reading], initials: Sequence[str], context: Sequence[str]
) -> Person:
    name = min(
        given,
        key=lambda r: (bool(context) and not set(r.cases) & set(context), "nomn" not in r.cases),
    )
    foreign = name.name is not None and name.name.origin != "az"
    spelled = spell(names, name.nominative, "given", name.gender, foreign=foreign)
    tail = [initial(x, name.gender, foreign=foreign, western=False) for x in initials]
    concept = _concept([name.nominative, *initials], [spelled, *tail])
    return Person(concept, name.nominative, name.gender, name.cases)


def with_fathers_name(known: Concept, person: Person) -> Concept | None:
    """A person of the term base whose guessed full name holds a father's name too, or None.

    The base spells given name and surname; without the father's name it is right as well.
    """
    ru = person.concept.ru[0].split()
    if fold_key(f"{ru[0]} {ru[-1]}") not in {fold_key(text) for text in known.ru}:
        return None
    wordings = []
    for lang in ("en", "az"):
        wording, guess = known.wording(lang), person.concept.wording(lang).preferred.split()
        words = wording.preferred.split()
        if len(words) != 2:
            return None
        full = " ".join([words[0], *guess[1:-1], words[1]])
        admitted = (wording.preferred, *wording.admitted)
        wordings.append(replace(wording, preferred=full, admitted=admitted))
    return replace(known, en=wordings[0], az=wordings[1])


def _is_native(name: Reading, family: Reading) -> bool:
    """Whether to spell the name as an Azerbaijani one: its surname says, then its given name."""
    if family.name is not None:
        return family.name.origin == "az"
    if azerbaijani_shaped(family.nominative):
        return True
    either = family.nominative.endswith(("ов", "ев", "ин", "ова", "ева", "ина", "хан"))
    return either and name.name is not None and name.name.origin == "az"


def _nominative(word: str, gender: Gender, cases: Sequence[str]) -> str:
    """The nominative of a middle name that stands in one of `cases`."""
    if is_particle(word) or word.endswith(".") or tuple(cases) == ("nomn",):
        return word
    for nominative in ru_names.possible_nominatives(word):
        declined = ru_names.cases_of(ru_names.given(nominative, gender), word)
        if nominative in SECOND_SURNAMES and set(cases) & set(declined):
            return nominative
    patronymic = _PATRONYMIC.search(word)
    if patronymic:
        return word[: patronymic.start()] + ("вна" if patronymic[1] else "вич")
    options = {
        nominative: ru_names.cases_of(ru_names.given(nominative, gender), word)
        for nominative in ru_names.possible_nominatives(word)
        if (gender == "femn") == nominative.endswith(("а", "я"))
    }
    fitting = (name for name, found in options.items() if set(cases) & set(found))
    # Магомед Эмина Расулзаде: of two names only the second is declined, and shows its case.
    return next(fitting, next((name for name, found in options.items() if found), word))


def _concept(ru: Iterable[str], parts: Sequence[Spelling]) -> Concept:
    how = max((p.how for p in parts), key=_ORDER)
    en, az = " ".join(p.en for p in parts), " ".join(p.az for p in parts)
    return Concept(
        id="", type="person", ru=(" ".join(ru),), ru_abbreviations=(),
        en=Wording(en, admitted=romanise.variants(en, az)),
        az=Wording(az, admitted=_az_variants(az)),
        status="proposed", note=f"spelled by {how}", az_kind="name",
    )  # fmt: skip


def _az_variants(az: str) -> tuple[str, ...]:
    """Other initials that Russian Г. may stand for."""
    if az[:2] not in ("H.", "G.", "Q."):
        return ()
    return tuple(letter + az[1:] for letter in "HGQ" if letter != az[0])
