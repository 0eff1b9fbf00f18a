"""How fast each way of running one model is: ``python tests/bench/engines.py``.

The same weights and the same Russian sentences of the training corpus (real lengths), greedy and
with a beam of 4, each way in a process of its own so that memory can be told apart:

- release to PO: `dragoman translate` on releases of these sentences, everything included: names are
  found, enforced and repaired where the other ways leave them as they come (no other terms);
- dragoman: the engine alone, as it ships, and on CTranslate2 where that is installed;
- one by one: transformers' `generate()` on a sentence at a time (every fifth sentence);
- naive: `generate()` on batches of 32 in the order they come (every fifth);
- ctranslate2: used directly, all sentences in one call, int8, its own batching, all threads on one
  batch of 3,000 tokens;
- ctranslate2 tuned: the same, but a thread to each batch of 750 tokens, as Dragoman sets it;
- argos: Argos Translate on the same conversion (``--argos PYTHON``: an interpreter that has it).

Seconds are counted after loading, of models and of the dictionaries that names are looked up in.
The ratios to CTranslate2 (both ways) and to the loop are by the clock; "loaded" is the memory held
once the model has said one sentence, "peak" the most of all. "rest" is the share of the time in
which the model does nothing. All stop at the same number of tokens a sentence, and compare
hypotheses by the length penalty of the model (Argos by its own).
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager
from importlib import util
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "translate" / "dragoman" / "training" / "corpus"
EMBEDDED = ROOT / "translate" / "dragoman" / "model"
TARGET = "az"
TERMS = (
    "id,type,ru,en,az,status\nx,general,перпетуум-мобиле,perpetual motion,əbədi mühərrik,approved\n"
)
SLOW = 5  # of the slow ways every so manieth sentence
Made = Callable[[], tuple[int, int]]  # -> (translated, tokens made), counted off the clock
Run = Callable[[list[str]], Made]


def sentences(count: int) -> list[str]:
    """`count` different Russian sentences of the corpus, spread evenly over it."""
    lines: list[str] = []
    for path in sorted(CORPUS.glob("*.tsv")):
        lines += [line.split("\t")[0] for line in path.read_text("utf-8").splitlines()[1:]]
    russian = [line for line in dict.fromkeys(lines) if 20 < len(line) < 600 and _russian(line)]
    step = max(1, len(russian) // count)
    return russian[::step][:count]


def _russian(line: str) -> bool:
    return sum("а" <= c.lower() <= "я" for c in line) > len(line) / 2


def limit(tokens: int) -> int:
    return 2 * tokens + 24


def load(folder: Path, beams: int, runtime: str) -> Any:
    from dragoman.engines import Decoding, load_engine

    name = "embedded" if folder == EMBEDDED else str(folder)
    return load_engine(name, decoding=Decoding(beams=beams, runtime=runtime))


class Model:
    """Counts the seconds in which the model of any engine of this process is at work, be it in
    several threads at once."""

    seconds = 0.0
    _lock = threading.Lock()
    _active = 0
    _since = 0.0

    @classmethod
    def count(cls) -> None:
        from dragoman.engines.aligning import Aligner
        from dragoman.engines.ctranslate import CTranslateEngine
        from dragoman.engines.seq2seq import Seq2SeqEngine

        for kind in (Seq2SeqEngine, CTranslateEngine, Aligner):
            for name in ("_decode", "constrain", "insert", "_attention"):
                if name in vars(kind):
                    setattr(kind, name, cls._timed(vars(kind)[name]))

    @classmethod
    def _timed(cls, method: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **options: Any) -> Any:
            with cls._lock:
                cls._active += 1
                if cls._active == 1:
                    cls._since = time.perf_counter()
            try:
                return method(*args, **options)
            finally:
                with cls._lock:
                    cls._active -= 1
                    if not cls._active:
                        cls.seconds += time.perf_counter() - cls._since

        return timed


def dragoman(folder: Path, beams: int, runtime: str) -> Run:
    from dragoman.records import Request

    engine = load(folder, beams, runtime)
    engine.translate([Request("Да.")], TARGET)

    def run(texts: list[str]) -> Made:
        answers = engine.translate([Request(text) for text in texts], TARGET)
        found = [answer.hypotheses[0].text for answer in answers if answer.hypotheses]
        pieces = engine.text.codec.pieces
        return lambda: (len(found), sum(len(pieces(text)) + 1 for text in found))

    print(f"# {engine.runtime}", file=sys.stderr)
    return run


def release_to_po(folder: Path, beams: int, runtime: str) -> Run:
    """The pipeline on a workspace of 20 releases without terms, the engine loaded before."""
    import polib

    from dragoman import session
    from dragoman.pipeline import run as translate
    from dragoman.records import Request
    from dragoman.workspace import Workspace

    engine = load(folder, beams, runtime)
    engine.translate([Request("Да.")], TARGET)
    assert engine.model is not None  # names that a draft got wrong are repaired by its attention
    session.load_engine = lambda *_args, **_options: engine  # type: ignore[assignment]

    def run(texts: list[str]) -> Made:
        made = tempfile.TemporaryDirectory()
        root = Path(made.name)
        for name in ("seeds", "glossary", "locales"):
            (root / name).mkdir()
        for i in range(0, len(texts), 25):
            text = "\n\n".join(texts[i : i + 25]) + "\n"
            (root / "seeds" / f"release-{i:04}.txt").write_text(text, "utf-8")
        (root / "glossary" / "none.csv").write_text(TERMS, "utf-8")
        place = Workspace.at(root)
        with session.open_job(place, "embedded", (TARGET,)) as job:
            translate(job, place.releases())

        def count() -> tuple[int, int]:
            said = [e.msgstr for path in root.rglob("*.po") for e in polib.pofile(str(path))]
            made.cleanup()
            pieces = engine.text.codec.pieces
            return len(texts), sum(len(pieces(text)) + 1 for text in said)

        return count

    run(["Посол Анна Иванова посетила Баку."])()  # dictionaries are read
    return run


def generate(folder: Path, beams: int, size: int) -> Run:
    """transformers' own decoding, in float32."""
    import torch

    from dragoman.engines import Decoding, load_engine

    engine: Any = load_engine(
        str(folder), decoding=Decoding(runtime="transformers", dtype="float32")
    )
    codec, tokenizer, model = engine.text.codec, engine.text.tokenizer, engine.model
    prefix = codec.prefix(TARGET)
    forced = {"forced_bos_token_id": prefix[0]} if prefix else {}

    def run(texts: list[str]) -> Made:
        made = 0
        for start in range(0, len(texts), size):
            rows = [codec.encode(text, TARGET) for text in texts[start : start + size]]
            batch = tokenizer.pad({"input_ids": rows}, return_tensors="pt")
            with torch.inference_mode():
                out = model.generate(
                    **batch, num_beams=beams, max_new_tokens=limit(max(map(len, rows))), **forced
                )
            ends = tokenizer.pad_token_id
            made += sum(sum(t != ends for t in row[1:]) for row in out.tolist())
        return lambda: (len(texts), made)

    run(["Да."])
    return run


