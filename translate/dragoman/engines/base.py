"""What every engine promises, and the settings of decoding."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeGuard, runtime_checkable

from dragoman.records import Answer, Hypothesis, Request

OnAnswer = Callable[[int, Answer], None]
"""Called with the index of a request and its answer as soon as it is known (in any order)."""


RULES = "v14"  # raise it when decoding, judging or enforcement change what comes out


@dataclass(frozen=True, slots=True)
class Decoding:
    """How a local model decodes. Only what changes the text enters `signature`."""

    beams: int = 4
    batch_tokens: int = 3000  # padded source tokens of a batch
    length_ratio: float = 2.0  # output tokens allowed per source token ...
    length_slack: int = 24  # ... and on top of that
    threads: int = 0  # 0: as many as the process may use
    dtype: str = "auto"  # auto, float32, bfloat16, int8
    runtime: str = "auto"  # auto, transformers, ctranslate2

    @property
    def signature(self) -> str:
        """The part of an engine's revision that says how it decodes.

        The number type is left out on purpose: a draft made on one machine stays valid on
        another one that computes in another precision.
        """
        return f"{RULES}b{self.beams}r{self.length_ratio:g}+{self.length_slack}"


@runtime_checkable
class Engine(Protocol):
    """A machine that translates.

    `name` is what a person calls it; `revision` identifies weights and decoding settings, so
    that a draft can be told from what another engine would make; `takes_terms` says whether
    `Request.terms` reach the model.
    """

    @property
    def name(self) -> str: ...

    @property
    def revision(self) -> str: ...

    @property
    def takes_terms(self) -> bool: ...

    def translate(
        self,
        requests: Sequence[Request],
        to: str,
        *,
        n_best: int = 1,
        on_answer: OnAnswer | None = None,
    ) -> list[Answer]:
        """Translate into the language `to`: one answer per request, in order.

        An answer holds up to `n_best` hypotheses, best first, all of them free of the faults
        of `judging`; a sentence that the model fails on is an answer with a reason. A score that
        nobody knows (a server may tell none) is nan. Raises EngineError only when the engine as a
        whole cannot work.
        """
        ...


class ConstrainedEngine(Engine, Protocol):
    """An engine that can be made to say given words."""

    def constrain(
        self,
        requests: Sequence[Request],
        to: str,
        wanted: Sequence[Sequence[Sequence[str]]],
        *,
        n_best: int = 1,
    ) -> list[Answer]:
        """Translate so that of each group in a request's `wanted` at least one text is said.

        An answer has a reason instead of hypotheses when the search finds nothing sound.
        """
        ...


@dataclass(frozen=True, slots=True)
class Insertion:
    """One of `forms` is to be said in `text`: at `start` (characters), or where it is likeliest."""

    text: str
    forms: tuple[str, ...]
    start: int | None = None


class InsertingEngine(Engine, Protocol):
    """An engine that can be made to go on from the beginning of a translation."""

    def insert(
        self,
        requests: Sequence[Request],
        to: str,
        insertions: Sequence[Insertion],
        *,
        n_best: int = 1,
    ) -> list[Answer]:
        """Translations that begin as the text of an insertion, say one of its forms in its place
        and then go on as the model likes."""
        ...


def constrains(engine: Engine) -> TypeGuard[ConstrainedEngine]:
    """Whether `engine` is a `ConstrainedEngine`."""
    return callable(getattr(engine, "constrain", None))


def inserts(engine: Engine) -> TypeGuard[InsertingEngine]:
    """Whether `engine` is an `InsertingEngine`."""
    return callable(getattr(engine, "insert", None))


def failed(reason: str) -> Answer:
    """The answer that says why there is none."""
    return Answer((), reason)


def single(text: str, score: float = 0.0) -> Answer:
    """An answer of one hypothesis."""
    return Answer((Hypothesis(text, score),))


def runtime_of(engine: Engine) -> str:
    """What computes for `engine`, for reports: "CTranslate2 int8_float32", say; empty for
    engines of which nothing is to be said. Ask after a translation: it may load the model."""
    parts = [getattr(engine, part, None) for part in ("first", "second")]
    if all(parts):
        return " + ".join(runtime_of(part) for part in parts if part)
    return str(getattr(engine, "runtime", ""))
