"""A fake engine for tests: instant, deterministic, and faulty on request.

By default it does what is asked: letters of the target language, every number, every term in
the form that fits best. Its faults are those of real models, and they go through the same
judgement as theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

from dragoman.engines.base import OnAnswer
from dragoman.engines.batching import Outputs, Raw, answer_all
from dragoman.engines.judging import cyrillic
from dragoman.errors import EngineError
from dragoman.records import Answer, Request

FAULTS = ("empty", "repeat", "copy", "drop-number", "no-terms", "crash")

_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_LATIN = {  # a hyphen: no letter
    "en": "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya",
    "az": "a b v q d e yo j z i y k l m n o p r s t u f x s ç ş ş - ı - e yu ya",
}
_LETTERS = {
    lang: dict(zip(_RUSSIAN, latin.replace("-", "").split(" "), strict=True))
    for lang, latin in _LATIN.items()
}


@dataclass(frozen=True)
class FakeEngine:
    """Faults in every `every`-th sentence, chosen by a checksum of the text.

    `faults` are names from `FAULTS`. Raises EngineError for a name that is none.
    """

    faults: tuple[str, ...] = ()
    every: int = 1
    takes_terms: bool = True

    def __post_init__(self) -> None:
        for name in self.faults:
            if name not in FAULTS:
                raise EngineError(
                    f"the fake engine knows no fault {name!r}",
                    advice=f"use one of {', '.join(FAULTS)}",
                )

    @property
    def name(self) -> str:
        """``fake``, or ``fake:`` with its faults."""
        every = f"@{self.every}" if self.every != 1 else ""
        return f"fake:{','.join(self.faults)}{every}" if self.faults else "fake"

    @property
    def revision(self) -> str:
        """The version of the fake's rules, with its faults."""
        return f"1-{'+'.join(self.faults) or 'sound'}-{self.every}"

    def translate(
        self,
        requests: Sequence[Request],
        to: str,
        *,
        n_best: int = 1,
        on_answer: OnAnswer | None = None,
    ) -> list[Answer]:
        """See `Engine.translate`."""
        if to not in _LETTERS:
            raise EngineError(f"the fake engine does not write {to}", advice="use en or az")
        by_key = {repr(request): request for request in requests}
        return answer_all(
            requests,
            lambda request: (repr(request),),
            len,
            lambda keys: [self._outputs(by_key[key], to) for key in keys],
            budget=10_000,
            n_best=n_best,
            on_answer=on_answer,
        )

    def _outputs(self, request: Request, to: str) -> Outputs:
        checksum = crc32(request.text.encode())
        faults = self.faults if checksum % self.every == 0 else ()
        if "crash" in faults:
            raise RuntimeError("the fake engine was told to crash")
        text = request.text if "copy" in faults else render(request, to, "no-terms" not in faults)
        if "drop-number" in faults:
            text = re.sub(r"\d+", "", text, count=1)
        if "repeat" in faults:
            text = " ".join(text.split()[:2] * 12)
        if "empty" in faults:
            text = ""
        logprob = -0.1 - checksum % 500 / 1000
        return (Raw(text, logprob, 1),)


def render(request: Request, to: str, with_terms: bool = True) -> str:
    """`request` in the letters of `to`, its terms in their best form."""
    parts, at = [], 0
    for term in sorted(request.terms, key=lambda term: term.start) if with_terms else ():
        if term.start >= at:
            form = term.forms[0] if term.forms else term.lemma
            parts += [transliterate(request.text[at : term.start], to), form]
            at = term.stop
    text = "".join([*parts, transliterate(request.text[at:], to)])
    return respelled(text) if to == "az" and not cyrillic(request.text) else text


def respelled(text: str) -> str:
    """English letters as Azerbaijani writes their sounds: the second step of a pivot."""
    for english, azerbaijani in (("sh", "ş"), ("ch", "ç"), ("kh", "x"), ("zh", "j"), ("g", "q")):
        text = text.replace(english, azerbaijani)
    return text


def transliterate(text: str, to: str) -> str:
    """`text` with Russian letters written in those of `to`; anything else as it is."""
    letters = _LETTERS[to]
    parts = []
    for character in text:
        latin = letters.get(character.lower())
        if latin is None:
            parts.append(character)
        else:
            parts.append(latin[:1].upper() + latin[1:] if character.isupper() else latin)
    return "".join(parts)