def ctranslate2(folder: Path, beams: int, size: int, workers: int) -> Run:
    """CTranslate2 with its own batching by `size` tokens, int8, the threads shared by `workers`."""
    import ctranslate2 as runtime

    from dragoman.engines.conversion import convert

    engine = load(folder, beams, "transformers")
    codec, tokenizer = engine.text.codec, engine.text.tokenizer
    translator = runtime.Translator(
        str(convert(folder, engine.family)),
        compute_type="int8_float32",
        inter_threads=workers,
        intra_threads=max(1, threads() // workers),
    )
    prefix = tokenizer.convert_ids_to_tokens(codec.prefix(TARGET))

    def run(texts: list[str]) -> Made:
        rows = [codec.encode(text, TARGET) for text in texts]
        results = translator.translate_batch(
            [tokenizer.convert_ids_to_tokens(row) for row in rows],
            target_prefix=[prefix] * len(rows) if prefix else None,
            beam_size=beams,
            max_batch_size=size,
            batch_type="tokens",
            max_decoding_length=limit(max(map(len, rows))),
            length_penalty=engine.sizes.length_penalty,
        )
        for result in results:
            codec.decode(tokenizer.convert_tokens_to_ids(result.hypotheses[0]))
        return lambda: (len(results), sum(len(r.hypotheses[0]) + 1 for r in results))

    run(["Да."])
    return run


def threads() -> int:
    from dragoman.engines.runtime import available_cores

    return int(os.environ.get("OMP_NUM_THREADS") or available_cores())


WAYS: dict[str, Callable[[Path, int], Run]] = {
    "release to PO": lambda f, b: release_to_po(f, b, "transformers"),
    "dragoman": lambda f, b: dragoman(f, b, "transformers"),
    "release to PO (ct2)": lambda f, b: release_to_po(f, b, "ctranslate2"),
    "dragoman (ct2)": lambda f, b: dragoman(f, b, "ctranslate2"),
    "ctranslate2": lambda f, b: ctranslate2(f, b, 3000, 1),
    "ctranslate2 tuned": lambda f, b: ctranslate2(f, b, 750, threads()),
    "naive": lambda f, b: generate(f, b, 32),
    "one by one": lambda f, b: generate(f, b, 1),
}
PEERS = ("ctranslate2", "ctranslate2 tuned", "one by one")
NEED_CT2 = ("release to PO (ct2)", "dragoman (ct2)", *PEERS[:2], "argos")
Row = dict[str, float]


def measure(way: str, folder: Path, beams: int, count: int) -> Row:
    """Run one way in this process."""
    texts = sentences(count)[:: SLOW if way in ("naive", "one by one") else 1]
    Model.count()
    run = WAYS[way](folder, beams)
    loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    Model.seconds = 0.0
    wall, cpu = time.perf_counter(), time.process_time()
    made = run(texts)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    translated, tokens = made()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"segments": translated, "tokens": tokens, "wall": wall, "cpu": cpu, "peak": peak,
            "loaded": loaded, "model": Model.seconds}  # fmt: skip


