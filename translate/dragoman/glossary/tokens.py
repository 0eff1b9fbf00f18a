"""Capitalised words and initials, and the words that tell people from institutions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from dragoman.languages import ru_names
from dragoman.languages.ru_names import Gender
from dragoman.languages.text import words

_TOKEN = re.compile(
    r"(?<![^\W_])(?:(?P<init>(?:Дж|[А-Я])\.)|(?:(?P<word>[А-Я][а-я]+(?:-[А-Я]?[а-я]+)*|[А-Я]{3,})"
    r"|(?P<part>оглы|оглу|кызы|бек|бей|паша|ханым))(?![^\W_]))"
)
# Words that announce a person when unknown capitalised words follow.
_CUES = words(
    "господин госпожа господа посол представитель представительница директор министр глава "
    "председатель начальник секретарь эксперт исследователь исследовательница профессор доктор "
    "депутат координатор советник консул руководитель сотрудник сотрудница президент премьер- "
    "министр ректор журналист журналистка адвокат судья генерал полковник майор капитан г-н "
    "г-жа гражданин гражданка комиссар омбудсмен академик специалист менеджер заместитель шахид "
    "герой артист артистка инспектор ветеран врач учитель учительница поэт писатель "
    "писательница тренер водитель студент студентка житель жительница ученый хирург композитор "
    "участник участница лейтенант сержант юрист преподаватель преподавательница"
)
# How the words of an institution's name begin; no part of a person's name does.
_INSTITUTIONS = tuple(
    sorted(
        words(
            "центр совет служб агентств комитет фонд университет академи республик конфедерац "
            "федерац федератив правительств министерств институт обществ организац процесс "
            "управлен союз палат представительств посольств ассоциац компан комисси "
            "департамент ведомств партнерств государств национальн международн главн "
            "региональн верховн генеральн президент премьер программ проект школ клуб музе "
            "парк дворец дворц площад улиц день дня год война войны"
        )
    )
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, an initial (``init``) or a particle (``part``) in folded text."""

    text: str
    start: int
    stop: int
    kind: str


def tokens_of(exact: str) -> tuple[Token, ...]:
    """The tokens of a folded text with its capitals; a word in capitals is read as Capitalised."""
    return tuple(
        Token(_titled(m.group()), m.start(), m.end(), m.lastgroup or "word")
        for m in _TOKEN.finditer(exact)
    )


def runs(tokens: tuple[Token, ...], exact: str) -> Iterator[list[Token]]:
    """Tokens that follow one another with one space, or none after an initial, between them."""
    run: list[Token] = []
    for token in tokens:
        gap = exact[run[-1].stop : token.start] if run else ""
        if run and not (gap == " " or (gap == "" and run[-1].kind == "init")):
            yield run
            run = []
        run.append(token)
    if run:
        yield run


@cache
def cue_cases(word: str) -> tuple[str, ...]:
    """The cases in which a cue word (``господин``, ``посол``) may stand; empty when it is none."""
    for base in ru_names.possible_nominatives(word):
        if base in _CUES:
            gender: Gender = "femn" if base.endswith(("а", "я")) else "masc"
            return ru_names.cases_of(ru_names.given(base, gender), word)
    return ()


def institutional(word: str) -> bool:
    """Whether a capitalised word belongs to the name of an institution."""
    return word.lower().startswith(_INSTITUTIONS)


def _titled(text: str) -> str:
    return text[0] + text[1:].lower() if len(text) > 2 and text.isupper() else text
