"""Several people of one surname as one concept."""

from __future__ import annotations

from collections.abc import Sequence

from dragoman.glossary.guess import Person
from dragoman.languages.az_letters import harmonise
from dragoman.records import Concept, Wording


def joined(members: Sequence[Person], ru: str) -> Concept:
    """Ramiz and Leyla Aliyev, Ramiz və Leyla Əliyevlər; each with a surname is right as well."""
    wordings = []
    for lang, joint in (("en", " and "), ("az", " və ")):
        full = [person.concept.wording(lang).preferred for person in members]
        family = _family(members, lang)
        given = listed([name.rpartition(" ")[0] for name in full], joint)
        several = family + harmonise("lAr", family) if lang == "az" else family
        admitted = (listed(full, joint), f"{given} {family}")
        wordings.append(Wording(f"{given} {several}", admitted=tuple(dict.fromkeys(admitted))))
    return Concept(
        id="", type="person", ru=(ru,), ru_abbreviations=(), en=wordings[0], az=wordings[1],
        status="proposed", note="several people of one surname", az_kind="name",
    )  # fmt: skip


def several(concept: Concept) -> bool:
    """Whether a guessed concept is several people, and so no row for the term base."""
    return not concept.id and " и " in concept.ru[0]


def _family(members: Sequence[Person], lang: str) -> str:
    """The surname of all: a man's form, if there is a man among them or it has but one."""
    first = next((p for p in members if p.gender == "masc"), members[0])
    return first.concept.wording(lang).preferred.rpartition(" ")[2]


def listed(parts: Sequence[str], joint: str) -> str:
    return joint.join((", ".join(parts[:-1]), parts[-1]))
