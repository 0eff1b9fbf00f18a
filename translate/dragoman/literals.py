"""What stands letter for letter in a translation: addresses, telephone numbers, Latin names, tags.
The name of a firm in quotes that no dictionary knows (``«Азерстрой»``) does so in Latin letters.

Small models make a word of ``www.migration.gov.az``, groups of thousands of a telephone number and
pieces of ``Google Play``. They are therefore asked for the sentence with a short code in the place
of each (``сайт KBX``), which they copy; the code becomes the address again in what they say. An
Azerbaijani ending behind it follows the harmony of the address.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from dragoman.checks.references import PHONE, PHONE_DIGITS
from dragoman.glossary.romanise import azerbaijani, english
from dragoman.languages.addresses import EMAIL, URL, holds_address
from dragoman.languages.az_kinds import readings_of
from dragoman.languages.az_letters import VOWELS, harmonise, lower, upper
from dragoman.languages.ru_capitals import is_known
from dragoman.languages.text import Edit
from dragoman.records import Draft, Request
from dragoman.rewriting import rewritten

# Of what was tried, capitals that make no syllable were copied most surely into both languages.
_CODES = ("KBX", "QTX", "KXT", "TKV", "VKT", "BVX", "TBX")
_AT_END = ".,;:!?)»”'’"  # belongs to the sentence
_SIGN = re.compile(r"[A-Za-zÀ-ɏ#@]|\d\+|\d[\d \u00a0()–-]{5}|[«\"][А-ЯЁ]")  # there may be a literal
_TAG = re.compile(r"(?<!\w)[#@]\w+|(?<![\w+])\d{1,2}\+(?!\w)")  # and 18+
_TIMES = re.compile(r"\d+x\d+")
_PART = r"[0-9A-Za-zÀ-ɏ]+"
_NAME = rf"(?:{_PART}[-–&+.'’/_])*{_PART}"
_LETTERS = rf"(?=\S*[A-Za-z]){_NAME}"  # a word with letters; figures alone may end a name
_LATIN = re.compile(
    rf"(?<![\w№@./-])(?<!№ ){_NAME}(?: {_LETTERS}| \d{{1,4}}(?=[,.;:!?)»\"]|$))*(?![\w$€₼-])"
)
_LATIN_WORD = re.compile(r"(?=\S*[A-Za-z])(?![IVXLC]+(?:$|\W))\S{2}")
_FIRM = re.compile(
    r"\b(?:ООО|ОАО|ЗАО|ПАО|АО|(?i:компани|фирм|предприяти|холдинг|концерн)[а-я]*) [«\"]"
    r"(?P<name>[А-ЯЁ][а-яё]{3,}(?:[ -][А-ЯЁа-яё]{3,}){0,2})(?=[»\"])"
)
_ENDING = {"en": "", "az": r"(?:-?(?P<ending>[a-zəıöüğşçA-ZƏİÖÜĞŞÇ]{1,8}))?"}
_OPEN_AND_CLOSE = str.maketrans("aəıiuü", "AAIIII")


@dataclass(frozen=True, slots=True)
class Coded:
    """A request with codes for its literals; `literals` are these by their codes, as the
    translation is to have them."""

    request: Request
    literals: dict[str, str]

    def restored(self, draft: Draft, to: str, *, all_said: bool = True) -> Draft | None:
        """The draft with the literals for their codes; None where one is not said once, unless
        that is to be borne (`all_said` is not asked for)."""
        text = draft.text
        for code, literal in self.literals.items():
            pattern = rf"(?<!\w){code}{_ENDING.get(to, '')}(?!\w)"
            text, count = re.subn(pattern, partial(_said, literal), text)
            if all_said and count != 1:
                return None
        return replace(draft, text=text)


def coded(request: Request, to: str, turn: int = 0) -> Coded | None:
    """`request` with a code for each literal, others at each `turn`; None where it has none. `to`
    is the language that it is to be translated into.

    A term that is part of an address is said with it; Latin words that are a term, or of one, are
    left to the term.
    """
    text = request.text
    if not _SIGN.search(text):
        return None
    first = 3 * turn % len(_CODES)
    codes = (code for code in _CODES[first:] + _CODES[:first] if code not in text)
    coded_spans = zip(_literals(request), codes, strict=False)
    edits: list[Edit] = [(start, stop, code) for (start, stop), code in coded_spans]
    made = rewritten(request, edits, absorb=True)
    if made is None or not re.search("[А-Яа-яЁё]", made.text):
        return None
    said = {code: _latin(text[start:stop], to) for start, stop, code in edits if code in made.text}
    return Coded(made, said)


def _literals(request: Request) -> Iterator[tuple[int, int]]:
    """The spans of what stands letter for letter, in order."""
    text = request.text
    kinds = (EMAIL, URL, PHONE, _TAG) if holds_address(text) else (PHONE, _TAG)
    found = [(*match.span(), kind is PHONE) for kind in kinds for match in kind.finditer(text)]
    found += [(start, stop, False) for start, stop in (*_names(request), *_firms(request))]
    end = 0
    for start, stop, is_phone in sorted(found, key=lambda span: (span[0], -span[1])):
        stop = start + len(text[start:stop].rstrip(_AT_END))
        short = is_phone and sum(c.isdigit() for c in text[start:stop]) < PHONE_DIGITS
        if end <= start < stop and not short:
            yield start, stop
            end = stop


def _names(request: Request) -> Iterator[tuple[int, int]]:
    """The spans of names in Latin letters, such as ``Google Play`` and ``J2-8008``, that are no
    terms; Roman numerals and single letters are none."""
    for found in _LATIN.finditer(request.text):
        start, stop = found.span()
        while start < stop and not _LATIN_WORD.match(request.text[start:stop]):
            start += len(request.text[start:stop].partition(" ")[0]) + 1
        if _TIMES.fullmatch(request.text, start, stop):
            continue
        if start < stop and not any(t.start < stop and start < t.stop for t in request.terms):
            yield start, stop


def _firms(request: Request) -> Iterator[tuple[int, int]]:
    """The spans of names of firms of which the Russian lexicon knows no word, that are no terms."""
    for found in _FIRM.finditer(request.text):
        start, stop = found.span("name")
        taken = any(t.start < stop and start < t.stop for t in request.terms)
        if not taken and not any(map(is_known, re.split("[ -]", found["name"]))):
            yield start, stop


def _latin(literal: str, to: str) -> str:
    """A literal as it stands, or a name in Russian letters in those of the language `to`."""
    if not re.fullmatch("[А-Яа-яЁё -]+", literal):
        return literal
    return azerbaijani(literal, foreign=True) if to == "az" else english(literal)


def _said(literal: str, found: re.Match[str]) -> str:
    """A literal with the ending that its code has."""
    ending = found.groupdict().get("ending")
    if not ending:
        return literal
    if ending.isupper():  # a headline
        return literal + upper(_ended(literal, lower(ending))[len(literal) :])
    return _ended(literal, ending)


def _ended(literal: str, ending: str) -> str:
    """A literal with an Azerbaijani ending, which follows the harmony of its last word."""
    last = next((part for part in reversed(re.split(r"[\W_]", literal)) if part), "")
    stem = readings_of(last)[0] if last[-1:].isdigit() else lower(last)
    if re.search("[а-яё]", stem):
        return f"{literal}-{ending}"
    pattern = ending.translate(_OPEN_AND_CLOSE)
    if stem[-1:] in VOWELS:
        pattern = {"A": "y", "I": "n"}.get(pattern[0], "") + pattern
    elif pattern[0] in "yns" and pattern[1:2] in ("A", "I"):
        pattern = pattern[1:]
    return f"{literal}-{harmonise(pattern, stem)}"
