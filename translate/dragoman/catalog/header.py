"""The header of a catalog: complete from the start, and a reviewer's fields left alone.

Dates. The same input must give the same bytes, on any day and any machine. What the machine alone
has made, templates and catalogs that nobody has touched, therefore carries FIRST_DATE and not the
clock. Once a person has worked on a catalog, PO-Revision-Date moves whenever a translation, a mark
or a comment changes.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from dragoman.catalog.model import Catalog
from dragoman.records import Entry

FIRST_DATE = "2000-01-01 00:00+0000"
PLURAL_FORMS = "nplurals=2; plural=(n != 1);"  # right for English and for Azerbaijani
SOURCE_LANGUAGE = "ru"  # also what a template says it is in: msgfmt wants the field filled
_TEAMS = {"en": "English", "az": "Azerbaijani", "ru": "none (template)"}
_FIXED = {  # what Dragoman reads and writes is not a matter of taste
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}


def new_catalog(release: str, lang: str) -> Catalog:
    """An empty catalog for the release called `release` into `lang` (en, az)."""
    team = _TEAMS.get(lang, lang)
    comment = (
        f"{team} translation of the Russian press release {release}.\n"
        "An entry marked fuzzy is a machine draft: read it, correct it, clear the mark."
    )
    return completed(Catalog(comment=comment), release, lang)


def new_template(release: str, entries: tuple[Entry, ...], old: Catalog | None = None) -> Catalog:
    """The template (.pot) of a release: its `entries` with nothing translated.

    `old` is the template as it stands, from which the header is kept.
    """
    comment = f"Template for translations of the Russian press release {release}."
    bare = tuple(replace(entry, msgstr="", fuzzy=False) for entry in entries)
    header = old.header if old else ()
    return completed(Catalog(header, comment, bare), release, SOURCE_LANGUAGE)


def completed(catalog: Catalog, release: str, lang: str) -> Catalog:
    """`catalog` with every header field that is missing or still a placeholder filled in.

    Fields that people and their tools set (Last-Translator, X-Poedit-…) keep value and place.
    """
    wanted = {
        "Project-Id-Version": release,
        "Report-Msgid-Bugs-To": "the editors of the release",
        "POT-Creation-Date": FIRST_DATE,
        "PO-Revision-Date": FIRST_DATE,
        "Last-Translator": "Dragoman (machine drafts)",
        "Language-Team": _TEAMS.get(lang, lang),
        "Language": lang,
        **_FIXED,
        "Plural-Forms": PLURAL_FORMS,
        "X-Generator": "Dragoman",
        "X-Source-Language": SOURCE_LANGUAGE,
    }
    fields: dict[str, str] = {}
    for name, value in catalog.header:
        fields.setdefault(_standard(name, wanted), value)
    for name, value in wanted.items():
        if name in _FIXED or _is_wrong(name, fields.get(name, ""), lang):
            fields[name] = value
    return replace(catalog, header=tuple(fields.items()))


def dated(old: Catalog | None, new: Catalog, now: datetime | None = None) -> Catalog:
    """`new` with the PO-Revision-Date it should bear, given `old`, the catalog it replaces.

    `now` must be aware; without it the clock is read where the date has to move.
    """
    if old is None or _untouched(new) or _content(old) == _content(new):
        return new
    stamp = (now or datetime.now(UTC)).astimezone(UTC).strftime("%Y-%m-%d %H:%M+0000")
    fields = {**dict(new.header), "PO-Revision-Date": stamp}
    return replace(new, header=tuple(fields.items()))


def _untouched(catalog: Catalog) -> bool:
    """Whether nothing shows the hand of a person, nor any history."""
    return not any(
        entry.comment
        or entry.obsolete
        or entry.previous_msgid
        or (entry.msgstr and not entry.fuzzy)
        for entry in catalog.entries
    )


def _standard(name: str, wanted: dict[str, str]) -> str:
    return next((known for known in wanted if known.lower() == name.lower()), name)


def _is_wrong(name: str, value: str, lang: str) -> bool:
    """Whether a field is missing, a placeholder of msginit, or contradicts the catalog."""
    if name == "Language":
        return value.replace("-", "_").split("_")[0].split("@")[0].lower() != lang
    if name == "Plural-Forms":
        return "nplurals=2" not in value.replace(" ", "")
    return not value or any(
        sign in value for sign in ("YEAR-MO-DA", "FULL NAME <", "LANGUAGE <LL", "PACKAGE VERSION")
    )


def _content(catalog: Catalog) -> list[Entry]:
    return [replace(entry, references=(), extracted=()) for entry in catalog.entries]
