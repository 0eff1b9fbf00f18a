"""One catalog and its template: merged, annotated, written, counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field, replace

from dragoman import catalog, notes
from dragoman.checks import Pair, dismissed, run_checks, said
from dragoman.drafting import Batch, broke_down
from dragoman.job import Job, Work, catalog_state, known, plan_catalog, text_of
from dragoman.memory import Match, remarks
from dragoman.merge import fill
from dragoman.records import Draft, Entry, Issue, Term
from dragoman.report import Row


@dataclass
class Writer:
    """Writes one catalog and its template, and counts what stands in it."""

    job: Job
    work: Work
    lang: str
    batch: Batch
    sources: tuple[str, ...]  # those that the machine may write, or that may be its own
    first: Set[str]  # those that the engine translated for this release
    row: Row = field(init=False)
    drafts: dict[str, Draft] = field(init=False)

    def write(self) -> Row:
        """Merge and write; `states` then says what to remember."""
        job, work = self.job, self.work
        keys = ((source, work.unit(source, self.lang).key) for source in self.sources)
        self.drafts = {source: self.batch.drafts[key] for source, key in keys}
        catalog.update_catalog(job.workspace.catalog(work.name, self.lang), self._merged)
        if not work.templated:
            catalog.update_catalog(job.workspace.template(work.name), self._template)
            work.templated = True
        return self.row

    def states(self) -> Iterator[tuple[str, str, str]]:
        """The states by which the next run knows that there is nothing to do.

        There is, where the engine broke down.
        """
        job, work = self.job, self.work
        if not work.found.state or any(map(broke_down, self.drafts.values())):
            return
        sources = [entry.msgid for entry in work.entries]
        state = catalog_state(job, work.name, self.lang, work.found.state, sources)
        if state is not None:
            yield work.name, self.lang, state
            yield work.name, text_of(self.lang), work.found.text

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
        verdicts = [(term, said(term, entry.msgstr, self.lang)) for term in terms]
        issues = self._issues(entry, terms)
        owner, shown = self._owner(entry, draft)
        self._count(entry, owner, verdicts, issues)
        found = notes.lines(owner, shown, verdicts if entry.msgstr else (), issues)
        return found + self._remembered(entry, shown)

    def _remembered(self, entry: Entry, draft: Draft | None) -> tuple[str, ...]:
        """What the memory has for a sentence that nobody has approved a translation of."""
        memory = self.job.memory
        exact = draft and draft.origin == "memory" and draft.strategy != "adapted"
        if memory is None or exact or (entry.msgstr and not entry.fuzzy):
            return ()
        found = memory.similar(entry.msgid, self.lang)
        return remarks([match for match in found if not self._unproven(match)])

    def _unproven(self, match: Match) -> bool:
        """Whether the memory took the machine's text for approved because its mark was lost."""
        proposed = known(self.job, self.work, self.lang)
        return not self.job.trust_flags and proposed(match.source, match.target)

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
        fresh = entry.msgid in self.first
        self.row = replace(
            row,
            drafted=row.drafted + (fresh and owner == "engine"),
            reused=row.reused + (mine and not fresh and owner == "engine"),
            memory=row.memory + (owner == "memory"),
            kept=row.kept + (owner == "person" or (not mine and owner == "engine")),
            failed=row.failed + (owner == "nobody"),
            warnings=row.warnings + len(issues),
            terms=row.terms + len(verdicts),
            missed=row.missed + sum(not found for _, found in verdicts),
        )
