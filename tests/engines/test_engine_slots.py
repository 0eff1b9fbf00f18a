"""Slots against plain copies: each hypothesis sees its own past, and nothing else."""

import random

import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.engines.slots import NEVER, ROUND, Slots


@settings(deadline=None, max_examples=60)
@given(
    seed=st.integers(0, 2**31),
    sentences=st.integers(1, 4),
    width=st.integers(1, 5),
    steps=st.integers(1, 80),
)
def test_a_hypothesis_sees_its_own_past(seed: int, sentences: int, width: int, steps: int) -> None:
    some = random.Random(seed)
    slots = Slots(sentences, torch.device("cpu"))
    held: list[dict[int, int]] = [{} for _ in range(sentences)]  # what stands in each slot
    pasts: list[list[list[int]]] = [[[]] for _ in range(sentences)]
    said = 0
    for _ in range(steps):
        taken, bias = slots.take()
        for i, sentence in enumerate(pasts):
            for j, past in enumerate(sentence):
                said += 1
                held[i][int(taken[i, j])] = said
                past.append(said)
        assert bias.shape[-1] % ROUND == 0
        for i, sentence in enumerate(pasts):
            for j, past in enumerate(sentence):
                seen = bias[i, 0, j]
                assert set(seen.tolist()) <= {0.0, NEVER}
                places = (seen == 0).nonzero().flatten().tolist()
                assert sorted(held[i][place] for place in places) == past
        kept = sorted(some.sample(range(len(pasts)), some.randint(1, len(pasts))))
        origins = [[some.randrange(len(pasts[i])) for _ in range(width)] for i in kept]
        now = len(pasts[0])
        rows = [
            i * now + origin for i, beams in zip(kept, origins, strict=True) for origin in beams
        ]
        slots.select(torch.tensor(rows), len(kept))
        pasts = [
            [list(pasts[i][origin]) for origin in beams]
            for i, beams in zip(kept, origins, strict=True)
        ]
        held = [held[i] for i in kept]


def test_slots_are_used_again() -> None:
    """When one hypothesis outlives its rivals each time, hardly more slots are read than it is
    long."""
    slots = Slots(1, torch.device("cpu"))
    for _ in range(50):
        slots.take()
        slots.select(torch.zeros(4, dtype=torch.long), 1)
    assert slots.used == 64
