"""Titles composed with the short names of organisations: начальник ГМС, глава МВД.

The term base says «начальник Государственной Миграционной Службы» and that this service is ГМС
for short; that makes «начальник ГМС». And whoever is the министр, начальник or председатель is
called глава and руководитель in the press, also of the organisation's full name, and his deputy
замглавы. What the base says itself is never made anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from dragoman.glossary.expand import Form, Forms, Number
from dragoman.glossary.load import Row
from dragoman.languages import az
from dragoman.languages.ru_names import CASES
from dragoman.records import Concept, Wording

_HEADS = ("министр", "начальник", "председатель", "генеральный директор")
_MINISTER = re.compile("(министр|заместитель министра|замминистра) (.+)")
_DEPUTY_OF = ("министра", "начальника", "председателя", "генерального директора")
_DEPUTIES = ("заместитель ", "зам")
_HARD_ENDS = "бвгджзклмнпрстфхцчшщ"
_Called = tuple[tuple[str, tuple[str, ...], Number], ...]
# «глава МВД» in every case and number, and what the press makes of a deputy.
_CHIEF: _Called = (
    ("глава", ("nomn",), "sing"), ("главы", ("gent", "nomn"), ""), ("главу", ("accs",), "sing"),
    ("главе", ("datv", "loct"), "sing"), ("главой", ("ablt",), "sing"),
    ("глав", ("gent", "accs"), "plur"), ("главам", ("datv",), "plur"),
    ("главами", ("ablt",), "plur"), ("главах", ("loct",), "plur"),
    ("руководитель", ("nomn",), "sing"), ("руководителя", ("gent", "accs"), "sing"),
    ("руководителю", ("datv",), "sing"), ("руководителем", ("ablt",), "sing"),
    ("руководителе", ("loct",), "sing"), ("руководители", ("nomn",), "plur"),
    ("руководителей", ("gent", "accs"), "plur"), ("руководителям", ("datv",), "plur"),
    ("руководителями", ("ablt",), "plur"), ("руководителях", ("loct",), "plur"),
)  # fmt: skip
_DEPUTY: _Called = (
    ("заместитель главы", ("nomn",), "sing"), ("заместителя главы", ("gent", "accs"), "sing"),
    ("заместителю главы", ("datv",), "sing"), ("заместителем главы", ("ablt",), "sing"),
    ("заместителе главы", ("loct",), "sing"), ("заместители главы", ("nomn",), "plur"),
    ("заместителей главы", ("gent", "accs"), "plur"),
    ("заместителям главы", ("datv",), "plur"), ("заместителями главы", ("ablt",), "plur"),
    ("замглавы", CASES, ""),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Organisation:
    """An organisation as it stands inside titles: its genitives, full and short."""

    concept: Concept
    full: str
    short: tuple[str, ...]  # other names, in the genitive: Минобороны
    abbreviations: tuple[str, ...]


def composed(entries: Sequence[tuple[Row, Forms]]) -> Iterator[tuple[Row, Forms]]:
    """Further forms of the titles among `entries`, with short names in place of full ones.

    Each comes with its title's row, whose wordings then admit the short name too (or prefer it,
    by the organisation's policy).
    """
    organisations = {o.full: o for row, forms in entries for o in _organisation(row, forms)}
    taken = {form.folded for row, forms in entries if row.concept.type == "title" for form in forms}
    for row, forms in entries:
        if row.concept.type == "title":
            for made, said in _of_title(row, forms, organisations):
                fresh = tuple(form for form in made if form.folded not in taken)
                taken.update(form.folded for form in fresh)
                if fresh:
                    yield said, fresh


def _organisation(row: Row, forms: Forms) -> Iterator[_Organisation]:
    """The organisation by each of its full names: one row, several genitives."""
    concept = row.concept
    if concept.type != "organisation":
        return
    # начальники региональных управлений are heads of several: another phrase in both languages.
    genitives = [form for form in forms if "gent" in form.cases and form.number != "plur"]
    full = [form for form in genitives if form.kind == "full" and " " in form.folded]
    words = tuple(f.exact for f in genitives if f.kind == "full" and " " not in f.exact)
    abbreviations = tuple(
        made for f in genitives if f.kind == "abbreviation" for made in _genitives(f.exact)
    )
    for form in full:
        short = (*words, *(other.exact for other in full if other is not form))
        yield _Organisation(concept, form.folded, short, abbreviations)


def _genitives(abbreviation: str) -> Iterator[str]:
    yield abbreviation
    if abbreviation.isupper() and abbreviation[-1].lower() in _HARD_ENDS:
        yield from (abbreviation + "а", abbreviation + "-а")


def _of_title(
    row: Row, forms: Forms, organisations: dict[str, _Organisation]
) -> Iterator[tuple[Forms, Row]]:
    for phrase in row.concept.ru:
        folded = phrase.replace("ё", "е").lower()
        minister = _MINISTER.fullmatch(folded)
        if minister:
            organisation = organisations.get(f"министерства {minister[2]}")
            head = minister[1]
        else:
            cuts = ((h, organisations.get(rest)) for h, rest in _cuts(folded))
            head, organisation = next(((h, o) for h, o in cuts if o), ("", None))
        if organisation is None:
            continue
        strict = replace(row, match=(*row.match, "case"))
        for names, said in (
            (organisation.abbreviations, _said(strict, organisation)), (organisation.short, strict),
        ):  # fmt: skip
            yield tuple(_shortened(forms, organisation.full, names)), said
            yield tuple(_called(head, names)), said
        yield tuple(_called(head, (organisation.full,))), row


def _cuts(phrase: str) -> Iterator[tuple[str, str]]:
    """A title cut in two at each space, the longest ending first."""
    at = phrase.find(" ")
    while at > 0:
        yield phrase[:at], phrase[at + 1 :]
        at = phrase.find(" ", at + 1)


def _shortened(forms: Forms, full: str, names: Sequence[str]) -> Iterator[Form]:
    """The title's own forms with a short genitive in place of the `full` one."""
    for form in forms:
        lead = form.folded.removesuffix(full)
        if form.kind == "full" and lead != form.folded:
            for short in names:
                yield form._replace(folded=lead + short.lower(), exact=lead + short)


