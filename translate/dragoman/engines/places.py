"""Where in a translation other words may stand for a term."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.engines.alignment import LITTLE, Alignment
from dragoman.engines.wording import capitalised, whole
from dragoman.glossary.romanise import by_letters
from dragoman.records import Term

_SHAPES = str.maketrans("АВСЕНКМОРТХУ", "ABCEHKMOPTXY")
_ABBREVIATION = re.compile("[А-Я]{2,6}")
_IN_BRACKETS = re.compile(r"\(((?:(?![a-zа-яçəğıöşü])[^\W\d_]){2,8})\)")  # capitals alone
_TRIM = re.compile(r"^[^\w]+|[^\w’']+$")


def forbidden(term: Term, text: str) -> list[tuple[int, int]]:
    """Where forbidden renderings stand as whole words, outside the accepted forms."""
    found: list[tuple[int, int]] = []
    good = [span for form in term.forms for span in _whole(form, text)] if term.forbidden else []
    for form in sorted(term.forbidden, key=len, reverse=True):
        for a, b in _whole(form, text):
            if not any(start <= a and b <= stop for start, stop in (*good, *found)):
                found.append((a, b))
    return found


def carried_over(term: Term, text: str, to: str) -> Iterator[tuple[int, int]]:
    """Where a Russian abbreviation stands in Latin letters, by shape or by sound: MOM for МОМ."""
    if not _ABBREVIATION.fullmatch(term.surface):
        return
    latin = (term.surface.translate(_SHAPES), by_letters(term.surface, to))
    for letters in dict.fromkeys(latin):
        if re.search("[А-Я]", letters):  # not all of its letters have the shape of Latin ones
            continue
        for match in re.finditer(rf"(?<![\w-]){letters}(?:-\w+)?(?!\w)", text):
            yield match.span()


def bracketed(source: str, term: Term, text: str) -> Iterator[tuple[int, int]]:
    """Where the abbreviation in brackets stands that `term` is in the source, by its turn:
    «… (РУЦМ)», … (RTMCM)."""
    theirs, ours = list(_IN_BRACKETS.finditer(source)), list(_IN_BRACKETS.finditer(text))
    if len(theirs) == len(ours):
        turn = ((a.span(1), b.span(1)) for a, b in zip(theirs, ours, strict=True))
        yield from (place for asked, place in turn if asked == (term.start, term.stop))


def _whole(form: str, text: str) -> Iterator[tuple[int, int]]:
    """Where `form` stands as whole words, its first letter raised or not."""
    for spelling in dict.fromkeys((form, capitalised(form, "az"), capitalised(form, "en"))):
        yield from ((start, start + len(spelling)) for start in whole(spelling, text))


def answering(aligned: Alignment, term: Term, sure: float) -> tuple[int, int] | None:
    """Where the words stand that say `term` by an alignment as `sure` as that; None where they are
    too many, or a number."""
    found = aligned.find(term.start, term.stop)
    if found is None or found.sure < sure:
        return None
    start, stop = _absorbed(aligned, found.start, found.stop, term)
    start, stop = _trimmed(aligned.text, start, stop)
    said = aligned.text[start:stop]
    longest = 2 * max(len(term.lemma.split()), len(term.surface.split())) + 1
    strange = any(c.isdigit() for c in said) and not any(c.isdigit() for c in term.surface)
    return (start, stop) if 0 < len(said.split()) <= longest and not strange else None


def _absorbed(aligned: Alignment, start: int, stop: int, term: Term) -> tuple[int, int]:
    """The place with neighbours that say a word of the term already: of "State Migration Agency
    Service" all four. Little words between are taken along."""
    wanted = {_root(word) for word in term.lemma.split() if len(word) > 3}
    places = [p for p in aligned.target if p[0] >= stop]
    for a, b in places[:2]:
        word = aligned.text[a:b]
        if _root(word) in wanted and not aligned.text[start:a].rstrip().endswith((",", ".")):
            stop = b
            break
        if word.lower() not in LITTLE:
            break
    for a, b in [p for p in reversed(aligned.target) if p[1] <= start][:2]:
        word = aligned.text[a:b]
        if word.endswith((",", ".", ";")):
            break
        if _root(word) in wanted:
            start = a
            break
        if word.lower() not in LITTLE:
            break
    return start, stop


def _root(word: str) -> str:
    letters = re.sub(r"\W", "", word).lower()
    return letters[:5] if len(letters) > 3 else "…"


def _trimmed(text: str, start: int, stop: int) -> tuple[int, int]:
    """The place without marks and little words at its edges."""
    while True:
        said = text[start:stop]
        bare = _TRIM.sub("", said)
        if not bare:
            return start, start
        start += said.index(bare)
        stop = start + len(bare)
        first, _, rest = bare.partition(" ")
        head, _, last = bare.rpartition(" ")
        if rest and first.lower() in LITTLE:
            start += len(first)
        elif head and last.lower() in LITTLE:
            stop -= len(last)
        else:
            return start, stop
