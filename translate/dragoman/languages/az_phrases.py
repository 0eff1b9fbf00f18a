"""Azerbaijani phrases: the endings of a whole term.

A phrase inflects on its last word only. Where that word cannot change, because it is an
abbreviation or stands in quotation marks, the ending follows it: after a hyphen
(``BMT-nin``), after the closing mark (``“ASAN xidmət”in``). A term that ends in another name
for itself in brackets inflects on both: ``müvəkkilin (Ombudsmanın)``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dragoman.languages.az_kinds import guess_kind, readings_of
from dragoman.languages.az_nouns import word_forms, word_stem
from dragoman.languages.text import Case, Form, Kind, Person

_BRACKETED = re.compile(r"(?P<outer>.*\S)\s+\((?P<inner>[^()]*\w[^()]*)\)")
_QUOTED = re.compile(r"(?P<inside>.*\w)(?P<mark>[”»\"“])")


def inflect(
    phrase: str,
    case: Case = "nom",
    *,
    plural: bool = False,
    possessive: bool | Person = False,
    kind: Kind | None = None,
) -> str:
    """`phrase` (nominative) in the wanted form; only its last word changes.

    `possessive` adds a possessor: True or "3" the third person, else "1sg", "2sg", "1pl",
    "2pl". A phrase of kind "possessive" has its third person already, and keeps it.
    `kind` None means `guess_kind(phrase)`.

    >>> inflect("Dövlət Miqrasiya Xidməti", "dat"), inflect("Bakı", "dat"), inflect("BMqT", "gen")
    ('Dövlət Miqrasiya Xidmətinə', 'Bakıya', 'BMqT-nin')
    """
    person: Person = "3" if possessive is True else (possessive or "")
    bracketed = _BRACKETED.fullmatch(phrase)
    if bracketed:
        bare: Case = "nom" if case == "ins" else case  # one ilə, after the bracket
        outer, inner = (
            inflect(part, bare, plural=plural, possessive=person) for part in bracketed.groups()
        )
        if guess_kind(bracketed["inner"]) == "abbreviation":
            inner = bracketed["inner"]
        return f"{outer} ({inner})" + (" ilə" if case == "ins" else "")
    kind = kind or guess_kind(phrase)
    host, joint = _host(phrase, kind)
    if host:
        form = word_stem(host[0], "name", plural=plural, person=person).case(case)
        return phrase + _join(joint, form[len(host[0]) :])
    head, last = _split(phrase)
    return head + word_stem(last, kind, plural=plural, person=person).case(case)


@lru_cache(maxsize=2048)
def forms(phrase: str, kind: Kind | None = None) -> tuple[Form, ...]:
    """Every accepted surface form of `phrase` with its analysis, the base form first.

    Six cases and ``ilə`` (also written together), both numbers, six possessors or none; with
    the copula (-dır), the relative (-dakı) and "until" (-dək).
    """
    bracketed = _BRACKETED.fullmatch(phrase)
    if bracketed:
        return tuple(dict.fromkeys(_bracketed_forms(phrase, bracketed, kind)))
    kind = kind or guess_kind(phrase)
    hosts, joint = _host(phrase, kind)
    found: list[Form] = []
    for host in hosts:
        for form in word_forms(host, "name"):
            found.append(form.with_text(phrase + _join(joint, form.text[len(host) :])))
    if not hosts:
        head, last = _split(phrase)
        found = [form.with_text(head + form.text) for form in word_forms(last, kind)]
    return tuple(dict.fromkeys(found))


def _bracketed_forms(phrase: str, match: re.Match[str], kind: Kind | None) -> Iterator[Form]:
    outer, inner = match["outer"], match["inner"]
    by_reading: dict[Form, str] = {}
    if guess_kind(inner) != "abbreviation":
        by_reading = {form.with_text(""): form.text for form in reversed(forms(inner))}
    for form in forms(outer, kind):
        if form.text.endswith(" ilə"):
            yield form.with_text(f"{form.text[:-4]} ({inner}) ilə")
            continue
        yield form.with_text(f"{form.text} ({by_reading.get(form.with_text(''), inner)})")
        yield form.with_text(f"{form.text} ({inner})")


def _host(phrase: str, kind: Kind) -> tuple[tuple[str, ...], str]:
    """What the ending of a last word that cannot change agrees with, and what joins the two."""
    if kind == "abbreviation":
        return readings_of(phrase), "-"
    quoted = _QUOTED.fullmatch(phrase)
    return ((_split(quoted["inside"])[1],), "") if quoted else ((), "")


def _join(joint: str, ending: str) -> str:
    return joint + ending if ending and not ending.startswith(" ") else ending


def _split(phrase: str) -> tuple[str, str]:
    """The frozen words of a phrase with their space, and the last word."""
    head, space, last = phrase.rpartition(" ")
    return head + space, last
