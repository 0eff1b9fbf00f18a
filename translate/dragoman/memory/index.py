"""The translation memory of a workspace, to be asked.

with open_memory(workspace) as memory:
    memory.exact("Принято 10 мер.", "en")     # a Draft, or None
    memory.similar("Принято 12 мер.", "en")   # Matches, best first
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from itertools import islice
from pathlib import PurePosixPath

from dragoman.checks import Pair, run_checks
from dragoman.memory.adapting import adapted
from dragoman.memory.answers import approved_in, find_answer, source_id
from dragoman.memory.candidates import Candidates
from dragoman.memory.difference import excerpt, pieces
from dragoman.memory.harvest import catalogs, harvest
from dragoman.memory.model import Answer, Match, Stats
from dragoman.memory.store import Store, open_store, text_hash
from dragoman.records import Draft
from dragoman.workspace import LANGUAGES, Workspace

THRESHOLD = 0.75
"""Least similarity of a match, of the kind and size at which `merge` carries a text over."""
_KEPT = 10_000  # look-ups, about two windows of sentences
SMALL = 200
"""Catalogs up to which every approval brings all of them up to date (see `state`)."""


class TranslationMemory:
    """What was approved in the catalogs of a workspace, and what was imported.

    `notices` are lines for a person about files that could not be used. Every method raises
    WorkspaceError when the index cannot be used.
    """

    def __init__(self, store: Store, notices: Iterable[str] = ()) -> None:
        self.store, self._db = store, store.connection
        self.notices = tuple(notice for notice in notices if notice)
        # A run asks twice, once for a draft and once for the remarks on it.
        self._found: dict[tuple[str, str, int, float], tuple[Match, ...]] = {}

    def exact(self, source: str, lang: str) -> Draft | None:
        """The approved translation of exactly this sentence, as a draft.

        Where several compete, `answers.choose` decides and the reason names the others; such a
        draft has the strategy ``contested``.
        """
        with self.store.errors():
            number = source_id(self._db, source)
            answer = None if number is None else find_answer(self._db, number, lang)
        if answer is None:
            return None
        strategy = "contested" if answer.others else ""
        return Draft(answer.target, "memory", "memory", reason=answer.reason, strategy=strategy)

    def draft(self, source: str, lang: str) -> Draft | None:
        """What the memory proposes: `exact`, or else a match with its figures `adapted`.

        An adapted draft has that strategy, and no check may find a fault in it that it does not
        find in the approved text as well.
        """
        found = self.exact(source, lang)
        if found is not None or not any(map(str.isdigit, source)):
            return found
        for match in self.similar(source, lang):
            text = adapted(match.source, source, match.target, lang)
            if text is not None and _faults(source, text, lang) <= _faults(
                match.source, match.target, lang
            ):
                reason = f"from {match.origin}, {match.percent}%, with other figures"
                return Draft(text, "memory", "memory", reason=reason, strategy="adapted")
        return None

    def approved_in(self, source: str, lang: str, text: str) -> tuple[str, ...]:
        """The releases in whose catalogs people approved `text` for this very sentence."""
        with self.store.errors():
            number = source_id(self._db, source)
            paths = () if number is None else approved_in(self._db, number, lang, text)
        return tuple(PurePosixPath(path).stem for path in paths)

    def similar(
        self, source: str, lang: str, limit: int = 3, threshold: float = THRESHOLD
    ) -> tuple[Match, ...]:
        """Up to `limit` sentences at least as similar as `threshold` (0.5 to 1), best first.

        The score is rapidfuzz's normalised Indel similarity, the share of characters in common.
        The candidates come from a trigram index, so a match near the threshold may be missed.
        """
        key = (source, lang, limit, threshold)
        if key not in self._found:
            if len(self._found) >= _KEPT:
                self._found.clear()
            self._found[key] = () if self.empty else self._look_up(*key)
        return self._found[key]

    def _look_up(self, source: str, lang: str, limit: int, threshold: float) -> tuple[Match, ...]:
        from rapidfuzz import process
        from rapidfuzz.distance import Indel

        scored: list[tuple[float, str, int]] = []
        matches: tuple[Match, ...] = ()
        with self.store.errors():
            same = source_id(self._db, source)
            if same is not None:
                scored.append((1.0, source, same))
            for found in self._candidates.rounds(source, threshold):
                close = process.extract(
                    source,
                    [text for _, text in found],
                    scorer=Indel.normalized_similarity,
                    score_cutoff=threshold,
                    limit=None,
                )
                new = ((score, text, found[at][0]) for text, score, at in close)
                scored += (one for one in new if one[2] != same)
                best = sorted(scored, key=lambda one: (-one[0], one[1]))
                made = (self._match(source, lang, *one) for one in best)
                matches = tuple(islice((match for match in made if match), limit))
                if len(matches) >= limit or (matches and threshold >= THRESHOLD):
                    break
        return matches

    def state(self, release: str, lang: str, sources: Iterable[str] | None = None) -> str:
        """A fingerprint of what the memory says to the sentences of a release.

        `sources` are those sentences; without them, those of the release's catalog when it was
        last read. In a workspace of up to `SMALL` catalogs it is one fingerprint of the whole
        memory, so that similar sentences show up everywhere at once; in an archive that would
        mean to write every catalog again after every approval.
        """
        if self._small:
            number = self.store.get("total")
        elif sources is None:
            number = self._stored.get((release, lang), 0)
        else:
            with self.store.errors():
                number = sum(self._digest(source, lang) for source in {*sources})
        return str(number) if number else ""

    @property
    def empty(self) -> bool:
        """Whether there is nothing to be found."""
        with self.store.errors():
            return self._db.execute("SELECT 1 FROM answer LIMIT 1").fetchone() is None

    def answers(self, langs: Sequence[str]) -> Iterator[tuple[str, dict[str, Answer]]]:
        """Every sentence that has them with its answers by language, in the order of the text."""
        with self.store.errors():
            for number, text in self._db.execute("SELECT id, text FROM source ORDER BY text"):
                found = ((lang, find_answer(self._db, number, lang)) for lang in langs)
                known = {lang: answer for lang, answer in found if answer}
                if known:
                    yield text, known

    def stats(self) -> Stats:
        """What the memory holds."""
        several = """
        SELECT count(*) FROM (SELECT 1 FROM pair WHERE lang = ?
        GROUP BY source HAVING count(DISTINCT target) > 1)
        """
        names = "SELECT path, count(*) FROM file JOIN pair ON file = id WHERE kind = ? GROUP BY id"
        one = "SELECT count(*) FROM answer WHERE lang = ?"
        with self.store.errors():
            return Stats(
                {lang: self._db.execute(one, (lang,)).fetchone()[0] for lang in LANGUAGES},
                {lang: self._db.execute(several, (lang,)).fetchone()[0] for lang in LANGUAGES},
                len(self._db.execute(names, ("catalog",)).fetchall()),
                tuple(sorted(self._db.execute(names, ("tmx",)).fetchall())),
                sum(
                    path.stat().st_size
                    for path in self.store.path.parent.glob(f"{self.store.path.name}*")
                    if ".damaged" not in path.name
                ),
            )

    def close(self) -> None:
        """Close the file."""
        self.store.close()

    @cached_property
    def _candidates(self) -> Candidates:
        return Candidates(self.store)

    @cached_property
    def _small(self) -> bool:
        query = "SELECT count(*) FROM file WHERE kind = 'catalog'"
        return bool(self._db.execute(query).fetchone()[0] <= SMALL)

    @cached_property
    def _stored(self) -> dict[tuple[str, str], int]:
        rows = self._db.execute("SELECT path, lang, state FROM file WHERE state != 0")
        return {(PurePosixPath(path).stem, lang): state for path, lang, state in rows}

    def _digest(self, source: str, lang: str) -> int:
        query = """
        SELECT coalesce(sum(a.digest), 0) FROM source s JOIN answer a ON a.source = s.id
        WHERE s.hash = ? AND a.lang = ?
        """
        return int(self._db.execute(query, (text_hash(source), lang)).fetchone()[0])

    def _match(self, source: str, lang: str, score: float, text: str, number: int) -> Match | None:
        answer = find_answer(self._db, number, lang)
        if answer is None:  # translated into the other language only
            return None
        return Match(text, answer.target, score, answer.origin, excerpt(pieces(text, source)))


def _faults(source: str, target: str, lang: str) -> set[str]:
    """The codes of what the checks find."""
    return {issue.code for issue in run_checks(Pair(source, target, lang))}  # type: ignore[arg-type]


@contextmanager
def open_memory(workspace: Workspace, *, make: bool = False) -> Iterator[TranslationMemory | None]:
    """The memory of a workspace, brought in line with its catalogs.

    None where there are no catalogs and none was made before, unless it is to `make` one.
    Raises WorkspaceError when the index cannot be used.
    """
    path = workspace.state / "memory.sqlite"
    if not make and not path.exists() and next(catalogs(workspace), None) is None:
        yield None
        return
    store, notice = open_store(path)
    try:
        yield TranslationMemory(store, (notice, *harvest(store, workspace)))
    finally:
        store.close()
