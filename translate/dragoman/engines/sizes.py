"""The bounds of an encoder-decoder model, from its configuration files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dragoman.engines.identity import read_json
from dragoman.errors import EngineError

_USUAL = 256  # tokens; sentences seldom reach that
SAID = "said.json"  # for each target language, the tokens that translations into it are made of


@dataclass(frozen=True, slots=True)
class Sizes:
    """`positions` tokens at most in or out; `longest` is the source translated in one piece;
    `vocabulary` rows of embeddings; `start` the token that decoding starts with;
    `length_penalty` the power of its length that a translation's log-probability is divided by
    (above 1: for models that leave things out)."""

    positions: int
    longest: int
    vocabulary: int
    start: int
    length_penalty: float = 1.0


def read_sizes(folder: Path) -> Sizes:
    """The bounds of the model in `folder`.

    A T5 has no bound on positions, but memory has: 1024 then. The longest source is what the
    folder says the model was trained on (``max_source_tokens``), else 256 tokens. Raises
    EngineError when the files are missing or do not say how decoding starts.
    """
    config = read_json(folder, "config.json")
    settings = read_json(folder, "generation_config.json", required=False)
    start = config.get("decoder_start_token_id")
    if start is None:  # newer folders keep it with the other settings of generation
        start = settings.get("decoder_start_token_id", config.get("bos_token_id"))
    positions = config.get("max_position_embeddings") or 1024
    counts = isinstance(config.get("vocab_size"), int) and isinstance(positions, int)
    if not isinstance(start, int) or not counts:
        raise EngineError(
            "does not say how decoding starts (decoder_start_token_id), how many tokens there are"
            " (vocab_size) or how long a text may be (max_position_embeddings)",
            advice="export the model again",
            path=folder / "config.json",
        )
    stated = config.get("max_source_tokens")
    usual = stated if isinstance(stated, int) and stated > 8 else _USUAL
    penalty = settings.get("length_penalty", 1.0)
    if not isinstance(penalty, int | float):
        penalty = 1.0
    return Sizes(positions, min(usual, positions - 8), config["vocab_size"], start, float(penalty))


def read_said(folder: Path) -> dict[str, frozenset[int]]:
    """By target language, the tokens that the training of the model in `folder` ever said, if the
    folder tells: the others need not be computed. Raises EngineError when it tells nonsense."""
    found: dict[str, frozenset[int]] = {}
    for lang, tokens in read_json(folder, SAID, required=False).items():
        if not isinstance(tokens, list) or not all(isinstance(token, int) for token in tokens):
            raise EngineError(
                f"{lang}: not a list of token numbers",
                advice="export the model again, or delete the file", path=folder / SAID,
            )  # fmt: skip
        found[lang] = frozenset(tokens)
    return found
