"""A local decoder-only instruction model as an engine, prompted one sentence at a time."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from dragoman.engines import prompting
from dragoman.engines.base import Decoding, OnAnswer
from dragoman.engines.batching import Outputs, Raw, answer_all
from dragoman.engines.families import Family
from dragoman.engines.identity import folder_digest, read_json
from dragoman.errors import EngineError
from dragoman.records import Answer, Request


class CausalEngine:
    """Greedy decoding over the model's own chat template; terms are written into the prompt."""

    takes_terms = True
    takes_hints = True

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

    @cached_property
    def revision(self) -> str:
        """Digest of the folder, the wording of the prompt and the settings of decoding."""
        return f"{folder_digest(self.folder)}-p{prompting.VERSION}{self.decoding.signature}"

    @property
    def runtime(self) -> str:
        """What runs the model, for reports; loads it."""
        return f"transformers {str(self.model.dtype).removeprefix('torch.')}"

    @cached_property
    def tokenizer(self) -> Any:
        """The tokenizer, padding on the left. Raises EngineError."""
        from dragoman.engines.runtime import load_text

        tokenizer = load_text(self.folder, self.family, self.source).tokenizer
        if not tokenizer.chat_template:
            raise EngineError(
                "has no chat template, so it is no instruction model",
                advice="use the instruction-tuned version of the model",
                path=self.folder,
            )
        if tokenizer.eos_token_id is None:
            raise EngineError(
                "does not say how an answer ends (eos_token in tokenizer_config.json)",
                advice="download or export the model again",
                path=self.folder,
            )
        tokenizer.padding_side = "left"
        if tokenizer.pad_token_id is None:
            tokenizer.pad_token = tokenizer.eos_token
        return tokenizer

    @cached_property
    def model(self) -> Any:
        """The model in memory. Raises EngineError."""
        from dragoman.engines.runtime import load_model

        return load_model(self.folder, self.family, self.tokenizer, self.decoding)

    def translate(
        self,
        requests: Sequence[Request],
        to: str,
        *,
        n_best: int = 1,
        on_answer: OnAnswer | None = None,
    ) -> list[Answer]:
        """See `Engine.translate`. One hypothesis a sentence, whatever `n_best`."""
        tokenizer, _ = self.tokenizer, self.model
        by_key = {repr(request): request for request in requests}

        def measure(key: str) -> int:
            return len(tokenizer(by_key[key].text).input_ids) * 3 + 200  # the order comes on top

        return answer_all(
            requests,
            lambda request: (repr(request),),
            measure,
            lambda keys: self._decode([by_key[key] for key in keys], to),
            budget=self.decoding.batch_tokens,
            n_best=n_best,
            on_answer=on_answer,
        )

    def _decode(self, requests: list[Request], to: str) -> list[Outputs]:
        import torch

        tokenizer, model = self.tokenizer, self.model
        prompts = [self._prompt(request, to) for request in requests]
        if any(too_long := [self._too_long(prompt) for prompt in prompts]):
            kept = [request for request, long in zip(requests, too_long, strict=True) if not long]
            rest = iter(self._decode(kept, to) if kept else ())
            return ["too long for the model with its order" if x else next(rest) for x in too_long]
        batch = tokenizer(prompts, padding=True, add_special_tokens=False, return_tensors="pt")
        longest = max(len(tokenizer(request.text).input_ids) for request in requests)
        limit = int(self.decoding.length_ratio * longest) + self.decoding.length_slack
        record = _Recorder()
        with torch.inference_mode():
            rows = model.generate(
                **batch.to(model.device),
                max_new_tokens=limit,
                do_sample=False,
                num_beams=1,
                pad_token_id=tokenizer.pad_token_id,
                logits_processor=[record],
            )
        start = batch["input_ids"].shape[1]
        ends = self._ends()
        found: list[Outputs] = []
        for at, (request, row) in enumerate(zip(requests, rows.tolist(), strict=True)):
            tokens = row[start:]
            stop = next((i for i, token in enumerate(tokens) if token in ends), len(tokens))
            text = tokenizer.decode(tokens[:stop], skip_special_tokens=True)
            found.append(self._output(request, text, record.total(at, stop + 1), stop, tokens))
        return found

    def _too_long(self, prompt: str) -> bool:
        """Whether the model has no place for `prompt` and an answer half as long; most go on
        beyond that and babble."""
        places = getattr(self.model.config, "max_position_embeddings", None)
        tokens = len(self.tokenizer(prompt, add_special_tokens=False).input_ids)
        return isinstance(places, int) and tokens * 3 // 2 > places

    def _output(
        self, request: Request, text: str, logprob: float, stop: int, tokens: list[int]
    ) -> Outputs:
        if prompting.refused(text) and not prompting.refused(request.text):
            return "the model refused"
        cleaned = prompting.clean(request.text, text)
        return (Raw(cleaned, logprob, stop + 1, finished=stop < len(tokens)),)

    def _prompt(self, request: Request, to: str) -> str:
        messages = prompting.sentence_prompt(request, to, self.source)
        for message in messages:
            message["content"] = self._harmless(message["content"])
        try:
            text = self.tokenizer.apply_chat_template(
                messages, tokenize=False, add_generation_prompt=True, enable_thinking=False
            )
        except Exception:  # templates without a system role raise errors of their own kinds
            merged = "\n\n".join(message["content"] for message in messages)
            text = self.tokenizer.apply_chat_template(
                [{"role": "user", "content": merged}], tokenize=False, add_generation_prompt=True
            )
        return str(text)

    def _harmless(self, text: str) -> str:
        """`text` with the marks of the template broken up: a release may quote "</s>", which must
        not end the order."""
        for mark in self.tokenizer.all_special_tokens:
            text = text.replace(mark, f"{mark[:1]} {mark[1:]}")
        return text

    def _ends(self) -> set[int]:
        """Tokens that end an answer, the model's own list included."""
        settings = read_json(self.folder, "generation_config.json", required=False)
        stated = settings.get("eos_token_id", self.model.config.eos_token_id)
        ends = stated if isinstance(stated, list) else [stated]
        return {int(i) for i in (*ends, self.tokenizer.eos_token_id) if i is not None}


class _Recorder:
    """Notes the log-probability of the token that greedy decoding takes, step by step; keeps
    one number a row and step instead of the scores of the whole vocabulary."""

    def __init__(self) -> None:
        self.steps: list[list[float]] = []

    def __call__(self, _ids: Any, scores: Any) -> Any:
        values = scores.float()
        best = values.max(-1).values - values.logsumexp(-1)
        self.steps.append(best.tolist())
        return scores

    def total(self, row: int, steps: int) -> float:
        """The sum of the first `steps` log-probabilities of `row`."""
        return sum(step[row] for step in self.steps[:steps])
