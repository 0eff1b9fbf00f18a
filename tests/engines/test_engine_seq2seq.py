"""Local models of every family, loaded through the same path as a user's."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
import tiny_models
from tiny_models import TAUGHT

from dragoman.engines import Decoding, load_engine
from dragoman.engines.batching import Raw
from dragoman.engines.beam import beam_search, repeats
from dragoman.engines.judging import longest_loop
from dragoman.engines.loading import from_folder
from dragoman.engines.seq2seq import Seq2SeqEngine
from dragoman.errors import EngineError
from dragoman.records import Answer, Request, Term

FP32 = Decoding(dtype="float32")
SENTENCES = [
    *tiny_models.LINES[:2],
    tiny_models.LINES[6],
    "Да.",
]


def engine(folder: Path, **changes: object) -> Seq2SeqEngine:
    found = load_engine(str(folder), decoding=replace(FP32, **changes))  # type: ignore[arg-type]
    assert isinstance(found, Seq2SeqEngine)
    return found


@pytest.mark.parametrize(
    ("name", "family", "terms"),
    [
        ("marian", "marian", False),
        ("marian-tags", "marian", False),
        ("marian-terms", "marian", True),
        ("m2m100", "m2m100", False),
        ("small100", "small100", False),
        ("nllb", "nllb", False),
        ("madlad", "madlad", False),
    ],
)
def test_family_is_recognised(
    model: Callable[[str], Path], name: str, family: str, terms: bool
) -> None:
    found = engine(model(name))
    assert (found.family.name, found.takes_terms) == (family, terms)


# What each family's own documentation says its inputs look like, for Russian to Azerbaijani.
MARKS = [
    ("marian", [], "</s>", []),
    ("marian-tags", [">>aze_Latn<<"], "</s>", []),
    ("marian-terms", [">>az<<"], "</s>", []),
    ("m2m100", ["__ru__"], "</s>", ["__az__"]),
    ("small100", ["__az__"], "</s>", []),
    ("nllb", ["rus_Cyrl"], "</s>", ["azj_Latn"]),
    ("madlad", ["<2az>"], "</s>", []),
]


@pytest.mark.parametrize(("name", "before", "after", "prefix"), MARKS)
def test_language_marks(
    model: Callable[[str], Path], name: str, before: list[str], after: str, prefix: list[str]
) -> None:
    loaded = engine(model(name)).text
    codec, tokenizer = loaded.codec, loaded.tokenizer
    tokens = tokenizer.convert_ids_to_tokens(codec.encode("Служба провела встречу.", "az"))
    assert tokens[: len(before)] == before
    assert tokens[-1] == after
    assert "провела".startswith(tokens[len(before) + 3].strip("▁")[:1]) or len(tokens) > 6
    assert tokenizer.convert_ids_to_tokens(codec.prefix("az")) == prefix
    assert tokenizer.unk_token_id not in codec.encode("Служба провела встречу.", "az")


@pytest.mark.parametrize(
    ("name", "penalty"),
    [("marian", 1.0), ("m2m100", 1.0), ("nllb", 1.0), ("madlad", 1.0), ("small100", 1.0),
     ("marian", 1.5), ("marian", 0.6)],
)  # fmt: skip
def test_beams_are_those_of_generate(
    model: Callable[[str], Path], name: str, penalty: float
) -> None:
    """Ours (a padded batch) against transformers' own beam search, one sentence at a time."""
    import torch

    found = engine(model(name), length_slack=60)
    found.sizes = replace(found.sizes, length_penalty=penalty)
    loaded = found.text
    eos = loaded.tokenizer.eos_token_id

    def end_soon(_module: object, _inputs: object, logits: torch.Tensor) -> torch.Tensor:
        """Random weights loop and hardly ever end: flatten them, give the end a fair chance."""
        logits = logits / logits.std(-1, keepdim=True)
        logits[..., eos] = logits.logsumexp(-1) - 1.5
        return logits

    hook = found.model.lm_head.register_forward_hook(end_soon)
    ids = [loaded.codec.encode(text, "az") for text in SENTENCES]
    ours = found._decode(ids, "az", 4)
    prefix = [*found.prefix("az")]
    for row, beams in zip(ids, ours, strict=True):
        theirs = found.model.generate(
            torch.tensor([row]),
            decoder_input_ids=torch.tensor([prefix]),
            num_beams=4,
            length_penalty=penalty,
            num_return_sequences=4,
            max_new_tokens=found.limit(len(row)),
            early_stopping=False,
            forced_bos_token_id=None,
            bad_words_ids=[[token] for token in found.banned],
        )
        wanted = [loaded.codec.decode(tokens[len(prefix) :].tolist()) for tokens in theirs]
        assert [beam.text for beam in beams if isinstance(beam, Raw)] == wanted
    hook.remove()


