"""CTranslate2 as a runtime: the same tokens in, the same probabilities, the same texts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tiny_models import TAUGHT

from dragoman.engines import Decoding, load_engine, runtime_of
from dragoman.engines.conversion import convert, converted_folder
from dragoman.engines.ctranslate import CACHED, CTranslateEngine
from dragoman.engines.pivot import PivotEngine
from dragoman.engines.seq2seq import Seq2SeqEngine
from dragoman.engines.sizes import SAID
from dragoman.errors import EngineError
from dragoman.records import Request

pytest.importorskip("ctranslate2", reason="the optional extra `fast` is not installed")

FP32 = Decoding(dtype="float32", runtime="ctranslate2")


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.getbasetemp() / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


def both(folder: Path) -> tuple[CTranslateEngine, Seq2SeqEngine]:
    fast = load_engine(str(folder), decoding=FP32)
    plain = load_engine(str(folder), decoding=replace(FP32, runtime="transformers"))
    assert isinstance(fast, CTranslateEngine)
    assert isinstance(plain, Seq2SeqEngine)
    return fast, plain


@pytest.mark.parametrize("name", ["marian", "marian-tags", "m2m100", "small100", "nllb", "madlad"])
def test_probabilities_are_those_of_transformers(model: Callable[[str], Path], name: str) -> None:
    """Each token of a given translation, against one teacher-forced pass."""
    import torch

    fast, plain = both(model(name))
    codec, tokens = plain.text.codec, plain.text.tokenizer.convert_ids_to_tokens
    source = codec.encode("Служба провела встречу в Баку.", "az")
    target = codec.prefix("az") + codec.pieces("Xidmət Bakıda görüş keçirdi.")
    [found] = fast.translator("az").score_batch([tokens(source)], [tokens(target)])
    labels = [*target, plain.text.tokenizer.eos_token_id]
    decoder = [plain.prefix("az")[0], *labels[:-1]]
    logits = plain.model(
        input_ids=torch.tensor([source]), decoder_input_ids=torch.tensor([decoder])
    ).logits[0]
    expected = logits.log_softmax(-1)[range(len(labels)), labels].tolist()
    assert found.log_probs == pytest.approx(expected, rel=1e-3, abs=1e-3)


@pytest.mark.parametrize("penalty", [1.0, 1.5])
def test_texts_and_scores_are_those_of_transformers(taught: Path, penalty: float) -> None:
    fast, plain = both(taught)
    for one in (fast, plain):
        one.sizes = replace(one.sizes, length_penalty=penalty)
    for to in ("en", "az"):
        requests = [Request(source.partition("<< ")[2]) for source in TAUGHT if "⟦" not in source]
        for one, other in zip(
            fast.translate(requests, to), plain.translate(requests, to), strict=True
        ):
            assert one.hypotheses[0].text == other.hypotheses[0].text
            assert one.hypotheses[0].score == pytest.approx(other.hypotheses[0].score, abs=2e-3)
    assert runtime_of(fast) == "CTranslate2 float32"
    assert runtime_of(PivotEngine(fast, plain)) == "CTranslate2 float32 + transformers float32"
    assert runtime_of(load_engine("fake")) == ""
    assert fast.revision == plain.revision


def test_a_small_model_gives_each_thread_a_batch(taught: Path) -> None:
    """Of its own size; a larger model gives all threads to one. The answers are the same."""
    folder = str(taught)
    two = load_engine(folder, decoding=replace(FP32, threads=2, batch_tokens=12))
    one = load_engine(folder, decoding=replace(FP32, threads=1, batch_tokens=12))
    large = load_engine(folder, decoding=replace(FP32, threads=2))
    assert isinstance(two, CTranslateEngine) and isinstance(large, CTranslateEngine)
    requests = [Request(f"Встреча номер {n} прошла в Баку.") for n in range(9)]
    assert two.translate(requests, "en") == one.translate(requests, "en")
    assert two.translator("az").num_translators == 2
    assert (two.workers, two.batch_tokens, large.batch_tokens) == (2, 12, CACHED)
    large.__dict__["_many_small"] = False
    assert large.translator("az").num_translators == large.workers == 1
    assert large.batch_tokens == FP32.batch_tokens


def test_int8_says_the_same_here(taught: Path) -> None:
    fast = load_engine(str(taught), decoding=replace(FP32, dtype="int8"))
    [answer] = fast.translate([Request("Министр подписал договор.")], "en")
    assert answer.hypotheses[0].text == "The minister signed an agreement."


def test_only_what_training_said_is_said(taught: Path, tmp_path: Path) -> None:
    """In the language of which the model tells it; the same texts as without that rule."""
    folder = tmp_path / "model"
    shutil.copytree(taught, folder)
    requests = [Request("Служба провела встречу в Баку."), Request("Министр подписал договор.")]
    free, plain = both(taught)
    codec = plain.text.codec
    wanted = [answer.hypotheses[0] for answer in plain.translate(requests, "az")]
    said = {token for found in wanted for token in codec.pieces(found.text)}
    end = plain.text.tokenizer.eos_token_id
    (folder / SAID).write_text(json.dumps({"az": sorted({*said, end})}), "utf-8")

    limited, _ = both(folder)
    for answer, hypothesis in zip(limited.translate(requests, "az", n_best=4), wanted, strict=True):
        assert answer.hypotheses[0].text == hypothesis.text
        assert answer.hypotheses[0].score > hypothesis.score  # shared among fewer tokens
        assert all(said.issuperset(codec.pieces(h.text)) for h in answer.hypotheses)
    assert limited.translate(requests, "en") == free.translate(requests, "en")


def test_languages_take_turns(taught: Path, tmp_path: Path) -> None:
    """CTranslate2 keeps the words of the language that it was asked for first; we do not."""
    folder = tmp_path / "model"
    shutil.copytree(taught, folder)
    _, plain = both(taught)
    request, codec = [Request("Служба провела встречу в Баку.")], plain.text.codec
    wanted = {to: plain.translate(request, to)[0].hypotheses[0].text for to in ("en", "az")}
    end = plain.text.tokenizer.eos_token_id
    said = {to: sorted({*codec.pieces(text), end}) for to, text in wanted.items()}
    (folder / SAID).write_text(json.dumps({**said, "en": [*said["en"], *range(5, 60)]}), "utf-8")

    fast, _ = both(folder)
    for to in ("en", "az", "en", "az"):
        [answer] = fast.translate(request, to)
        assert [h.text for h in answer.hypotheses[:1]] == [wanted[to]], answer.reason


def test_a_conversion_is_made_once_and_then_used_by_itself(taught: Path) -> None:
    fast, plain = both(taught)
    folder = convert(taught, fast.family)
    made = (folder / "model.bin").stat().st_mtime_ns
    assert convert(taught, fast.family) == folder == converted_folder(taught)
    assert (folder / "model.bin").stat().st_mtime_ns == made
    assert isinstance(load_engine(str(taught)), CTranslateEngine)
    assert type(plain) is Seq2SeqEngine


def test_the_embedded_model_goes_there_once_converted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its drafts are the same on every machine until a person converts it, and then again when a
    person says so."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    embedded = load_engine("embedded")
    assert isinstance(embedded, Seq2SeqEngine)
    assert runtime_of(embedded) == "transformers int8"
    convert(embedded.folder, embedded.family)
    fast = load_engine("embedded")
    assert runtime_of(fast) == "CTranslate2 int8_float32"
    assert fast.translate([Request("В Баку прошла встреча.")], "en")[0].hypotheses
    monkeypatch.setenv("DRAGOMAN_RUNTIME", "transformers")
    assert runtime_of(load_engine("embedded")) == "transformers int8"
    monkeypatch.setenv("DRAGOMAN_RUNTIME", "abacus")
    with pytest.raises(EngineError, match="DRAGOMAN_RUNTIME is 'abacus'; set it to one of"):
        load_engine("embedded")


def test_constrained_searches_still_work(taught: Path) -> None:
    fast, _ = both(taught)
    [answer] = fast.constrain([Request("Служба провела встречу в Баку.")], "az", [[["baş nazir"]]])
    assert "baş nazir" in answer.hypotheses[0].text


def test_a_damaged_conversion_is_one_line(model: Callable[[str], Path], cache: Path) -> None:
    fast, _ = both(model("marian-terms"))
    folder = convert(fast.folder, fast.family)
    (folder / "model.bin").write_bytes(b"nothing")
    with pytest.raises(EngineError, match="cannot load the conversion") as caught:
        fast.translate([Request("Да.")], "en")
    assert "\n" not in str(caught.value)


def test_what_it_cannot_run_is_refused(tmp_path: Path) -> None:
    from dragoman.engines.families import Family

    with pytest.raises(EngineError, match="does not run causal models"):
        convert(tmp_path, Family.ALL["causal"])


def test_without_the_extra_it_is_said(taught: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fast, _ = both(taught)
    monkeypatch.setattr("dragoman.engines.conversion.installed", lambda: False)
    with pytest.raises(EngineError, match=r"is not installed; .*pip install -e '\.\[fast"):
        convert(taught, fast.family)
