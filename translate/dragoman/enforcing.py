"""Term enforcement as it is used: over any engine, judged by the glossary and the checks."""

from __future__ import annotations

from dataclasses import replace

from dragoman.checks import Pair, run_checks
from dragoman.engines import Engine
from dragoman.engines.aligning import Aligns, aligner_for
from dragoman.engines.base import inserts
from dragoman.engines.candidates import Enforcement
from dragoman.engines.enforce import Enforcer
from dragoman.engines.repair import Repairer
from dragoman.glossary import holds
from dragoman.parts import InParts
from dragoman.records import Request, Term


def enforcer(
    engine: Engine,
    lang: str,
    settings: Enforcement | None = None,
    aligner: Aligns | None = None,
) -> InParts:
    """Enforcement over `engine` into `lang`, by all means that it has or by those of `settings`;
    `aligner` is by default the one that `aligner_for` has for the engine.

    Only models that translate sentence by sentence and can be told what to say are spared long
    lists and quotations, and the terms of long sentences at first; others do well to see all.
    Checks that look at terms are left out of its faults: terms are counted for themselves.
    """

    def findings(request: Request, text: str) -> list[str]:
        issues = run_checks(Pair(request.text, text, lang))  # type: ignore[arg-type]
        return [f"{issue.code}: {issue.message}" for issue in issues]

    def faults(request: Request, text: str) -> int:
        return len(findings(request, text))

    def said(term: Term, text: str) -> bool:
        return holds(term, text, lang)

    aligner = aligner or aligner_for(engine)
    repairer = Repairer(aligner, lang, holds=said, findings=findings) if aligner else None
    settings = settings or Enforcement()
    if not inserts(engine):
        settings = replace(settings, folding=False, long=0)
    return InParts(
        Enforcer(engine, lang, holds=said, faults=faults, repairer=repairer, settings=settings)
    )
