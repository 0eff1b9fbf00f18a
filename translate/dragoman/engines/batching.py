"""From requests to batches and back: cut, deduplicate, sort, run, put together."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from math import isnan

from dragoman.engines.base import OnAnswer, failed, single
from dragoman.engines.judging import (
    fault,
    longest_loop,
    mended,
    nothing_to_translate,
    printable,
)
from dragoman.records import Answer, Hypothesis, Request


@dataclass(frozen=True, slots=True)
class Raw:
    """One output of a model before it is judged. `logprob` is a sum over `tokens` tokens; nan
    where it is not known."""

    text: str
    logprob: float
    tokens: int
    finished: bool = True


Outputs = tuple[Raw, ...] | str
"""What a model makes of one text: its outputs, best first, or why there is none."""

RunBatch = Callable[[list[str]], list[Outputs]]


def batches(lengths: Sequence[int], budget: int) -> list[list[int]]:
    """Group indexes so that (longest of a group) x (size of the group) stays within `budget`.

    Longest first: the batch that needs most memory comes at once, and padding is least. A
    text longer than the budget makes a batch of its own.
    """
    groups: list[list[int]] = []
    room = 0
    for i in sorted(range(len(lengths)), key=lambda i: -lengths[i]):
        if room < 1:
            groups.append([])
            room = max(1, budget // max(1, lengths[i]))
        groups[-1].append(i)
        room -= 1
    return groups


def run_safely(run: RunBatch, texts: list[str]) -> list[Outputs]:
    """Run a batch; on a fault halve it, so that one bad text or a lack of memory costs no other."""
    try:
        return run(texts)
    except MemoryError:
        reason = "out of memory"
    except Exception as error:  # whatever a model raises becomes the reason of a failed draft
        reason = _reason(error)
    if len(texts) == 1:
        return [reason]
    middle = len(texts) // 2
    return run_safely(run, texts[:middle]) + run_safely(run, texts[middle:])


def run_all(
    run: RunBatch, groups: Sequence[list[str]], workers: int
) -> Generator[list[Outputs], None, None]:
    """Run all batches safely, as many as `workers` at a time in threads; outputs in order, so that
    those of a batch are looked at while the next ones are computed."""
    safely = partial(run_safely, run)
    if workers < 2:
        yield from map(safely, groups)
        return
    with ThreadPoolExecutor(workers) as pool:
        yield from pool.map(safely, groups)


NO_REPEAT = 6  # tokens; official names may come twice, but seldom so long a run of pieces


def without_loops(sources: list[list[int]], decode: Callable[..., list[Outputs]]) -> list[Outputs]:
    """Decode; what came out as a loop or without an end is decoded again with runs of tokens
    forbidden to come twice (``no_repeat=``)."""
    outputs = decode(sources)
    lost = [i for i, found in enumerate(outputs) if not any(map(_ends, found))]
    if lost:
        again = decode([sources[i] for i in lost], no_repeat=NO_REPEAT)
        for i, found in zip(lost, again, strict=True):
            if any(map(_ends, found)):
                outputs[i] = found
    return outputs


def _ends(output: Raw | str) -> bool:
    """Whether a hypothesis came to its end without going round in circles."""
    return isinstance(output, Raw) and output.finished and longest_loop(output.text) < 4


def _reason(error: Exception) -> str:
    words = printable(str(error))
    if "out of memory" in words or "can't allocate memory" in words:
        return "out of memory"
    return f"the model failed: {type(error).__name__}: {words[:200]}"


def answer_all(
    requests: Sequence[Request],
    cut: Callable[[Request], tuple[str, ...]],
    measure: Callable[[str], int],
    run: RunBatch,
    *,
    budget: int,
    n_best: int = 1,
    workers: int = 1,
    on_answer: OnAnswer | None = None,
) -> list[Answer]:
    """One answer per request, in order; equal texts are translated once.

    `cut` gives the text of a request as the model reads it, in parts short enough for it;
    `measure` counts tokens of a part; `run` translates a batch of parts, with more than one of
    `workers` in several threads at once. `on_answer` is called in the thread of the caller.
    """
    answers: list[Answer | None] = [None] * len(requests)

    def settle(index: int, answer: Answer) -> None:
        answers[index] = answer
        if on_answer:
            on_answer(index, answer)

    plans: dict[int, tuple[str, ...]] = {}
    users: dict[str, list[int]] = {}
    for i, request in enumerate(requests):
        if not request.text.strip():
            settle(i, failed("empty source"))
        elif nothing_to_translate(request.text):
            settle(i, single(request.text.strip()))
        else:
            plans[i] = cut(request)
            for part in plans[i]:
                users.setdefault(part, []).append(i)
    done: dict[str, Outputs] = {}
    parts = list(users)
    groups = [[parts[i] for i in g] for g in batches([measure(part) for part in parts], budget)]
    with closing(run_all(run, groups, workers)) as ran:  # what waits is dropped on an error
        for texts, outputs in zip(groups, ran, strict=True):
            done.update(zip(texts, outputs, strict=True))
            for i in dict.fromkeys(user for text in texts for user in users[text]):
                if answers[i] is None and all(part in done for part in plans[i]):
                    settle(i, judged(requests[i].text, [done[part] for part in plans[i]], n_best))
    return [answer or failed("not translated") for answer in answers]


def judged(source: str, parts: Sequence[Outputs], n_best: int) -> Answer:
    """Put the outputs of the parts of one source together and keep the sound ones, in order."""
    reasons = [part for part in parts if isinstance(part, str)]
    if reasons:
        return failed(reasons[0])
    sound: dict[str, Hypothesis] = {}
    for chosen in zip(*(part for part in parts if not isinstance(part, str)), strict=False):
        text = mended(" ".join(printable(raw.text) for raw in chosen).strip())
        reason = fault(source, text)
        if not reason and not all(raw.finished for raw in chosen):
            reason = "no end of the sentence within the length allowed"
        if reason:
            reasons.append(reason)
        elif text not in sound:
            tokens = sum(raw.tokens for raw in chosen)
            score = sum(raw.logprob for raw in chosen) / max(1, tokens)
            sound[text] = Hypothesis(text, score if isnan(score) else min(0.0, score))
    if sound:
        return Answer(tuple(sound.values())[:n_best])
    return failed(reasons[0] if reasons else "the model returned nothing")
