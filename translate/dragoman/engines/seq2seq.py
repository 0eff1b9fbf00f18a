"""A local encoder-decoder model of any family as an engine."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache, cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dragoman.engines.annotation import SYMBOLS, annotate, strip_annotation, unmarked
from dragoman.engines.base import Decoding, OnAnswer
from dragoman.engines.batching import Outputs, Raw, answer_all, without_loops
from dragoman.engines.dictionary import Dictionary, read_dictionary
from dragoman.engines.families import Family
from dragoman.engines.identity import folder_digest, read_json
from dragoman.engines.precision import best_type
from dragoman.engines.sizes import Sizes, read_said, read_sizes
from dragoman.engines.splitting import split_long
from dragoman.records import Answer, Request

if TYPE_CHECKING:
    from dragoman.engines.base import Insertion
    from dragoman.engines.beam import Beam
    from dragoman.engines.runtime import Text


class Seq2SeqEngine:
    """A Marian, M2M100, SMaLL-100, NLLB or MADLAD model from a folder.

    Nothing but small files is read before the first `translate`. A Marian model whose
    vocabulary has the annotation symbols is given its terms inline.
    """

    def __init__(
        self,
        folder: Path,
        family: Family,
        *,
        name: str,
        source: str = "ru",
        decoding: Decoding | None = None,
    ) -> None:
        self.folder = folder
        self.family = family
        self.name = name
        self.source = source
        self.decoding = decoding or Decoding()
        self.twin: Seq2SeqEngine | None = None  # whose model this one is to use

    @cached_property
    def revision(self) -> str:
        """Digest of the folder and the decoding settings."""
        return f"{folder_digest(self.folder)}-{self.decoding.signature}"

    @cached_property
    def takes_terms(self) -> bool:
        """Whether the model was trained on term annotations (its vocabulary says so)."""
        if self.family.name != "marian":
            return False
        vocabulary = read_json(self.folder, "vocab.json")
        return all(symbol in vocabulary for symbol in SYMBOLS)

    @property
    def quick(self) -> bool:
        """Whether it drafts hundreds of sentences in seconds, so that much may go in together."""
        return self.family.name == "marian"

    @property
    def runtime(self) -> str:
        """What runs the model, for reports; loads it."""
        dtype = str(self.model.dtype).removeprefix("torch.")
        return f"transformers {'int8' if self.number_type == 'int8' else dtype}"

    @cached_property
    def number_type(self) -> str:
        """What `decoding` asks for; left to us, a Marian model on a processor takes the fastest
        of all (int8 needs float32 weights while it is made: too much for larger models)."""
        asked = self.decoding.dtype
        return best_type() if asked == "auto" and self.family.name == "marian" else asked

    @cached_property
    def text(self) -> Text:
        """The tokenizer, loaded on first use. Raises EngineError."""
        from dragoman.engines.runtime import load_text

        return load_text(self.folder, self.family, self.source, self.name)

    @cached_property
    def model(self) -> Any:
        """The model in memory, loaded on first use. Raises EngineError."""
        if self.twin is not None:
            return self.twin.model
        from dragoman.engines.runtime import load_model

        decoding = replace(self.decoding, dtype=self.number_type)
        model = load_model(self.folder, self.family, self.text.tokenizer, decoding)
        if self.number_type == "int8":
            from dragoman.engines.integers import quantise

            quantise(model, self.text.tokenizer, self.banned)
        return model

    @cached_property
    def sizes(self) -> Sizes:
        """What the model's configuration says of its bounds."""
        return read_sizes(self.folder)

    def translate(
        self,
        requests: Sequence[Request],
        to: str,
        *,
        n_best: int = 1,
        on_answer: OnAnswer | None = None,
    ) -> list[Answer]:
        """See `Engine.translate`. `n_best` above the number of beams widens the beam."""
        codec, longest = self.text.codec, self.sizes.longest
        codec.encode("", to)  # a language the model lacks is an error now, not per sentence
        self.ready(to)
        encoded = cache(partial(codec.encode, to=to))  # asked for its length, and to be decoded

        def measure(text: str) -> int:
            return len(encoded(text))

        def run(texts: list[str]) -> list[Outputs]:
            decode = partial(self._decode, to=to, n_best=n_best)
            return without_loops([encoded(text) for text in texts], decode)

        return answer_all(
            requests,
            lambda request: split_long(self.prepare(request, to), longest, measure),
            measure,
            run,
            budget=self.batch_tokens,
            n_best=n_best,
            workers=self.workers,
            on_answer=on_answer,
        )

    @property
    def batch_tokens(self) -> int:
        """The most padded source tokens of a batch."""
        return self.decoding.batch_tokens

    @property
    def workers(self) -> int:
        """How many batches are decoded at once."""
        return 1

    def prepare(self, request: Request, to: str) -> str:
        """The text of `request` as the model reads it: one line, terms and rare words annotated
        if it can be told them."""
        asked = self.dictionary.told(request, to) if self.takes_terms else None
        return " ".join((annotate(asked) if asked else unmarked(request.text)).split())

    @cached_property
    def dictionary(self) -> Dictionary:
        """Of words that the model has hardly met. Raises EngineError."""
        return read_dictionary(self.folder)

    def limit(self, source_tokens: int) -> int:
        """The most tokens that a source of so many tokens may become."""
        bound = int(self.decoding.length_ratio * source_tokens) + self.decoding.length_slack
        return min(bound, self.sizes.positions - 4)

    def ready(self, to: str) -> None:
        """Load what `_decode` needs, so that a broken model is an error now."""
        assert self.model is not None and self._said is not None

    def _decode(
        self, sources: list[list[int]], to: str, n_best: int, *, no_repeat: int = 0
    ) -> list[Outputs]:
        from dragoman.engines.beam import beam_search
        from dragoman.engines.encoding import padded

        found = beam_search(
            self.model,
            *padded(sources, self.text.tokenizer.pad_token_id, self.model.device),
            prefix=self.prefix(to),
            eos=self.text.tokenizer.eos_token_id,
            banned=[*self.banned, *self.unsaid(to)],
            beams=max(self.decoding.beams, n_best),
            limits=[self.limit(len(row)) for row in sources],
            no_repeat=no_repeat,
            length_penalty=self.sizes.length_penalty,
        )
        return [tuple(self.raw(beam) for beam in beams) for beams in found]

    def prefix(self, to: str) -> list[int]:
        """What the decoder starts with: the start token, then the language if it wants one."""
        return [self.sizes.start, *self.text.codec.prefix(to)]

    @cached_property
    def banned(self) -> list[int]:
        """Tokens that never belong into a translation: padding, unknown, marks, symbols, and
        rows of the model that its tokenizer has no text for."""
        tokenizer = self.text.tokenizer
        banned = {tokenizer.pad_token_id, tokenizer.unk_token_id, *self.text.codec.marks()}
        banned |= set(range(max(tokenizer.get_vocab().values()) + 1, self.sizes.vocabulary))
        if self.takes_terms:
            banned |= {tokenizer.convert_tokens_to_ids(symbol) for symbol in SYMBOLS}
        return sorted(i for i in banned if i is not None and i != tokenizer.eos_token_id)

    def unsaid(self, to: str) -> list[int]:
        """Tokens that the model's training never said in the language `to`, if it tells."""
        said = self._said.get(to)
        return [] if said is None else sorted(set(range(self.sizes.vocabulary)) - said)

    @cached_property
    def _said(self) -> dict[str, frozenset[int]]:
        return read_said(self.folder)

    def constrain(
        self,
        requests: Sequence[Request],
        to: str,
        wanted: Sequence[Sequence[Sequence[str]]],
        *,
        n_best: int = 1,
    ) -> list[Answer]:
        """See `ConstrainedEngine.constrain`."""
        from dragoman.engines.directed import directed

        return directed(self, requests, to, wanted, n_best)

    def insert(
        self,
        requests: Sequence[Request],
        to: str,
        insertions: Sequence[Insertion],
        *,
        n_best: int = 1,
    ) -> list[Answer]:
        """See `InsertingEngine.insert`."""
        from dragoman.engines.insertion import inserted

        return inserted(self, requests, to, insertions, n_best)

    @cached_property
    def glued(self) -> list[bool]:
        """For each token of the vocabulary, whether it continues the word before it."""
        tokens = self.text.tokenizer.convert_ids_to_tokens(list(range(self.sizes.vocabulary)))
        return [bool(token) and token[0].isalnum() for token in tokens]

    def raw(self, beam: Beam) -> Raw:
        """A hypothesis of the beam search as text."""
        text = self.text.codec.decode(beam.tokens)
        return Raw(strip_annotation(text), beam.logprob, beam.length, beam.finished)
