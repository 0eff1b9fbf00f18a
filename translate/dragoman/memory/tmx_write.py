"""Pairs -> TMX 1.4b: the same memory, the same bytes."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from dragoman import __version__
from dragoman.memory.model import Answer

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
<header creationtool="Dragoman" creationtoolversion={version} segtype="sentence" o-tmf="PO" \
adminlang="en" srclang="ru" datatype="plaintext"{date}/>
<body>
"""
_TAIL = "</body>\n</tmx>\n"
# What XML 1.0 cannot say at all (https://www.w3.org/TR/xml/#charsets).
_IMPOSSIBLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def tmx(memory: Iterable[tuple[str, dict[str, Answer]]]) -> tuple[str, int]:
    """The text of a TMX file for sentences with their answers by language, and its units.

    One unit a sentence, with all languages in it; where translations compete, one more for each
    that lost, so that nothing approved is left out. Dates come from the catalogs, never from the
    clock; the header bears the newest.
    """
    units: list[str] = []
    newest = ""
    for source, answers in memory:
        newest = max(newest, *(answer.date for answer in answers.values()))
        units.extend(_units(source, answers))
    version = quoteattr(__version__)
    head = _HEAD.format(version=version, date=_attribute("creationdate", newest))
    return head + "".join(units) + _TAIL, len(units)


def _units(source: str, answers: dict[str, Answer]) -> Iterator[str]:
    yield _unit(
        source,
        "",
        [(lang, answer.target, answer.origin, answer.date) for lang, answer in answers.items()],
    )
    for lang, answer in answers.items():
        for target, origin in answer.others:
            yield _unit(source, f"{lang}\0{target}", [(lang, target, origin, "")])


def _unit(source: str, salt: str, variants: list[tuple[str, str, str, str]]) -> str:
    """One <tu>; its tuid is a hash of the Russian, so that it stays when the memory grows."""
    data = f"{source}\0{salt}".encode("utf-8", "surrogatepass")
    tuid = hashlib.blake2b(data, digest_size=8).hexdigest()
    lines = [f'<tu tuid="{tuid}">\n', f'<tuv xml:lang="ru"><seg>{_text(source)}</seg></tuv>\n']
    for lang, target, origin, date in variants:
        dated = _attribute("changedate", date)
        lines.append(f'<tuv xml:lang="{lang}"{dated}><note>{_text(origin)}</note>')
        lines.append(f"<seg>{_text(target)}</seg></tuv>\n")
    return "".join((*lines, "</tu>\n"))


def _attribute(name: str, date: str) -> str:
    """``2024-06-05 09:30`` as an attribute with a date in the form of TMX; none for no date."""
    digits = re.sub(r"\D", "", date)
    return f' {name}="{digits[:8]}T{digits[8:]}00Z"' if digits else ""


def _text(text: str) -> str:
    return escape(_IMPOSSIBLE.sub("", text))
