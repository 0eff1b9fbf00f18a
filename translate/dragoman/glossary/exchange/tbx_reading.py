"""Read TBX of any dialect and style: 2019 (DCA, DCT) and 2008 (martif), entry by entry.

The file is untrusted: no entity is expanded and nothing outside it is opened (defusedxml). A file
that breaks off is refused as a whole. Memory holds one entry at a time and the rows.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from dragoman.errors import GlossaryError
from dragoman.glossary.exchange.reading import LANGS, Reading, fault_of_cell, read_bytes, tidy
from dragoman.glossary.exchange.tbx import USUAL, told_by
from dragoman.glossary.incoming import Incoming
from dragoman.glossary.load import TYPES

_ENTRY = ("conceptEntry", "termEntry")
_SECTION = ("langSec", "langSet")
_GROUP = ("termSec", "tig", "ntig")
_SHORT = ("abbreviation", "acronym", "initialism")
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass
class _Term:
    text: str = ""
    status: str = ""
    kind: str = ""


@dataclass
class _Entry:
    """A concept while it is being read."""

    id: str
    line: int
    subject: str = ""
    source: str = ""
    notes: list[str] = field(default_factory=list)
    terms: dict[str, list[_Term]] = field(default_factory=dict)


class _Target:
    """What the parser tells of: start, data, end. Rows go to `reading`."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.parser: Any = None
        self.root = ""
        self.entries = 0
        self.others: Counter[str] = Counter()
        self._entry: _Entry | None = None
        self._lang = ""
        self._term: _Term | None = None
        self._text: list[str] = []
        self._path: list[tuple[str, str]] = []  # (name, type attribute) of the open elements

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = tag.rsplit("}", 1)[-1]
        self.root = self.root or name
        self._path.append((name, attributes.get("type", "")))
        if name in _ENTRY:
            line = self.parser.parser.CurrentLineNumber
            self._entry = _Entry(attributes.get("id", "").removeprefix("_"), line)
            self.entries += 1
        elif name in _SECTION:
            told = attributes.get(_XML_LANG) or attributes.get("lang") or ""
            self._lang = told.replace("_", "-").lower()
        elif name in _GROUP:
            self._term = _Term()
        if name not in ("hi", "foreign", "sc", "ec", "ph", "bpt", "ept", "it"):
            self._text = []  # inline marks inside a term are dropped, their text is kept

    def data(self, text: str) -> None:
        self._text.append(text)

    def end(self, tag: str) -> None:
        name, kind = self._path.pop()
        text = " ".join(tidy("".join(self._text)).split())
        if self._entry is None or name in ("hi", "foreign", "sc", "ec", "ph", "bpt", "ept", "it"):
            return
        if name == "term" and self._term is not None:
            self._term.text = text
        elif "administrativeStatus" in (name, kind) and self._term is not None:
            self._term.status = text
        elif "termType" in (name, kind) and self._term is not None:
            self._term.kind = text
        elif "subjectField" in (name, kind):
            self._entry.subject = text
        elif "source" in (name, kind) and self._term is None and name in ("source", "admin"):
            self._entry.source = text
        elif name == "note" or "definition" in (name, kind):
            self._entry.notes += [text] if text else []
        elif name in _GROUP and self._term is not None:
            self._entry.terms.setdefault(self._lang, []).append(self._term)
            self._term = None
        elif name in _ENTRY:
            self._finish(self._entry)
            self._entry = None

    def close(self) -> None:
        """Nothing is left to do."""

    def _finish(self, entry: _Entry) -> None:
        by_lang: dict[str, list[_Term]] = {}
        for told, terms in entry.terms.items():
            lang = told.split("-")[0]
            if lang not in ("ru", *LANGS):
                self.others[told or "(none)"] += len(terms)
            elif told.startswith("az-cyrl") or told.startswith("az-arab"):
                self.reading.fault(
                    entry.line, f"«{told}»: Azerbaijani is wanted in Latin letters",
                    "delete that language section",
                )  # fmt: skip
            else:
                by_lang.setdefault(lang, []).extend(t for t in terms if t.text)
        if not by_lang.get("ru"):
            self.reading.fault(
                entry.line, f"the entry {entry.id or '(no id)'} has no Russian term",
                'add a section with xml:lang="ru"', "ru",
            )  # fmt: skip
            return
        for terms in by_lang.values():
            for term in terms:
                wrong = fault_of_cell(term.text)
                if wrong:
                    self.reading.fault(entry.line, f"“{term.text}”: {wrong[0]}", wrong[1])
        cells = _cells(entry, by_lang)
        self.reading.rows.append(Incoming(cells, str(self.reading.path), entry.line))


