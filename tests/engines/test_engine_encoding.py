"""What is computed by our own code for speed is what transformers computes."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import torch
from tiny_models import LINES

from dragoman.engines import Decoding, encoding, load_engine
from dragoman.engines.beam import closed_up
from dragoman.engines.seq2seq import Seq2SeqEngine
from dragoman.engines.sizes import SAID
from dragoman.errors import EngineError
from dragoman.records import Request

TEXTS = ["Да.", *LINES[:7], " ".join(LINES[:2])]


def engine(folder: Path, dtype: str = "int8") -> Seq2SeqEngine:
    decoding = Decoding(dtype=dtype, runtime="transformers")
    found = load_engine(str(folder), decoding=decoding)
    assert isinstance(found, Seq2SeqEngine)
    return found


@pytest.mark.parametrize("name", ["marian-terms", "m2m100"])
@pytest.mark.parametrize("together", [16, 100, 10_000])
def test_states_are_those_of_transformers(
    model: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch, name: str, together: int
) -> None:
    monkeypatch.setattr(encoding, "ENCODED", together)
    found = engine(model(name))
    pad = found.text.tokenizer.pad_token_id
    ids, mask = encoding.padded([found.text.codec.encode(text, "az") for text in TEXTS], pad, "cpu")
    with torch.inference_mode():
        ours = encoding.encoded(found.model, ids, mask)
        theirs = found.model.get_encoder()(input_ids=ids, attention_mask=mask).last_hidden_state
        assert ours.shape == theirs.shape
        real = mask.bool()
        torch.testing.assert_close(ours[real], theirs[real], atol=1e-4, rtol=1e-4)
        for row, text in enumerate(TEXTS):  # alone they are the same to the last bit
            one = encoding.padded([found.text.codec.encode(text, "az")], pad, "cpu")
            alone = encoding.encoded(found.model, *one)[0][one[1][0].bool()]
            assert torch.equal(ours[row][real[row]], alone), text


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ([False], [0]),
        ([True], []),
        ([False, False, False], [0, 1, 2]),
        ([True, False, False, False], [3, 1, 2]),
        ([False, True, False, False, False], [0, 4, 2, 3]),
        ([True, False, True, False, True], [3, 1]),
        ([False, False, True, True], [0, 1]),
        ([True, True, True], []),
    ],
)
def test_the_last_take_the_places_of_those_that_are_done(
    done: list[bool], expected: list[int]
) -> None:
    assert closed_up(done) == expected


HARD = [
    *LINES[:5], "", " ", "</s> да <pad>", "a\u00a0b", "«Ёлки» — 5 %", "⟦ слово ¦ word ⟧", "🙂 x",
    "Он сказал <<да>>.", "Azərbaycanın İçərişəhəri", "<unk>",
]  # fmt: skip


@pytest.mark.parametrize("name", ["marian", "marian-terms"])
@pytest.mark.parametrize("text", HARD)
def test_tokens_are_those_of_the_tokenizer(
    model: Callable[[str], Path], name: str, text: str
) -> None:
    found = engine(model(name), "float32")
    codec: Any = found.text.codec
    tokenizer = found.text.tokenizer
    tagged = codec._tag("az") + text
    assert codec.encode(text, "az") == tokenizer(tagged, split_special_tokens=True).input_ids
    target = tokenizer(text_target=text, add_special_tokens=False, split_special_tokens=True)
    assert codec.pieces(text) == target.input_ids


@pytest.mark.parametrize("dtype", ["int8", "float32"])
def test_what_training_never_said_is_not_said(taught: Path, tmp_path: Path, dtype: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(taught, folder)
    request = Request("Служба провела встречу в Баку.")
    free = engine(folder, dtype).translate([request], "az")[0].hypotheses[0].text
    vocabulary = engine(folder).text.tokenizer.get_vocab()
    lost = engine(folder).text.codec.pieces(free)[1]
    said = sorted(set(vocabulary.values()) - {lost})
    (folder / SAID).write_text(json.dumps({"az": said}), "utf-8")

    limited = engine(folder, dtype)
    codec = limited.text.codec
    for answer in limited.translate([request, Request("Да.")], "az", n_best=4):
        assert all(lost not in codec.pieces(h.text) for h in answer.hypotheses)
    assert limited.translate([request], "en") == engine(taught, dtype).translate([request], "en")
    # A term must be said, whatever training said.
    form = codec.decode([lost]).strip()
    [forced] = limited.constrain([request], "az", [[[free]]])
    assert form in forced.hypotheses[0].text


@pytest.mark.parametrize("content", ['{"az": "1"}', '{"az": [1, "x"]}', "[1]", "{"])
def test_nonsense_about_it_is_an_error(taught: Path, tmp_path: Path, content: str) -> None:
    folder = tmp_path / "model"
    shutil.copytree(taught, folder)
    (folder / SAID).write_text(content, "utf-8")
    with pytest.raises(EngineError, match=SAID):
        engine(folder).translate([Request("Да.")], "az")
