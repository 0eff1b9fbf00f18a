"""Read a Russian name that the term base lacks, and spell it in English and Azerbaijani."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dragoman.glossary import romanise
from dragoman.glossary.lexicon import NameLexicon, Reading, azerbaijani_shaped
from dragoman.glossary.spelling import Spelling, spell
from dragoman.languages import ru_names
from dragoman.languages.ru_names import CASES, Gender
from dragoman.records import Concept, Wording

# Full names read for certain elsewhere in the document ("Эльчин Набизаде", "Э Набизаде"), with
# the initial in English and Azerbaijani.
Known = Mapping[str, tuple[str, str]]
_NOBODY: Known = {}
_ORDER = ("lexicon", "skeleton", "rules").index
_PARTICLES = {
    "оглы": Spelling("oghlu", "oğlu", "lexicon"), "оглу": Spelling("oghlu", "oğlu", "lexicon"),
    "кызы": Spelling("gizi", "qızı", "lexicon"), "бек": Spelling("bey", "bəy", "lexicon"),
    "бей": Spelling("bey", "bəy", "lexicon"), "паша": Spelling("pasha", "paşa", "lexicon"),
    "ханым": Spelling("khanim", "xanım", "lexicon"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """A guessed person: the concept made for it, its surname and the cases it stands in."""

    concept: Concept
    surname: str
    gender: Gender
    cases: tuple[str, ...]
    certain: bool = False  # the form allows one reading only


def surname_only(names: NameLexicon, word: str, gender: Gender, context: Sequence[str]) -> Person:
    """A person from a surname after ``господин`` or ``госпожа``, which give gender and case."""
    readings = names.surname(word, (gender,)) or names.surname(word)
    family = next((r for r in readings if set(r.cases) & set(context)), readings[0])
    foreign = not (family.name or azerbaijani_shaped(family.nominative))
    spelled = spell(names, family.nominative, "surname", family.gender, foreign=foreign)
    cases = tuple(case for case in family.cases if case in context) or family.cases
    return Person(_concept([family.nominative], [spelled]), family.nominative, family.gender, cases)


def in_full(
    names: NameLexicon, given: Sequence[Reading], middle: Sequence[str], surname: str,
    context: Sequence[str], known: Known = _NOBODY,
) -> Person | None:  # fmt: skip
    """A person from the readings of the given name, the words between, and the surname's form.

    The given name and the surname must agree in case and gender; of several readings the one
    that fits `context`, the cases of the title before the name, is taken, then the one that is
    `known` from the rest of the document (``Эльчин Набизаде``), then the lexicon's.
    """
    agreed = _agree(names, given, surname, context, known)
    if agreed is None:
        return None
    name, family, cases = agreed
    native = _is_native(name, family)
    parts = [spell(names, name.nominative, "given", name.gender, foreign=not native)]
    ru = [name.nominative]
    for word in middle:
        base = _nominative(word, name.gender, cases)
        ru.append(base)
        parts.append(_PARTICLES.get(word) or spell(
            names, base, "given", name.gender, foreign=not native
        ))  # fmt: skip
    ru.append(family.nominative)
    parts.append(spell(names, family.nominative, "surname", name.gender, foreign=not native))
    concept = _concept(ru, parts)
    certain = len({reading.nominative for reading in given}) == 1
    return Person(concept, family.nominative, name.gender, cases, certain=certain)


def with_initials(
    names: NameLexicon, initials: Sequence[str], surname: str, context: Sequence[str],
    known: Known = _NOBODY,
) -> Person:  # fmt: skip
    """A person from initials (``В.``) and the surname's form; the gender is the likelier one."""
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
    spelled = spell(names, family.nominative, "surname", family.gender, foreign=foreign)
    lead = [_initial(x, family.gender, foreign=foreign) for x in initials]
    named = known.get(f"{initials[0][:-1]} {family.nominative}")
    if named:
        lead[0] = Spelling(named[0] + ".", named[1] + ".", "lexicon")
    concept = _concept([*initials, family.nominative], [*lead, spelled])
    return Person(concept, family.nominative, family.gender, family.cases)


def _initial(initial: str, gender: Gender, *, foreign: bool) -> Spelling:
    """Г. is most often Гасан or Гусейн for a man, Гюнель for a woman."""
    letter = initial[:-1]
    if letter == "Г" and not foreign:
        return Spelling("H.", "H.", "rules") if gender == "masc" else Spelling("G.", "G.", "rules")
    en, az = romanise.initial(letter, "en"), romanise.initial(letter, "az")
    return Spelling(en + ".", az + ".", "rules")


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


def _agree(
    names: NameLexicon, given: Sequence[Reading], surname: str, context: Sequence[str],
    known: Known,
) -> tuple[Reading, Reading, tuple[str, ...]] | None:  # fmt: skip
    best: tuple[tuple[int, ...], Reading, Reading, tuple[str, ...]] | None = None
    for name in given:
        for order, family in enumerate(names.surname(surname, (name.gender,))):
            cases = tuple(case for case in CASES if case in name.cases and case in family.cases)
            if not cases:
                continue
            fitting = tuple(case for case in cases if case in context)
            rank = (
                int(bool(context) and not fitting),
                int(f"{name.nominative} {family.nominative}" not in known),
                int(name.name is None),
                int(family.name is None),
                int("nomn" not in cases and not context),
                order,
            )
            if best is None or rank < best[0]:
                best = (rank, name, family, fitting or cases)
    return best[1:] if best else None


def _is_native(name: Reading, family: Reading) -> bool:
    """Whether to spell the name as an Azerbaijani one: its surname says, then its given name."""
    if family.name is not None:
        return family.name.origin == "az"
    if azerbaijani_shaped(family.nominative):
        return True
    russified = family.nominative.endswith(("ов", "ев", "ин", "ова", "ева", "ина"))
    return russified and name.name is not None and name.name.origin == "az"


def _nominative(word: str, gender: Gender, cases: Sequence[str]) -> str:
    """The nominative of a middle name that stands in one of `cases`."""
    if word in _PARTICLES:
        return word
    options = [
        nominative
        for nominative in ru_names.possible_nominatives(word)
        if set(cases) & set(ru_names.cases_of(ru_names.given(nominative, gender), word))
        and (gender == "femn") == nominative.endswith(("а", "я"))
    ]
    return options[0] if options else word


def _concept(ru: Iterable[str], parts: Sequence[Spelling]) -> Concept:
    how = max((p.how for p in parts), key=_ORDER)
    en, az = " ".join(p.en for p in parts), " ".join(p.az for p in parts)
    return Concept(
        id="", type="person", ru=(" ".join(ru),), ru_abbreviations=(),
        en=Wording(en, admitted=romanise.variants(en)), az=Wording(az, admitted=_az_variants(az)),
        status="proposed", note=f"spelled by {how}", az_kind="name",
    )  # fmt: skip


def _az_variants(az: str) -> tuple[str, ...]:
    """Other initials that Russian Г. may stand for."""
    if az[:2] not in ("H.", "G.", "Q."):
        return ()
    return tuple(letter + az[1:] for letter in "HGQ" if letter != az[0])
