"""How each model family is told the languages, and how text becomes tokens and back.

A `Codec` holds the tokenizer and is the only place that knows tags, codes and prefixes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol

from dragoman.errors import EngineError

# What the families call our languages (ISO 639-1 first, then 639-3, with and without script).
_NAMES = {
    "ru": ("ru", "rus", "rus_Cyrl"),
    "en": ("en", "eng", "eng_Latn"),
    "az": ("az", "aze_Latn", "azj_Latn", "aze", "azj"),
}
_NLLB = {"ru": "rus_Cyrl", "en": "eng_Latn", "az": "azj_Latn"}


class Codec(Protocol):
    """Text to source tokens and target tokens to text, for one source language."""

    def encode(self, text: str, to: str) -> list[int]:
        """Source token ids of `text`, language marks and end included."""
        ...

    def prefix(self, to: str) -> list[int]:
        """What the decoder starts with after its start token."""
        ...

    def pieces(self, text: str) -> list[int]:
        """Target token ids of `text` as it stands in mid-sentence, without marks or end."""
        ...

    def decode(self, ids: Sequence[int]) -> str: ...

    def marks(self) -> list[int]:
        """Ids of language marks, which never belong into a translation."""
        ...


@dataclass
class BaseCodec:
    """What the tokenizers of all families have in common."""

    tokenizer: Any
    source: str
    place: str  # the model, for messages

    def encode(self, text: str, to: str) -> list[int]:
        self.require(to)
        return self._ids(text)

    def require(self, to: str) -> None:
        """Raise EngineError when the model cannot translate into `to`."""

    def prefix(self, to: str) -> list[int]:
        return []

    def marks(self) -> list[int]:
        return []

    def pieces(self, text: str) -> list[int]:
        return list(
            self.tokenizer(text, add_special_tokens=False, split_special_tokens=True).input_ids
        )

    def decode(self, ids: Sequence[int]) -> str:
        text = self.tokenizer.decode(
            list(ids), skip_special_tokens=True, clean_up_tokenization_spaces=False
        )
        return str(text)

    def _ids(self, text: str) -> list[int]:
        # A release may quote "</s>" or "<pad>": text, never a mark.
        return list(self.tokenizer(text, split_special_tokens=True).input_ids)

    def _refuse(self, to: str) -> EngineError:
        return EngineError(
            f"the model {self.place} does not translate from {self.source} into {to}",
            advice="choose another model (`dragoman models` lists some)",
        )


class MarianCodec(BaseCodec):
    """Marian and OPUS-MT: a ``>>lang<<`` tag before the source where the vocabulary has any."""

    def require(self, to: str) -> None:
        self._tag(to)
        self._check_direction(self.tokenizer.source_lang, self.source, to)
        if not self._tags:
            self._check_direction(self.tokenizer.target_lang, to, to)

    def _check_direction(self, stated: str | None, wanted: str, to: str) -> None:
        """Refuse a model that says it is for another language. A name of two letters (ISO 639-1)
        is one language's; longer ones may be a group's (``zle``, ``mul``)."""
        others = {n for lang, names in _NAMES.items() if lang != wanted for n in names}
        one = len(stated or "") == 2 and stated not in _NAMES.get(wanted, (wanted,))
        if one or stated in others:
            raise self._refuse(to)

    @cached_property
    def _tags(self) -> set[str]:
        return {k for k in self.tokenizer.encoder if k.startswith(">>") and k.endswith("<<")}

    def _tag(self, to: str) -> str:
        tags = self._tags
        if not tags:
            return ""
        for name in _NAMES.get(to, (to,)):
            if f">>{name}<<" in tags:
                return f">>{name}<< "
        raise self._refuse(to)

    def marks(self) -> list[int]:
        return [int(self.tokenizer.convert_tokens_to_ids(tag)) for tag in self._tags]

    # `encode`, `pieces` and `decode` do what the tokenizer does in less than half the time: it
    # takes each token on its own.

    def encode(self, text: str, to: str) -> list[int]:
        self.require(to)
        tag = self._tag(to).strip()
        begin = self._numbers(self.tokenizer.encoder, [tag]) if tag else []
        return [*begin, *self.source_pieces(text), int(self.tokenizer.eos_token_id)]

    def source_pieces(self, text: str) -> list[int]:
        """Token ids of a text of the source, without marks and end."""
        words = self.tokenizer.spm_source.encode(text, out_type=str)
        return self._numbers(self.tokenizer.encoder, words)

    def pieces(self, text: str) -> list[int]:
        tokenizer = self.tokenizer  # the target side may have a vocabulary of its own
        known = tokenizer.target_encoder if tokenizer.separate_vocabs else tokenizer.encoder
        return self._numbers(known, tokenizer.spm_target.encode(text, out_type=str))

    def _numbers(self, known: dict[str, int], words: Sequence[str]) -> list[int]:
        unknown = known[self.tokenizer.unk_token]
        return [known.get(word, unknown) for word in words]

    def decode(self, ids: Sequence[int]) -> str:
        said = [self._words[i] for i in ids if i not in self._special]
        return str(self.tokenizer.spm_target.decode(said)).replace("\u2581", " ").strip()

    @cached_property
    def _words(self) -> list[str]:
        size = max(self.tokenizer.decoder, default=-1) + 1
        return list(self.tokenizer.convert_ids_to_tokens(list(range(size))))

    @cached_property
    def _special(self) -> frozenset[int]:
        return frozenset(self.tokenizer.all_special_ids)


class M2M100Codec(BaseCodec):
    """M2M100: the source code before the source, the target code before the target."""

    def require(self, to: str) -> None:
        if not {to, self.source} <= self.tokenizer.lang_code_to_id.keys():
            raise self._refuse(to)
        self.tokenizer.src_lang = self.source

    def prefix(self, to: str) -> list[int]:
        return [int(self.tokenizer.get_lang_id(to))]

    def marks(self) -> list[int]:
        return sorted(self.tokenizer.lang_code_to_id.values())


class Small100Codec(M2M100Codec):
    """SMaLL-100: M2M100 with the *target* code before the source and none in the decoder."""

    def require(self, to: str) -> None:
        if to not in self.tokenizer.lang_code_to_id:
            raise self._refuse(to)
        self.tokenizer.src_lang = to

    def prefix(self, to: str) -> list[int]:
        return []


class NllbCodec(BaseCodec):
    """NLLB-200: codes with script (``azj_Latn``), in both encoder and decoder."""

    def require(self, to: str) -> None:
        self._code(to, to)
        self._code(self.source, to)
        self.tokenizer.src_lang = _NLLB[self.source]

    def _code(self, lang: str, to: str) -> int:
        """The id of a language. A tokenizer built from the bare SentencePiece file has none
        and would call every language unknown: refused rather than mistranslated."""
        token = self.tokenizer.convert_tokens_to_ids(_NLLB.get(lang, lang))
        if token is None or token == self.tokenizer.unk_token_id:
            raise self._refuse(to)
        return int(token)

    def prefix(self, to: str) -> list[int]:
        return [self._code(to, to)]

    def marks(self) -> list[int]:
        return [int(i) for i in self.tokenizer.all_special_ids]


class MadladCodec(BaseCodec):
    """MADLAD-400: a T5 that reads ``<2az>`` before the source."""

    def require(self, to: str) -> None:
        token = self.tokenizer.convert_tokens_to_ids(f"<2{to}>")
        if token is None or token == self.tokenizer.unk_token_id:
            raise self._refuse(to)

    def encode(self, text: str, to: str) -> list[int]:
        self.require(to)
        tag = int(self.tokenizer.convert_tokens_to_ids(f"<2{to}>"))
        return [tag, *self._ids(text)]

    def marks(self) -> list[int]:
        vocabulary = self.tokenizer.get_vocab()
        return [i for token, i in vocabulary.items() if token[:2] == "<2" and token[-1] == ">"]
