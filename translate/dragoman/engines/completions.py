"""What an OpenAI-compatible server sends back, read whatever shape it has."""

from __future__ import annotations

import json
from dataclasses import dataclass
from math import nan
from typing import Any

from dragoman.engines import prompting


@dataclass(frozen=True, slots=True)
class Completion:
    """One choice of an answer; what the server left out or sent in another shape is empty."""

    content: str
    finish: str = ""
    refusal: bool = False
    logprobs: Any = None

    @property
    def lack(self) -> str:
        """Why this answer lacks a sentence."""
        if self.finish == "length":
            return "the answer was cut off"
        if self.finish == "content_filter" or self.refusal or prompting.refused(self.content):
            return "the model refused"
        return "the answer lacks this sentence" if self.content.strip() else "empty output"


def read_completion(answer: dict[str, Any]) -> Completion:
    """The first choice of `answer`."""
    choices = answer.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    if not isinstance(choice, dict):
        return Completion("")
    message = choice.get("message")
    if not isinstance(message, dict):
        message = {}
    content = message.get("content")
    return Completion(
        content if isinstance(content, str) else "",
        str(choice.get("finish_reason") or ""),
        bool(message.get("refusal")),
        choice.get("logprobs"),
    )


class Scores:
    """Log-probabilities of parts of an answer, from the tokens that the server lists.

    They count where the tokens together are the answer (and perhaps an end, or thoughts that were
    left out of it): else nobody knows which token stands where.
    """

    def __init__(self, content: str, logprobs: Any) -> None:
        self.content = content.encode(errors="replace")
        self.tokens: list[tuple[int, int, float]] = []
        listed = _listed(logprobs)
        at = -b"".join(token for token, _ in listed).find(self.content)
        if at > 0:
            return
        for token, logprob in listed:
            self.tokens.append((at, at + len(token), logprob))
            at += len(token)

    def of(self, text: str) -> tuple[float, int]:
        """Sum and number of the tokens that `text` is made of; (nan, 1) when they are unknown."""
        for ascii_only in (False, True):
            written = json.dumps(text, ensure_ascii=ascii_only).encode(errors="replace")
            start = self.content.find(written) + 1  # without the quotes
            if start > 0:
                stop = start + len(written) - 2
                inside = [p for a, b, p in self.tokens if a < stop and b > start]
                return (sum(inside), len(inside)) if inside else (nan, 1)
        return nan, 1


def _listed(logprobs: Any) -> list[tuple[bytes, float]]:
    """Tokens and their log-probabilities; none when any of them is not what it should be. A token
    that is part of a letter is only told by its bytes."""
    items = logprobs.get("content") if isinstance(logprobs, dict) else None
    try:
        return [
            (
                bytes(item.get("bytes") or str(item["token"]).encode(errors="replace")),
                float(item["logprob"]),
            )
            for item in items or ()
        ]
    except (TypeError, KeyError, ValueError, AttributeError):
        return []
