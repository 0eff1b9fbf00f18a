"""Whether a translation says a term: in its forms, and in what the grammar makes of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from dragoman.languages import az, en
from dragoman.languages.az_letters import harmonise
from dragoman.languages.text import Form, Matcher, Span, common_prefix, without_abbreviations
from dragoman.records import Term

_ORDINAL = re.compile(
    r"\b(?:\d+-?c[ıiuü]|[IVX]+|birinci|ikinci|üçüncü|dördüncü|beşinci|altıncı|yeddinci|səkkizinci"
    r"|doqquzuncu|onuncu) "
)
_WORD = re.compile(r"[^\W\d_]+")
_GENITIVE = re.compile(r"\w{2,}n[ıiuü]n|\w+[^\Waeəıioöuü][ıiuü]n")
_BETWEEN = r" (?:[\w,-]+ ){0,6}?"  # keçmiş; Ağdam, Füzuli və Xocavənd rayonlarındakı


def holds(term: Term, text: str, lang: str) -> bool:
    """Whether `text` says the term in any of its right forms.

    Case of letters is free except for names and abbreviations; an English article before the
    term and a plural or possessive ending are part of the language and change nothing. So do a
    verb for a gerund (to combat crime) and what Azerbaijani derives or puts between the words.
    """
    if _says(term, text, lang):
        return True
    if lang == "en":
        return bool(_spans(text, en.as_verbs(term.forms), False, lang))
    if " " not in term.lemma:
        return _derived(term.lemma, text)
    # An ordinal may stand inside a title: yüksək vəzifəli şəxslərin 9-cu görüşü.
    bare = _ORDINAL.sub("", without_abbreviations(text))
    return (bare != text and _says(term, bare, lang)) or _apart(term, text)


def occurrences(term: Term, text: str, lang: str) -> tuple[Span, ...]:
    """Where `text` says the term, from left to right; the longer of two that overlap. What the
    grammar derives or pulls apart (`holds` knows it) has no place of its own."""
    found = sorted(
        _spans(text, term.forms, _strict(term), lang), key=lambda s: (s.start, -(s.stop - s.start))
    )
    kept: list[Span] = []
    for span in found:
        if not kept or span.start >= kept[-1].stop:
            kept.append(span)
    return tuple(kept)


def violates(term: Term, text: str, lang: str) -> tuple[str, ...]:
    """The forbidden renderings that stand in `text` outside every right form of the term."""
    bad = _spans(text, term.forbidden, False, lang)
    good = _spans(text, term.forms, _strict(term), lang) if bad else []
    return tuple(dict.fromkeys(b.surface for b in bad if not _inside(b, good)))


def _derived(word: str, text: str) -> bool:
    """Whether a word stands as an adjective: tacikistanlı müfəttiş, 5 manatlıq rüsum."""
    suffix = "lI" if word[:1].isupper() else "lIq"
    adjective = az.lower(word) + harmonise(suffix, word)
    return any(found.startswith(adjective) for found in _WORD.findall(az.lower(text)))


def _apart(term: Term, text: str) -> bool:
    """Whether an izafet stands with words inside: ailə üzvü as ailənin hər bir üzvü."""
    folded = az.lower(text)
    first, *_, last = az.lower(term.lemma).split()
    if first[:3] not in folded or last[:3] not in folded:  # endings change no first letters
        return False
    gap = _gap(term.lemma, term.forms)
    return gap is not None and gap.stands_in(folded)


@dataclass
class _Gap:
    """An owner in the genitive, a few words, and the rest of a term in any form."""

    owners: list[str]
    rest: list[str]

    def stands_in(self, folded: str) -> bool:
        """Whether a text in small letters has this."""
        opening = az.lower(common_prefix(self.rest))
        if opening not in folded:  # of hundreds of forms
            return False
        return any(
            self._rest_at(folded, found.start()) and self._owner.search(folded[: found.start()])
            for found in re.finditer(rf"(?<!\w){re.escape(opening)}", folded)
        )

    @cached_property
    def _owner(self) -> re.Pattern[str]:
        return re.compile(rf"(?<!\w){_any_of(self.owners)}{_BETWEEN}$")

    @cached_property
    def _forms(self) -> frozenset[str]:
        return frozenset(map(az.lower, self.rest))

    def _rest_at(self, folded: str, start: int) -> bool:
        stops = range(start, min(len(folded), start + max(map(len, self._forms))) + 1)
        return any(
            folded[start:stop] in self._forms
            for stop in stops
            if not re.match(r"\w", folded[stop : stop + 1])
        )


@lru_cache(maxsize=4096)
def _gap(lemma: str, forms: tuple[str, ...]) -> _Gap | None:
    """Where a term may be pulled apart; None where it cannot."""
    words = lemma.split(" ")
    cut = next((i for i, w in enumerate(words[:-1], 1) if _GENITIVE.fullmatch(w)), 0)
    owner = " ".join(words[: cut or -1])
    rest = {form[len(owner) + 1 :] for form in forms if form.startswith(owner + " ")}
    rest.discard("")
    if not rest:
        return None
    return _Gap([owner] if cut else [f.text for f in az.forms(owner) if f.case == "gen"], [*rest])


def _any_of(texts: Iterable[str]) -> str:
    found = sorted({az.lower(text) for text in texts}, key=lambda text: (-len(text), text))
    return f"(?:{'|'.join(map(re.escape, found))})"


def _strict(term: Term) -> bool:
    """Whether capitals matter: an abbreviation, or a single capitalised word (a name, a place)."""
    return " " not in term.lemma and all(form[:1].isupper() for form in (term.lemma, *term.forms))


def _says(term: Term, text: str, lang: str) -> bool:
    return _plainly(term.forms, text) or bool(_spans(text, term.forms, _strict(term), lang))


def _plainly(forms: Iterable[str], text: str) -> bool:
    """Whether a form stands in `text` letter for letter, as most do; what takes a second look
    (other capitals, quotes, hyphens) is left to a matcher, which takes long to build."""
    for form in forms:
        at = text.find(form)
        if at < 0:
            continue
        before, after = text[at - 1 : at], text[at + len(form) : at + len(form) + 1]
        if (not before or before in " (“«") and (not after or after in " .,;:!?)”»"):
            return True
    return False


def _spans(text: str, forms: tuple[str, ...], strict: bool, lang: str) -> list[Span]:
    return [span for finder in _finders(forms, strict, lang) for span in finder.find(text)]


@lru_cache(maxsize=4096)
def _finders(forms: tuple[str, ...], strict: bool, lang: str) -> tuple[Matcher, ...]:
    """A matcher for the forms of each beginning, which a matcher wants to share."""
    lower = az.lower if lang == "az" else _plain_lower
    groups: dict[str, list[Form]] = {}
    for form in forms:
        groups.setdefault(lower(form)[:3], []).append(Form(form))
    accept = _capitalised if strict else None
    return tuple(Matcher(group, lower, accept=accept) for group in groups.values())


def _capitalised(surface: str) -> bool:
    return surface[:1].isupper()


def _plain_lower(text: str) -> str:
    """Small letters, character for character (İ would become two)."""
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _inside(span: Span, others: Sequence[Span]) -> bool:
    return any(o.start <= span.start and span.stop <= o.stop for o in others)
