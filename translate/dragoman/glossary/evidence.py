"""What shows that two or three unknown capitalised words are a person and not a firm or a place.

Neither word is in the lexicon and the last has no surname's shape (Кваме Боатенг): then what
stands beside must speak of people. It is a preposition or a noun that takes one (встретился с,
по словам), a verb of meeting or saying before or behind, or another person. The words themselves
must not be ordinary Russian in the case that is asked for (Дойче Банка).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dragoman.glossary.mentions import View
from dragoman.languages.ru_names import CASES, possible_nominatives
from dragoman.languages.ru_words import parses_of
from dragoman.languages.text import words

_SAYS = (
    r"(?:отме[тч]|сообщ|сказа|рассказ|заяв|подчеркн|добави|напомн|прокомментир|прочита|выступ"
    r"|поблагодар|поздрав|призва|призыва|вырази|выража|ответи|поясни|уточни|поделил|рассмотре"
    r"|счита|увер[ея]|назва|ознаком|довел|провел|прове[лд]|вручи|получи|подписа|посети"
    r"|открыл|прибы|приня|принима|участв|присутств|возглав|встрети|обрати|обсуди|родил|окончи"
    r"|награжд|назнач|избра|задержа|арестов|приехал|проживал|являл|являет|предложи|оцени)"
)
_BEHIND = re.compile(rf" (?:также |далее |затем |лично |особо |высоко )?{_SAYS}[а-я]*")
_BEFORE = re.compile(
    r"(?<![а-я-])(?:встрети|приня|поблагодар|поздрав(?:и|ля[юе])|награ[дж]|проинформир|приглас(?:и|ил)|представи|назнач"
    r"|избра|приветств|задержа|арестов|вруч[ие]|получи|отме[тч]|сообщ|выступ|сказа|рассказ|заяв"
    r"|подчеркн|добави|напомн|прокомментир|прочита|провел|провод|подписа|посети|участв|присутств|возглав"
    r"|ознаком|призва|ответи|прибыл|осужд|депортир|выдвор|награжд|ведет|вел[аи]?)[а-я]* $"
)
_OF_SOMEBODY = re.compile(
    r"(?<![а-я-])(?:слов(?:а|ам|ах|ами)?|мнени[юе]|имен[иа]|участи(?:е|ем|и)|руководством"
    r"|председательством|приглашению|инициативе|поручению|доклад[ауе]?|речь|речи|выступлени[ея]"
    r"|интервью|назначени[ея]|задержани[ея]) $"
)
_WITH = re.compile(r"(?<![а-я-])со? $")
_TO = re.compile(
    r"(?<![а-я-])(?:обра[тщ]|письм|послан|вопрос|пригла|визит|поздравл|благодарност|рассказ|прием"
    r"|подарок|напомн|ответ|сказа|спроси|уважени|пришл|приш[ео]л)[а-я]* (?:ко?|от|об?|у|на имя) $"
)
# A name of something else stands after these.
_THING = re.compile(
    r"(?<![а-я-])(?:авиа|компан|фирм|групп|отел|гостиниц|город|поселк|район|улиц|порт|аэропорт|банк"
    r"|клуб|команд|газет|канал|телеканал|агентств|корпорац|концерн|провинц|штат|остров|озер"
    r"|мост|проспект|приложени|бренд|куб[ко]|турнир|университет|холдинг"
    r"|сет[иь]|местност"
    r"|(?:сел(?:[аоеу]|ом)|гор(?:[аеыу]|ой)|рек(?:[аиеу]|ой)|марк(?:[аиеу]|ой))(?= ))"
    r"[а-я]* $"
)
_FIRMS_AND_PLACES = words(
    "банк эйр ойл групп инк лимитед газ медиа ньюс таймс пресс телеком юнайтед интернешнл холдинг "
    "интернэшнл моторс эйрлайнс авиа сити порт форт санта нью лос рио монт порто пуэрто коста "
    "сьерра стрит авеню плаза хаус парк отель молл скай тауэр палас инвест петролеум энерджи "
    "капитал бизнес юнион глобал джет карго консалтинг логистик электрик дойче бритиш каспиан "
    "силк уэй лайн лайнс стрим шоу фест экспо булл систем солюшнс технолоджис лайф аджанси "
    "тренд трэнд репорт энержи боинг ашагы юхары орта"
)


def shown_person(view: View, start: int, stop: int) -> tuple[str, ...]:
    """The cases in which a person may stand at ``[start, stop)`` of the folded text, by the words
    beside it; empty where nothing shows a person there."""
    text = view.folded.text
    before = text[max(0, start - 40) : start]
    if before.endswith('"') or _THING.search(before):
        return ()
    if _WITH.search(before):
        return ("ablt",)
    if _OF_SOMEBODY.search(before):
        return ("gent", "nomn") if before.endswith(("участие ", "интервью ")) else ("gent",)
    if _TO.search(before):
        return ("gent", "datv", "loct")
    if _BEHIND.match(text, stop):
        return ("nomn",)
    return CASES if _BEFORE.search(before) else ()


def ordinary(word: str, cases: Sequence[str]) -> bool:
    """Whether a capitalised word is Russian, a firm's or a place's, in one of `cases`."""
    if _FIRMS_AND_PLACES & {text.lower() for text in possible_nominatives(word)}:
        return True
    return any(
        parse.is_known
        and parse.tag.case in cases
        and not {"Name", "Surn", "Patr"} & set(parse.tag.grammemes)
        for parse in parses_of(word)
    )
