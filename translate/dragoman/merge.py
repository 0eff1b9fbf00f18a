"""A catalog meets the release as it is now: nothing a person wrote is lost.

    plan = plan_merge(old, entries, known)     # what stands, what the machine must draft
    catalog = fill(plan, drafts, annotate)     # the new catalog

Who owns a msgstr is decided by `known`, the ledger's answer to "did the machine propose this text
for this sentence?":

| msgstr is      | flags            | standing   | on a re-run                                    |
|----------------|------------------|------------|------------------------------------------------|
| empty          | any              | `new`      | gets a draft (emptying asks for a fresh one)   |
| the machine's  | fuzzy            | `draft`    | is replaced when the machine says otherwise    |
| the machine's  | not fuzzy        | `approved` | stays: clearing the mark is a person's choice  |
| a person's     | any              | `person`   | stays, and so does the mark                    |

A tool that drops every mark on saving cannot be told from a reviewer who approved everything, and
losing an approval is worse than keeping a stale draft; so such drafts stay, as approved. Whoever
knows better passes ``trust_flags=False``: then the ledger alone decides, and a machine text without
a mark is a draft again. (OmegaT drops the marks and, of what was marked, all texts that nobody
confirmed in it: they are drafted, or carried over, anew.)

A new sentence that differs little from one that left takes over its translation, if a person wrote
or approved it, as fuzzy with the old sentence as ``#|`` (`carry`). What left stays as ``#~``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dragoman.carry import carry
from dragoman.catalog.model import Catalog, Identity, identity
from dragoman.changes import differences
from dragoman.records import Document, Draft, Entry

Known = Callable[[str, str], bool]
"""known(msgid, text): whether the machine ever proposed `text` for `msgid`."""
Annotate = Callable[[Entry, Draft | None], tuple[str, ...]]
"""annotate(entry, draft): the ``#.`` lines for an entry with its final msgstr."""
Standing = Literal["new", "draft", "approved", "person", "carried"]


