"""Searches that are told what to say, with the model of an engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dragoman.engines.base import failed
from dragoman.engines.batching import Outputs, batches, judged, run_safely
from dragoman.engines.constrained import constrained_search
from dragoman.engines.encoding import padded
from dragoman.records import Answer, Request

if TYPE_CHECKING:
    from dragoman.engines.seq2seq import Seq2SeqEngine

Groups = list[list[list[int]]]
"""Groups x forms x token ids."""


def directed(
    engine: Seq2SeqEngine,
    requests: Sequence[Request],
    to: str,
    wanted: Sequence[Sequence[Sequence[str]]],
    n_best: int,
) -> list[Answer]:
    """See `ConstrainedEngine.constrain`."""
    answers: list[Answer] = []
    jobs: dict[str, tuple[list[int], Groups]] = {}
    for number, (request, groups) in enumerate(zip(requests, wanted, strict=True)):
        ids = engine.text.codec.encode(engine.prepare(request, to), to)
        forms = form_pieces(engine, groups)
        reason = "" if all(forms) else "a term cannot be written with the model's vocabulary"
        if len(ids) > engine.sizes.longest:
            reason = "too long for a constrained search"
        answers.append(failed(reason))
        if not reason:
            jobs[str(number)] = ids, forms

    def run(names: list[str]) -> list[Outputs]:
        return search(engine, [jobs[name] for name in names], to, n_best)

    names, budget = list(jobs), engine.decoding.batch_tokens // 3  # its beam is three times wider
    for group in batches([len(ids) for ids, _ in jobs.values()], budget):
        chosen = [names[i] for i in group]
        # A failure, for want of memory say, costs nothing that the sentence has already.
        for name, found in zip(chosen, run_safely(run, chosen), strict=True):
            answers[int(name)] = judged(requests[int(name)].text, [found], n_best)
    return answers


def form_pieces(engine: Seq2SeqEngine, groups: Sequence[Sequence[str]]) -> Groups:
    """The forms as token ids, without those that the vocabulary cannot write."""
    codec, unknown = engine.text.codec, engine.text.tokenizer.unk_token_id
    forms = [[codec.pieces(form) for form in group] for group in groups]
    return [[form for form in group if form and unknown not in form] for group in forms]


def search(
    engine: Seq2SeqEngine,
    jobs: Sequence[tuple[list[int], Groups]],
    to: str,
    n_best: int,
    **options: Any,
) -> list[Outputs]:
    """What `constrained_search` makes of sources and what is wanted of each, as text."""
    sources = [ids for ids, _ in jobs]
    found = constrained_search(
        engine.model,
        *padded(sources, engine.text.tokenizer.pad_token_id, engine.model.device),
        [groups for _, groups in jobs],
        prefix=engine.prefix(to),
        eos=engine.text.tokenizer.eos_token_id,
        banned=engine.banned,
        glued=engine.glued,
        limits=[engine.limit(len(ids)) for ids in sources],
        n_best=n_best,
        **options,
    )
    return [tuple(engine.raw(beam) for beam in beams) for beams in found]
