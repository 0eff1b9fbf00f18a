"""How good translations are: BLEU, chrF2++, TER with their signatures, and terms.

Scores are sacrebleu's (Post 2018), significance is its paired bootstrap (Koehn 2004). A term counts
as said when any accepted form stands in the translation, and as right when it stands there in a
form in which the reference says it too.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from dragoman.errors import UsageError
from dragoman.glossary import holds
from dragoman.records import Term


@dataclass(frozen=True, slots=True)
class Score:
    """A metric's value with what makes it comparable."""

    name: str
    value: float
    signature: str


@dataclass(frozen=True, slots=True)
class TermScore:
    """Of `terms` that the references say, how many a system says, and in the same form."""

    terms: int
    said: int
    same_form: int

    @property
    def success(self) -> float:
        """Share said, in percent; 100 when there are none."""
        return 100 * self.said / self.terms if self.terms else 100.0

    @property
    def right_form(self) -> float:
        """Share said in a form that the reference has, in percent."""
        return 100 * self.same_form / self.terms if self.terms else 100.0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The scores of one system on one set in one language."""

    system: str
    lang: str
    sentences: int
    scores: tuple[Score, ...]
    terms: TermScore

    def as_json(self) -> dict[str, Any]:
        """For machines."""
        found = asdict(self)
        found["terms"] |= {"success": self.terms.success, "right_form": self.terms.right_form}
        return found


def read_set(path: Path) -> list[dict[str, str]]:
    """Sentences of a set as dictionaries of ru, en and az.

    A TSV without header has the columns ru, en, az; a folder has files ``*.ru``, ``*.en``, ``*.az``
    with one sentence a line. Raises UsageError for anything else.
    """
    if path.is_dir():
        columns = {}
        for lang in ("ru", "en", "az"):
            found = sorted(path.glob(f"*.{lang}"))
            if len(found) != 1:
                raise UsageError(f"{len(found)} files *.{lang} where one is wanted", path=path)
            columns[lang] = found[0].read_text("utf-8").rstrip("\n").split("\n")
        if len({len(lines) for lines in columns.values()}) != 1:
            raise UsageError("files of different length", path=path, advice="align them by line")
        return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
    if not path.is_file():
        raise UsageError("no such evaluation set", path=path, advice="name a TSV or a folder")
    rows = []
    for number, line in enumerate(path.read_text("utf-8").split("\n"), 1):
        cells = line.split("\t")
        if line.strip():
            if len(cells) != 3:
                raise UsageError(f"{len(cells)} columns, not ru, en, az", path=path, line=number)
            rows.append(dict(zip(("ru", "en", "az"), cells, strict=True)))
    return rows


def metrics() -> dict[str, Any]:
    """The metrics of sacrebleu that a translation is judged by, by name."""
    from sacrebleu.metrics import BLEU, CHRF, TER

    return {"BLEU": BLEU(), "chrF2++": CHRF(word_order=2), "TER": TER()}


def evaluate(
    system: str, lang: str, said: Sequence[str], references: Sequence[str],
    terms: Sequence[Sequence[Term]],
) -> Evaluation:  # fmt: skip
    """Score the translations `said`, one for each of `references` and of `terms`."""
    scores = []
    for name, metric in metrics().items():
        result = metric.corpus_score(list(said), [list(references)])
        scores.append(Score(name, round(result.score, 2), str(metric.get_signature())))
    return Evaluation(
        system, lang, len(said), tuple(scores), score_terms(said, references, terms, lang)
    )


def score_terms(
    said: Sequence[str], references: Sequence[str], terms: Sequence[Sequence[Term]], lang: str
) -> TermScore:
    """Count the terms that the references say; a reference that words one freely proves nothing."""
    count = found = same = 0
    for text, reference, wanted in zip(said, references, terms, strict=True):
        for term in wanted:
            if not holds(term, reference, lang):
                continue
            count += 1
            if holds(term, text, lang):
                found += 1
                same += any(
                    form in reference and form in text for form in _longest(term, reference)
                )
    return TermScore(count, found, same)


def _longest(term: Term, text: str) -> tuple[str, ...]:
    """The forms of a term that stand in `text`, without those that are only part of another."""
    present = [form for form in term.forms if form in text]
    return tuple(f for f in present if not any(f != g and f in g for g in present))


def compare(
    said: Sequence[str], other: Sequence[str], references: Sequence[str], samples: int = 1000
) -> list[dict[str, Any]]:
    """Paired bootstrap of a system against a baseline (`other`): scores, intervals, p-values."""
    from sacrebleu.significance import PairedTest

    if len(said) != len(other):
        raise UsageError(f"{len(other)} translations to compare with, {len(said)} wanted")
    test = PairedTest(
        [("baseline", list(other)), ("system", list(said))], metrics(),
        references=[list(references)], test_type="bs", n_samples=samples,
    )  # fmt: skip
    _, results = test()
    rows = []
    for name, values in results.items():
        if name == "System":
            continue
        base, mine = values
        rows.append(
            {
                "metric": name,
                "baseline": round(base.score, 2),
                "system": round(mine.score, 2),
                # numpy's numbers are no JSON
                "interval": [round(float(mine.mean + d * mine.ci), 2) for d in (-1, 1)],
                "p": float(mine.p_value),
            }
        )
    return rows
