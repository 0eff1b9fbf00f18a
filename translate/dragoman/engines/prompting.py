"""How a chat model is asked to translate, and how its answer is read.

Used for local instruction models, one sentence a prompt, and for servers, many sentences a
prompt as JSON.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

from dragoman.records import Request, Term

# Part of the revision of every prompted engine: change it with the wording, or the cleaning.
VERSION = "3"

_LANGUAGES = {"en": "English", "az": "Azerbaijani (Latin script)", "ru": "Russian"}
_FORBIDDEN_SHOWN = 3

_REFUSAL = re.compile(
    r"(i'?m sorry|i am sorry|i (cannot|can't|can not|am unable to|won't)\b|as an ai\b|"
    r"üzr istəyirəm, (mən|amma)|извините, (я|но)|я не могу (перевести|помочь))",
    re.IGNORECASE,
)
# The template of many models begins the thoughts: the answer then has their end alone.
_THOUGHT = re.compile(r"\A.*</think(?:ing)?>|<think(?:ing)?>.*\Z", re.DOTALL | re.IGNORECASE)
_FENCE = re.compile(r"\A```\w*\n(.*?)\n?```\Z", re.DOTALL)
_LABEL = re.compile(
    r"\A(?:\*\*)?(?:sure[,!.][^\n]*?|here(?: is|'s) the (?:[\w()]+ ){0,4}translation|"
    r"translat(?:ion|ed text)(?: \([\w ]+\))?|"
    r"(?:english|azerbaijani)(?: \(latin script\))?(?: translation)?|tərcümə|перевод)"
    r"\s*(?:\*\*)?:(?:\*\*)?\s*",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"\A\s*[\w ]{1,30}:")
_INTRODUCTION = re.compile(r"\A[^\n]{1,150}:(?:\*\*)?[ \t]*\n\s*(?=\S)")
_NOTE = re.compile(r"\n\s*\n.*\Z|\n\(?(?:note|explanation|qeyd|примечание)\b.*\Z", re.S | re.I)
_AROUND = (("**", "**"), ('"', '"'), ("«", "»"), ("“", "”"), ("„", "“"), ("'", "'"))


def instructions(to: str, source: str = "ru") -> str:
    """The standing order."""
    return (
        f"You translate official press releases from {_LANGUAGES.get(source, source)} into "
        f"{_LANGUAGES.get(to, to)}. Translate exactly and completely, in the formal style of a "
        "government agency. Keep every number, date and name. Use the given official terms, "
        "inflected as grammar requires, and never a rendering that is marked as forbidden. "
    )


def sentence_prompt(request: Request, to: str, source: str = "ru") -> list[dict[str, str]]:
    """Chat messages that ask for one sentence as plain text."""
    order = instructions(to, source) + _hinting([request]) + "Answer with the translation only."
    lines = [f"- {term_line(term)}" for term in request.terms]
    shown = "Official terms:\n" + "\n".join(lines) + "\n\n" if lines else ""
    if request.similar:
        text, translation = request.similar
        shown += f"Similar text:\n{text}\nIts approved translation:\n{translation}\n\n"
    return [
        {"role": "system", "content": order},
        {"role": "user", "content": f"{shown}Text:\n{request.text}"},
    ]


def _hinting(requests: Sequence[Request]) -> str:
    """What to do with approved translations of similar texts, where there are any."""
    if not any(request.similar for request in requests):
        return ""
    return (
        "Where a similar text is given with its approved translation, keep its wording as far as "
        "the meaning is the same, and translate what differs. "
    )


def term_line(term: Term) -> str:
    """One term for a prompt: source words, base form wanted, forbidden renderings."""
    line = f"{term.surface} = {term.lemma}"
    if term.forbidden:
        line += f" (forbidden: {'; '.join(term.forbidden[:_FORBIDDEN_SHOWN])})"
    return line


def batch_prompt(requests: Sequence[Request], to: str, source: str = "ru") -> list[dict[str, str]]:
    """Chat messages that ask for many sentences as JSON, matched by id (1, 2, ...)."""
    order = (
        instructions(to, source)
        + _hinting(requests)
        + "The input is JSON: sentences with an id and their terms. "
        'Answer with JSON only: {"translations": [{"id": 1, "text": "..."}, ...]}, '
        "one object for each id."
    )
    items = []
    for number, request in enumerate(requests, start=1):
        item: dict[str, object] = {"id": number, "text": request.text}
        if request.terms:
            item["terms"] = [_term_object(term) for term in request.terms]
        if request.similar:
            text, translation = request.similar
            item["similar"] = {"text": text, "approved": translation}
        items.append(item)
    content = json.dumps({"sentences": items}, ensure_ascii=False)
    return [{"role": "system", "content": order}, {"role": "user", "content": content}]


def _term_object(term: Term) -> dict[str, object]:
    found: dict[str, object] = {"source": term.surface, "target": term.lemma}
    if term.forbidden:
        found["forbidden"] = list(term.forbidden[:_FORBIDDEN_SHOWN])
    return found


SCHEMA = {
    "name": "translations",
    "strict": True,
    "schema": {
        "type": "object",
        "additionalProperties": False,
        "required": ["translations"],
        "properties": {
            "translations": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": False,
                    "required": ["id", "text"],
                    "properties": {"id": {"type": "integer"}, "text": {"type": "string"}},
                },
            }
        },
    },
}


def parse_batch(content: str, count: int) -> dict[int, str]:
    """Texts by id from an answer to `batch_prompt`; empty when the answer is no such JSON.

    An id that was not asked for means that the model counts in its own way, from 0 say, or cut a
    sentence in two: no id can be trusted then, unless one sentence was asked for and one came.
    Of an id that has two texts neither is taken.
    """
    content = _THOUGHT.sub("", content).strip()
    if fenced := _FENCE.match(content):
        content = fenced[1]
    start, stop = content.find("{"), content.rfind("}")
    try:
        items = json.loads(content[start : stop + 1])["translations"]
    except (ValueError, KeyError, TypeError):
        return {}
    found: dict[int, set[str]] = {}
    for item in items if isinstance(items, list) else ():
        if isinstance(item, dict) and isinstance(item.get("text"), str):
            found.setdefault(_number(item.get("id")), set()).add(item["text"].strip())
    if count == 1 and len(found) == 1:
        found = {1: set().union(*found.values())}
    if not found.keys() <= set(range(1, count + 1)):
        return {}
    return {number: texts.pop() for number, texts in found.items() if len(texts) == 1}


def _number(value: object) -> int:
    return (
        int(value)
        if isinstance(value, int) or (isinstance(value, str) and value.isdecimal())
        else 0
    )


def clean(source: str, output: str) -> str:
    """The translation in a chat model's answer: no thoughts, fences, introductions, labels, notes,
    no source said again, nor quotes or asterisks around the whole that the source has not."""
    text = _THOUGHT.sub("", output).strip()
    if fenced := _FENCE.match(text):
        text = fenced[1].strip()
    before = None
    while text != before:
        before = text
        text = _without_head(source, text)
    if "\n" not in source:
        text = _NOTE.sub("", text).strip()
    for left, right in _AROUND:
        inner = text[len(left) : -len(right)]
        around = text.startswith(left) and text.endswith(right) and len(text) > len(left)
        if around and left not in inner and source[:1] not in "\"«“„'*":
            text = inner.strip()
    return text


def _without_head(source: str, text: str) -> str:
    """Without one thing that stands before the translation, if any does."""
    if not _LABELLED.match(source):
        text = _LABEL.sub("", text)
    if "\n" not in source and not source.rstrip().endswith(":"):
        text = _INTRODUCTION.sub("", text)
    rest = text.removeprefix(source.strip())
    return rest.strip() if rest.startswith("\n") and rest.strip() else text.strip()


def refused(output: str) -> bool:
    """Whether an answer is the model's refusal rather than a translation."""
    return bool(_REFUSAL.match(output.strip()[:200]))
