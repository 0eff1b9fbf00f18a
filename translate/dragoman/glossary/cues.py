"""What the words before a name say of it: that it is one, and in which case it stands."""

from __future__ import annotations

import re

from dragoman.glossary.match import GOVERNMENT, TAKES_NONE, Candidate
from dragoman.glossary.mentions import View
from dragoman.glossary.tokens import cue_cases
from dragoman.languages.ru_words import parses_of
from dragoman.languages.text import words as listed

_WORD_BEFORE = re.compile(r"([а-я-]+) $")
_CLAUSE = re.compile(r"[.,;:!?()\"]| - | и ")
_PASSED = ("place", "organisation")  # what may stand between a title and a name
_PREPOSITION = re.compile(r" (?:в|во|при|на|по) $")
_HOPS = 4
_WORD_AFTER = re.compile(r" ([а-я-]+)")
_BEHIND = re.compile(r", ([а-я]{5,})")
_SHE_DID = re.compile(r"...(?:ла|лась)$")
_THEN_SHE_DID = re.compile(r",? (?:[а-я-]+[оеяи] )?[а-я]{3,}(?:ла|лась)(?![а-я])")
_HE_DID = re.compile(r"..[аеиыуя](?:л|ли)$")
# Nouns after which a name stands in the genitive: имени, слова, под руководством …
_WANT_GENITIVE = listed(
    "имени память памяти слова слов словам мнению участием руководством председательством "
    "доклад доклада речь речи выступление выступления визит визита творчество творчества жизнь "
    "жизни деятельность деятельности подвиг подвига юбилей юбилея приглашению инициативе "
    "поручению могила могиле могилы бюст памятник памятнику улица улице улицы проспект лице"
)
_VERB = re.compile(r"...(?:л|ла|ло|ли|лся|лась|лись|ает|яет|ит|ют|ят)$")


def word_before(view: View, start: int) -> str:
    """The small-lettered word right before folded position `start`; empty when there is none."""
    found = _WORD_BEFORE.search(view.folded.text, max(0, start - 30), start)
    return found.group(1) if found else ""


def context(view: View, start: int, stop: int) -> tuple[str, ...]:
    """The cases that the words round a name at ``[start, stop)`` ask for.

    Those are the title, the preposition or the cue word before it, a noun that wants a genitive
    (``имени Р. Агаева``), and verbs: ``Р. Агаева отметила``, ``наградил Р. Агаева``.
    """
    title = _title_before(view, view.folded.original(start))
    if title is not None:
        return _and_of_head(view, title)
    before = word_before(view, start)
    if before in _WANT_GENITIVE:
        return ("gent",)
    cases = GOVERNMENT.get(before) or _cue(view, start)
    if cases:
        return cases
    after = _WORD_AFTER.match(view.folded.text, stop)
    if (after and _SHE_DID.search(after[1])) or _SHE_DID.search(before):
        return ("nomn",)
    if _HE_DID.search(before):  # наградил Р. Агаева, but выступили Н. Алиева и Р. Гулиев
        return ("nomn",) if TAKES_NONE.match(before) else ("accs", "gent", "datv")
    words = view.folded.text[start:stop].split()
    doubtful = any(word.endswith(("а", "я")) for word in words)  # of a man, or a woman herself
    return _noun_before(view, start) or _participle_after(view, stop) if doubtful else ()


def names_her(view: View, start: int, stop: int) -> bool:
    """Whether a woman is the subject at ``[start, stop)``: what follows says what she did, and the
    name heads the sentence or stands behind the title of a man (``депутат Вюсала Мамедова
    сообщила``; but ``дочь Вюсала Мамедова сообщила``)."""
    if not _THEN_SHE_DID.match(view.folded.text, stop):
        return False
    head = view.folded.exact[:start].rstrip(' "')
    if not head or head[-1] in ".!?":
        return True
    noun = parses_of(word_before(view, start))[0].tag if word_before(view, start) else None
    return noun is not None and {"NOUN", "anim", "masc", "nomn"} <= noun.grammemes


def _noun_before(view: View, start: int) -> tuple[str, ...]:
    """The cases that a noun right before a name gives it: a thing is somebody's (``дела Кудрета
    Сафарова``), a person is that somebody (``сообщница Наргиз Сафарова``), also when the thing
    is the person's (``диспетчер скорой помощи Эльмира Махмудова``)."""
    own = _cases_of_noun(word_before(view, start))
    if own != ("gent",):
        return own
    text = _CLAUSE.split(view.folded.text[max(0, start - 60) : start])[-1]
    for word in reversed(text.split()[:-1]):
        parse = parses_of(word)[0].tag
        if parse.POS == "NOUN":
            return (*_cases_of_noun(word), *own) if "anim" in parse else own
        if parse.POS not in ("ADJF", "PRTF"):
            break
    return own


def _cases_of_noun(word: str) -> tuple[str, ...]:
    nouns = [p.tag for p in parses_of(word)[:3] if p.tag.POS == "NOUN"] if word else []
    if not nouns or parses_of(word)[0].tag.POS != "NOUN":
        return ()
    if "inan" in nouns[0]:
        return ("gent",)
    return tuple(dict.fromkeys(str(tag.case) for tag in nouns if "anim" in tag))


def _participle_after(view: View, stop: int) -> tuple[str, ...]:
    """The cases that a participle behind a name shows: ``Сафарова, обвиняемого в …``."""
    found = _BEHIND.match(view.folded.text, stop)
    tags = [p.tag for p in parses_of(found[1])] if found else []
    cases = (str(tag.case) for tag in tags if tag.POS in ("PRTF", "ADJF") and "sing" in tag)
    return tuple(dict.fromkeys(cases))


def announced(view: View, start: int) -> bool:
    """Whether a title, a country or a cue word before `start` announces a person."""
    at = view.folded.original(start)
    if any(c.stop == at - 1 and c.hit.concept.type in ("title", "place") for c in view.terms):
        return True
    return _title_before(view, at) is not None or bool(_cue(view, start))


def _title_before(view: View, at: int) -> Candidate | None:
    """The title before offset `at`, with countries and institutions between them passed over.

    заместителем министра Турецкой Республики …, послом Турции в Азербайджане …
    """
    for _ in range(_HOPS):
        ending = [c for c in view.terms if c.stop == at - 1]
        longest = min(ending, key=lambda c: c.start, default=None)
        if longest is None or longest.hit.concept.type not in _PASSED:
            return longest if longest and longest.hit.concept.type == "title" else None
        at = longest.start
        preposition = _PREPOSITION.search(view.text, max(0, at - 6), at)
        at = preposition.start() + 1 if preposition else at
    return None


def _and_of_head(view: View, title: Candidate) -> tuple[str, ...]:
    """The cases of a title, and of a word that it depends on: ``советник министра Гюльтекин …``."""
    cases = title.hit.cases
    found = _WORD_BEFORE.search(view.text.lower(), max(0, title.start - 30), title.start)
    if found and "gent" in cases:
        return tuple(dict.fromkeys((*cue_cases(found[1]), *cases)))
    return cases


def _cue(view: View, start: int) -> tuple[str, ...]:
    """The cases of the nearest word before `start`, in its clause, that announces a person."""
    clause = _CLAUSE.split(view.folded.text[max(0, start - 90) : start])[-1]
    for word in reversed(clause.split()[-8:]):
        if cases := cue_cases(word):
            return cases
        if _VERB.search(word):
            break
    return ()
