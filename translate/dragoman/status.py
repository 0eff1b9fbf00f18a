"""How far the review of each release is, and what to look at first."""

from __future__ import annotations

import heapq
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from dragoman.checks import dismissed
from dragoman.errors import CatalogError
from dragoman.inspection import CatalogPlace, Inspected, Inspector, first_words, shown
from dragoman.report import Failure

# Mean log-probability of a token below which the model thought each likelier wrong than right.
LOW_SCORE = math.log(0.5)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_RISKS = ("error", "failed", "term missing", "changed", "low score", "warning", "to be read")


@dataclass(frozen=True, slots=True)
class Row:
    """A catalog in numbers.

    `approved`, `draft`, `changed` and `failed` add up to `segments`. `errors` and `warnings` count
    findings that nobody dismissed, `missed` of `terms` term occurrences are not in the text,
    `words_left` are Russian words in entries not yet approved.
    """

    release: str
    lang: str
    path: str
    segments: int = 0
    approved: int = 0
    draft: int = 0
    changed: int = 0
    failed: int = 0
    errors: int = 0
    warnings: int = 0
    terms: int = 0
    missed: int = 0
    words_left: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Task:
    """An entry that wants a person. Tasks sort by risk: the riskiest first."""

    rank: int  # index of the gravest reason, see `risk`
    weight: float  # within a rank; smaller is riskier
    path: str
    line: int
    release: str
    lang: str
    reasons: tuple[str, ...]
    source: str
    target: str

    @property
    def risk(self) -> str:
        """The gravest reason, in a word or two."""
        return _RISKS[self.rank]


@dataclass(frozen=True, slots=True)
class Survey:
    """The state of many catalogs. `open` counts all tasks, of which `worklist` holds the first."""

    rows: tuple[Row, ...]
    worklist: tuple[Task, ...]
    open: int
    failures: tuple[Failure, ...]
    untranslated: tuple[str, ...] = ()  # catalogs that releases in seeds/ lack

    @property
    def totals(self) -> tuple[Row, ...]:
        """The sums by language and, where there are several languages, over all."""
        langs = tuple(dict.fromkeys(row.lang for row in self.rows))
        by_lang = tuple(_total(lang, [r for r in self.rows if r.lang == lang]) for lang in langs)
        return by_lang if len(langs) < 2 else (*by_lang, _total("", self.rows))

    def as_json(self) -> dict[str, Any]:
        """The survey for machines."""
        return {
            "totals": [asdict(row) for row in self.totals],
            "catalogs": [asdict(row) for row in self.rows],
            "open": self.open,
            "worklist": [{"risk": task.risk, **asdict(task)} for task in self.worklist],
            "untranslated": list(self.untranslated),
            "failures": [asdict(failure) for failure in self.failures],
        }


def survey(
    inspector: Inspector,
    places: Iterable[CatalogPlace],
    *,
    limit: int = 0,
    untranslated: Iterable[CatalogPlace] = (),
) -> Survey:
    """Look at the catalogs one after the other; keep the `limit` riskiest tasks (0: all).

    A catalog that cannot be read becomes a Failure and the others are still counted. Memory holds
    a row a catalog and the worklist, whatever the number of entries.
    """
    rows: list[Row] = []
    failures: list[Failure] = []
    worst: list[Task] = []
    count = 0
    for place in places:
        try:
            found = inspector.inspect(place)
        except CatalogError as error:
            failures.append(Failure(shown(place.path), str(error)))
            continue
        rows.append(row_of(place, found))
        new = list(tasks_of(place, found))
        count += len(new)
        worst = heapq.nsmallest(limit, (*worst, *new)) if limit else [*worst, *new]
    lacking = tuple(shown(place.path) for place in untranslated)
    return Survey(tuple(rows), tuple(sorted(worst)), count, tuple(failures), lacking)


def row_of(place: CatalogPlace, entries: Iterable[Inspected]) -> Row:
    """The numbers of one catalog."""
    found = tuple(entries)
    states = Counter(entry.state for entry in found)
    severities = Counter(i.severity for e in found if e.state != "failed" for i in e.issues)
    written = [entry for entry in found if entry.state != "failed"]
    return Row(
        place.release,
        place.lang,
        shown(place.path),
        segments=len(found),
        approved=states["approved"],
        draft=states["draft"],
        changed=states["changed"],
        failed=states["failed"],
        errors=severities["error"],
        warnings=severities["warning"],
        terms=sum(len(entry.terms) for entry in written),
        missed=sum(len(entry.missed) for entry in written),
        words_left=sum(len(_WORD.findall(e.source)) for e in found if e.state != "approved"),
    )


def tasks_of(place: CatalogPlace, entries: Iterable[Inspected]) -> Iterator[Task]:
    """What is left to do in one catalog.

    That is every entry not approved, and approved ones in which an error stands: a missed term or
    a warning in a text that a person approved is a decision.
    """
    for entry in entries:
        if entry.state == "approved" and not entry.errors:
            continue
        reasons = tuple(_reasons(entry))
        rank = min((rank for rank, _ in reasons), default=len(_RISKS) - 1)
        yield Task(
            rank,
            _weight(rank, entry),
            shown(place.path),
            entry.line,
            place.release,
            place.lang,
            tuple(text for _, text in reasons),
            first_words(entry.source, 80),
            first_words(entry.target, 80),
        )


def _reasons(entry: Inspected) -> Iterator[tuple[int, str]]:
    """(rank, text) of all that speaks against an entry, gravest first."""
    if entry.state == "failed":
        yield 1, "no translation"
        return
    for issue in entry.errors:
        yield 0, f"{issue.code}: {issue.message}"
    for term in () if {"term", "all"} & dismissed(entry.comment) else entry.missed:
        yield 2, f"term missing: {term.surface} = {term.lemma}"
    if entry.state == "changed":
        yield 3, "the Russian changed"
    if entry.score is not None and entry.score < LOW_SCORE and entry.state != "approved":
        yield 4, f"score {entry.score:.2f}"
    for issue in entry.issues:
        if issue.severity == "warning" and issue.code != "term":  # told above
            yield 5, f"{issue.code}: {issue.message}"


def _weight(rank: int, entry: Inspected) -> float:
    """What orders tasks of one rank: how many errors or missed terms, then the score."""
    count = {0: len(entry.errors), 2: len(entry.missed), 5: len(entry.issues)}.get(rank, 0)
    score = entry.score if entry.score is not None else 0.0
    return -100.0 * count + max(score, -99.0)


def _total(lang: str, rows: Iterable[Row]) -> Row:
    found = tuple(rows)
    names = (
        "segments", "approved", "draft", "changed", "failed", "errors", "warnings", "terms",
        "missed", "words_left",
    )  # fmt: skip
    return Row("total", lang, "", **{n: sum(getattr(row, n) for row in found) for n in names})
