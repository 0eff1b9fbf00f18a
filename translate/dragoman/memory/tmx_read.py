"""TMX 1.1 to 1.4b -> pairs, in a stream.

The format: https://www.gala-global.org/tmx-14b. Entities are never expanded and nothing is
fetched: a file that declares entities is refused (defusedxml), a document type is passed over.
"""

from __future__ import annotations

import codecs
import re
import xml.sax
import xml.sax.handler
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.sax.xmlreader import AttributesImpl

from defusedxml import DefusedXmlException
from defusedxml.expatreader import DefusedExpatParser

from dragoman.errors import MemoryFileError
from dragoman.memory.languages import our_language
from dragoman.memory.model import Pair
from dragoman.memory.writing import LONGEST
from dragoman.releases.normalise import clean
from dragoman.workspace import LANGUAGES

_CHUNK = 1 << 18
# Elements inside a segment whose content is the markup of some other format, not text.
_CODES = {"bpt", "ept", "it", "ph", "ut"}
# A code that stands for white space: a line break, a tab, a no-break space.
_SPACE = re.compile(r"(?i)<\s*/?\s*(?:br|p|tab|w:br|w:tab)\b|\\(?:line|tab|par)\b|&nbsp;|[\n\t]")
_DATE = re.compile(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)\d*Z?")


@dataclass(slots=True)
class Tally:
    """What a TMX file held besides its pairs."""

    units: int = 0
    languages: Counter[str] = field(default_factory=Counter)  # codes as written, by variants
    without_russian: int = 0
    without_target: int = 0
    too_long: int = 0

    @property
    def foreign(self) -> list[tuple[str, int]]:
        """Codes that are no language of ours, the most frequent first."""
        return [
            (code or "(none)", number)
            for code, number in self.languages.most_common()
            if not our_language(code)
        ]


def read_tmx(path: Path, tally: Tally) -> Iterator[Pair]:
    """The Russian-English and Russian-Azerbaijani pairs of a file, as they come.

    Counts into `tally`. Raises MemoryFileError, with the line, for a file that is missing, is no
    TMX or is malformed, is not in the encoding it declares, or declares entities.
    """
    handler = _Handler(tally)
    parser = DefusedExpatParser(forbid_dtd=False, forbid_entities=True, forbid_external=False)
    parser.setContentHandler(handler)
    parser.setFeature(xml.sax.handler.feature_external_ges, False)
    try:
        with path.open("rb") as stream:
            parser.feed(_declared_truly(stream.read(_CHUNK)))
            while chunk := stream.read(_CHUNK):
                while handler.ready:
                    yield handler.ready.popleft()
                parser.feed(chunk)
            parser.close()
            yield from handler.ready
    except OSError as error:
        raise MemoryFileError(
            f"cannot read: {error.strerror or error}", advice="check the path", path=path
        ) from error
    except DefusedXmlException as error:
        raise MemoryFileError(
            "declares entities, which a translation memory has no need of and an attack has",
            advice="remove the <!ENTITY …> declarations if you trust the file",
            path=path,
            line=parser.getLineNumber() or None,
        ) from error
    except (LookupError, ValueError) as error:
        raise MemoryFileError(
            f"its encoding cannot be read ({error})",
            advice="save it as UTF-8 and correct the first line",
            path=path,
            line=1,
        ) from error
    except xml.sax.SAXParseException as error:
        raise _fault(error, path) from error
    except _Refused as error:
        raise MemoryFileError(
            str(error), advice="export it as TMX 1.4", path=path, line=parser.getLineNumber()
        ) from error


class _Refused(Exception):
    """XML that is well-formed and still no TMX."""


class _Handler(xml.sax.handler.ContentHandler):
    """Collects the variants of one unit at a time."""

    def __init__(self, tally: Tally) -> None:
        super().__init__()
        self.ready: deque[Pair] = deque()
        self._tally = tally
        self._root = False
        self._texts: list[tuple[str, str, str]] = []  # (language, text, date)
        self._unit_date = self._date = self._lang = ""
        self._text: list[str] | None = None  # inside <seg>
        self._code: list[str] = []  # content of inline codes
        self._depth = 0  # of codes around

    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        if not self._root:
            self._root = True
            if name != "tmx":
                raise _Refused(f"no TMX: it begins with <{name}>")
        if name == "tu":
            self._texts, self._unit_date = [], _date(attrs)
        elif name == "tuv":
            self._lang = attrs.get("xml:lang") or attrs.get("lang") or ""
            self._date = _date(attrs) or self._unit_date
            self._tally.languages[self._lang] += 1
        elif name == "seg":
            self._text, self._depth = [], 0
        elif name in _CODES and self._text is not None:
            self._depth += 1
            self._code = []

    def characters(self, content: str) -> None:
        if self._depth:
            self._code.append(content)
        elif self._text is not None:
            self._text.append(content)

    def endElement(self, name: str) -> None:
        if name == "seg" and self._text is not None:
            self._texts.append((our_language(self._lang), clean("".join(self._text)), self._date))
            self._text = None
        elif name in _CODES and self._depth:
            self._depth -= 1
            if not self._depth and self._text is not None and _SPACE.search("".join(self._code)):
                self._text.append(" ")
        elif name == "tu":
            self._finish()

    def skippedEntity(self, name: str) -> None:
        if not name.startswith(("%", "[dtd]")):
            raise _Refused(f"uses an entity that XML does not know: &{name};")

    def _finish(self) -> None:
        tally = self._tally
        tally.units += 1
        if any(len(text) > LONGEST for _, text, _ in self._texts):
            tally.too_long += 1
            return
        sources = dict.fromkeys(text for lang, text, _ in self._texts if lang == "ru" and text)
        targets = [part for part in self._texts if part[0] in LANGUAGES and part[1]]
        tally.without_russian += not sources
        tally.without_target += bool(sources) and not targets
        self.ready.extend(
            Pair(source, lang, text, date) for source in sources for lang, text, date in targets
        )


def _date(attrs: AttributesImpl) -> str:
    """``20240605T093000Z`` as the memory writes it; empty where there is none or no date."""
    found = _DATE.fullmatch(attrs.get("changedate") or attrs.get("creationdate") or "")
    return "{}-{}-{} {}:{}".format(*found.groups()) if found else ""


def _declared_truly(head: bytes) -> bytes:
    """The beginning of a file, its declaration mended where it was UTF-16 and is UTF-8 now."""
    if head.removeprefix(codecs.BOM_UTF8).startswith(b"<?xml"):
        return re.sub(rb"(?i)\A([^>]*encoding\s*=\s*.)utf-?16(?:le|be)?", rb"\1utf-8", head)
    return head


def _fault(error: xml.sax.SAXParseException, path: Path) -> MemoryFileError:
    reason = str(error.getMessage())
    if "encoding" in reason:
        advice = "save it as UTF-8 and correct the first line"
    elif "invalid token" in reason:
        advice = "correct the line, or save the file as UTF-8 if its encoding is another"
    elif "no element found" in reason or "unclosed" in reason:
        advice = "the file is cut off: fetch or export it once more"
    else:
        advice = "correct the line or export the file once more"
    return MemoryFileError(
        f"not well-formed XML ({reason})", advice=advice, path=path, line=error.getLineNumber()
    )
