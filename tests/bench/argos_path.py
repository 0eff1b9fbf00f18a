"""Argos Translate's own path over a converted model, for `engines.py`, which starts this.

Runs in an interpreter that has argostranslate and needs nothing of Dragoman:
``PYTHON argos_path.py PACKAGE SENTENCES.json TAG``. The sentences come one by one as a user's
would; Argos' translation, batching and detokenisation are its own. Each is given to it as one
sentence: its splitter is a model that would have to be downloaded, and would cost it time.
"""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path
from typing import Any


def load(folder: Path, tag: str) -> Any:
    """The package in `folder` as Argos' translation; `tag` is the mark before each source."""
    from argostranslate.package import Package
    from argostranslate.sbd import ISentenceBoundaryDetectionModel
    from argostranslate.tokenizer import SentencePieceTokenizer
    from argostranslate.translate import Language, PackageTranslation

    class Tagged(SentencePieceTokenizer):  # type: ignore[misc]
        def encode(self, sentence: str) -> list[str]:
            return [*([tag] if tag else []), *super().encode(sentence), "</s>"]

    class Whole(ISentenceBoundaryDetectionModel):  # type: ignore[misc]
        def split_sentences(self, text: str) -> list[str]:
            return [text]

    package = Package(folder)
    package.tokenizer = Tagged(folder / "sentencepiece.model")
    made = PackageTranslation(Language("ru", "ru"), Language("xx", "xx"), package)
    made.sentencizer = Whole()
    return made


def main() -> None:
    folder, texts = Path(sys.argv[1]), json.loads(Path(sys.argv[2]).read_text("utf-8"))
    translation = load(folder, sys.argv[3])
    translation.hypotheses("Да.", 1)
    loaded = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    wall, cpu = time.perf_counter(), time.process_time()
    found = [translation.hypotheses(text, 1)[0].value for text in texts]
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    encode = translation.pkg.tokenizer.encode
    tokens = sum(len(encode(text)) - bool(sys.argv[3]) for text in found)
    print(json.dumps({"segments": sum(map(bool, found)), "tokens": tokens, "wall": wall,
                      "cpu": cpu, "peak": peak, "loaded": loaded, "said": found[:3]}))  # fmt: skip


if __name__ == "__main__":
    main()
