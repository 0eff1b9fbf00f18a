"""An OpenAI-compatible chat server (vLLM, llama.cpp, Ollama) as an engine.

Sentences go many to a request as JSON and come back matched by id. What the server leaves
out, refuses or breaks off is asked for again in smaller requests, and what fails alone is a
failed answer. The address is ``http(s)://host:port/v1#model``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from dragoman.engines import prompting
from dragoman.engines.base import OnAnswer, failed, single
from dragoman.engines.batching import Outputs, Raw, judged
from dragoman.engines.completions import Completion, Scores, read_completion
from dragoman.engines.judging import nothing_to_translate
from dragoman.engines.parallel import as_they_come
from dragoman.engines.transport import TooSlow, Transport, Unanswered, Unsupported
from dragoman.errors import EngineError
from dragoman.records import Answer, Request

_SCHEMA = {"response_format": {"type": "json_schema", "json_schema": prompting.SCHEMA}}

# From the strictest way of asking for JSON to none: the first that the server knows is kept.
_WAYS: tuple[dict[str, Any], ...] = (
    {**_SCHEMA, "logprobs": True},
    _SCHEMA,
    {"response_format": {"type": "json_object"}},
    {},
)

_FAILED = "the model failed: "  # drafts that fail for such a reason are made again by the next run


@dataclass
class EndpointEngine:
    """`batch` sentences or `batch_characters` characters a request, `parallel` requests at once.

    A score is the mean log-probability of the tokens that make up a sentence where the server
    gives log-probabilities, else nan: a draft of unknown confidence.
    """

    url: str
    transport: Transport
    source: str = "ru"
    batch: int = 12
    batch_characters: int = 3000
    parallel: int = 4
    takes_terms: bool = True
    takes_hints: bool = True
    _way: int = field(default=0, repr=False)
    _agreed: bool = field(default=False, repr=False)  # the server has answered in this way

    @property
    def name(self) -> str:
        """The address as given, less any user and password in it: names go into catalogs."""
        parts = urlsplit(self.url)
        return urlunsplit(parts._replace(netloc=self._host))

    @property
    def _host(self) -> str:
        return urlsplit(self.url).netloc.rpartition("@")[2]

    @property
    def revision(self) -> str:
        """The model's name, the server's and the version of the prompt."""
        return f"{self.model}@{self._host}-p{prompting.VERSION}"

    @cached_property
    def model(self) -> str:
        """The model's name: what follows ``#``, else the only one that the server offers.

        Raises EngineError when the server must be asked and does not answer, or offers several.
        """
        if named := urlsplit(self.url).fragment:
            return named
        try:
            listed = self.transport.call("GET", "/models").get("data")
        except (TooSlow, Unanswered, Unsupported) as error:
            raise self._unreachable(str(error)) from error
        items = listed if isinstance(listed, list) else ()  # Ollama without models says null
        names = [str(item.get("id")) for item in items if isinstance(item, dict)]
        if len(names) == 1:
            return names[0]
        raise EngineError(
            f"the server {self.transport.shown} offers {', '.join(names[:8]) or 'no models'}",
            advice=f"name one: {self.transport.shown}#MODEL",
        )

    def _unreachable(self, reason: str) -> EngineError:
        return EngineError(
            f"the server {self.transport.shown} cannot be used: {reason}",
            advice="start it, or check the address given to --engine",
        )

    def translate(
        self,
        requests: Sequence[Request],
        to: str,
        *,
        n_best: int = 1,
        on_answer: OnAnswer | None = None,
    ) -> list[Answer]:
        """See `Engine.translate`. One hypothesis a sentence; raises EngineError when the server
        answers no request at all."""
        answers: list[Answer | None] = [None] * len(requests)
        users: dict[Request, list[int]] = {}

        def settle(index: int, answer: Answer) -> None:
            answers[index] = answer
            if on_answer:
                on_answer(index, answer)

        for i, request in enumerate(requests):
            if not request.text.strip():
                settle(i, failed("empty source"))
            elif nothing_to_translate(request.text):
                settle(i, single(request.text.strip()))
            else:
                users.setdefault(request, []).append(i)
        assert self.model  # an address that cannot be used is an error before any request
        silent: list[str] = []
        groups = self._groups(users)
        for group, outputs in as_they_come(lambda g: self._ask(g, to), groups, self.parallel):
            for request, output in zip(group, outputs, strict=True):
                if isinstance(output, str) and output.startswith(_FAILED):
                    silent.append(output)
                for i in users[request]:
                    settle(i, judged(request.text, [output], n_best))
        # One sentence that a working server fails on costs no other its draft.
        if len(silent) == len(users) > (1 if self._agreed else 0):
            raise self._unreachable(silent[0].removeprefix(_FAILED))
        return [answer or failed("not translated") for answer in answers]

    def _groups(
        self, requests: Sequence[Request] | dict[Request, list[int]]
    ) -> list[list[Request]]:
        """Requests in order, cut into batches."""
        groups: list[list[Request]] = []
        room = 0
        for request in requests:
            if not groups or len(groups[-1]) >= self.batch or room < len(request.text):
                groups.append([])
                room = self.batch_characters
            groups[-1].append(request)
            room -= len(request.text)
        return groups

    def _ask(self, group: list[Request], to: str, *, half: bool = False) -> list[Outputs]:
        """Outputs for a batch. What a batch lacks is asked for again in halves, and so is one that
        the server will not take, for its length perhaps, or takes too long over (but not the
        halves of that: it may be dead)."""
        refused = slow = False
        try:
            outputs = self._outputs(group, to)
        except Unanswered as error:
            outputs = [f"{_FAILED}{error}"] * len(group)
            if not half:
                self._corner(group, outputs, to)
            return outputs
        except TooSlow as error:
            outputs, slow = [f"{_FAILED}{error}"] * len(group), True
            if half:
                return outputs
        except Unsupported as error:
            outputs, refused = [f"{_FAILED}{error}"] * len(group), True
        missing = [i for i, output in enumerate(outputs) if isinstance(output, str)]
        if missing and len(group) > 1:
            middle = (len(missing) + 1) // 2
            for part in (missing[:middle], missing[middle:]):
                again = self._ask([group[i] for i in part], to, half=slow or half) if part else []
                for i, output in zip(part, again, strict=True):
                    outputs[i] = output
            if (refused or slow) and not any(isinstance(output, str) for output in outputs):
                self.batch = min(self.batch, middle)  # it was the length: no more of that
        return outputs

    def _corner(self, group: list[Request], outputs: list[Outputs], to: str) -> None:
        """Put the sentence that a working server breaks down on into a request of its own: ask
        halves as long as one of two is answered. When neither is, it is the server."""
        suspects = list(range(len(group)))
        while len(suspects) > 1:
            middle, broken = (len(suspects) + 1) // 2, []
            for part in (suspects[:middle], suspects[middle:]):
                again = self._ask([group[i] for i in part], to, half=True)
                for i, output in zip(part, again, strict=True):
                    outputs[i] = output
                if all(isinstance(o, str) and o.startswith(_FAILED) for o in again):
                    broken.append(part)
            suspects = broken[0] if len(broken) == 1 else []

    def _outputs(self, group: list[Request], to: str) -> list[Outputs]:
        """What one answer of the server has for a batch."""
        answer = self._complete(prompting.batch_prompt(group, to, self.source), group)
        texts = prompting.parse_batch(answer.content, len(group))
        scored = Scores(answer.content, answer.logprobs)
        outputs: list[Outputs] = []
        for number, request in enumerate(group, start=1):
            text = texts.get(number)
            if text is None:
                outputs.append(answer.lack)
            elif prompting.refused(text) and not prompting.refused(request.text):
                outputs.append("the model refused")
            else:
                logprob, tokens = scored.of(text)
                outputs.append((Raw(prompting.clean(request.text, text), logprob, tokens),))
        return outputs

    def _complete(self, messages: list[dict[str, str]], group: list[Request]) -> Completion:
        """One choice of the server; steps down from what it does not support.

        Raises Unsupported when it takes the request in no way.
        """
        characters = sum(len(request.text) for request in group)
        body: dict[str, Any] = {
            "model": self.model,
            "messages": messages,
            "temperature": 0,
            "max_tokens": 400 + 60 * len(group) + 2 * characters,
        }
        way = self._way
        while True:
            try:
                answer = self.transport.call("POST", "/chat/completions", {**body, **_WAYS[way]})
            except Unsupported:
                # A way in which it answered before is not what the server minds now.
                if way + 1 == len(_WAYS) or (self._agreed and way >= self._way):
                    raise
                way = max(way + 1, self._way)
            else:
                self._way, self._agreed = way, True
                return read_completion(answer)
