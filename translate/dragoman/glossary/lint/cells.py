"""What can be said of a row by itself: alphabets, spelling, quotes, flags, forbidden forms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.letters import check_alphabet, check_cyrillic, check_turkish
from dragoman.checks.pair import Pair, TargetLanguage
from dragoman.glossary.expand import Forms
from dragoman.glossary.fold import fold_key
from dragoman.glossary.lint.finding import Finding, error, warning
from dragoman.glossary.load import Row
from dragoman.languages import accepted_forms, az, guess_kind
from dragoman.records import Wording

TARGETS: tuple[TargetLanguage, ...] = ("en", "az")
KINDS = ("plain", "possessive", "name", "abbreviation")
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[А-Яа-яЁё]")
_NOT_RUSSIAN = re.compile(r"(?![А-Яа-яЁё])[\u0400-\u052f]")
_LATIN = re.compile(r"[A-Za-z]")
_PLAIN_RUSSIAN = re.compile(r"[А-Яа-яЁё][А-Яа-яЁё0-9 -]*")  # nothing to say of it
_PLAIN_ENGLISH = re.compile(r"[A-Za-z](?:[A-Za-z0-9 ,'-]*[A-Za-z0-9])")
_PLAIN_AZERBAIJANI = re.compile(r"(?=.*[əƏıİğĞşŞçÇöÖüÜ])[A-VX-Za-vx-zəƏıİğĞşŞçÇöÖüÜ -]+")
_ROMAN = re.compile(r"[IVXLCDM]+\Z")
_PLACEHOLDER = re.compile(r"(?:[?.…\-–—_*]+|n/?a|н/д|tbd|todo|xxx|нет|none|null)\Z", re.I)
# What a spreadsheet shows for a formula that fails, in English and Russian; and a formula itself.
_FORMULA = re.compile(r"=|[@+-]\w+\(|#(?:\w+(?:/\w+)?[!?]|n/a|н/д)\Z|#+\Z", re.I)
_DATE = re.compile(
    r"\d{1,2}[.\-/](?:янв|фев|мар|апр|май|мая|июн|июл|авг|сен|окт|ноя|дек"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w{0,2}\.?(?:[.\-/]\d{2,4})?\Z", re.I,
)  # fmt: skip
_UNSEEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_CONTRARY = (
    ("singular", "plural"), ("singular", "both"), ("plural", "both"), ("masc", "femn"),
    ("case", "nocase"), ("case", "lower"), ("nocase", "lower"),
)  # fmt: skip
_PAIRS = (("«", "»"), ("“", "”"), ("(", ")"))
_ALL_QUOTED = re.compile(r"“[^“”]*”|«[^«»]*»|„[^„“”]*[“”]|\"[^\"]*\"")


def check_row(row: Row, forms: Forms) -> Iterator[Finding]:
    """All findings about one row; `forms` are its Russian surface forms."""
    yield from _russian(row, forms)
    yield from _flags(row)
    for lang in TARGETS:
        wording = row.concept.wording(lang)
        for column, text in cells(wording, lang):
            yield from _target(row, column, text, lang)
        if lang == "en" and _ALL_QUOTED.fullmatch(wording.preferred):
            yield warning(
                row, "en", "quotes",
                f"all of {wording.preferred} stands in quotation marks, which a cell needs not; "
                "delete them, unless they are part of the name",
            )  # fmt: skip
        yield from _forbidden(row, wording, lang) if wording.forbidden else ()
        yield from _repeated(row, f"{lang}_admitted", (wording.preferred, *wording.admitted), lang)


def cells(wording: Wording, lang: str) -> Iterator[tuple[str, str]]:
    """(column, text) of every form of a wording."""
    yield lang, wording.preferred
    yield from ((f"{lang}_admitted", text) for text in wording.admitted)
    yield from ((f"{lang}_forbidden", text) for text in wording.forbidden)
    if wording.abbreviation:
        yield f"{lang}_abbr", wording.abbreviation


def same(text: str, lang: str, *, dashes: bool = True) -> str:
    """A key that wordings share when they differ in letter case, spaces or dashes only.

    Without `dashes` a hyphen and a space are two things: Director-General, Director General.
    """
    lowered = az.lower(text) if lang == "az" else text.casefold()
    if _LETTERS_AND_SPACES.fullmatch(lowered):
        return lowered  # most wordings, and the rest of this would change nothing
    joint = " " if dashes else "-"
    return " ".join(re.sub("[‐‑–—-]", joint, lowered.translate(_QUOTES)).split())


_LETTERS_AND_SPACES = re.compile(r"[^\Wʼ]+(?: [^\Wʼ]+)*")
_QUOTES = str.maketrans("’‘ʼ`´“”„«»", "'''''\"\"\"\"\"")


def _russian(row: Row, forms: Forms) -> Iterator[Finding]:
    concept = row.concept
    for column, texts in (("ru", concept.ru), ("ru_abbr", concept.ru_abbreviations)):
        for text in texts:
            if _PLAIN_RUSSIAN.fullmatch(text):
                continue
            if not any(c.isalnum() for c in fold_key(text)):
                yield error(
                    row, column, "unmatchable",
                    f"«{text}» holds no letter and can never be found; write the term",
                )  # fmt: skip
            yield from _mangled(row, column, text)
            yield from _alphabet(row, column, text)
            yield from _unbalanced(row, column, text)
        yield from _repeated(row, column, texts, "ru")
    for text in concept.ru_abbreviations:
        if text.islower():
            yield warning(
                row, "ru_abbr", "abbreviation",
                f"«{text}» has no capital, and abbreviations are found in their own letters only; "
                "move it to ru",
            )  # fmt: skip
    yield from _rigid(row, forms)


def _mangled(row: Row, column: str, text: str) -> Iterator[Finding]:
    """What a spreadsheet made of a term: a formula, an error, a number or date, unseen marks."""
    digits = not any(map(str.isalpha, text)) and any(map(str.isdigit, text))
    if _FORMULA.match(text):
        yield error(
            row, column, "spreadsheet", f"“{text}” is a formula or what came of it; type the text"
        )
    elif (digits and text not in row.concept.ru) or (_DATE.match(text) and column[:2] != "az"):
        yield error(
            row, column, "spreadsheet",
            f"“{text}” is a number or a date; if a spreadsheet made it of a term, type the term "
            "anew in a cell formatted as text",
        )  # fmt: skip
    if _UNSEEN.search(text):
        yield warning(
            row, column, "unseen",
            f"“{_UNSEEN.sub('¤', text)}” holds unseen marks (where ¤ stands); delete them",
        )  # fmt: skip


def _alphabet(row: Row, column: str, text: str) -> Iterator[Finding]:
    foreign = "".join(dict.fromkeys(_NOT_RUSSIAN.findall(text)))
    if foreign:
        yield error(
            row, column, "alphabet",
            f"«{text}» holds letters that Russian has not ({foreign}); was UTF-8 read as "
            "windows-1251?",
        )  # fmt: skip
    for word in _WORD.findall(text):
        if not _LATIN.search(word):
            continue
        if _CYRILLIC.search(word):
            yield error(
                row, column, "alphabet", f"“{word}” mixes Latin and Cyrillic letters; type it anew"
            )
        elif not _ROMAN.match(word) and word.islower():
            yield warning(row, column, "alphabet", f"“{word}” is in Latin letters")


def _unbalanced(row: Row, column: str, text: str) -> Iterator[Finding]:
    for opening, closing in _PAIRS:
        if text.count(opening) != text.count(closing) and (opening, column[:2]) != ("“", "ru"):
            yield warning(row, column, "quotes", f"{opening} and {closing} do not pair in «{text}»")


def _repeated(row: Row, column: str, texts: tuple[str, ...], lang: str) -> Iterator[Finding]:
    if len(texts) < 2:
        return
    seen: set[str] = set()
    for text in texts:
        if column == "ru_abbr":
            key = text
        else:
            key = fold_key(text) if lang == "ru" else same(text, lang, dashes=False)
        if key in seen:
            yield warning(
                row, column, "repeated",
                f"“{text}” stands in this row already (letter case, ё and kinds of quotes and "
                "dashes make no difference); delete it",
            )  # fmt: skip
        seen.add(key)


def _rigid(row: Row, forms: Forms) -> Iterator[Finding]:
    """A phrase with no nominative in it is found in one form only, which is rarely meant."""
    concept = row.concept
    if not forms or "fixed" in row.match or concept.type == "person":
        return
    texts = {form.folded for form in forms if form.kind == "full"}
    if len(texts) == 1 and len(concept.ru) == 1 and not concept.ru_abbreviations:
        words = concept.ru[0].split()
        if len(words) > 1 and all(_CYRILLIC.search(word) for word in words):
            yield warning(
                row, "ru", "rigid",
                f"«{concept.ru[0]}» is found in this form only; write it in the nominative, "
                "name its head (ru_match: head=WORD), or put `fixed` into ru_match",
            )  # fmt: skip


def _flags(row: Row) -> Iterator[Finding]:
    for one, other in _CONTRARY:
        if one in row.match and other in row.match:
            yield error(row, "ru_match", "flags", f"{one} and {other} contradict each other")
    head = row.head
    if head is not None and not any(head in text.split() for text in row.concept.ru):
        yield error(row, "ru_match", "flags", f"head={head}: no Russian form holds that word")
    if row.concept.az_kind and row.concept.az_kind not in KINDS:
        yield error(
            row, "az_kind", "flags",
            f"unknown kind {row.concept.az_kind!r}; use one of {', '.join(KINDS)}",
        )  # fmt: skip


def _target(row: Row, column: str, text: str, lang: TargetLanguage) -> Iterator[Finding]:
    if _PLACEHOLDER.match(text):
        yield error(row, column, "missing", f"“{text}” is no wording; write it or delete it")
        return
    if lang == "en" and _PLAIN_ENGLISH.fullmatch(text):
        return
    yield from _mangled(row, column, text)
    pair = Pair(" ".join(row.concept.ru), text, lang)
    if lang == "en" or not _PLAIN_AZERBAIJANI.fullmatch(text):
        for issue in check_cyrillic(pair):
            yield error(row, column, "alphabet", issue.message)
        for issue in check_alphabet(pair):
            yield warning(row, column, "alphabet", issue.message)
    # A Turkish form may well be forbidden, and Turkish places and people keep their spelling.
    if column != "az_forbidden" and row.concept.type not in ("person", "place"):
        for issue in check_turkish(pair):
            yield error(row, column, "turkish", issue.message)
    yield from _unbalanced(row, column, text)


def _forbidden(row: Row, wording: Wording, lang: str) -> Iterator[Finding]:
    accepted = (wording.preferred, *wording.admitted, wording.abbreviation)
    column = f"{lang}_forbidden"
    for text in wording.forbidden:
        twin = next((a for a in accepted if a and same(a, lang) == same(text, lang)), None)
        if twin is not None:
            which = "preferred" if twin == wording.preferred else "admitted"
            yield error(row, column, "forbidden", f"“{text}” is also the {which} wording")
        elif any(_is_form(text, a, lang, row.concept.type) for a in accepted if a):
            yield warning(
                row, column, "forbidden",
                f"“{text}” is a right form of an accepted wording and will never be reported",
            )  # fmt: skip


def _is_form(text: str, base: str, lang: str, concept_type: str) -> bool:
    kind = guess_kind(base, lang, concept_type)
    return same(text, lang) in {same(form, lang) for form in accepted_forms(base, lang, kind)}