@dataclass(frozen=True, slots=True)
class Step:
    """An entry of the release as it stands before any new draft, and why."""

    entry: Entry
    standing: Standing

    @property
    def open(self) -> bool:
        """Whether the machine may write this entry."""
        return self.standing in ("new", "draft")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a merge will do: `steps` in the order of the release, then what has left it."""

    old: Catalog
    steps: tuple[Step, ...]
    obsolete: tuple[Entry, ...]

    @property
    def wanted(self) -> tuple[str, ...]:
        """The msgids that may get a machine draft, in the order of the release."""
        return tuple(dict.fromkeys(step.entry.msgid for step in self.steps if step.open))

    @property
    def claims(self) -> tuple[tuple[str, str], ...]:
        """(msgid, msgstr) of every text that people wrote: what `Ledger.claim` should know."""
        people = ("person", "carried")
        return tuple(
            (step.entry.msgid, step.entry.msgstr) for step in self.steps if step.standing in people
        )


def entries_of(document: Document) -> tuple[Entry, ...]:
    """One bare entry a sentence, in reading order; repeated sentences share one entry."""
    places: dict[str, dict[tuple[str, str], None]] = {}
    for segment in document.segments:
        place = (document.release.source, str(segment.line))
        places.setdefault(segment.text, {})[place] = None
    return tuple(Entry(msgid=text, references=tuple(found)) for text, found in places.items())


def plan_merge(
    old: Catalog, entries: Sequence[Entry], known: Known, *, trust_flags: bool = True
) -> Plan:
    """Decide what happens to each entry of the release, before anything is translated.

    `entries` are the release's, in order, each identity once. Changes nothing, asks `known` once
    an entry that has a text.
    """
    stand = {
        identity(entry): (entry, _standing(entry, known, trust_flags)) for entry in old.entries
    }
    present = {identity(entry) for entry in entries}
    carried = carry(
        entries,
        absent=tuple(_is_absent(stand.get(identity(entry))) for entry in entries),
        gone=tuple(
            entry
            for key, (entry, standing) in stand.items()
            if key not in present and standing in ("approved", "person")
        ),
        neighbours=[entry.msgid for entry in old.active],
    )
    steps = tuple(_step(entry, stand, carried) for entry in entries)
    return Plan(old, steps, _left(old, present))


def fill(
    plan: Plan,
    drafts: Mapping[str, Draft],
    annotate: Annotate | None = None,
    *,
    trust_memory: bool = False,
) -> Catalog:
    """Carry out `plan`: put the machine's `drafts` (by msgid) where the machine may write.

    A draft without text (a failed one) never blanks what is there. Drafts are fuzzy, except
    exact matches from the memory that nothing contests, when `trust_memory` is set (other drafts
    of the memory have a strategy: contested, adapted).
    """
    entries = []
    for step in plan.steps:
        draft = drafts.get(step.entry.msgid) if step.open else None
        entry = _drafted(step.entry, draft, trust_memory) if draft and draft.text else step.entry
        lines = annotate(entry, draft) if annotate else entry.extracted
        entries.append(replace(entry, extracted=lines + _changes(entry)))
    return replace(plan.old, entries=(*entries, *plan.obsolete))


def merge(
    old: Catalog,
    entries: Sequence[Entry],
    drafts: Mapping[str, Draft],
    known: Known,
    annotate: Annotate | None = None,
) -> Catalog:
    """`plan_merge` and `fill` in one."""
    return fill(plan_merge(old, entries, known), drafts, annotate)


def _standing(entry: Entry, known: Known, trust_flags: bool) -> Standing:
    if not entry.msgstr:
        return "new"
    if not known(entry.msgid, entry.msgstr):
        return "person"
    return "draft" if entry.fuzzy or not trust_flags else "approved"


def _is_absent(found: tuple[Entry, Standing] | None) -> bool:
    """Whether the catalog has nothing for a sentence; OmegaT blanks what was carried over."""
    return found is None or (found[1] == "new" and found[0].previous_msgid is not None)


def _step(
    entry: Entry,
    stand: Mapping[Identity, tuple[Entry, Standing]],
    carried: Mapping[Identity, Entry],
) -> Step:
    key = identity(entry)
    if key in carried:
        joined = _joined(entry, carried[key])
        if key in stand and stand[key][0].comment:
            joined = replace(joined, comment=stand[key][0].comment)
        return Step(joined, "carried")
    if key not in stand:
        return Step(entry, "new")
    previous, standing = stand[key]
    joined = _joined(entry, previous)
    if standing == "new":
        joined = replace(joined, fuzzy=False, previous_msgid=None)
    elif standing == "draft":
        joined = replace(joined, fuzzy=True, previous_msgid=None)
    return Step(joined, standing)


def _joined(entry: Entry, old: Entry) -> Entry:
    """The release's `entry` with what people and the machine made of `old`."""
    changed = old.fuzzy and old.previous_msgid != entry.msgid
    return replace(
        entry,
        msgstr=old.msgstr,
        fuzzy=old.fuzzy,
        previous_msgid=old.previous_msgid if changed else None,
        comment=old.comment,
        flags=tuple(dict.fromkeys((*old.flags, *entry.flags))),
    )


def _drafted(entry: Entry, draft: Draft, trust_memory: bool) -> Entry:
    sure = draft.origin == "memory" and not draft.strategy
    trusted = trust_memory and sure
    return replace(entry, msgstr=draft.text, fuzzy=not trusted, previous_msgid=None)


def _changes(entry: Entry) -> tuple[str, ...]:
    if not entry.fuzzy or entry.previous_msgid is None:
        return ()
    found = differences(entry.previous_msgid, entry.msgid) or ("spacing",)
    return tuple(f"changed: {line}" for line in found)


def _left(old: Catalog, present: set[Identity]) -> tuple[Entry, ...]:
    """What is or becomes ``#~``: first what was, then what leaves now, in the old order."""
    entries = [*old.obsolete, *(e for e in old.active if e.msgstr or e.comment)]
    return tuple(
        replace(entry, obsolete=True, references=(), extracted=())
        for entry in entries
        if identity(entry) not in present
    )
