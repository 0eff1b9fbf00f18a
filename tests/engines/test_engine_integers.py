"""Eight-bit integers: exact sums, the same drafts on every machine and in every batch."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from tiny_models import LINES, TAUGHT

from dragoman.engines import Decoding, integers, load_engine, runtime_of
from dragoman.engines.beam import _candidates
from dragoman.engines.integers import IntegerLinear
from dragoman.engines.seq2seq import Seq2SeqEngine
from dragoman.errors import EngineError
from dragoman.records import Request

INT8 = Decoding(dtype="int8", runtime="transformers")
SEEDS = st.integers(0, 2**31)


def engine(folder: Path, **changes: object) -> Seq2SeqEngine:
    found = load_engine(str(folder), decoding=replace(INT8, **changes))  # type: ignore[arg-type]
    assert isinstance(found, Seq2SeqEngine)
    return found


@pytest.mark.parametrize("product", [integers._whole, integers._floating])
@settings(deadline=None, max_examples=20)
@given(seed=SEEDS, rows=st.integers(1, 40), size=st.integers(1, 2500))
def test_products_are_exact(product: integers.Product, seed: int, rows: int, size: int) -> None:
    if not integers._is_exact(product):
        pytest.skip("this processor's kernel saturates, so that it is not used")
    some = torch.Generator().manual_seed(seed)
    left = torch.randint(-127, 128, (rows, size), generator=some, dtype=torch.int8)
    right = torch.randint(-127, 128, (size, 24), generator=some, dtype=torch.int8)
    assert torch.equal(product(left, right).long(), left.long() @ right.long())


@settings(deadline=None, max_examples=30)
@given(seed=SEEDS, rows=st.integers(2, 700), place=st.integers(0, 1))
def test_a_row_does_not_depend_on_its_neighbours(seed: int, rows: int, place: int) -> None:
    torch.manual_seed(seed)
    linear = IntegerLinear(torch.randn(24, 48), torch.randn(24))
    x = torch.randn(rows, 48) * torch.rand(rows, 1) * 10
    at = place * (rows - 1)
    assert torch.equal(linear(x)[at], linear(x[at : at + 1])[0])


@settings(deadline=None, max_examples=20)
@given(seed=SEEDS)
def test_a_map_is_that_of_floats_up_to_its_steps(seed: int) -> None:
    """Rounding to the nearest of 127 steps errs by half a step a factor at most."""
    torch.manual_seed(seed)
    exact = torch.nn.Linear(64, 32)
    x = torch.randn(5, 64)
    weights, inputs = exact.weight.detach().abs(), x.abs()
    per_weight = weights.amax(1) / 127 / 2  # outputs
    per_input = inputs.amax(1, keepdim=True) / 127 / 2  # rows x 1
    bound = inputs.sum(1, keepdim=True) * per_weight + per_input * (
        weights.sum(1) + 64 * per_weight
    )
    error = (IntegerLinear(exact.weight, exact.bias)(x) - exact(x)).abs()
    assert bool((error <= bound * 1.001 + 1e-6).all())


@settings(deadline=None, max_examples=40)
@given(seed=SEEDS, sentences=st.integers(1, 4), width=st.sampled_from([1, 4]),
       columns=st.integers(9, 300))  # fmt: skip
def test_candidates_are_the_best_of_all(
    seed: int, sentences: int, width: int, columns: int
) -> None:
    some = torch.Generator().manual_seed(seed)
    logprobs = torch.randn(sentences * width, columns, generator=some)
    running = torch.randn((sentences, width), generator=some)
    found = _candidates(logprobs, running.tolist(), width, 4, None)
    totals = (logprobs + running.view(-1, 1)).view(sentences, -1)
    for row, ours in zip(totals, found, strict=True):
        best = row.topk(min(8, len(row)))
        assert [score for score, _, _ in ours] == pytest.approx(best.values.tolist())
        assert [b * columns + token for _, b, token in ours] == best.indices.tolist()


def test_it_says_what_floats_say(taught: Path) -> None:
    whole, plain = engine(taught), engine(taught, dtype="float32")
    requests = [Request(source.partition("<< ")[2]) for source in TAUGHT if "⟦" not in source]
    for to in ("en", "az"):
        pairs = zip(whole.translate(requests, to), plain.translate(requests, to), strict=True)
        for one, other in pairs:
            assert one.hypotheses[0].text == other.hypotheses[0].text
            assert one.hypotheses[0].score == pytest.approx(other.hypotheses[0].score, abs=0.05)
    assert runtime_of(whole) == "transformers int8"
    assert whole.revision == plain.revision


@pytest.mark.parametrize("name", ["marian-terms", "m2m100", "nllb"])
def test_drafts_and_scores_are_the_same_alone_and_together(
    model: Callable[[str], Path], name: str
) -> None:
    """To the last bit: untrained models take every difference for another text."""
    found = engine(model(name))
    requests = [Request(line) for line in LINES[:6]]
    together = found.translate(requests, "az", n_best=4)
    assert together == [found.translate([request], "az", n_best=4)[0] for request in requests]


def test_the_kernel_makes_no_difference(taught: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What another processor would write: float32 multiplies where no integer kernel does."""
    requests = [Request(line) for line in LINES[:6]]
    answers = []
    for product in (integers._whole, integers._floating):
        if integers._is_exact(product):
            monkeypatch.setattr(integers, "fastest_product", lambda product=product: product)
            answers.append(engine(taught).translate(requests, "az", n_best=4))
    assert all(found == answers[0] for found in answers)


def test_constrained_searches_work(taught: Path) -> None:
    [answer] = engine(taught).constrain(
        [Request("Служба провела встречу в Баку.")], "az", [[["baş nazir"]]]
    )
    assert "baş nazir" in answer.hypotheses[0].text


def test_constrained_searches_are_the_same_alone_and_together(taught: Path) -> None:
    found, wanted = engine(taught), [["nazir", "nazirin"], ["Bakı", "Bakıda"]]
    requests = [Request(line) for line in LINES[:6]]
    together = found.constrain(requests, "az", [wanted] * 6, n_best=4)
    alone = [found.constrain([request], "az", [wanted], n_best=4)[0] for request in requests]
    assert together == alone
    assert any(answer.hypotheses for answer in together)


def test_no_cyrillic_is_said(taught: Path) -> None:
    found = engine(taught)
    tokenizer = found.text.tokenizer
    tokens = tokenizer.convert_ids_to_tokens(found.model.integer_head.tokens.tolist())
    assert len(set(tokens)) > 50
    assert not [token for token in tokens if any("\u0400" <= c <= "\u04ff" for c in token)]


def test_a_t5_is_refused(model: Callable[[str], Path]) -> None:
    with pytest.raises(EngineError, match="int8 by CTranslate2 only"):
        engine(model("madlad")).translate([Request("Да.")], "az")
