"""What may stand in a term's place: other concepts, and institutions that do not exist."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from random import Random

from dragoman.languages import guess_kind, ru
from dragoman.languages.text import Kind
from dragoman.records import Concept

INVENTED = Path(__file__).parent / "invented.tsv"


@dataclass(frozen=True, slots=True)
class StandIn:
    """What replaces a term: its Russian forms by (case, number), and its base form elsewhere."""

    ru: dict[tuple[str, str], str]
    target: dict[str, str]
    kind: dict[str, Kind]

    def form(self, case: str, number: str) -> str:
        """The Russian form; where there is none (plural names, say) the nearest that is."""
        for key in ((case, number), (case, "sing"), ("nomn", number)):
            if key in self.ru:
                return self.ru[key]
        return self.ru["nomn", "sing"]


def of_concept(concept: Concept) -> StandIn:
    forms = {("nomn", "sing"): concept.ru[0]}
    for form in ru.phrase_forms(concept.ru[0]):
        forms.setdefault((form.case, form.number), form.text)
    target = {"en": concept.en.preferred, "az": concept.az.preferred}
    kinds: dict[str, Kind] = {
        lang: guess_kind(phrase, lang, concept.type) for lang, phrase in target.items()
    }
    return StandIn(forms, target, kinds)


class Invented:
    """Organisations and documents that do not exist, composed of ordinary parts."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._parts: dict[str, list[list[str]]] = {}
        for line in INVENTED.read_text("utf-8").split("\n"):
            if line:
                part, *words = line.split("\t")
                self._parts.setdefault(part, []).append(words)
        self._known: dict[str, StandIn] = {}

    def draw(self) -> StandIn:
        """One of several thousand, by chance."""
        choose = self._random.choice
        head, adjective, topic = (choose(self._parts[p]) for p in ("head", "adjective", "topic"))
        link = choose(("for", "on"))
        quality = _agreeing(adjective[0], head[0])
        russian = f"{quality} {head[0].lower() if quality else head[0]} {topic[0]}".strip()
        if f"{russian} {link}" in self._known:
            return self._known[f"{russian} {link}"]
        # After a noun the head takes the possessive (Dövlət Agentliyi), else not (Milli Agentlik).
        possessed, plain = head[2].split("|")
        az_head = possessed if adjective[3] else plain
        target = {
            "en": f"{adjective[1]} {head[1]} {link} {topic[1]}".strip(),
            "az": f"{topic[2]} {adjective[2]} {az_head}".replace("  ", " "),
        }
        forms = {("nomn", "sing"): russian}
        for form in ru.phrase_forms(russian, number="sing"):
            forms.setdefault((form.case, form.number), form.text)
        kinds: dict[str, Kind] = {"en": "plain", "az": "possessive" if adjective[3] else "plain"}
        return self._known.setdefault(f"{russian} {link}", StandIn(forms, target, kinds))


def _agreeing(adjective: str, noun: str) -> str:
    """An adjective in -ый in the gender of `noun`, which its last letter tells here."""
    ending = {"а": "ая", "я": "ая", "о": "ое", "е": "ое"}.get(noun[-1], "ый")
    return adjective[:-2] + ending if adjective else ""
