"""The table of term matches: recall and precision, counted and held."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from dragoman.glossary import Glossary
from dragoman.records import Concept

CASES = Path(__file__).resolve().parents[1] / "cases" / "term_matches.txt"


@dataclass(frozen=True)
class Case:
    line: int
    term: str
    text: str
    spans: frozenset[tuple[int, int]]


def read_cases(path: Path) -> list[Case]:
    """The table's cases: brackets become spans, comments fall away."""
    cases, term = [], ""
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.split("   #")[0].rstrip()
        if line.startswith("== "):
            term = line[3:]
        elif line[:2] in ("+ ", "- "):
            text, spans = _spans(line[2:])
            assert bool(spans) == (line[0] == "+"), f"line {number}: brackets and sign disagree"
            cases.append(Case(number, term, text, spans))
    return cases


def _spans(marked: str) -> tuple[str, frozenset[tuple[int, int]]]:
    spans, text = [], ""
    for part in re.split(r"(\[[^]]*\])", marked):
        if part.startswith("["):
            spans.append((len(text), len(text) + len(part) - 2))
            part = part[1:-1]
        text += part
    return text, frozenset(spans)


def find_concept(glossary: Glossary, term: str) -> Concept:
    """The concept with this Russian form; a term the base lacks fails the test."""
    wanted = term.lower()
    found = [c for c in glossary.concepts if wanted in (ru.lower() for ru in c.ru)]
    assert found, f"the term base has no «{term}»"
    return found[0]


def test_recall_and_precision(glossary: Glossary) -> None:
    cases = read_cases(CASES)
    assert len(cases) >= 400
    wrong: list[str] = []
    wanted = right = found = 0
    for case in cases:
        concept = find_concept(glossary, case.term)
        spans = {(h.start, h.stop) for h in glossary.find(case.text) if h.concept.id == concept.id}
        wanted += len(case.spans)
        found += len(spans)
        right += len(spans & case.spans)
        if spans != case.spans:
            shown = [case.text[a:b] for a, b in sorted(spans)]
            wrong.append(f"line {case.line}: «{case.term}» in «{case.text}»: found {shown}")
    recall, precision = right / wanted, right / found
    print(f"\n{len(cases)} cases, recall {recall:.2%}, precision {precision:.2%}")
    print("\n".join(wrong))
    assert recall >= 0.99, wrong
    assert precision >= 0.99, wrong