def apart(way: str, folder: Path, beams: int, count: int, python: str) -> Row | str:
    """Run one way in a process of its own; why not, where it cannot be run."""
    if way in NEED_CT2 and util.find_spec("ctranslate2") is None:
        return "not installed (pip install -e '.[fast]')"
    if way == "argos" and not python:
        return "no interpreter given that has argostranslate (--argos PYTHON)"
    command = [sys.executable, __file__, "--one", way, "--model", str(folder)]
    command += ["--beams", str(beams), "--segments", str(count)]
    with argos_package(folder, count) if way == "argos" else nothing() as arguments:
        environment = dict(os.environ)
        if way == "argos":
            command = [python, str(Path(__file__).with_name("argos_path.py")), *arguments]
            environment |= {
                "ARGOS_COMPUTE_TYPE": "int8_float32",
                "ARGOS_BEAM_SIZE": str(beams),
                "ARGOS_INTRA_THREADS": str(threads()),
                "HOME": arguments[0],
            }
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
    if done.returncode:
        return "failed: " + (done.stderr.strip().splitlines() or ["no message"])[-1]
    found: Row = json.loads(done.stdout.strip().splitlines()[-1])
    return found


@contextmanager
def nothing() -> Any:
    yield []


@contextmanager
def argos_package(folder: Path, count: int) -> Any:
    """An Argos package of the converted model: its folder, sentences, the target's mark."""
    from dragoman.engines.conversion import convert

    engine = load(folder, 1, "transformers")
    codec, tokenizer = engine.text.codec, engine.text.tokenizer
    bare = codec.encode("", TARGET)
    tags = tokenizer.convert_ids_to_tokens([i for i in bare if i != tokenizer.eos_token_id])
    with tempfile.TemporaryDirectory() as made:
        package = Path(made)
        (package / "model").symlink_to(convert(folder, engine.family))
        (package / "sentencepiece.model").symlink_to(folder / "source.spm")
        about = {"from_code": "ru", "to_code": TARGET, "package_version": "1"}
        (package / "metadata.json").write_text(json.dumps({**about, "argos_version": "1.9"}))
        texts = package / "sentences.json"
        texts.write_text(json.dumps(sentences(count)), "utf-8")
        yield [str(package), str(texts), tags[0] if tags else ""]


def table(found: dict[str, Row | str]) -> None:
    heads = ("segm/s", "tok/s", "cpu s", "loaded", "peak MB", "peak/l.", "rest", "x ct2", "x tuned",
             "x loop")  # fmt: skip
    print(f"{'':21}" + "".join(f"{head:>8}" for head in heads))
    for way, row in found.items():
        if isinstance(row, str):
            print(f"{way:21}  {row}")
            continue
        rest = f"{100 * (1 - row['model'] / row['wall']):.1f}%" if row.get("model") else "-"
        cells = [f"{row['segments'] / row['wall']:.1f}", f"{row['tokens'] / row['wall']:.0f}",
                 f"{row['cpu']:.1f}", f"{row['loaded']:.0f}", f"{row['peak']:.0f}",
                 f"{row['peak'] / row['loaded']:.2f}", rest]  # fmt: skip
        for base in map(found.get, PEERS):
            cells.append(f"{pace(row) / pace(base):.2f}" if isinstance(base, dict) else "-")
        print(f"{way:21}" + "".join(f"{cell:>8}" for cell in cells), flush=True)


def pace(row: Row) -> float:
    return row["segments"] / row["wall"]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", type=Path, default=EMBEDDED, help="a model folder")
    parser.add_argument("--segments", type=int, default=500)
    parser.add_argument("--beams", type=int, help="1 or 4; both unless given")
    parser.add_argument("--ways", help="some of the ways, commas between")
    parser.add_argument("--argos", default="", metavar="PYTHON", help="with argostranslate in it")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    folder = options.model.resolve()
    if options.one:
        print(json.dumps(measure(options.one, folder, options.beams, options.segments)))
        return
    chosen = options.ways.split(",") if options.ways else [*WAYS, "argos"]
    began = time.perf_counter()
    with tempfile.TemporaryDirectory() as cache:  # what is converted here is not used later
        os.environ["XDG_CACHE_HOME"] = cache
        for beams in [options.beams] if options.beams else [1, 4]:
            print(f"\n{options.segments} segments, {'greedy' if beams == 1 else f'beam {beams}'}")
            table(
                {way: apart(way, folder, beams, options.segments, options.argos) for way in chosen}
            )
    print(f"\n{time.perf_counter() - began:.0f} s in all, {threads()} threads")


if __name__ == "__main__":
    main()
