"""What a translation says: terms, numbers and phrases, told from the text alone.

These are the verdicts that enforcement falls back on where the glossary and the checks give
none of their own.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from dragoman.languages.text import without_abbreviations
from dragoman.records import Request, Term

_WORD = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
_LITTLE = "the|an|of|and|as|to|by|for|və|ilə"  # never rightly doubled, as "in" or "bir" may be
_EMPHATIC = "that|very|many|much|more|long|addım|yavaş"
_TWICE = re.compile(
    rf"(?<![\w-])(?P<once>{_WORD}(?: {_WORD}){{1,7}}|{_LITTLE}"
    rf"|(?!(?:{_EMPHATIC})\b)[a-zçəğıöşüа-яё]{{4,}})"
    r" (?P=once)(?![\w-])"
)


def holds_form(term: Term, text: str) -> bool:
    """Whether `text` has a form of `term` as whole words (its first letter may be capital)."""
    for form in term.forms or (term.lemma,):
        if any(says(f, text) for f in (form, capitalised(form, "en"), capitalised(form, "az"))):
            return True
    return False


def fits(term: Term, text: str) -> bool:
    """Whether `text` has a form of `term` that answers the Russian case and number, as far as
    these are known."""
    texts = {folded(text), folded(without_abbreviations(text))}
    forms = map(folded, term.fitting)
    return not term.fitting or any(says(form, said) for form in forms for said in texts)


def place_of(term: Term, text: str) -> int | None:
    """Where a form of `term` begins in `text`; None where none stands there."""
    for form in sorted(term.forms, key=len, reverse=True):
        for spelling in (form, capitalised(form, "en"), capitalised(form, "az")):
            if (start := next(whole(spelling, text), None)) is not None:
                return start
    return None


def folded(text: str) -> str:
    """`text` without the differences that a form may have: of case ("İ" is that of "i"), and of
    apostrophes."""
    return text.replace("İ", "i").lower().replace("’", "'")


def capitalised(form: str, lang: str) -> str:
    """`form` with a capital letter first; in Azerbaijani that of "i" is "İ"."""
    head = "İ" if lang == "az" and form[:1] == "i" else form[:1].upper()
    return head + form[1:]


def like_source(source: str, text: str, lang: str) -> str:
    """`text` with a capital letter first where `source` has one."""
    return capitalised(text, lang) if source[:1].isupper() and text[:1].islower() else text


def lost_numbers(request: Request, text: str) -> int:
    """How many runs of digits in the source the translation lacks or has too few of."""
    wanted = Counter(re.findall(r"\d+", request.text))
    return (wanted - Counter(re.findall(r"\d+", text))).total()


def said_again(text: str) -> int:
    """How many runs of three words stand in `text` after having stood there before."""
    words = re.findall(r"\w+", text.lower())
    runs = Counter(zip(words, words[1:], words[2:], strict=False))
    return runs.total() - len(runs)


def doubled(source: str, text: str) -> Iterator[tuple[str, str]]:
    """What `text` says twice in a row and should once: pairs of what stands and what should stand.

    Phrases, and words that nobody doubles for emphasis; numbers and names of one word may well
    come twice (``Baden Baden``). Nothing where `source` doubles something itself.
    """
    if _TWICE.search(source) is None:
        for found in _TWICE.finditer(text):
            yield found[0], found["once"]


def fragments(text: str) -> int:
    """How many times a sentence ends and what follows begins with a small letter: ``Republic.
    police major.``"""
    return len(re.findall(r"\w{3,}[.!?]\s+[^\W\d_A-ZÇƏĞİÖŞÜ]\w*", text))


def says(form: str, text: str) -> bool:
    """Whether `form` stands in `text` as whole words."""
    return next(whole(form, text), None) is not None


def replaced(text: str, old: str, new: str) -> str:
    """`text` with `new` for `old` wherever that stands as whole words."""
    parts, done = [], 0
    for start in whole(old, text):
        parts += [text[done:start], new]
        done = start + len(old)
    return "".join([*parts, text[done:]])


def whole(form: str, text: str) -> Iterator[int]:
    """Where `form` begins in `text` as whole words, no two places overlapping.

    By hand, since forms are many and each is sought once: to compile a pattern takes longer.
    """
    start = text.find(form) if form else -1
    while start >= 0:
        stop = start + len(form)
        inside = (start and _continues(text[start - 1])) or _continues(text[stop : stop + 1])
        if not inside:
            yield start
        start = text.find(form, start + 1 if inside else stop)


def _continues(letter: str) -> bool:
    """Whether a word goes on with `letter`: what a pattern calls ``\\w``."""
    return letter.isalnum() or letter == "_"
