"""Saying a term in its place: keep a translation up to there, say a form, and let it go on.

A search that only knows which words are wanted tends to say them first and to lose the thread.
Here all that stands before the term stays as the model said it. Where the term stands in a wrong
form, the place is known; where it is missing, the places are tried at which the model itself
finds it likeliest, also behind a comma, as a member of a list.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dragoman.engines.base import Insertion
from dragoman.engines.batching import Outputs, Raw, batches, judged, run_safely
from dragoman.engines.directed import form_pieces, search
from dragoman.records import Answer, Request

if TYPE_CHECKING:
    import torch

    from dragoman.engines.seq2seq import Seq2SeqEngine

PLACES = 3  # that are tried for a missing term
COMMA = 2.0  # what a comma before the term costs, in log-probability
BEAMS = 4


def inserted(
    engine: Seq2SeqEngine,
    requests: Sequence[Request],
    to: str,
    insertions: Sequence[Insertion],
    n_best: int,
) -> list[Answer]:
    """See `InsertingEngine.insert`."""
    jobs: list[tuple[int, list[int], list[list[int]], list[int]]] = []
    for number, (request, insertion) in enumerate(zip(requests, insertions, strict=True)):
        ids = engine.text.codec.encode(engine.prepare(request, to), to)
        [forms] = form_pieces(engine, [insertion.forms])
        if not forms or len(ids) > engine.sizes.longest:
            continue
        firsts = sorted({form[0] for form in forms})
        try:
            found = beginnings(engine, ids, insertion, firsts, to)
        except (MemoryError, RuntimeError):  # costs nothing that the sentence has already
            continue
        jobs += [(number, ids, forms, begun) for begun in found]

    def run(names: list[str]) -> list[Outputs]:
        chosen = [jobs[int(name)] for name in names]
        return search(
            engine, [(ids, [forms]) for _, ids, forms, _ in chosen], to, BEAMS,
            begun=[begun for *_, begun in chosen], beams=BEAMS,
        )  # fmt: skip

    outputs: dict[int, list[Raw]] = {}
    for group in batches([len(ids) for _, ids, _, _ in jobs], engine.decoding.batch_tokens):
        answered = run_safely(run, [str(i) for i in group])
        for i, made in zip(group, answered, strict=True):
            outputs.setdefault(jobs[i][0], []).extend(() if isinstance(made, str) else made)
    for raws in outputs.values():
        raws.sort(key=lambda raw: -raw.logprob / max(1, raw.tokens))
    return [
        judged(request.text, [tuple(outputs.get(number, ()))], n_best)
        for number, request in enumerate(requests)
    ]


def beginnings(
    engine: Seq2SeqEngine,
    ids: list[int],
    insertion: Insertion,
    firsts: Sequence[int],
    to: str,
) -> list[list[int]]:
    """What translations begin with, in tokens, before a form is said; `ids` is the source, `firsts`
    are the tokens that forms begin with."""
    codec = engine.text.codec
    if insertion.start is not None:
        before = insertion.text[: insertion.start].rstrip()
        return [codec.pieces(before) if before else []]
    tokens = codec.pieces(insertion.text)
    if len(tokens) + 8 > engine.limit(len(ids)) or not tokens:
        return []
    logprobs = _logprobs(engine.model, ids, [*engine.prefix(to), *tokens])[-len(tokens) - 1 :]
    likely = logprobs[:, list(firsts)].amax(1).tolist()
    comma = codec.pieces("a,")[-1]
    commas = logprobs[:, comma].tolist()
    found: list[tuple[float, list[int]]] = []
    for at, token in enumerate([*tokens, comma]):
        if not (at < len(tokens) and engine.glued[token]):
            found.append((likely[at], tokens[:at]))
        if token != comma and 0 < at < len(tokens) and not engine.glued[token]:
            found.append((commas[at] - COMMA, [*tokens[:at], comma]))
    found.sort(key=lambda one: -one[0])
    return [begun for _, begun in found[:PLACES]]


def _logprobs(model: Any, ids: list[int], said: list[int]) -> torch.Tensor:
    """What follows each token of `said`: tokens x vocabulary."""
    import torch

    with torch.inference_mode():
        logits = model(
            input_ids=torch.tensor([ids], device=model.device),
            decoder_input_ids=torch.tensor([said], device=model.device),
            use_cache=False,
        ).logits[0]
        logprobs: torch.Tensor = logits.float().log_softmax(-1).cpu()
    return logprobs
