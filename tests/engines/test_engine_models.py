"""Presets, models already on this machine, and fetching from a hub (a local one)."""

import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from dragoman.cli import main
from dragoman.engines import load_engine
from dragoman.engines.hub import cached, fetch, repository
from dragoman.engines.models import PIVOTS, PRESETS, preset
from dragoman.engines.seq2seq import Seq2SeqEngine
from dragoman.errors import EngineError

COMMIT = "0123456789abcdef0123456789abcdef01234567"


def test_presets_are_in_order() -> None:
    names = [p.name for p in PRESETS]
    assert len(set(names)) == len(names)
    for p in PRESETS:
        assert re.fullmatch(r"[0-9a-f]{40}", p.revision), p
        assert p.commercial is not p.repo.startswith("facebook/nllb"), p
        assert p.commercial or "NON-COMMERCIAL" in p.note, p
        assert p.download_mb > 100
        assert 0.3 < p.ram_gb < 20
    for first, second in PIVOTS.values():
        ours, theirs = preset(first), preset(second)
        assert ours is not None and "ru-en" in ours.pairs
        assert theirs is not None and "en-az" in theirs.pairs


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("nllb-600m", ("facebook/nllb-200-distilled-600M", preset("nllb-600m").revision)),  # type: ignore[union-attr]
        ("Helsinki-NLP/opus-mt-ru-en", ("Helsinki-NLP/opus-mt-ru-en", "main")),
        ("org/name@v1.0", ("org/name", "v1.0")),
        ("embedded", None),
        ("./folder", None),
        ("a/b/c", None),
        ("http://x/y", None),
    ],
)
def test_repository(name: str, expected: tuple[str, str] | None) -> None:
    assert repository(name) == expected


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty model cache."""
    import huggingface_hub.constants

    folder = tmp_path / "hub"
    monkeypatch.setenv("HF_HUB_CACHE", str(folder))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_CACHE", str(folder))
    monkeypatch.setattr(huggingface_hub.constants, "HF_HUB_DISABLE_XET", True)
    return folder


def test_a_model_on_this_machine_is_found_by_preset_branch_and_commit(
    cache: Path, model: Callable[[str], Path]
) -> None:
    place = cache / "models--org--tiny"
    shutil.copytree(model("nllb"), place / "snapshots" / COMMIT)
    (place / "refs").mkdir()
    (place / "refs" / "main").write_text(COMMIT)
    assert cached("org/tiny", "main") == cached("org/tiny", COMMIT) != None  # noqa: E711
    assert cached("org/tiny", "other") is None
    engine = load_engine("org/tiny")
    assert isinstance(engine, Seq2SeqEngine)
    assert (engine.family.name, engine.name) == ("nllb", "org/tiny")


@pytest.mark.parametrize("name", ["org/absent", "nllb-600m", "org/absent@v2"])
def test_a_model_that_is_not_there_is_one_line_and_no_connection(cache: Path, name: str) -> None:
    with pytest.raises(EngineError) as caught:
        load_engine(name)
    assert str(caught.value) == (
        f"the model {name} is not on this machine; run `dragoman models fetch {name}`, "
        "or check the name"
    )


class Hub(ThreadingHTTPServer):
    """A model hub with one repository, ``org/tiny``; `damage` names a file sent wrong."""

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.folder = folder
        self.damage = ""
        self.cut = ""  # a file whose first transfer breaks off in the middle
        self.sent: list[str] = []
        self.ranges: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: Hub

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, body: bool) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/api/models/org/tiny/revision/"):
            if path.rsplit("/", 1)[1] not in ("main", COMMIT):
                self._send(404, b"", {"X-Error-Code": "RevisionNotFound"}, body)
            else:
                self._send(200, json.dumps(self._info()).encode(), {}, body)
        elif path.startswith(f"/org/tiny/resolve/{COMMIT}/"):
            name = path.rsplit("/", 1)[1]
            data = (self.server.folder / name).read_bytes()
            headers = {"ETag": f'"{hashlib.sha256(data).hexdigest()}"', "X-Repo-Commit": COMMIT}
            if name == self.server.damage:
                data = bytes(len(data))
            if body:
                self.server.sent.append(name)
            self._send_file(name, data, headers, body)
        else:
            self._send(404, b"", {"X-Error-Code": "RepoNotFound"}, body)

    def _send_file(self, name: str, data: bytes, headers: dict[str, str], body: bool) -> None:
        """The whole, or what is asked for of it; the connection may break."""
        headers["Accept-Ranges"] = "bytes"
        asked = re.fullmatch(r"bytes=(\d+)-\d*", self.headers.get("Range", ""))
        if asked and body:
            start = int(asked[1])
            self.server.ranges.append(f"{name} from {start}")
            headers["Content-Range"] = f"bytes {start}-{len(data) - 1}/{len(data)}"
            self._send(206, data[start:], headers, body)
        elif name == self.server.cut and body:
            self.server.cut = ""
            self._send(200, data, headers, False)
            self.wfile.write(data[: len(data) // 2])
            self.wfile.flush()
            self.connection.close()
        else:
            self._send(200, data, headers, body)

    def _info(self) -> dict[str, Any]:
        siblings = []
        for file in sorted(self.server.folder.iterdir()):
            data = file.read_bytes()
            sha = hashlib.sha256(data).hexdigest()
            lfs = {"size": len(data), "sha256": sha, "pointerSize": 100}
            siblings.append({"rfilename": file.name, "size": len(data), "lfs": lfs})
        return {"id": "org/tiny", "modelId": "org/tiny", "sha": COMMIT, "siblings": siblings,
                "tags": [], "private": False, "downloads": 0, "likes": 0}  # fmt: skip

    def _send(self, status: int, data: bytes, headers: dict[str, str], body: bool) -> None:
        self.send_response(status)
        for name, value in {**headers, "Content-Length": str(len(data))}.items():
            self.send_header(name, value)
        self.end_headers()
        if body:
            self.wfile.write(data)

    def log_message(self, *_args: object) -> None: ...


@pytest.fixture
def hub(model: Callable[[str], Path], tmp_path: Path) -> Iterator[Hub]:
    folder = Path(shutil.copytree(model("marian"), tmp_path / "served"))
    (folder / "pytorch_model.bin").write_bytes(b"a pickle nobody needs")
    (folder / "tf_model.h5").write_bytes(b"weights of another library")
    server = Hub(folder)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def test_fetch_downloads_what_is_needed_verifies_it_and_reports(cache: Path, hub: Hub) -> None:
    seen: list[tuple[str, int, int]] = []
    folder = fetch("org/tiny", on_progress=lambda *call: seen.append(call), endpoint=hub.url)
    assert {"model.safetensors", "config.json", "vocab.json", "source.spm"} <= set(hub.sent)
    assert not {"pytorch_model.bin", "tf_model.h5"} & set(hub.sent)
    total = sum(path.stat().st_size for path in folder.iterdir())
    assert seen[-1] == ("", total, total)
    assert all(0 <= done <= total for _, done, _ in seen)
    assert cached("org/tiny", "main") == folder
    assert load_engine("org/tiny").revision
    before = list(hub.sent)
    fetch("org/tiny", endpoint=hub.url)
    assert hub.sent == before


def test_the_list_fits_a_terminal_and_cuts_nothing_off(
    cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["models"]) == 0
    said = capsys.readouterr().out
    assert max(map(len, said.splitlines())) <= 80
    assert "DRAGOMAN_API_KEY" in said and "DRAGOMAN_REQUESTS_PER_MINUTE" in said
    for p in PRESETS:
        for word in (p.name, p.repo, p.revision[:8], p.licence, f"{p.ram_gb:.1f} GB", p.note):
            assert word in said


def test_a_pair_is_fetched_as_both_of_its_models(
    cache: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked: list[str] = []

    def note(name: str, **_: object) -> Path:
        asked.append(name)
        return cache

    monkeypatch.setattr("dragoman.engines.hub.fetch", note)
    assert main(["models", "fetch", "opus-mt"]) == 0
    assert asked == list(PIVOTS["opus-mt"])
    assert main(["models", "fetch", "nllb-600m"]) == 0
    assert "CC-BY-NC-4.0, weights for NON-COMMERCIAL use only" in capsys.readouterr().out


def test_a_damaged_file_is_removed_and_said(cache: Path, hub: Hub) -> None:
    hub.damage = "model.safetensors"
    with pytest.raises(EngineError, match=r"model\.safetensors arrived damaged"):
        fetch("org/tiny", endpoint=hub.url)
    assert cached("org/tiny", "main") is cached("org/tiny", COMMIT) is None
    with pytest.raises(EngineError, match="run `dragoman models fetch org/tiny"):
        load_engine(f"org/tiny@{COMMIT}")
    hub.damage = ""
    fetch("org/tiny", endpoint=hub.url)
    assert load_engine(f"org/tiny@{COMMIT}").revision


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOSPC, "cannot store org/tiny: No space left on device; free some disk space"),
        (errno.EACCES, "cannot store org/tiny: Permission denied; check the folder .*hub"),
    ],
)
def test_a_disk_that_takes_nothing_is_one_line(
    cache: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch, number: int, message: str
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr("huggingface_hub.hf_hub_download", fail)
    with pytest.raises(EngineError, match=message):
        fetch("org/tiny", endpoint=hub.url)


def test_a_broken_transfer_goes_on_where_it_was(
    cache: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    import huggingface_hub.constants

    # Whole chunks are what is kept; by default they are larger than this file.
    monkeypatch.setattr(huggingface_hub.constants, "DOWNLOAD_CHUNK_SIZE", 4096)
    hub.cut = "model.safetensors"
    folder = fetch("org/tiny", endpoint=hub.url)
    weights = (hub.folder / "model.safetensors").read_bytes()
    assert (folder / "model.safetensors").read_bytes() == weights
    [resumed] = hub.ranges
    assert 0 < int(resumed.removeprefix("model.safetensors from ")) <= len(weights) // 2


def test_fetch_on_the_command_line_asks_the_hub_that_is_set(
    cache: Path, hub: Hub, tmp_path: Path
) -> None:
    """In a process of its own, as a user's: the hub from HF_ENDPOINT, then no network at all."""
    environment = dict(os.environ, HF_ENDPOINT=hub.url, HF_HUB_CACHE=str(cache), HOME=str(tmp_path))
    command = [sys.executable, "-m", "dragoman", "models", "fetch", f"org/tiny@{COMMIT}"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert COMMIT in done.stdout
    assert load_engine(f"org/tiny@{COMMIT}").revision
    environment["HF_ENDPOINT"] = "http://127.0.0.1:9"
    command[-1] = "org/other"
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 1
    assert (
        done.stderr.count("\n") == 1 and "cannot reach the model hub for org/other" in done.stderr
    )


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("org/absent", "the hub has no model org/absent"),
        ("org/tiny@v9", "org/tiny has no revision v9"),
        ("no-such-preset", "there is no model 'no-such-preset'"),
    ],
)
def test_what_cannot_be_fetched_is_one_line(cache: Path, hub: Hub, name: str, message: str) -> None:
    with pytest.raises(EngineError, match=message) as caught:
        fetch(name, endpoint=hub.url)
    assert "\n" not in str(caught.value)


def test_offline_is_one_line(cache: Path) -> None:
    with pytest.raises(EngineError, match="cannot reach the model hub for org/tiny") as caught:
        fetch("org/tiny", endpoint="http://127.0.0.1:9")
    assert "\n" not in str(caught.value)
