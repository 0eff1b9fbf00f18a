"""Capitalised words and initials, and the words that tell people from institutions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from dragoman.languages import ru_names
from dragoman.languages.ru_names import Gender
from dragoman.languages.text import words

_TOKEN = re.compile(
    r"(?<![^\W_])(?:(?P<init>(?:Дж|[А-Я])\.)"
    r"|(?:(?P<word>(?:(?:аль|эль|ибн|а[лсшдрнтз])-)?[А-Я][а-я]+(?:-[А-Я]?[а-я]+)*|[А-Я]{3,})"
    r"|(?P<part>оглы|оглу|кызы|бек|бей|паша|ханым|ван|фон|дер|ден|де|да|ди|ду|дель|делла|дос|ла|ле"
    r"|бин|бен|ибн|эль|аль))(?![^\W_]))"
)
# Parts of foreign surnames that are written with a capital too: Ди Джанфранческо, Ван Гог.
CAPITAL_PARTS = words("Ван Фон Дер Ден Де Да Ди Ду Дель Делла Дос Ла Ле Бин Бен Ибн Эль Аль Мак")
# Words that announce a person when unknown capitalised words follow.
_CUES = words(
    "господин госпожа господа посол представитель представительница директор министр глава "
    "председатель начальник секретарь эксперт исследователь исследовательница профессор доктор "
    "депутат координатор советник консул руководитель сотрудник сотрудница президент премьер- "
    "министр ректор журналист журналистка адвокат судья генерал полковник майор капитан г-н "
    "г-жа гражданин гражданка комиссар омбудсмен академик специалист менеджер заместитель шахид "
    "герой артист артистка инспектор ветеран врач учитель учительница поэт писатель "
    "писательница тренер водитель студент студентка житель жительница ученый хирург композитор "
    "участник участница лейтенант сержант юрист преподаватель преподавательница коллега канцлер "
    "премьер губернатор мэр король королева принц доцент сенатор спикер тренер аналитик атташе "
    "собеседник собеседница докладчик докладчица волонтер подданный предприниматель гость "
    "гостья поверенный миссис мистер мисс мсье тренер модератор верховный "
    "супруг супруга сын дочь отец мать брат сестра вдова"
)
# Cue words that lose a vowel (посол, отец), which the rules for names do not know.
_FLEETING: dict[str, tuple[str, ...]] = {
    f"{stem}{ending}": cases
    for stem in ("посл", "отц")
    for ending, cases in (
        ("а", ("gent", "accs")), ("у", ("datv",)), ("ом", ("ablt",)), ("ов", ("gent", "accs")),
    )
}  # fmt: skip
# Adjectives that stand for people: участкового, потерпевшая.
_ADJECTIVES = tuple(
    words(
        "участков потерпевш пострадавш погибш военнослужащ служащ подозреваем обвиняем задержанн "
        "осужденн подсудим уполномоченн управляющ заведующ исполняющ дежурн раненн разыскиваем"
    )
)
_ADJECTIVE_CASES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("ый", "ий", "ая"), ("nomn",)),
    **dict.fromkeys(("ого", "его"), ("gent", "accs")),
    **dict.fromkeys(("ому", "ему"), ("datv",)),
    **dict.fromkeys(("ым", "им"), ("ablt",)),
    **dict.fromkeys(("ом", "ем"), ("loct",)),
    **dict.fromkeys(("ой", "ей"), ("gent", "datv", "ablt", "loct")),
    **dict.fromkeys(("ую",), ("accs",)),
}
# How the words of an institution's name begin; no part of a person's name does.
_INSTITUTIONS = tuple(
    sorted(
        words(
            "центр совет служб агентств комитет фонд университет академи республик конфедерац "
            "федерац федератив правительств министерств институт обществ организац процесс "
            "управлен союз палат представительств посольств ассоциац компан комисси "
            "департамент ведомств партнерств государств национальн международн главн "
            "региональн верховн генеральн президент премьер программ проект школ клуб музе "
            "ассамбле парламент межпарламент конгресс собрани фестивал чемпионат конференц форум "
            "саммит конвенц декларац протокол меморандум соглашени договор законо кодекс "
            "распоряжени постановлени мечет театр гостиниц проспект аэропорт секретариат "
            "коллеги председател начальник директор общенациональн "
            "господин госпож гражданин гражданк "
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

    @property
    def particle(self) -> bool:
        """Whether it is a particle, with a small letter or a capital one: ван, Ди."""
        return self.kind == "part" or self.text in CAPITAL_PARTS


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


@lru_cache(maxsize=8192)
def cue_cases(word: str) -> tuple[str, ...]:
    """The cases in which a cue word (``господин``, ``посол``) may stand; empty when it is none."""
    if word in _FLEETING:
        return _FLEETING[word]
    for base in ru_names.possible_nominatives(word):
        if base in _CUES:
            gender: Gender = "femn" if base.endswith(("а", "я")) else "masc"
            return ru_names.cases_of(ru_names.given(base, gender), word)
    if word.startswith(_ADJECTIVES):
        return next((c for end, c in _ADJECTIVE_CASES.items() if word.endswith(end)), ())
    return ()


def institutional(word: str) -> bool:
    """Whether a capitalised word belongs to the name of an institution."""
    return word.lower().startswith(_INSTITUTIONS)


def _titled(text: str) -> str:
    return text[0] + text[1:].lower() if len(text) > 2 and text.isupper() else text
