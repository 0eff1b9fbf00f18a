"""Expand the Russian of each concept into every surface form, once, and remember the result.

Matching surface forms beats matching lemmas (both were measured): it is faster, and it does not
take ``советом о безопасности`` for ``Совет Безопасности``. The price is the expansion, a few
milliseconds a term, so it is kept in a small SQLite file. A form's key is the term, its flags
and the version of these rules: an edited row is expanded again and the others are not.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from dragoman.glossary.fold import fold_term
from dragoman.glossary.load import Row
from dragoman.languages import ru_names
from dragoman.languages.ru_names import CASES, Gender, Paradigm

Kind = Literal["full", "abbreviation", "name", "surname"]
Number = Literal["sing", "plur", ""]

# Raise it when the rules here, in `fold` or in `languages.ru` and `ru_names` change.
RULES = 9
_ADJECTIVE = ("ский", "цкий")
_SINGULAR_TYPES = ("organisation", "place", "person")


class Form(NamedTuple):
    """A surface form: `folded` is sought, `exact` shows its capitals, cases likeliest first.

    A named tuple, because a base of thousands of terms makes tens of thousands at every start.
    """

    folded: str
    exact: str
    kind: Kind
    cases: tuple[str, ...]
    number: Number
    inside: bool = False  # a function word too: never at the beginning of a sentence


Forms = tuple[Form, ...]


def expand_all(rows: Iterable[Row], cache: Path | None) -> Iterator[tuple[Row, Forms]]:
    """Each row with its forms, from the cache where it has them.

    A cache that cannot be read or written costs time and nothing else.
    """
    rows = list(rows)
    store = _Store(cache)
    try:
        keys = [_key(row) for row in rows]
        known = store.get(keys)
        for row, key in zip(rows, keys, strict=True):
            forms = known.get(key)
            if forms is None:
                forms = expand(row)
                store.put(key, forms)
            yield row, forms
        store.save()
    finally:
        store.close()


def expand(row: Row) -> Forms:
    """The forms of one concept."""
    concept = row.concept
    if concept.type == "person":
        found = [form for full in concept.ru for form in _person_forms(full, gender_of(row))]
    else:
        found = [form for phrase in concept.ru for form in _phrase_forms(phrase, row)]
    for abbreviation in concept.ru_abbreviations:
        found += _abbreviation_forms(abbreviation, "declines" in row.match)
    return _merge(found)


def gender_of(row: Row) -> Gender:
    """A person's gender: the row's flag, else told by the endings of the name."""
    if "femn" in row.match or "masc" in row.match:
        return "femn" if "femn" in row.match else "masc"
    words = row.concept.ru[0].split()
    first, last = words[0], words[-1]
    if last.endswith(("ова", "ева", "ёва", "ина", "ская", "цкая")):
        return "femn"
    if last.endswith(("ов", "ев", "ёв", "ин", "ский", "цкий")):
        return "masc"
    return "femn" if first.endswith(("а", "я")) else "masc"


def _phrase_forms(phrase: str, row: Row) -> Iterator[Form]:
    from dragoman.languages import ru  # pymorphy3 only when the cache is cold

    if "fixed" in row.match:
        inside = " " not in phrase and ru.function_word(phrase)
        yield _form(phrase, "full", CASES, "")._replace(inside=inside)
        return
    if row.concept.type == "place" and " " not in phrase and phrase.endswith(_ADJECTIVE):
        yield from _adjective_forms(phrase)
        return
    locked = _number(phrase, row)
    head = row.head if row.head in phrase.split() else None
    for form in ru.phrase_forms(phrase, number=locked, head=head):
        made = _form(form.text, "full", (form.case,), form.number)
        if " " not in phrase and ru.function_word(form.text):
            if not phrase[0].isupper():
                continue  # «после» of посол
            made = made._replace(inside=True)
        yield made


def _adjective_forms(adjective: str) -> Iterator[Form]:
    """Шекинский in every gender, number and case: the district, its school, its officers.

    English and Azerbaijani put the place's bare name there, so the forms carry no case.
    """
    stem = adjective[:-2]
    endings = ("ий", "ого", "ому", "им", "ом", "ая", "ой", "ую", "ое", "ие", "их", "ими")
    for ending in endings:
        yield _form(stem + ending, "full", (), "")


def _number(phrase: str, row: Row) -> Literal["sing", "plur"] | None:
    """The number a term is locked to: an institution, a place, a named event is unique."""
    if "plural" in row.match:
        return "plur"
    unique = row.concept.type in _SINGULAR_TYPES or (
        row.concept.type == "event" and phrase[:1].isupper()
    )
    return "sing" if "singular" in row.match or (unique and "both" not in row.match) else None


def _person_forms(full: str, gender: Gender) -> Iterator[Form]:
    """Given name (and what follows it) and surname, in both orders, and the surname alone.

    Of two given names the first may stay as it is: Реджеп Тайипа Эрдогана.
    """
    *given_names, last = full.split()
    family = ru_names.surname(last, gender) if given_names else ru_names.given(last, gender)
    columns = [_given(name, gender) for name in given_names]
    for j, name in enumerate(given_names[:-1]):  # Молла Панаху and Молле Панаху are both written
        a, b, c, d, e, f = [tuple(dict.fromkeys((*cell, name))) for cell in columns[j]]
        columns[j] = (a, b, c, d, e, f)
    for i, case in enumerate(CASES):
        for surname in family[i]:
            for leading in _products([column[i] for column in columns]):
                yield _form(" ".join([*leading, surname]), "name", (case,), "sing")
                if leading:
                    yield _form(" ".join([surname, *leading]), "name", (case,), "sing")
            if given_names:
                yield _form(surname, "surname", (case,), "sing")
    if given_names:
        base = last[:-1] if gender == "femn" and last.endswith(("ова", "ева", "ина")) else last
        for case, cell in zip(CASES, ru_names.surname_plural(base), strict=True):
            if cell[0] != base:
                yield _form(cell[0], "surname", (case,), "plur")


def _given(name: str, gender: Gender) -> Paradigm:
    particle = name in ("оглы", "кызы", "бей", "паша") or not name[0].isupper()
    return ru_names.fixed(name) if particle or name.endswith(".") else ru_names.given(name, gender)


def _products(columns: list[tuple[str, ...]]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for column in columns:
        found = [[*head, word] for head in found for word in column]
    return found


def _abbreviation_forms(abbreviation: str, declines: bool) -> Iterator[Form]:
    yield _form(abbreviation, "abbreviation", CASES, "")
    if declines:  # МИДа, МИДу, МИДом, МИДе
        for ending, case in (("а", "gent"), ("у", "datv"), ("ом", "ablt"), ("е", "loct")):
            yield _form(abbreviation + ending, "abbreviation", (case,), "sing")


def _form(text: str, kind: Kind, cases: tuple[str, ...], number: Number) -> Form:
    folded, exact = fold_term(text)
    return Form(folded, exact, kind, cases, number)


def _merge(forms: Iterable[Form]) -> Forms:
    """One form a text: its cases joined in the order met, its number only where it is certain."""
    merged: dict[tuple[str, Kind], Form] = {}
    for form in forms:
        text = form.exact if form.kind == "abbreviation" else form.folded
        key = (text, form.kind)
        old = merged.get(key)
        if old is not None:
            cases = tuple(dict.fromkeys((*old.cases, *form.cases)))
            number: Number = old.number if old.number == form.number else ""
            form = Form(old.folded, old.exact, old.kind, cases, number, old.inside or form.inside)
        merged[key] = form
    return tuple(merged.values())


def _key(row: Row) -> str:
    concept = row.concept
    lists = (concept.ru, concept.ru_abbreviations, row.match)
    state = "\n".join((str(RULES), concept.type, *("|".join(texts) for texts in lists)))
    return hashlib.sha256(state.encode()).hexdigest()[:24]


class _Store:
    """The cache of forms: a table of (key, JSON). Any fault of the file makes it a no-op."""

    def __init__(self, path: Path | None) -> None:
        self._known: dict[str, str] = {}
        self._new: dict[str, str] = {}
        self._db: sqlite3.Connection | None = None
        if path is None:
            return
        with contextlib.suppress(sqlite3.Error, OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=5)
            self._db.execute("CREATE TABLE IF NOT EXISTS forms (key TEXT PRIMARY KEY, forms TEXT)")
            self._known = dict(self._db.execute("SELECT key, forms FROM forms"))

    def get(self, keys: Iterable[str]) -> dict[str, Forms]:
        """The forms of the keys that the cache knows, unpacked in one go."""
        known = [key for key in keys if key in self._known]
        try:
            unpacked = json.loads(f"[{','.join(self._known[key] for key in known)}]")
            return {
                key: tuple(Form(a, b, k, tuple(c), n, i) for a, b, k, c, n, i in forms)
                for key, forms in zip(known, unpacked, strict=True)
            }
        except (ValueError, TypeError):
            return {}  # a damaged row: everything is expanded again

    def put(self, key: str, forms: Forms) -> None:
        packed = [(f.folded, f.exact, f.kind, f.cases, f.number, f.inside) for f in forms]
        self._new[key] = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))

    def save(self) -> None:
        if self._db is None or not self._new:
            return
        with contextlib.suppress(sqlite3.Error), self._db:
            self._db.executemany("INSERT OR REPLACE INTO forms VALUES (?, ?)", self._new.items())

    def close(self) -> None:
        if self._db is not None:
            self._db.close()
