"""What a hit asks of the translation."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import cast

from dragoman.glossary import romanise
from dragoman.languages import accepted_forms, answering_forms, az, guess_kind
from dragoman.languages.text import Kind
from dragoman.records import Hit, Term, Wording

_INITIAL = re.compile(r"\b(Дж|[А-ЯЁ])\.")
_KINDS = ("plain", "possessive", "name", "abbreviation")


def wanted(hit: Hit, lang: str) -> Term:
    """The term that a hit asks for in `lang` ("en" or "az").

    The lemma is the base form for the engine: the abbreviation for an abbreviation (unless the
    concept's policy is to expand it), the surname for a surname alone, initials for initials.
    The forms are those of every accepted wording, fit to the Russian case and number first.
    """
    wording = hit.concept.wording(lang)
    phrases = _phrases(hit, wording, lang)
    case = hit.cases[0] if hit.cases else ""
    ordered: dict[str, None] = {}
    for phrase in phrases:
        kind = _kind(phrase, hit, lang)
        ordered.update(dict.fromkeys(
            _accepted(phrase, lang, kind, case, hit.number)
        ))  # fmt: skip
        if lang == "az" and " və " in phrase and kind == "plain":
            ordered.update(dict.fromkeys(_coordinated(phrase)))
    return Term(
        start=hit.start,
        stop=hit.stop,
        surface=hit.surface,
        lemma=phrases[0],
        forms=tuple(ordered),
        forbidden=_forbidden(hit, wording, lang),
        concept=hit.concept.id,
        guessed=hit.kind == "guessed" or not hit.concept.id,
        fitting=fitting(hit, lang),
    )


def fitting(hit: Hit, lang: str) -> tuple[str, ...]:
    """Those of the forms of `wanted` that answer the Russian case and number of the hit; all
    where the Russian form tells none."""
    found: dict[str, None] = {}
    for phrase in _phrases(hit, hit.concept.wording(lang), lang):
        kind = _kind(phrase, hit, lang)
        for case in hit.cases or ("",):
            found.update(dict.fromkeys(answering_forms(phrase, lang, kind, case, hit.number)))
    return tuple(found)


_fields = attrgetter(*(field.name for field in fields(Term)))


def terms_fingerprint(terms: Iterable[Term]) -> str:
    """Names what the term base asks of one sentence: the part of a draft's key that is its own.

    A change of the base that leaves a sentence's terms as they were leaves this as it was.
    """
    state = [_fields(term) for term in terms]
    return hashlib.sha256(json.dumps(state, ensure_ascii=False).encode()).hexdigest()[:16]


def _phrases(hit: Hit, wording: Wording, lang: str) -> tuple[str, ...]:
    """The accepted base forms, the preferred one first."""
    everything = (wording.preferred, *wording.admitted)
    if hit.concept.type == "person":
        return tuple(dict.fromkeys(p for full in everything for p in _person(hit, full, lang)))
    if hit.kind == "abbreviation" and wording.abbreviation:
        policy = hit.concept.abbreviation_policy
        if policy == "expand":
            return (*everything, wording.abbreviation)
        return (wording.abbreviation, *(everything if policy == "either" else wording.admitted))
    return everything


def _person(hit: Hit, full: str, lang: str) -> tuple[str, ...]:
    words = full.split()
    if hit.kind == "surname":
        family = words[-1]
        if hit.number == "plur" and family.endswith(("ova", "eva", "ina")):
            family = family[:-1]  # the family goes by the man's form: Алиевы, Əliyevlər
        return (family,)
    initials = _INITIAL.findall(hit.surface)
    if hit.kind != "name" or not initials or len(words) < 2:
        return (full, full.replace(". ", ".")) if "." in full else (full,)
    known = [
        _first_letter(word, initials[i] if i < len(initials) else "", lang) + "."
        for i, word in enumerate(words[:-1])
    ]
    lead = [
        known[i] if i < len(known) else romanise.initial(letter, lang) + "."
        for i, letter in enumerate(initials)
    ]
    family = words[-1]
    spaced, tight = " ".join([*lead, family]), "".join([*lead, family])
    together = "".join(lead) + " " + family
    return (spaced, together, tight, f"{family} {' '.join(lead)}")


def _first_letter(word: str, russian: str, lang: str) -> str:
    """What a name begins with, as its Russian initial counts letters: Sh. for Shahin, Ш."""
    letter = romanise.initial(russian, lang) if russian else ""
    return letter if len(letter) > 1 and word.startswith(letter) else word[0]


def _kind(phrase: str, hit: Hit, lang: str) -> Kind | None:
    concept = hit.concept
    if concept.type == "person":
        return "plain" if hit.number == "plur" and lang == "en" else "name"
    if lang == "az" and concept.az_kind in _KINDS and phrase == concept.az.preferred:
        return cast(Kind, concept.az_kind)
    return guess_kind(phrase, lang, concept.type)


@lru_cache(maxsize=8192)
def _accepted(phrase: str, lang: str, kind: Kind | None, case: str, number: str) -> tuple[str, ...]:
    """The accepted forms of a phrase. An official name is "ours" at times and never "yours":
    «Mərkəzin» is no form of «Heydər Əliyev Mərkəzi» but a mistake for «Mərkəzinin»."""
    found = accepted_forms(phrase, lang, kind, russian_case=case, number=number)
    if lang != "az" or not phrase[:1].isupper():
        return found
    forms = az.forms(phrase, kind)
    right = {form.text for form in forms if form.possessive in ("", "3", "1pl")}
    return tuple(form for form in found if form in right)


def _coordinated(phrase: str) -> tuple[str, ...]:
    """Both sides of «və» in one case: əcnəbilərə və vətəndaşlığı olmayan şəxslərə.

    An ordinary form inflects the last word only (əcnəbilər və … şəxslərə); both are right.
    """
    first, joined, second = phrase.partition(" və ")
    if not joined or guess_kind(second, "az") != "plain":
        return ()
    left: dict[tuple[object, ...], str] = {}
    for form in az.forms(first):
        left.setdefault((form.case, form.plural, form.possessive, form.clitic), form.text)
    found = (
        (left.get((form.case, form.plural, form.possessive, form.clitic)), form.text)
        for form in az.forms(second)
    )
    return tuple(f"{one} və {other}" for one, other in found if one is not None)


def _forbidden(hit: Hit, wording: Wording, lang: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for phrase in wording.forbidden:
        kind = guess_kind(phrase, lang, hit.concept.type)
        found.update(dict.fromkeys(accepted_forms(phrase, lang, kind)))
    return tuple(found)
