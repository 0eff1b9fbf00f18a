"""TBX (ISO 30042:2019), dialect TBX-Basic in its DCA style; and its predecessor of 2008 (martif).

A concept is an entry; Russian, English and Azerbaijani are its language sections; every wording is
a term with its administrative status: preferredTerm, admittedTerm, deprecatedTerm (forbidden).
The type of a concept is its subjectField; notes and source stand at the concept. What TBX has no
category for (`KEYS`) stands in notes of its own, ``policy: expand``, which other tools keep; the
policy is always told, and says that what is not told has its usual value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from dragoman.glossary.lint.cells import KINDS
from dragoman.glossary.load import FLAGS, POLICIES, STATUSES, Row
from dragoman.records import Concept

NAMESPACE = "urn:iso:std:iso:30042:ed-2"
KEYS = ("policy", "status", "ru_match", "az_kind")
USUAL = {"policy": "keep", "status": "approved", "ru_match": "", "az_kind": ""}
_STATUS = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
_HEAD = {
    3: (
        f'<tbx xmlns="{NAMESPACE}" type="TBX-Basic" style="dca" xml:lang="ru">\n'
        "  <tbxHeader>\n    <fileDesc>\n      <titleStmt>\n        <title>Term base</title>\n"
        "      </titleStmt>\n      <sourceDesc>\n        <p>Exported by Dragoman</p>\n"
        "      </sourceDesc>\n    </fileDesc>\n  </tbxHeader>\n  <text>\n    <body>\n"
    ),
    2: (
        '<martif type="TBX-Basic" xml:lang="ru">\n'
        "  <martifHeader>\n    <fileDesc>\n      <titleStmt>\n        <title>Term base</title>\n"
        "      </titleStmt>\n      <sourceDesc>\n        <p>Exported by Dragoman</p>\n"
        "      </sourceDesc>\n    </fileDesc>\n    <encodingDesc>\n"
        '      <p type="XCSURI">TBXBasicXCSV02.xcs</p>\n    </encodingDesc>\n'
        "  </martifHeader>\n  <text>\n    <body>\n"
    ),
}
_FOOT = {3: "    </body>\n  </text>\n</tbx>\n", 2: "    </body>\n  </text>\n</martif>\n"}
_NAMES = {3: ("conceptEntry", "langSec", "termSec"), 2: ("termEntry", "langSet", "tig")}


def tbx_text(rows: Sequence[Row], version: int = 3) -> str:
    """All rows as TBX-Basic, version 3 (2019, DCA) or 2 (2008, which more tools read)."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>\n', _HEAD[version]]
    for row in rows:
        parts += _concept(row, *_NAMES[version])
    return "".join([*parts, _FOOT[version]])


def _concept(row: Row, entry: str, section: str, group: str) -> Iterator[str]:
    concept = row.concept
    # An XML id may not begin with a digit.
    key = concept.id if concept.id[0].isalpha() else f"_{concept.id}"
    yield f"      <{entry} id={quoteattr(key)}>\n"
    yield f'        <descrip type="subjectField">{escape(concept.type)}</descrip>\n'
    if concept.source:
        yield f'        <admin type="source">{escape(concept.source)}</admin>\n'
    told = {
        "policy": concept.abbreviation_policy, "status": concept.status,
        "ru_match": " ".join(row.match), "az_kind": concept.az_kind,
    }  # fmt: skip
    for key in KEYS:
        # A note of a person's that looks like one of ours must not be the first of its kind.
        if key == "policy" or told[key] != USUAL[key] or concept.note.startswith(f"{key}: "):
            yield f"        <note>{key}: {escape(told[key])}</note>\n"
    if concept.note:
        yield f"        <note>{escape(concept.note)}</note>\n"
    for lang in ("ru", "en", "az"):
        yield f'        <{section} xml:lang="{lang}">\n'
        for text, status, short in _terms(concept, lang):
            kind = "abbreviation" if short else "fullForm"
            yield (
                f"          <{group}>\n            <term>{escape(text)}</term>\n"
                f'            <termNote type="termType">{kind}</termNote>\n'
                f'            <termNote type="administrativeStatus">{_STATUS[status]}</termNote>\n'
                f"          </{group}>\n"
            )
        yield f"        </{section}>\n"
    yield f"      </{entry}>\n"


def _terms(concept: Concept, lang: str) -> Iterator[tuple[str, str, bool]]:
    """(text, status, whether it is an abbreviation) of a language's terms."""
    if lang == "ru":
        yield from ((t, "admitted" if i else "preferred", False) for i, t in enumerate(concept.ru))
        yield from ((text, "admitted", True) for text in concept.ru_abbreviations)
        return
    wording = concept.wording(lang)
    yield wording.preferred, "preferred", False
    if wording.abbreviation:
        yield wording.abbreviation, "admitted", True
    yield from ((text, "admitted", False) for text in wording.admitted)
    yield from ((text, "forbidden", False) for text in wording.forbidden)


def told_by(notes: list[str]) -> tuple[dict[str, str], list[str]]:
    """What notes of ours tell by column, and the notes that people wrote."""
    told: dict[str, str] = {}
    kept: list[str] = []
    for note in notes:
        key, _, value = note.partition(":")
        value = value.strip()
        known = {"policy": POLICIES, "status": STATUSES, "az_kind": (*KINDS, "")}.get(key)
        sound = key in KEYS and (value in known if known else _flags(value))
        if sound and key not in told:
            told[key] = value
        else:
            kept.append(note)
    return told, kept


def _flags(text: str) -> bool:
    return all(flag in FLAGS or flag.startswith("head=") for flag in text.split())
