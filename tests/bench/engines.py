"""How fast each way of running one model is: ``python tests/bench/engines.py``.

The same weights and the same Russian sentences of the training corpus (real lengths), greedy and
with a beam of 4, each way in a process of its own so that peak memory can be told apart:

- dragoman: our engine on transformers, and on CTranslate2 where it is installed;
- one by one: `generate()` on a sentence at a time;
- naive: `generate()` on batches of 32 in the order they come;
- ctranslate2: used directly, all sentences in one call;
- argos: Argos Translate on the same conversion, where it is installed.

Seconds are wall time after loading; CPU seconds beside them show what a busy machine hides. All
stop at the same number of tokens a sentence.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import util
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORPUS = ROOT / "translate" / "dragoman" / "training" / "corpus"
TARGET = "az"
Run = Callable[[list[str]], tuple[int, int]]  # sentences -> (translated, tokens made)


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


def dragoman(folder: Path, beams: int, runtime: str) -> Run:
    from dragoman.engines import Decoding, load_engine
    from dragoman.records import Request

    engine = load_engine(str(folder), decoding=Decoding(beams=beams, runtime=runtime))
    engine.translate([Request("Да.")], TARGET)

    def run(texts: list[str]) -> tuple[int, int]:
        answers = engine.translate([Request(text) for text in texts], TARGET)
        found = [answer.hypotheses[0].text for answer in answers if answer.hypotheses]
        pieces = engine.text.codec.pieces  # type: ignore[attr-defined]
        return len(found), sum(len(pieces(text)) + 1 for text in found)

    print(f"# {engine.runtime}", file=sys.stderr)  # type: ignore[attr-defined]
    return run


def generate(folder: Path, beams: int, size: int) -> Run:
    """transformers' own decoding, in the number type that ours uses."""
    import torch

    from dragoman.engines import Decoding, load_engine

    engine = load_engine(str(folder), decoding=Decoding(runtime="transformers"))
    codec, tokenizer, model = engine.text.codec, engine.text.tokenizer, engine.model  # type: ignore[attr-defined]
    prefix = codec.prefix(TARGET)
    forced = {"forced_bos_token_id": prefix[0]} if prefix else {}

    def run(texts: list[str]) -> tuple[int, int]:
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
        return len(texts), made

    run(["Да."])
    return run


def ctranslate2(folder: Path, beams: int, _size: int) -> Run:
    """CTranslate2 with its own batching, int8 as ours."""
    import ctranslate2 as runtime

    from dragoman.engines import Decoding, load_engine
    from dragoman.engines.ctranslate import convert
    from dragoman.engines.runtime import available_cores

    engine = load_engine(str(folder), decoding=Decoding(runtime="transformers"))
    codec, tokenizer = engine.text.codec, engine.text.tokenizer  # type: ignore[attr-defined]
    translator = runtime.Translator(
        str(convert(folder, engine.family)),  # type: ignore[attr-defined]
        compute_type="int8_float32",
        inter_threads=1,
        intra_threads=int(os.environ.get("OMP_NUM_THREADS") or available_cores()),
    )
    prefix = tokenizer.convert_ids_to_tokens(codec.prefix(TARGET))

    def run(texts: list[str]) -> tuple[int, int]:
        rows = [codec.encode(text, TARGET) for text in texts]
        results = translator.translate_batch(
            [tokenizer.convert_ids_to_tokens(row) for row in rows],
            target_prefix=[prefix] * len(rows) if prefix else None,
            beam_size=beams,
            max_batch_size=3000,
            batch_type="tokens",
            max_decoding_length=limit(max(map(len, rows))),
        )
        for result in results:
            codec.decode(tokenizer.convert_tokens_to_ids(result.hypotheses[0]))
        return len(results), sum(len(result.hypotheses[0]) + 1 for result in results)

    run(["Да."])
    return run


