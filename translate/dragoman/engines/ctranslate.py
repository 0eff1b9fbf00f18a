"""CTranslate2 as a runtime for local encoder-decoder models (optional extra ``fast``).

Tokenizer, language marks, batching and judgement are those of the transformers runtime, and so
are the results up to rounding.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from dragoman.engines.annotation import strip_annotation
from dragoman.engines.batching import Outputs, Raw
from dragoman.engines.conversion import WORDS, convert
from dragoman.engines.runtime import available_cores
from dragoman.engines.seq2seq import Seq2SeqEngine
from dragoman.errors import EngineError

CACHED = 750  # source tokens of a batch of a small model: what it computes stays in the cache


class CTranslateEngine(Seq2SeqEngine):
    """`Seq2SeqEngine` with CTranslate2 as its runtime. Constrained searches, which it does not
    have, still run on transformers."""

    def ready(self, to: str) -> None:
        """Convert if need be and load."""
        assert self.translator(to) is not None

    @property
    def runtime(self) -> str:
        """What runs the model, for reports."""
        return f"CTranslate2 {self._compute_type}"

    @property
    def _compute_type(self) -> str:
        return {"auto": "int8_float32", "int8": "int8_float32"}.get(
            self.decoding.dtype, self.decoding.dtype
        )

    @cached_property
    def converted(self) -> Path:
        """The folder of the conversion, made now if need be. Raises EngineError."""
        return convert(self.folder, self.family)

    def translator(self, to: str) -> Any:
        """The converted model in memory, loaded on first use: one for each language that is mapped,
        since a translator that was asked for one language with a vocabulary map answers for the
        next one with the words of the first (CTranslate2 4.8). Raises EngineError."""
        key = to if self._mapped(to) else ""
        if key not in self._translators:
            self._translators[key] = self._load()
        return self._translators[key]

    @cached_property
    def _translators(self) -> dict[str, Any]:
        return self.twin._translators if isinstance(self.twin, CTranslateEngine) else {}

    def _mapped(self, to: str) -> bool:
        """Whether the conversion knows which tokens may be said in the language `to`."""
        return to in self._said and (self.converted / WORDS).is_file()

    def _load(self) -> Any:
        folder = self.converted
        import ctranslate2

        try:
            return ctranslate2.Translator(
                str(folder),
                device="auto",
                compute_type=self._compute_type,
                inter_threads=self.workers,
                intra_threads=max(1, self._threads // self.workers),
            )
        except (RuntimeError, ValueError) as error:
            raise EngineError(
                f"CTranslate2 cannot load the conversion: {' '.join(str(error).split())[:200]}",
                advice=f"remove {folder} and run the command again",
                path=self.folder,
            ) from error

    @cached_property
    def _threads(self) -> int:
        named = self.decoding.threads or int(os.environ.get("OMP_NUM_THREADS") or 0)
        return named or available_cores()

    @cached_property
    def _many_small(self) -> bool:
        """Whether a batch is best small and computed by one thread, beside others: the matrices
        of a small model are too small to be shared (`tests/bench/engines.py`)."""
        import ctranslate2

        return self.quick and not ctranslate2.get_cuda_device_count()

    @cached_property
    def workers(self) -> int:
        """See `Seq2SeqEngine.workers`: a batch a thread for small models, on a processor."""
        return self._threads if self._many_small else 1

    @property
    def batch_tokens(self) -> int:
        """See `Seq2SeqEngine.batch_tokens`."""
        wanted = self.decoding.batch_tokens
        return min(wanted, CACHED) if self._many_small else wanted

    def _decode(
        self, sources: list[list[int]], to: str, n_best: int, *, no_repeat: int = 0
    ) -> list[Outputs]:
        tokens = self.text.tokenizer.convert_ids_to_tokens
        prefix = tokens(self.text.codec.prefix(to))
        limits = [self.limit(len(row)) for row in sources]
        beams = max(self.decoding.beams, n_best)
        mapped = self._mapped(to)
        results = self.translator(to).translate_batch(
            [tokens(row) for row in sources],
            target_prefix=[prefix] * len(sources) if prefix else None,
            beam_size=beams,
            num_hypotheses=beams,
            length_penalty=self.sizes.length_penalty,
            return_scores=True,
            use_vmap=mapped,
            disable_unk=True,
            no_repeat_ngram_size=no_repeat,
            suppress_sequences=None if mapped else self._suppressed,
            max_input_length=0,
            max_decoding_length=max(limits) + len(prefix),
        )
        return [
            tuple(self._raw(h, s, len(prefix), limit) for h, s in _pairs(result))
            for result, limit in zip(results, limits, strict=True)
        ]

    @cached_property
    def _suppressed(self) -> list[list[str]]:
        folder = self.converted
        vocabulary: set[str] = set()
        for name in ("shared_vocabulary.json", "target_vocabulary.json"):
            if (folder / name).is_file():
                vocabulary.update(json.loads((folder / name).read_text(encoding="utf-8")))
        names = self.text.tokenizer.convert_ids_to_tokens(self.banned)
        return [[name] for name in dict.fromkeys(names) if name in vocabulary]

    @cached_property
    def _ids(self) -> dict[str, int]:
        """Its tokens' numbers: many times faster than to ask the tokenizer for each."""
        known: dict[str, int] = self.text.tokenizer.get_vocab()
        return known

    def _raw(self, tokens: list[str], score: float, prefix: int, limit: int) -> Raw:
        """A hypothesis as text. CTranslate2's score is the sum of log-probabilities over the
        number of tokens, forced ones and the end included, to the power of the length penalty."""
        ids = [self._ids[token] for token in tokens[prefix:]]
        text = self.text.codec.decode(ids)
        return Raw(
            strip_annotation(text),
            score * (len(tokens) + 1) ** self.sizes.length_penalty,
            len(ids) + 1,
            finished=len(ids) < limit,
        )


def _pairs(result: Any) -> Sequence[tuple[list[str], float]]:
    return list(zip(result.hypotheses, result.scores, strict=True))
