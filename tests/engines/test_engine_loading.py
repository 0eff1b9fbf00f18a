"""Names of engines, and model folders that are not in order."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dragoman.engines import Decoding, load_engine
from dragoman.engines.identity import folder_digest
from dragoman.errors import EngineError
from dragoman.records import Request


@pytest.fixture
def copied(model: Callable[[str], Path], tmp_path: Path) -> Path:
    """A Marian folder that a test may break."""
    return Path(shutil.copytree(model("marian"), tmp_path / "model"))


def edit(folder: Path, name: str, **changes: object) -> None:
    data = json.loads((folder / name).read_text(encoding="utf-8"))
    (folder / name).write_text(json.dumps({**data, **changes}), encoding="utf-8")


def test_relative_folders_are_found_in_the_workspace(copied: Path) -> None:
    assert load_engine("model", workspace=copied.parent).name == "model"


@pytest.mark.parametrize("name", ["nonsense", "no/such", "/no/such/folder", "./here", ""])
def test_unknown_names(name: str) -> None:
    with pytest.raises(EngineError) as caught:
        load_engine(name or "?")
    assert "\n" not in str(caught.value)


def broken(folder: Path, how: str) -> None:
    match how:
        case "no config":
            (folder / "config.json").unlink()
        case "config is no json":
            (folder / "config.json").write_text("{", encoding="utf-8")
        case "config is a list":
            (folder / "config.json").write_text("[]", encoding="utf-8")
        case "no weights":
            (folder / "model.safetensors").unlink()
        case "a shard is missing":
            (folder / "model.safetensors").unlink()
            index = {"weight_map": {"a": "model-00001-of-00002.safetensors"}}
            (folder / "model.safetensors.index.json").write_text(json.dumps(index))
        case "wrong architecture":
            edit(folder, "config.json", model_type="bert", architectures=["BertModel"])
        case "truncated weights":
            data = (folder / "model.safetensors").read_bytes()
            (folder / "model.safetensors").write_bytes(data[: len(data) // 2])
        case "weights of another size":
            edit(folder, "config.json", decoder_ffn_dim=96)
        case "weights are lacking":
            edit(folder, "config.json", decoder_layers=2)
        case "no tokenizer":
            (folder / "source.spm").unlink()
        case "tokenizer of another model":
            vocabulary = json.loads((folder / "vocab.json").read_text(encoding="utf-8"))
            vocabulary |= {f"extra{i}": len(vocabulary) + i for i in range(9)}
            (folder / "vocab.json").write_text(json.dumps(vocabulary), encoding="utf-8")
        case "a pointer of Git LFS":
            (folder / "source.spm").write_text("version https://git-lfs.github.com/spec/v1\n")
        case "no vocabulary":
            (folder / "vocab.json").unlink()
        case "nonsense for a length":
            edit(folder, "config.json", max_position_embeddings="long")
        case "no kind":
            edit(folder, "config.json", model_type=None, architectures=None)
        case "no start":
            edit(folder, "config.json", decoder_start_token_id=None, bos_token_id=None)
            (folder / "generation_config.json").write_text("{}", encoding="utf-8")
        case "another end of sentence":
            edit(folder, "config.json", eos_token_id=5)


AT_ONCE = {
    "no config": "no config.json",
    "config is no json": "cannot be read",
    "config is a list": "is not a JSON object",
    "no weights": "no model.safetensors",
    "a shard is missing": "model-00001-of-00002.safetensors is missing",
    "a pointer of Git LFS": "source.spm: is a pointer of Git LFS, not the file",
    "no kind": r"a model of the kind 'unknown' \(no architecture\)",
    "wrong architecture": "a model of the kind 'bert'",
}
WHEN_LOADED = {
    "truncated weights": "the model cannot be loaded",
    "weights of another size": "of another size, first model.decoder",
    "weights are lacking": "the weights do not fill the model",
    "no tokenizer": "no source.spm in the model folder",
    "no vocabulary": "no vocab.json in the model folder",
    "nonsense for a length": "how long a text may be",
    "tokenizer of another model": "tokens, the model",
    "no start": "does not say how decoding starts",
    "another end of sentence": "end a sentence differently",
}


@pytest.mark.parametrize(("how", "message"), AT_ONCE.items())
def test_faults_seen_at_once(copied: Path, how: str, message: str) -> None:
    broken(copied, how)
    with pytest.raises(EngineError, match=message) as caught:
        load_engine(str(copied))
    assert str(copied) in str(caught.value)


@pytest.mark.parametrize(("how", "message"), WHEN_LOADED.items())
def test_faults_seen_on_loading(copied: Path, how: str, message: str) -> None:
    broken(copied, how)
    with pytest.raises(EngineError, match=message) as caught:
        load_engine(str(copied)).translate([Request("Да.")], "en")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("m2m100", "sentencepiece.bpe.model"),
        ("small100", "vocab.json"),
        ("nllb", "tokenizer.json"),
        ("madlad", "tokenizer.json"),
    ],
)
def test_what_a_tokenizer_lacks_is_named(
    model: Callable[[str], Path], tmp_path: Path, name: str, file: str
) -> None:
    """An NLLB tokenizer without its file would know no word, and every draft be empty."""
    folder = Path(shutil.copytree(model(name), tmp_path / "model"))
    (folder / file).unlink()
    with pytest.raises(EngineError, match=f"no {file}.* in the model folder"):
        load_engine(str(folder)).translate([Request("Да.")], "en")


def test_digest_changes_with_the_model_and_only_with_it(copied: Path) -> None:
    before = folder_digest(copied)
    (copied / "README.md").write_text("a card")
    (copied / "config.json").touch()
    assert folder_digest(copied) == before
    weights = bytearray((copied / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (copied / "model.safetensors").write_bytes(weights)
    assert folder_digest(copied) != before


def test_large_files_are_sampled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dragoman.engines.identity._WHOLE", 1000)
    file = tmp_path / "model.safetensors"
    file.write_bytes(bytes(5 << 20))
    before = folder_digest(tmp_path)
    file.write_bytes(bytes([1]) * (5 << 20))
    assert folder_digest(tmp_path) != before


def test_revision_names_the_decoding(copied: Path) -> None:
    one = load_engine(str(copied), decoding=Decoding(beams=1)).revision
    four = load_engine(str(copied), decoding=Decoding(beams=4)).revision
    assert one != four
    assert four == load_engine(str(copied), decoding=Decoding(threads=7)).revision
