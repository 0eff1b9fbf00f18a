"""From requests to drafts that hold their terms, over any engine.

Each step is tried only on the sentences that the steps before it left wanting, and each
candidate is verified by what it says, never by how it was made:

1. the engine's own translation, its n-best reranked, where the engine need not see all of a long
   list (`dragoman.engines.folding`); engines that take terms are told them, except in long
   sentences (`Enforcement.long`): untold they leave out less of these and say most terms anyway;
   names in other letters are put right here and in what follows (`dragoman.engines.misspelt`);
2. another source: all of a sentence that was folded; of a long one that was untold, the missing
   terms told, then all; else the plain source or, for engines that take no terms, the source with
   each term replaced by its target form, with a wide beam;
3. repair: other words for a term are replaced in their place (`dragoman.engines.repair`);
4. insertion: a translation is kept up to where a term is missing, or said in a form that does
   not fit, a form of it is said there, and the model goes on (`dragoman.engines.insertion`);
5. a constrained beam over all forms of the terms still missing, and over the fitting ones of those
   that stand there in a form that does not fit.

Candidates rank by terms held, then by score, from which a term in a form that does not answer the
Russian case and number takes a little: often another case is right, but not by default. One that
gains terms is refused when its score falls far below the engine's own choice, when it is much
longer or shorter (than that and than the source), when it says more phrases twice or hangs words
on behind the end of a sentence, or when it loses a number or breaks a check that the engine's own
choice passed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from math import isnan

from dragoman.engines.asking import untold, with_missing, with_targets
from dragoman.engines.base import Engine, constrains, inserts
from dragoman.engines.candidates import Candidate, Case, Enforcement
from dragoman.engines.demands import Demands
from dragoman.engines.dictionary import Dictionary
from dragoman.engines.folding import fold
from dragoman.engines.judge import Faults, Holds, Judge
from dragoman.engines.repair import Repairer
from dragoman.engines.wording import holds_form, like_source, lost_numbers
from dragoman.records import Answer, Draft, Hypothesis, Request

OnDraft = Callable[[int, Draft], None]


class Enforcer:
    """Drafts with terms from one engine into one language.

    `holds` and `faults` are the glossary's and the checks' verdicts; without them whole forms
    and lost numbers are looked for.
    """

    def __init__(
        self,
        engine: Engine,
        to: str,
        *,
        holds: Holds = holds_form,
        faults: Faults = lost_numbers,
        repairer: Repairer | None = None,
        settings: Enforcement | None = None,
    ) -> None:
        self.engine = engine
        self.to = to
        self.settings = settings or Enforcement()
        self.repairer = repairer if self.settings.repair else None
        self.judge = Judge(holds, faults, self.settings)
        self.demands = Demands(to, self.settings.max_forms)
        self.told = engine.takes_terms and self.settings.told
        self.own = "annotated" if self.told else "plain"

    def drafts(
        self, requests: Sequence[Request], *, on_draft: OnDraft | None = None
    ) -> list[Draft]:
        """One draft per request, in order; `on_draft` hears of each as soon as it is settled.

        A sentence that the engine fails on is a draft of origin ``failed`` with its reason.
        Raises EngineError only when the engine as a whole cannot work.
        """
        cases = [Case(request) for request in requests]
        done: dict[int, Draft] = {}

        def settle(index: int) -> None:
            done[index] = self._draft(cases[index])
            if on_draft:
                on_draft(index, done[index])

        folded = [fold(case.request, self.settings.folding) for case in cases]
        for case, shown in zip(cases, folded, strict=True):
            case.unaided = not shown.shorter and self._is_long(case.request)

        def first(index: int, answer: Answer) -> None:
            shown = folded[index]
            own = "plain" if cases[index].unaided else self.own
            strategy = "folded" if shown.shorter else own
            self._add(cases[index], shown.unfolded(answer, self.to), strategy)
            if not cases[index].wanting:
                settle(index)

        asked = [
            untold(shown.request) if case.unaided else self._asked(shown.request)
            for case, shown in zip(cases, folded, strict=True)
        ]
        n_best = self.settings.n_best
        self.engine.translate(asked, self.to, n_best=n_best, on_answer=first)
        left = [i for i in range(len(cases)) if i not in done]
        whole = [cases[i] for i in left if folded[i].shorter]
        self._ask(whole, lambda case: self._asked(case.request), n_best, self.own)
        if self.settings.another_source:
            self._another_source([cases[i] for i in left])
        self._repair([cases[i] for i in left])
        for _ in range(self.settings.insertions):
            self._insert([cases[i] for i in left])
        self._constrain([cases[i] for i in left])
        self._repair([cases[i] for i in left])
        for i in left:
            settle(i)
        return [done[i] for i in range(len(cases))]

    def _asked(self, request: Request) -> Request:
        """A request as the engine gets it."""
        return request if self.settings.told else untold(request)

    def _is_long(self, request: Request) -> bool:
        """Whether the engine, which would be told its terms, does better without at first."""
        return self.told and 0 < self.settings.long <= len(request.text.split())

    def _add(self, case: Case, answer: Answer, strategy: str) -> None:
        """Judge the hypotheses of an answer and keep those that may stand."""
        own = case.candidates[0] if case.candidates else None
        if not answer.hypotheses and not own:
            case.reason = case.reason or answer.reason
        for place, hypothesis in enumerate(answer.hypotheses):
            name = "n-best" if place and strategy in ("plain", "annotated") else strategy
            if isnan(hypothesis.score):  # all are alike then
                case.scored = False
                hypothesis = Hypothesis(hypothesis.text, 0.0)
            # A term's form in small letters may stand first.
            text = like_source(case.request.text, hypothesis.text, self.to)
            hypothesis = Hypothesis(text, hypothesis.score)
            candidate = self._candidate(case.request, hypothesis, name)
            if own is None or self.judge.may_stand(case.request, candidate, own):
                case.candidates.append(candidate)
                own = own or candidate
                if not any(candidate.rank[:3]) and not candidate.unfit:
                    return  # among those without fault the engine's own order decides

    def _candidate(self, request: Request, hypothesis: Hypothesis, strategy: str) -> Candidate:
        """A hypothesis judged, after the names were put right that it says in other letters."""
        found = self.judge.candidate(request, hypothesis, strategy)
        repairer = self.repairer if found.missing else None
        made = repairer.respell(request, hypothesis.text) if repairer else None
        if made is None:
            return found
        hypothesis = replace(hypothesis, text=made.text)
        return self.judge.candidate(request, hypothesis, strategy, made.note)

    def _another_source(self, cases: list[Case]) -> None:
        """Step 2: other sources for the model, each kind of them in one batch."""
        if not self.told:
            self._ask(cases, with_targets, self.settings.wide, "replaced")
            return
        unaided = [case for case in cases if case.unaided]
        self._ask(unaided, with_missing, self.settings.n_best, "annotated")
        lacking = [case for case in unaided if case.best and case.best.missing]
        self._ask(lacking, lambda case: case.request, self.settings.n_best, "annotated")
        told = [case for case in cases if not case.unaided]
        self._ask(told, lambda case: untold(case.request), self.settings.n_best, "plain")

    def _ask(
        self, cases: list[Case], asked: Callable[[Case], Request], n_best: int, strategy: str
    ) -> None:
        """What the engine makes of another request for each of the cases that want one."""
        wanting = [case for case in cases if case.wanting]
        requests = [asked(case) for case in wanting]
        answers = self.engine.translate(requests, self.to, n_best=n_best) if wanting else []
        for case, answer in zip(wanting, answers, strict=True):
            self._add(case, answer, strategy)

    def _insert(self, cases: list[Case]) -> None:
        """Step 4: say a term in its place."""
        if not inserts(self.engine):
            return
        asked = [(case, next(self.demands.insertions(case), None)) for case in cases]
        wanted = [(case, insertion) for case, insertion in asked if insertion]
        answers = self.engine.insert(
            [self._asked(case.request) for case, _ in wanted],
            self.to,
            [insertion for _, insertion in wanted],
            n_best=2 * self.settings.n_best,
        )
        for (case, insertion), answer in zip(wanted, answers, strict=True):
            case.tried.add(insertion)
            self._add(case, answer, "inserted")

    def _constrain(self, cases: list[Case]) -> None:
        """Step 5: search for what is still missing, or not in a form that fits."""
        if not self.settings.constrained or not constrains(self.engine):
            return
        asked = [(case, self.demands.groups(case)) for case in cases if case.wanting]
        asked = [(case, groups) for case, groups in asked if groups and all(groups)]
        answers = self.engine.constrain(
            [self._asked(case.request) for case, _ in asked],
            self.to,
            [groups for _, groups in asked],
            n_best=self.settings.n_best,
        )
        for (case, _), answer in zip(asked, answers, strict=True):
            self._add(case, answer, "constrained")

    def _repair(self, cases: list[Case]) -> None:
        """Step 3: put right what the best candidates say otherwise."""
        for case in cases:
            if self.repairer and case.wanting:
                self._repair_one(case, self.repairer)

    def _repair_one(self, case: Case, repairer: Repairer) -> None:
        best = sorted(case.candidates, key=lambda c: c.rank)[: self.settings.n_best]
        for candidate in [c for c in best if c.strategy != "repaired"]:
            made = repairer.repair(case.request, candidate.hypothesis.text)
            if made:
                hypothesis = Hypothesis(made.text, candidate.hypothesis.score)
                repaired = self.judge.candidate(case.request, hypothesis, "repaired", made.note)
                if self.judge.may_stand(case.request, repaired, case.candidates[0]):
                    case.candidates.append(repaired)

    def _draft(self, case: Case) -> Draft:
        best = case.best
        if best is None:
            reason = case.reason or "the model returned nothing"
            return Draft("", "failed", engine=self.engine.name, reason=reason)
        strategy = best.strategy if case.request.terms else "plain"
        dictionary: Dictionary | None = getattr(self.engine, "dictionary", None)
        doubt = dictionary.doubt(case.request, self.to) if dictionary else 0.0
        cost = case.candidates[0].hypothesis.score - best.hypothesis.score
        text, note = best.hypothesis.text, best.note
        if self.repairer:
            polished = self.repairer.polish(case.request, text)
            text = polished.text if polished else text
            note = "; ".join(part for part in (note, polished.note if polished else "") if part)
        return Draft(
            text,
            "engine",
            engine=self.engine.name,
            score=best.hypothesis.score - doubt if case.scored else None,
            reason=note,
            strategy=strategy,
            cost=max(0.0, cost) if case.scored else 0.0,
        )
