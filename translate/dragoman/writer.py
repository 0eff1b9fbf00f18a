"""One catalog and its template: merged, annotated, written, counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from dragoman import catalog, notes
from dragoman.checks import Pair, dismissed, run_checks
from dragoman.glossary import holds
from dragoman.job import Job, Work, catalog_state, known, plan_catalog
from dragoman.memory import remarks
from dragoman.merge import fill
from dragoman.records import Draft, Entry, Issue, Term
from dragoman.report import Row


@dataclass
class Writer:
    """Writes one catalog and its template, and counts what stands in it."""

    job: Job
    work: Work
    lang: str
    drafts: dict[str, Draft]
    fresh: set[str]  # sources that the engine translated in this run
    row: Row = field(init=False)

    def write(self) -> Row:
        """Merge, write, and remember the state so that an unchanged run can pass it by."""
        job, work = self.job, self.work
        path = job.workspace.catalog(work.name, self.lang)
        catalog.update_catalog(path, self._merged)
        pot = job.workspace.template(work.name)
        catalog.update_catalog(pot, self._template)
        if work.state:
            sources = [entry.msgid for entry in work.entries]
            state = catalog_state(job, work.name, self.lang, work.state, sources)
            if state is not None:
                job.ledger.remember(work.name, self.lang, state)
        return self.row

    def _template(self, old: catalog.Catalog | None) -> catalog.Catalog:
        return catalog.dated(old, catalog.new_template(self.work.name, self.work.entries, old))

    def _merged(self, found: catalog.Catalog | None) -> catalog.Catalog:
        job, work = self.job, self.work
        self.row = Row(work.name, self.lang, segments=len(work.entries))
        plan = plan_catalog(job, work, self.lang, found)
        job.ledger.claim(work.name, self.lang, plan.claims)
        merged = fill(plan, self.drafts, self._annotate, trust_memory=job.trust_memory)
        return catalog.dated(found, merged)

    def _annotate(self, entry: Entry, draft: Draft | None) -> tuple[str, ...]:
        terms = self.work.terms(entry.msgid, self.lang)
        verdicts = [(term, holds(term, entry.msgstr, self.lang)) for term in terms]
        issues = self._issues(entry, terms)
        owner, shown = self._owner(entry, draft)
        self._count(entry, owner, verdicts, issues)
        found = notes.lines(owner, shown, verdicts if entry.msgstr else (), issues)
        return found + self._remembered(entry, owner)

    def _remembered(self, entry: Entry, owner: str) -> tuple[str, ...]:
        """What the memory has for a sentence that nobody has approved a translation of."""
        memory = self.job.memory
        if memory is None or owner == "memory" or (entry.msgstr and not entry.fuzzy):
            return ()
        return remarks(memory.similar(entry.msgid, self.lang))

    def _owner(self, entry: Entry, draft: Draft | None) -> tuple[str, Draft | None]:
        """Whose text the entry holds, and the draft it is where it is the machine's."""
        if not entry.msgstr:
            return "nobody", draft
        if draft is not None and draft.text == entry.msgstr:
            return draft.origin, draft
        if not known(self.job, self.work, self.lang)(entry.msgid, entry.msgstr):
            return "person", None
        proposed = self.job.ledger.drafts(entry.msgid, self.lang)
        return "engine", next(d for d in reversed(proposed) if d.text == entry.msgstr)

    def _issues(self, entry: Entry, terms: tuple[Term, ...]) -> tuple[Issue, ...]:
        if not entry.msgstr:
            return ()
        assert self.lang in ("en", "az")
        pair = Pair(entry.msgid, entry.msgstr, self.lang, terms)  # type: ignore[arg-type]
        return run_checks(pair, dismissed=dismissed(entry.comment))

    def _count(
        self,
        entry: Entry,
        owner: str,
        verdicts: Sequence[tuple[Term, bool]],
        issues: Sequence[Issue],
    ) -> None:
        row, mine = self.row, entry.msgid in self.drafts
        fresh = mine and entry.msgid in self.fresh
        self.row = replace(
            row,
            drafted=row.drafted + (fresh and owner == "engine"),
            reused=row.reused + (mine and not fresh and owner in ("engine", "memory")),
            kept=row.kept + (owner == "person" or (not mine and owner == "engine")),
            failed=row.failed + (owner == "nobody"),
            warnings=row.warnings + len(issues),
            terms=row.terms + len(verdicts),
            missed=row.missed + sum(not found for _, found in verdicts),
        )
