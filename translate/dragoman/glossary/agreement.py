"""How a given name and a surname are read together: in agreement of case and gender."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from dragoman.glossary.lexicon import NameLexicon, Reading, azerbaijani_shaped, masculine
from dragoman.languages import ru_names
from dragoman.languages.ru_names import CASES, Gender

# Full names read for certain elsewhere in the document ("Эльчин Набизаде", "Э Набизаде"), with
# the initial in English and Azerbaijani.
Known = Mapping[str, tuple[str, str]]
NOBODY: Known = {}
# How many forms of a name in the document each reading ("Клэр Орлова") explains.
Votes = Mapping[str, int]
NO_VOTES: Votes = {}
# What two endings in agreement show: the case, the gender of the given name, the surname's end.
_SHOWN = (
    ("ablt", "masc", ("ом", "ем", "ым")), ("datv", "masc", ("у", "ю")), ("gent", "femn", ("ы",)),
)  # fmt: skip
# Surnames with these endings are in no nominative.
NO_NOMINATIVE = ("овым", "евым", "ским", "скому", "ского", "ову", "еву", "ом", "ем")
# Those that hardly are, either, after a given name that no lexicon knows (but Бекем may be).
_OBLIQUE = ("овой", "евой", "иной", *NO_NOMINATIVE[:-2])
_SERVANTS = ("гулу", "кулу", "гули", "кули")  # Абасгулу, servant of Abbas: no case of Абасгул
_SHALOM = 5  # letters: Шалом may be a nominative, Уиллардом is none


def agree(
    names: NameLexicon, given: Sequence[Reading], surname: str, context: Sequence[str],
    known: Known, votes: Votes,
) -> tuple[Reading, Reading, tuple[str, ...], tuple[str, ...]] | None:  # fmt: skip
    """The given name and surname that agree best, the cases they stand in together, and all
    readings that fit `context` ("Клэр Орлова"); None when nothing agrees.

    `context` are the cases of what stands before the name; what is `known` of the document and has
    `votes` there goes before the lexicon, and that before what its endings make likely.
    """
    readings: dict[str, None] = {}
    best: tuple[tuple[int, ...], Reading, Reading, tuple[str, ...]] | None = None
    for name in (*given, *_borne_by_women(given)):
        for order, family in enumerate(names.surname(surname, (name.gender,))):
            if name not in given and masculine(family.nominative) == family.nominative:
                continue
            cases = tuple(case for case in CASES if case in name.cases and case in family.cases)
            if not cases:
                continue
            fitting = tuple(case for case in cases if case in context)
            reading = f"{name.nominative} {family.nominative}"
            if fitting or not context:
                readings[reading] = None
            rank = (
                int(bool(context) and not fitting),
                int(reading not in known),
                -votes.get(reading, 0),
                int(name.name is None),
                int(family.name is None),
                _oblique(name, family),
                int("nomn" not in cases and not context),
                _unlikely(name) + _unlikely(family, True) if context or "nomn" not in cases else 0,
                # Of two surnames of the lexicon: Кемаля Абдуллы is of Абдулла.
                int(family.name is not None and _fixed(family) and "nomn" not in name.cases),
                order,
            )
            if best is None or rank < best[0]:
                best = (rank, name, family, fitting or cases)
    return (*best[1:], tuple(readings)) if best else None


def _borne_by_women(given: Sequence[Reading]) -> Iterator[Reading]:
    """A man's name in a consonant may be a woman's, and then does not decline: Тарлан Кулиевой."""
    if all(reading.gender == "masc" for reading in given):
        for reading in given:
            if "nomn" in reading.cases and reading.nominative[-1] not in "аяйь":
                yield replace(reading, gender="femn", cases=CASES)


def _oblique(name: Reading, family: Reading) -> int:
    """How many of the words taken for nominatives can hardly be any: an unknown name in -ы
    (Йоланды is of Йоланда) or a long one in -ом (Уиллардом), and after an unknown given name, or
    one that no woman declines, a surname that ends as Russian ones do in other cases (Дженнифер
    Кузнецовой)."""
    found = sum(r.name is None and _fixed(r) and _in_y(r.nominative) for r in (name, family))
    if name.name is None:
        found += len(name.nominative) > _SHALOM and name.nominative.endswith("ом")
    if name.name is None or (name.gender == "femn" and family.name is None):
        found += family.nominative.endswith(_OBLIQUE)
    return found


def _unlikely(reading: Reading, surname: bool = False) -> int:
    """How little a reading says: a name that does not decline fits any case, few men's names end
    in -а, and few names at all in -я after a consonant. One in -ы is hardly ever a nominative:
    Перейры is of Перейра."""
    if reading.name is not None or (surname and _native(reading.nominative)):
        return 0
    if reading.nominative.endswith(_SERVANTS):
        return 0
    if _fixed(reading):
        return 2 if _in_y(reading.nominative) else 1
    if reading.nominative.endswith("аг"):
        return 2  # Гусейнага is no case of Гусейнаг
    last = reading.nominative[-2:]
    return int(
        (reading.gender == "masc" and last.endswith(("а", "я")))
        or (reading.gender == "femn" and last.endswith("ь"))
        or last == "жа"  # Гюльбаджи is itself; Хадиджа is in the lexicon
        or (last.endswith("я") and last[0] not in "аеёиоуыэюяь")
    )


def _native(nominative: str) -> bool:
    """Whether it ends as Azerbaijani surnames do, none of which declines: Нуриоглу, Агдамлы."""
    return azerbaijani_shaped(nominative) and not _in_y(nominative)


def _fixed(reading: Reading) -> bool:
    return len(reading.cases) == len(CASES)


def _in_y(nominative: str) -> bool:
    """Whether it ends in -ы and not as Багирлы, Самедоглы, Тарлангызы do; Мирасадуллы is of
    Мирасадулла."""
    own = nominative.endswith(("лы", "гызы", "кызы")) and not nominative.endswith("ллы")
    return nominative.endswith("ы") and not own


def shown_case(given: Sequence[Reading], surname: str) -> tuple[str, ...]:
    """The case that the endings of an unknown name show: Йенсу Мюллеру, Магнусом Бруннером."""
    unknown = [reading for reading in given if reading.name is None]
    if len(unknown) < len(given) or not unknown:
        return ()
    for case, gender, endings in _SHOWN:
        declined = any(r.cases == (case,) and r.gender == gender for r in unknown)
        if declined and surname.endswith(endings):
            return (case,)
    return ()


def unknown_given(word: str) -> tuple[Reading, ...]:
    """The readings of a capitalised word as a given name, by its endings alone.

    A name in a consonant may be a woman's too (Солмаз), and then does not decline.
    """
    found = []
    for nominative in ru_names.possible_nominatives(word):
        genders: tuple[Gender, ...] = (
            ("femn", "masc") if nominative.endswith(("а", "я")) else ("masc", "femn")
        )
        for gender in genders:
            cases = ru_names.cases_of(ru_names.given(nominative, gender), word)
            if cases:
                found.append(Reading(nominative, gender, cases))
    return tuple(found)