def argos(folder: Path, beams: int, _size: int) -> Run:
    """Argos Translate's own path (its sentence splitting, one CTranslate2 call a paragraph)."""
    import argostranslate.package as package
    import argostranslate.translate as translate

    from dragoman.engines import Decoding, load_engine
    from dragoman.engines.ctranslate import convert

    engine = load_engine(str(folder), decoding=Decoding(runtime="transformers"))
    made = Path(tempfile.mkdtemp())
    (made / "model").symlink_to(convert(folder, engine.family))  # type: ignore[attr-defined]
    (made / "sentencepiece.model").symlink_to(folder / "source.spm")
    about = {"from_code": "ru", "to_code": TARGET, "target_prefix": "", "package_version": "1"}
    (made / "metadata.json").write_text(json.dumps({**about, "argos_version": "1.5"}))
    translation = translate.PackageTranslation(
        translate.Language("ru", ""), translate.Language(TARGET, ""), package.Package(made)
    )

    def run(texts: list[str]) -> tuple[int, int]:
        found = [translation.hypotheses(text, 1)[0].value for text in texts]
        return len(found), sum(len(engine.text.codec.pieces(text)) + 1 for text in found)  # type: ignore[attr-defined]

    run(["Да."])
    return run


WAYS: dict[str, Callable[[Path, int], Run]] = {
    "dragoman (transformers)": lambda f, b: dragoman(f, b, "transformers"),
    "dragoman (ctranslate2)": lambda f, b: dragoman(f, b, "ctranslate2"),
    "one by one": lambda f, b: generate(f, b, 1),
    "naive": lambda f, b: generate(f, b, 32),
    "ctranslate2": lambda f, b: ctranslate2(f, b, 0),
    "argos": lambda f, b: argos(f, b, 0),
}
NEEDS = {"dragoman (ctranslate2)": "ctranslate2", "ctranslate2": "ctranslate2",
         "argos": "argostranslate"}  # fmt: skip


def measure(way: str, folder: Path, beams: int, count: int) -> dict[str, float]:
    """Run one way in this process."""
    texts = sentences(count)
    run = WAYS[way](folder, beams)
    wall, cpu = time.perf_counter(), time.process_time()
    translated, tokens = run(texts)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"segments": translated, "tokens": tokens, "wall": wall, "cpu": cpu, "peak": peak}


def apart(way: str, folder: Path, beams: int, count: int) -> dict[str, float] | str:
    """Run one way in a process of its own; why not, where it cannot be run."""
    if way in NEEDS and util.find_spec(NEEDS[way]) is None:
        return f"not installed (pip install {NEEDS[way]})"
    command = [sys.executable, __file__, "--one", way, "--model", str(folder)]
    command += ["--beams", str(beams), "--segments", str(count)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        return "failed: " + (done.stderr.strip().splitlines() or ["no message"])[-1]
    found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    default = ROOT / "translate" / "dragoman" / "model"
    parser.add_argument("--model", type=Path, default=default, help="a model folder")
    parser.add_argument("--segments", type=int, default=500)
    parser.add_argument("--beams", type=int, help="1 or 4; both unless given")
    parser.add_argument("--ways", help="some of the ways, commas between")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        found = measure(options.one, options.model.resolve(), options.beams, options.segments)
        print(json.dumps(found))
        return
    ways = [way.strip() for way in options.ways.split(",")] if options.ways else list(WAYS)
    for beams in [options.beams] if options.beams else [1, 4]:
        print(f"\n{options.segments} segments, {'greedy' if beams == 1 else f'beam {beams}'}")
        print(f"{'':26}{'segm/s':>8}{'tok/s':>8}{'cpu s':>8}{'peak MB':>9}{'to ct2':>8}")
        found = {way: apart(way, options.model.resolve(), beams, options.segments) for way in ways}
        base = found.get("ctranslate2")
        for way, row in found.items():
            if isinstance(row, str):
                print(f"{way:26}  {row}")
                continue
            rate = row["segments"] / row["wall"]
            ratio = (
                f"{rate / (base['segments'] / base['wall']):.2f}" if isinstance(base, dict) else "-"
            )
            print(f"{way:26}{rate:8.1f}{row['tokens'] / row['wall']:8.0f}{row['cpu']:8.1f}"
                  f"{row['peak']:9.0f}{ratio:>8}")  # fmt: skip


if __name__ == "__main__":
    main()