def test_a_taught_model_translates(taught: Path) -> None:
    found = engine(taught)
    for to in ("en", "az"):
        pairs = {
            source.removeprefix(f">>{to}<< "): target
            for source, target in TAUGHT.items()
            if source.startswith(f">>{to}<<") and "⟦" not in source
        }
        answers = found.translate([Request(source) for source in pairs], to)
        assert [answer.hypotheses[0].text for answer in answers] == list(pairs.values())
        assert all(-0.5 < answer.hypotheses[0].score <= 0 for answer in answers)


def test_terms_go_in_with_the_source(taught: Path) -> None:
    term = Term(0, 7, "Министр", "baş nazir", ("baş nazir", "Baş nazir"))
    text = "Министр подписал договор."
    plain, asked = engine(taught).translate([Request(text), Request(text, (term,))], "az")
    assert plain.hypotheses[0].text == "Nazir müqavilə imzaladı."
    assert asked.hypotheses[0].text == "Baş nazir müqavilə imzaladı."


def test_padding_changes_nothing(taught: Path) -> None:
    """Together or alone: same texts, same scores (up to rounding)."""
    found = engine(taught)
    requests = [Request(text) for text in SENTENCES]
    together = found.translate(requests, "en", n_best=4)
    alone = [found.translate([request], "en", n_best=4)[0] for request in requests]
    for one, other in zip(together, alone, strict=True):
        assert one.reason == other.reason
        assert [h.text for h in one.hypotheses] == [h.text for h in other.hypotheses]
        scores = [h.score for h in other.hypotheses]
        assert [h.score for h in one.hypotheses] == pytest.approx(scores, abs=1e-4)


def test_score_is_the_mean_log_probability(taught: Path) -> None:
    """Against one teacher-forced pass of the model over its own output."""
    import torch

    found = engine(taught)
    loaded = found.text
    text = "Министр подписал договор."
    [answer] = found.translate([Request(text)], "en")
    target = loaded.tokenizer(text_target=answer.hypotheses[0].text, return_tensors="pt").input_ids
    source = torch.tensor([loaded.codec.encode(text, "en")])
    loss = found.model(input_ids=source, labels=target).loss.item()
    assert answer.hypotheses[0].score == pytest.approx(-loss, abs=1e-4)


@pytest.mark.parametrize(
    ("tokens", "token", "expected"),
    [
        ((1, 2, 3, 1, 2), 3, True),
        ((1, 2, 3, 1, 2), 4, False),
        ((1, 2, 3), 3, False),
        ((1, 1), 1, False),
        ((1, 1, 1), 1, True),
        ((), 1, False),
    ],
)
def test_repeats(tokens: tuple[int, ...], token: int, expected: bool) -> None:
    assert repeats(tokens, token, 3) is expected


@pytest.mark.parametrize("name", ["marian", "nllb", "madlad"])
def test_loops_are_decoded_without_runs_that_come_twice(
    model: Callable[[str], Path], name: str
) -> None:
    """Random weights loop; the second attempt says no run of three tokens twice."""
    import torch

    found = engine(model(name))
    ids = found.text.codec.encode(SENTENCES[0], "az")
    assert any(longest_loop(raw.text) > 3 for raw in found._decode([ids], "az", 1)[0])  # type: ignore[union-attr]
    [beams] = beam_search(
        found.model,
        torch.tensor([ids]),
        torch.ones(1, len(ids)),
        prefix=found.prefix("az"),
        eos=found.text.tokenizer.eos_token_id,
        banned=found.banned,
        beams=4,
        limits=[60],
        no_repeat=3,
    )
    for beam in beams:
        runs = list(zip(beam.tokens, beam.tokens[1:], beam.tokens[2:], strict=False))
        assert len(set(runs)) == len(runs)