def _called(head: str, names: Iterable[str]) -> Iterator[Form]:
    """глава, руководитель and their deputies, for a title whose first words are `head`."""
    deputy = next((head[len(d) :] for d in _DEPUTIES if head.startswith(d)), "")
    called = _CHIEF if head in _HEADS else _DEPUTY if deputy in _DEPUTY_OF else ()
    for name in names if called else ():
        for text, cases, number in called:
            exact = f"{text} {name}"
            yield Form(exact.lower(), exact, "full", cases, number)


def _said(row: Row, organisation: _Organisation) -> Row:
    """The title's row with wordings that use the abbreviations of the two languages."""
    title, short = row.concept, organisation.concept
    en = _with(title.en, _english(title.en, short.en), short.abbreviation_policy)
    azeri = _with(title.az, _azerbaijani(title.az, short.az), short.abbreviation_policy)
    return replace(row, concept=replace(title, en=en, az=azeri))


def _with(wording: Wording, made: tuple[str, ...], policy: str) -> Wording:
    if not made:
        return wording
    if policy == "keep":
        admitted = (*made[1:], wording.preferred, *wording.admitted)
        return replace(wording, preferred=made[0], admitted=admitted)
    return replace(wording, admitted=(*wording.admitted, *made))


def _english(title: Wording, short: Wording) -> tuple[str, ...]:
    """Chief of the SMS, with and without the article."""
    if not short.abbreviation or short.preferred not in title.preferred:
        return ()
    made = title.preferred.replace(short.preferred, short.abbreviation)
    return tuple(
        dict.fromkeys((made, made.replace(f"the {short.abbreviation}", short.abbreviation)))
    )


def _azerbaijani(title: Wording, short: Wording) -> tuple[str, ...]:
    """DMX-nin rəisi; the full name stands in the genitive."""
    if not short.abbreviation or not title.preferred.startswith(short.preferred):
        return ()
    behind = title.preferred[len(short.preferred) :]
    ending, _, rest = behind.partition(" ")
    if not rest or not ending:
        return ()
    genitive = next(
        (f.text for f in az.forms(short.abbreviation, "abbreviation") if f.case == "gen"
         and not f.plural and not f.possessive and not f.clitic), "",
    )  # fmt: skip
    return (f"{genitive} {rest}",) if genitive else ()
