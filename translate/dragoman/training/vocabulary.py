"""One SentencePiece vocabulary for Russian, English and Azerbaijani, as Marian wants it."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.errors import UsageError

if TYPE_CHECKING:
    from dragoman.training.pack import Pack

# The marks of an annotated term: ⟦ source ¦ base form of the translation ⟧.
TERM_MARKS = ("⟦", "¦", "⟧")
LANGUAGE_TAGS = (">>en<<", ">>az<<")
PAD, EOS, UNK = "<pad>", "</s>", "<unk>"


def train_vocabulary(sentences: Iterable[str], folder: Path, size: int) -> None:
    """Write source.spm, target.spm, vocab.json and the tokenizer's settings to `folder`.

    `size` counts pieces. Text goes in as it is (identity normalisation: NFKC would turn № into
    No and … into three dots); the alphabet of the sentences is kept whole.
    """
    import sentencepiece

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(sentences),
        model_writer=model,
        vocab_size=size,
        model_type="unigram",
        character_coverage=0.9999,
        normalization_rule_name="identity",
        user_defined_symbols=list(TERM_MARKS),
        split_digits=True,
        bos_id=-1,
        eos_id=0,
        unk_id=1,
        eos_piece=EOS,
        unk_piece=UNK,
        num_threads=1,
        minloglevel=2,
    )
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("source.spm", "target.spm"):
        (folder / name).write_bytes(model.getvalue())
    pieces = sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())
    vocab = {pieces.id_to_piece(i): i for i in range(pieces.get_piece_size())}
    for tag in (*LANGUAGE_TAGS, PAD):
        vocab[tag] = len(vocab)
    (folder / "vocab.json").write_text(json.dumps(vocab, ensure_ascii=False), "utf-8")
    settings: dict[str, Any] = {
        "tokenizer_class": "MarianTokenizer",
        "source_lang": "ru",
        "target_lang": "en",
        "model_max_length": 512,
        "eos_token": EOS,
        "unk_token": UNK,
        "pad_token": PAD,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(settings, indent=2), "utf-8")


SHORT = 2  # characters; names are spelled with such pieces, whatever was seen


class Encoder:
    """Text to token ids, the same as MarianTokenizer gives, without its per-call cost.

    Raises UsageError when the folder has no vocabulary.
    """

    def __init__(self, folder: Path) -> None:
        import sentencepiece

        if not (folder / "source.spm").is_file() or not (folder / "vocab.json").is_file():
            raise UsageError(
                "no vocabulary", path=folder, advice="run `dragoman train --stage prepare`"
            )
        self._pieces = sentencepiece.SentencePieceProcessor(str(folder / "source.spm"))
        self.vocab: dict[str, int] = json.loads((folder / "vocab.json").read_text("utf-8"))
        self.eos, self.pad = self.vocab[EOS], self.vocab[PAD]

    def __len__(self) -> int:
        return len(self.vocab)

    def source(self, text: str, lang: str) -> list[int]:
        """Ids of a source text: target tag, pieces, end."""
        return [self.vocab[f">>{lang}<<"], *self.target(text)]

    def target(self, text: str) -> list[int]:
        """Ids of a target text: pieces, end."""
        return [*self._pieces.encode(text), self.eos]

    def text(self, ids: list[int]) -> str:
        """The text of target ids, up to their end; tags and padding say nothing."""
        end = ids.index(self.eos) if self.eos in ids else len(ids)
        size = self._pieces.get_piece_size()
        return str(self._pieces.decode([i for i in ids[:end] if i < size]))

    def said(self, pack: Pack) -> dict[str, list[int]]:
        """By target language, the tokens that the targets of `pack` are made of, and all that are
        so short that any name may need them."""
        import numpy as np

        tags = {self.vocab[tag]: tag.strip("<>") for tag in LANGUAGE_TAGS}
        seen = {lang: np.zeros(len(self.vocab), dtype=bool) for lang in tags.values()}
        for pair in range(len(pack)):
            seen[tags[int(pack.sequence(2 * pair)[0])]][pack.sequence(2 * pair + 1)] = True
        short = [i for piece, i in self.vocab.items() if len(piece.strip("\u2581")) <= SHORT]
        for said in seen.values():
            said[short] = True
        return {lang: np.flatnonzero(said).tolist() for lang, said in seen.items()}