HARD = {
    "long": "Служба провела встречу в Баку, " * 100,
    "one endless word": "а" * 3000,
    "capitals": "СЛУЖБА ПРОВЕЛА ВСТРЕЧУ В БАКУ.",
    "latin": "UNESCO and IOM",
    "emoji": "🙂 Привет 🙂🙂",
    "garbage": "\x00\x07\ufffd\u200b Zażółć 漢字 Ђ ⟦⟧¦",
    "marks": "</s> <pad> >>az<< <2az> __az__ Служба <unk>",
    "spaces": "Служба\u00a0 \t провела",
}


@pytest.mark.parametrize("name", ["taught", "m2m100", "nllb", "madlad"])
def test_hard_input_gives_finite_output(
    model: Callable[[str], Path], taught: Path, name: str
) -> None:
    found = engine(taught if name == "taught" else model(name))
    answers = found.translate([Request(text) for text in HARD.values()], "en")
    for label, answer in zip(HARD, answers, strict=True):
        assert bool(answer.hypotheses) != bool(answer.reason), label
        assert not answer.reason.startswith("the model failed"), (label, answer.reason)


def test_empty_and_wordless_sources_never_reach_the_model(taught: Path) -> None:
    answers = engine(taught).translate([Request("  "), Request("12 345"), Request("🙂")], "en")
    assert answers[0] == Answer((), "empty source")
    assert [a.hypotheses[0].text for a in answers[1:]] == ["12 345", "🙂"]


def test_source_marks_are_text(taught: Path) -> None:
    """Special tokens written in a release do not end or pad the sentence."""
    loaded = engine(taught).text
    ids = loaded.codec.encode("Служба </s> Баку <pad>", "en")
    assert ids.count(loaded.tokenizer.eos_token_id) == 1
    assert loaded.tokenizer.pad_token_id not in ids


def test_outputs_are_raw_before_they_are_judged(model: Callable[[str], Path]) -> None:
    found = engine(model("marian"), length_ratio=0.1, length_slack=2)
    [outputs] = found._decode([found.text.codec.encode("Служба провела встречу.", "en")], "en", 1)
    assert all(isinstance(raw, Raw) for raw in outputs)


@pytest.mark.parametrize("name", ["marian-tags", "nllb-bare"])
def test_a_language_the_model_lacks(model: Callable[[str], Path], name: str) -> None:
    found = load_engine(str(model(name)))
    with pytest.raises(EngineError, match="does not translate from ru into"):
        found.translate([Request("Да.")], "fr" if name == "marian-tags" else "az")


@pytest.mark.parametrize(
    ("source", "target", "taken"),
    [("ru", "en", True), ("zle", "eng", True), ("de", "en", False), ("ru", "fr", False)],
)
def test_a_model_of_another_pair_is_refused_by_its_name(
    model: Callable[[str], Path], tmp_path: Path, source: str, target: str, taken: bool
) -> None:
    folder = shutil.copytree(model("marian"), tmp_path / "snapshot")
    settings = folder / "tokenizer_config.json"
    stated = json.loads(settings.read_text()) | {"source_lang": source, "target_lang": target}
    settings.write_text(json.dumps(stated))
    found = from_folder(folder, name="org/model", decoding=FP32)
    if taken:
        assert len(found.translate([Request("Да.")], "en")) == 1
        return
    with pytest.raises(EngineError, match="the model org/model does not translate from ru into en"):
        found.translate([Request("Да.")], "en")


@pytest.mark.parametrize("fault", [MemoryError(), RuntimeError("CUDA out of memory"), KeyError(1)])
def test_a_constrained_search_that_breaks_down_is_an_answer_without_a_text(
    taught: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr("dragoman.engines.directed.constrained_search", fail)
    [answer] = engine(taught).constrain([Request("Да.")], "az", [[["nazir"]]])
    assert answer.reason.startswith(("out of memory", "the model failed: KeyError"))


def test_neither_naming_nor_revision_imports_torch(taught: Path) -> None:
    code = (
        "import sys; from dragoman.engines import load_engine;"
        f"e = load_engine({str(taught)!r}); e.revision, e.takes_terms, e.name;"
        "print([m for m in ('torch', 'transformers', 'sentencepiece') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
