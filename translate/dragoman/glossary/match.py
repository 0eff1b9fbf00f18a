"""Find terms in Russian text: one Aho-Corasick pass over the generated surface forms."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from dragoman.glossary.endings import ending_after
from dragoman.glossary.expand import Form, Forms
from dragoman.glossary.fold import Folded
from dragoman.glossary.load import Row
from dragoman.glossary.overlap import choose
from dragoman.records import Concept, Hit

# The case a preposition asks for, likeliest first (Русская грамматика § 1656 and the OpenCorpora
# counts); it puts the cases of an ambiguous form in order and never removes one.
GOVERNMENT: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("из", "от", "до", "без", "для", "у", "около", "против", "среди"), ("gent",)),
    **dict.fromkeys(("изо", "вокруг", "после", "кроме", "ради", "вместо", "со"), ("gent", "ablt")),
    **dict.fromkeys(("к", "ко", "благодаря", "согласно"), ("datv",)),
    **dict.fromkeys(("в", "во", "на"), ("loct", "accs")),
    **dict.fromkeys(("о", "об", "обо", "при"), ("loct",)),
    **dict.fromkeys(("через", "про"), ("accs",)),
    **dict.fromkeys(("над", "перед", "между", "под"), ("ablt",)),
    "с": ("ablt", "gent"),
    "по": ("datv", "loct"),
    "за": ("accs", "ablt"),
}
_LAST_WORD = re.compile(r"([а-я-]+) \"?(?:г\. ?)?$")
# Verbs and participles of the past, as releases use them, and those among them that take no object.
_TAKES_OBJECT = re.compile(r"..[аеиоуыя](?:л|ла|ли)$|вш(?:ий|ая|ее|ие|его|ую|их|ими|им)$|[аия]в$")
TAKES_NONE = re.compile(
    r"про[шх]|при[бш]|вы[шб]|сост|был|стал|вступи|выступи|участв|работа|действова|прозвуча|отбы|вошл"
    r"|на[шс]т|име[лв]|сказа|сообщи|заяви|отмети|подчеркн|напомн|сотруднича|родил|умер|сто[яи]|играл"
    r"|посол|генерал|отдел|раздел|материал|персонал|канал|потенциал|протокол|филиал|журнал|квартал"
    r"|портал|капитал|сигнал|финал|вокзал|зал|стол|дел[ао]|сел[ао]|школ|сил|начал|устав|состав|прав"
    r"|муниципал|криминал|терминал|глав"
)
_ALL_CASES = 6
# Hardly a verb, an adverb or a conjunction.
_MAY_BE_NOUN = re.compile(
    r"(?!(?:или|как|что|если|также|где|когда|чем|еще|уже|это|того|более|менее|лишь|только)$)"
    r"[а-я-]{3,}(?<!л)(?<!ла)(?<!ло)(?<!ли)(?<![еуияю]т)(?<!с[ья])(?<![нм]о)(?<!ть)"
)
_HALF = re.compile(r"([^\W\d_]+)[-‐‑]$")
_TRANSPARENT = frozenset(("экс", "со"))
_BINDING = frozenset(("вице", "контр", "северо", "южно", "восточно", "западно", "юго", "квази"))
Letters = Literal["any", "capitals", "small"]
_CAPITAL_NEXT = re.compile(" [А-Я][а-я]")  # Марта Иванова
_SENTENCE_START = re.compile(r"[.!?…:;\"(] ?$|- $")
_STATUS_RANK = {"approved": 0, "proposed": 1, "deprecated": 2}
_KIND_RANK = {"full": 0, "name": 0, "abbreviation": 1, "surname": 2, "guessed": 3}


@dataclass(frozen=True, slots=True)
class Candidate:
    """A hit before overlaps are resolved; `reason` says why it was dropped, if it was."""

    hit: Hit
    start: int
    stop: int
    rank: tuple[int, ...]
    reason: str = ""


class TermIndex:
    """The automata over all surface forms of a term base. Immutable once built."""

    def __init__(self, entries: Iterable[tuple[Row, Forms]]) -> None:
        self.surnames: dict[str, list[tuple[Concept, Form]]] = {}
        self.people: list[Concept] = []
        loose: dict[str, list[tuple[Concept, Form, Letters]]] = {}
        strict: dict[str, list[tuple[Concept, Form, Letters]]] = {}
        for row, forms in entries:
            if row.concept.type == "person":
                self.people.append(row.concept)
            for form in forms:
                if form.kind == "surname":
                    self.surnames.setdefault(form.folded, []).append((row.concept, form))
                elif form.kind == "abbreviation":
                    strict.setdefault(form.exact, []).append((row.concept, form, "any"))
                else:
                    letters = wants_letters(row, form.exact)
                    loose.setdefault(form.folded, []).append((row.concept, form, letters))
        self._loose, self._strict = list(loose.values()), list(strict.values())
        self._loose_automaton = _automaton(loose)
        self._strict_automaton = _automaton(strict)

    def candidates(self, text: str, folded: Folded) -> list[Candidate]:
        """Every form that stands in the text as whole words, overlaps included."""
        found: list[Candidate] = []
        passes = (
            (self._loose_automaton, self._loose, folded.text, "full"),
            (self._strict_automaton, self._strict, folded.exact, "abbreviation"),
        )
        for automaton, entries, haystack, kind in passes:
            if automaton is None:
                continue
            for index, start, stop in automaton.find_matches_as_indexes(haystack, overlapping=True):
                ending = None
                if kind == "abbreviation" and (ending := ending_after(haystack, stop)):
                    ending = ending if _unbroken(folded, stop, ending.size) else None
                    stop += ending.size if ending else 0
                if not _whole(haystack, start, stop):
                    continue
                first, last = folded.span(start, stop)
                if not _unhyphenated(text, first, last):
                    continue
                for concept, form, letters in entries[index]:
                    surface = folded.exact[start:stop]
                    if not _letters_agree(letters, form, surface, folded.exact, start):
                        continue
                    unnamed = concept.type != "person"
                    shown, number = ending[1:] if ending else (form.cases, form.number)
                    cases = governed(shown, folded.text, start, after_noun=unnamed)
                    found.append(candidate(text, first, last, concept, form.kind, cases, number))
        return found


def candidate(
    text: str, start: int, stop: int, concept: Concept,
    kind: Literal["full", "abbreviation", "name", "surname", "guessed"],
    cases: tuple[str, ...], number: Literal["sing", "plur", ""],
) -> Candidate:  # fmt: skip
    """A candidate over ``text[start:stop]``, ranked by status and kind."""
    hit = Hit(start, stop, text[start:stop], concept, kind, cases, number)
    return Candidate(hit, start, stop, (_KIND_RANK[kind], _STATUS_RANK[concept.status]))


def resolve(candidates: list[Candidate]) -> tuple[list[Candidate], list[Candidate]]:
    """The candidates to keep, in text order, and those dropped, each with its reason."""
    if len(candidates) < 2:
        return candidates, []
    unique = {(c.start, c.stop, c.hit.concept.id, c.hit.kind): c for c in candidates}
    pool = list(unique.values())
    kept = [pool[i] for i in choose(pool)]
    chosen = {id(c) for c in kept}
    dropped = [
        Candidate(c.hit, c.start, c.stop, c.rank, _reason(c, kept))
        for c in pool
        if id(c) not in chosen
    ]
    return kept, dropped


def _reason(loser: Candidate, kept: list[Candidate]) -> str:
    rivals = [c for c in kept if c.start < loser.stop and loser.start < c.stop]
    if not rivals:
        return "deprecated"
    names = " + ".join(f"«{c.hit.surface}» ({c.hit.concept.id or 'guessed'})" for c in rivals)
    if len(rivals) == 1 and (rivals[0].start, rivals[0].stop) == (loser.start, loser.stop):
        return f"the same words are taken by {names}"
    if any(c.start <= loser.start and loser.stop <= c.stop for c in rivals):
        return f"inside the longer {names}"
    return f"overlaps {names}, which together cover more"


def wants_letters(row: Row, form: str | None = None) -> Letters:
    """Which letters the words of a term, or of one `form` of it, must have in the text.

    The capitals of places and people, and of single capitalised words, must stand there too
    (Губа, Совет, Центр), unless the row says otherwise; months and peoples are written small.
    """
    if "nocase" in row.match:
        return "any"
    if "lower" in row.match:
        return "small"
    forms = row.concept.ru if form is None else (form,)
    single = any(" " not in text and text[:1].isupper() for text in forms)
    if "case" in row.match or row.concept.type in ("place", "person") or single:
        return "capitals"
    return "any"


def governed(
    cases: tuple[str, ...], folded: str, start: int, *, after_noun: bool = False
) -> tuple[str, ...]:
    """`cases` with those first that the words before `start` ask for.

    That is a preposition, else a verb (``обсудили обмен информацией``), else, with `after_noun`
    and for what does not decline, a noun (``делегация МОМ``; a person's name may stand in
    apposition to it).
    """
    before = _LAST_WORD.search(folded, max(0, start - 24), start)
    word = before.group(1) if before else ""
    wanted = GOVERNMENT.get(word)
    if wanted is None and _TAKES_OBJECT.search(word) and not TAKES_NONE.match(word):
        wanted = ("accs",)
    elif (
        wanted is None and after_noun and len(cases) == _ALL_CASES and _MAY_BE_NOUN.fullmatch(word)
    ):
        wanted = ("gent",)
    first = [case for case in wanted or () if case in cases]
    return (*first, *(case for case in cases if case not in first)) if first else cases


def _automaton(patterns: dict[str, Any]) -> Any:
    import ahocorasick_rs  # only a run that looks for terms needs it

    if not patterns:
        return None
    # Of the three it is the quickest to build; all three search at tens of megabytes a second.
    kind = ahocorasick_rs.Implementation.ContiguousNFA
    return ahocorasick_rs.AhoCorasick(list(patterns), implementation=kind)


def _whole(text: str, start: int, stop: int) -> bool:
    return not (start > 0 and _wordlike(text[start - 1]) and _wordlike(text[start])) and not (
        stop < len(text) and _wordlike(text[stop]) and _wordlike(text[stop - 1])
    )


def _unbroken(folded: Folded, stop: int, size: int) -> bool:
    """Whether no space strayed into an ending: «с ЕС- а также» has none."""
    return folded.original(stop + size - 1) - folded.original(stop - 1) == size


def _wordlike(char: str) -> bool:
    return char.isalnum() or char == "_"


def _unhyphenated(text: str, start: int, stop: int) -> bool:
    """Refuse half of a compound: президент in вице-президент, страна in страна-участница.

    Баку-Тбилиси and МОМ-Азербайджан are two names, экс-министр is a minister, and a hyphen with
    a space beside it is a dash.
    """
    before = _HALF.search(text, max(0, start - 20), start)
    if before and before.group(1).lower() not in _TRANSPARENT:
        half = before.group(1)
        if half.lower() in _BINDING or (half[-1].islower() and text[start].islower()):
            return False
    after = text[stop : stop + 2]
    return not (len(after) == 2 and after[0] in "-‐‑" and after[1].islower())


def _letters_agree(letters: Letters, form: Form, surface: str, text: str, start: int) -> bool:
    raised = letters == "small" and surface[0].isupper() and not surface.isupper()
    if form.inside or raised:
        begins = start == 0 or _SENTENCE_START.search(text, max(0, start - 4), start) is not None
        if begins == form.inside or (raised and _CAPITAL_NEXT.match(text, start + len(surface))):
            return False
    if letters != "capitals":
        return True
    exact = form.exact
    heads = [i for i, c in enumerate(exact) if c.isupper() and (i == 0 or exact[i - 1] in ' -"(')]
    return all(surface[i].isupper() for i in heads)