def read_tbx(path: Path) -> Reading:
    """The concepts of a TBX file.

    Raises GlossaryError, with the line, for a file that is no well-formed XML or no TBX, that
    declares entities or points outside itself.
    """
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import DefusedXMLParser

    reading = Reading(path)
    target = _Target(reading)
    parser = DefusedXMLParser(target=target, forbid_dtd=False)
    target.parser = parser
    try:
        parser.feed(read_bytes(path))
        parser.close()
    except DefusedXmlException as error:
        raise GlossaryError(
            f"the file declares an entity or points outside itself ({type(error).__name__})",
            advice="such files can do harm; export it again without a document type",
            path=path, line=parser.parser.CurrentLineNumber,
        ) from error  # fmt: skip
    except ParseError as error:
        raise GlossaryError(
            f"not well-formed XML: {str(error.msg).split(':')[0]}",
            advice="nothing was read; export the file again", path=path, line=error.position[0],
        ) from error  # fmt: skip
    if target.root not in ("tbx", "martif", "TBX"):
        reading.fault(1, f"this is no TBX: it begins with <{target.root}>", "export it as TBX")
    elif not target.entries:
        reading.fault(1, "the file holds no entries", "export it again")
    if target.others:
        told = ", ".join(f"{lang} ({count})" for lang, count in sorted(target.others.items()))
        reading.remarks.append(f"terms in other languages left aside: {told}")
    return reading


def _cells(entry: _Entry, by_lang: dict[str, list[_Term]]) -> dict[str, str]:
    told, notes = told_by(entry.notes)
    cells = {
        "id": entry.id if _is_id(entry.id) else "",
        "type": entry.subject if entry.subject in TYPES else "",
        "status": told.get("status", ""),
        "source": entry.source,
        "note": " ".join(notes),
    }
    if cells["type"] and not cells["status"]:
        cells["status"] = "approved"
    if "policy" in told:  # ours: what it does not tell is as usual
        cells = {**USUAL, **cells, **told}
    else:
        cells = {name: text for name, text in {**cells, **told}.items() if text}
    full, short = _split(by_lang["ru"])
    cells |= {"ru": "|".join(t.text for t in full or short), "ru_abbr": ""}
    cells["ru_abbr"] = "|".join(t.text for t in short) if full else ""
    for lang in LANGS:
        if lang in by_lang:
            cells |= _wording(lang, by_lang[lang])
    return cells


def _is_id(text: str) -> bool:
    return bool(text) and all(
        c.isascii() and (c.islower() or c.isdigit() or c == "-") for c in text
    )


def _rank(term: _Term) -> int:
    """preferred, then unmarked, admitted, and what must not be used."""
    status = term.status.lower()
    if status.startswith("preferred"):
        return 0
    if status.startswith(("deprecated", "superseded", "notrecommended", "obsolete", "forbidden")):
        return 3
    return 2 if status.startswith("admitted") else 1


def _split(terms: list[_Term]) -> tuple[list[_Term], list[_Term]]:
    """Full forms, the preferred first, and abbreviations."""
    ordered = sorted(terms, key=_rank)
    return (
        [term for term in ordered if term.kind not in _SHORT],
        [term for term in ordered if term.kind in _SHORT],
    )


def _wording(lang: str, terms: list[_Term]) -> dict[str, str]:
    forbidden = [term.text for term in terms if _rank(term) == 3]
    full, short = _split([term for term in terms if _rank(term) < 3])
    said = [term.text for term in full] or [term.text for term in short[:1]]
    return {
        lang: said[0] if said else "",
        f"{lang}_admitted": "|".join(said[1:]),
        f"{lang}_forbidden": "|".join(forbidden),
        f"{lang}_abbr": short[0].text if short and full else "",
    }
