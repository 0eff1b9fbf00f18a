"""Repair: other words for a term give way to the right ones, in the form that the sentence asks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from scripted import Constrainable, Scripted

from dragoman.checks import Pair, run_checks
from dragoman.enforcing import enforcer
from dragoman.engines import load_engine
from dragoman.engines.aligning import Aligner, aligner_for, embedded_aligner
from dragoman.engines.alignment import Alignment
from dragoman.engines.candidates import Enforcement
from dragoman.engines.enforce import Enforcer
from dragoman.engines.loading import EMBEDDED
from dragoman.engines.repair import SURE, Repairer
from dragoman.glossary import holds
from dragoman.languages import accepted_forms
from dragoman.records import Request, Term

CASES = Path(__file__).parents[1] / "cases" / "engines"


@dataclass
class Case:
    """A block of repairs.txt."""

    to: str
    source: str
    said: str
    line: int
    fields: dict[str, str] = field(default_factory=dict)
    expected: str | None = None

    def __str__(self) -> str:
        return f"{self.line}: {self.said}"


def blocks(path: Path) -> Iterator[Case]:
    case: Case | None = None
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line.startswith("=="):
            to, source, said = (part.strip() for part in line[2:].split(" | "))
            case = Case(to, source, said, number)
        elif line.startswith(("+", "-")) and case:
            case.expected = line[1:].strip() if line[0] == "+" else None
            yield case
        elif line.strip() and not line.startswith("#") and case:
            name, _, value = line.partition(" | ")
            case.fields[name] = value


REPAIRS = list(blocks(CASES / "repairs.txt"))
MISSPELT = list(blocks(CASES / "misspelt.txt"))


def unbracketed(text: str) -> tuple[str, int, int]:
    """`text` without its brackets, and where they stood (nowhere: an empty place)."""
    start, stop = text.find("["), text.find("]") - 1
    return text.replace("[", "").replace("]", ""), max(start, 0), max(stop, 0)


def term_of(source: str, start: int, stop: int, case: Case) -> Term:
    lemma, shape = case.fields["wanted"].split(" | ")
    russian, number = shape.split()
    forbidden = case.fields.get("forbidden", "")
    return Term(
        start, stop, source[start:stop], lemma,
        accepted_forms(lemma, case.to, russian_case=russian, number=number),
        accepted_forms(forbidden, case.to) if forbidden else (),
    )  # fmt: skip


@dataclass
class Given:
    """An aligner that knows the answer: the words in brackets."""

    start: int
    stop: int
    place: tuple[int, int]

    def align(self, source: str, target: str, to: str) -> Alignment | None:
        if self.start == self.stop:
            return None
        one = tuple(m.span() for m in re.finditer(r"\S+", source))
        two = tuple(m.span() for m in re.finditer(r"\S+", target))
        asked = [a < self.place[1] and self.place[0] < b for a, b in one]
        rows = []
        for a, b in two:
            mine = a < self.stop and self.start < b
            row = [float(ask == mine) for ask in asked]
            row = row if any(row) else [1.0] * len(row)
            rows.append(tuple(value / sum(row) for value in row))
        return Alignment(one, two, tuple(rows), target)


def findings(request: Request, text: str, to: str) -> list[str]:
    return [f"{i.code} {i.message}" for i in run_checks(Pair(request.text, text, to))]  # type: ignore[arg-type]


@pytest.mark.parametrize("case", REPAIRS, ids=str)
def test_repairs(case: Case) -> None:
    source, a, b = unbracketed(case.source)
    said, start, stop = unbracketed(case.said)
    terms = [term_of(source, a, b, case)]
    if "also" in case.fields:
        words, lemma = case.fields["also"].split(" | ")
        at = source.index(words)
        terms.append(Term(at, at + len(words), words, lemma, accepted_forms(lemma, case.to)))
    repairer = Repairer(
        Given(start, stop, (a, b)), case.to,
        holds=lambda term, text: holds(term, text, case.to),
        findings=lambda request, text: findings(request, text, case.to),
    )  # fmt: skip
    made = repairer.repair(Request(source, tuple(terms)), said)
    assert (made.text if made else None) == case.expected


@pytest.mark.parametrize("case", MISSPELT, ids=str)
def test_names_in_other_letters(case: Case) -> None:
    source, a, b = unbracketed(case.source)
    repairer = Repairer(
        Given(0, 0, (a, b)), case.to,
        holds=lambda term, text: holds(term, text, case.to),
        findings=lambda request, text: findings(request, text, case.to),
    )  # fmt: skip
    made = repairer.respell(Request(source, (term_of(source, a, b, case),)), case.said)
    assert (made.text if made else None) == case.expected


def test_there_are_cases_of_both_kinds_in_both_languages() -> None:
    for to in ("en", "az"):
        kinds = [case.expected is None for case in REPAIRS if case.to == to]
        assert kinds.count(False) >= 20 and kinds.count(True) >= 5


# What alignment by the model finds, against hand-made alignments.


@dataclass
class Linked:
    """A block of alignments.txt."""

    to: str
    source: str
    target: str
    links: list[tuple[str, str]]


def linked(path: Path) -> list[Linked]:
    found: list[Linked] = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("=="):
            to, source, target = (part.strip() for part in line[2:].split(" | "))
            found.append(Linked(to, source, target, []))
        elif line.strip() and not line.startswith("#"):
            one, two = line.split(" = ")
            found[-1].links.append((one, two))
    return found


@pytest.fixture(scope="module")
def embedded() -> Aligner:
    if not (EMBEDDED / "config.json").is_file():
        pytest.skip("no embedded model")
    aligner = embedded_aligner()
    assert aligner is not None
    return aligner


def test_the_embedded_model_aligns_what_others_translated(embedded: Aligner) -> None:
    """Of what it is sure of, nine in ten places are right; and it is sure of most."""
    sure = right = links = 0
    wrong = []
    for case in linked(CASES / "alignments.txt"):
        alignment = embedded.align(case.source, case.target, case.to)
        assert alignment is not None
        for words, said in case.links:
            links += 1
            at = case.source.index(words)
            found = alignment.find(at, at + len(words))
            if found is None or found.sure < SURE:
                continue
            sure += 1
            place = case.target.index(said)
            if found.start < place + len(said) and place < found.stop:
                right += 1
            else:
                wrong.append((words, said, case.target[found.start : found.stop]))
    assert right >= 0.9 * sure and sure >= 0.55 * links, (right, sure, links, wrong)


def test_rows_of_weights_sum_to_one(embedded: Aligner) -> None:
    alignment = embedded.align("Служба провела встречу.", "The Service held a meeting.", "en")
    assert alignment is not None
    assert len(alignment.weights) == 5
    assert all(abs(sum(row) - 1) < 1e-6 and len(row) == 3 for row in alignment.weights)


@pytest.mark.parametrize(
    ("source", "target"),
    [("", "text"), ("текст", ""), ("да " * 300, "yes"), ("да", "yes " * 300)],
)
def test_what_cannot_be_aligned_is_no_error(embedded: Aligner, source: str, target: str) -> None:
    assert embedded.align(source, target, "en") is None


# Repair within enforcement.

TEXT = "Служба провела встречу в Баку."
SERVICE = Term(0, 6, "Служба", "Xidmət", accepted_forms("Xidmət", "az", russian_case="nomn"))


def repairing(engine: Scripted, **settings: object) -> Enforcer:
    def said(term: Term, text: str) -> bool:
        return holds(term, text, "az")

    start = len("Dünən ")
    repairer = Repairer(
        Given(start, start + len("Agentlik"), (0, 6)), "az", holds=said,
        findings=lambda request, text: findings(request, text, "az"),
    )  # fmt: skip
    return Enforcer(
        engine, "az", holds=said, repairer=repairer,
        settings=Enforcement(**settings),  # type: ignore[arg-type]
    )  # fmt: skip


SAID = "Dünən Agentlik Bakıda görüş keçirdi."


def test_repair_is_told_and_spares_the_constrained_search() -> None:
    found = [("Xidmət dünən Bakıda görüş keçirdi.", -0.5)]
    engine = Constrainable({TEXT: [(SAID, -0.3)]}, constrained={TEXT: found})
    [made] = repairing(engine).drafts([Request(TEXT, (SERVICE,))])
    assert made.text == "Dünən Xidmət Bakıda görüş keçirdi."
    assert (made.strategy, made.score) == ("repaired", -0.3)
    assert made.reason == "repaired “Agentlik” to “Xidmət”"
    assert engine.wanted == []


def test_what_no_repair_brings_in_is_searched_for() -> None:
    missing = Term(22, 29, "в Баку", "Bakı", accepted_forms("Bakı", "az"))
    right = "Xidmət dünən Bakıda görüş keçirdi."
    engine = Constrainable(
        {TEXT: [("Dünən Agentlik görüş keçirdi.", -0.3)]}, constrained={TEXT: [(right, -0.5)]}
    )
    [made] = repairing(engine).drafts([Request(TEXT, (SERVICE, missing))])
    assert (made.text, made.strategy, made.reason) == (right, "constrained", "")


def test_repair_can_be_left_out() -> None:
    engine = Constrainable({TEXT: [(SAID, -0.3)]})
    [made] = repairing(engine, repair=False).drafts([Request(TEXT, (SERVICE,))])
    assert (made.text, made.strategy) == (SAID, "plain")


def test_the_article_of_an_institution_is_put_right_and_told() -> None:
    text = "Прибыла делегация Всемирного банка."
    bank = Term(18, 34, text[18:34], "World Bank", accepted_forms("World Bank", "en"))
    repairer = Repairer(
        NeverAsked(), "en", holds=lambda t, said: holds(t, said, "en"),
        findings=lambda r, said: findings(r, said, "en"),
    )  # fmt: skip
    engine = Scripted({text: [("A delegation of World Bank arrived.", -0.3)]})
    [made] = Enforcer(engine, "en", repairer=repairer).drafts([Request(text, (bank,))])
    assert made.text == "A delegation of the World Bank arrived."
    assert made.strategy == "plain"
    assert made.reason == "repaired “of World Bank” to “of the World Bank”"


class NeverAsked:
    """An aligner that must not be called."""

    def align(self, source: str, target: str, to: str) -> Alignment | None:
        raise AssertionError("alignment where nothing is missing")


def test_sentences_with_all_their_terms_cost_nothing() -> None:
    engine = Scripted({TEXT: [("Xidmət Bakıda görüş keçirdi.", -0.3)]})
    repairer = Repairer(
        NeverAsked(), "az", holds=lambda t, text: holds(t, text, "az"), findings=lambda r, t: ()
    )
    [made] = Enforcer(engine, "az", repairer=repairer).drafts([Request(TEXT, (SERVICE,))])
    assert made.strategy == "plain"


def test_any_engine_is_repaired_but_the_one_that_errs_on_purpose(embedded: Aligner) -> None:
    assert aligner_for(Scripted({})) is embedded
    assert aligner_for(load_engine("fake:no-terms")) is None
    own = aligner_for(load_engine("embedded"))
    assert isinstance(own, Aligner)


def test_the_output_of_a_stranger_is_repaired_end_to_end(embedded: Aligner) -> None:
    """No terms taken, no constraints: alignment by the embedded model does it."""
    text = "Государственный таможенный комитет и Агентство по занятости подписали протокол."
    said = "The State Customs Board and the Employment Agency signed a protocol."
    term = Term(0, 34, text[:34], "State Customs Committee",
                accepted_forms("State Customs Committee", "en"))  # fmt: skip
    [made] = enforcer(Scripted({text: [(said, 0.0)]}), "en").drafts([Request(text, (term,))])
    wanted = "The State Customs Committee and the Employment Agency signed a protocol."
    assert (made.text, made.strategy) == (wanted, "repaired")
