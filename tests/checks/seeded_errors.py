"""Errors put into correct translations on purpose, to see which the checks catch.

A kind is a function (lang, source, target, random) -> (source, target) with one error in the
target, or None where the sentence gives it nothing to spoil. Kinds that need an address or a
decimal append the same correct sentence to source and target first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from dragoman.languages import az, en

Spoiler = Callable[[str, str, str, Random], tuple[str, str] | None]
Both = tuple[str, str]

CONTACT = {
    "ru": " Телефон: +994 12 562-56-23, почта info@migration.gov.az, сайт www.migration.gov.az.",
    "en": " Telephone: +994 12 562-56-23, mail info@migration.gov.az, site www.migration.gov.az.",
    "az": " Telefon: +994 12 562-56-23, poçt info@migration.gov.az, sayt www.migration.gov.az.",
}
GROWTH = {
    "ru": " Рост составил 3,4 %.", "en": " Growth was 3.4%.", "az": " Artım 3,4 % təşkil edib.",
}  # fmt: skip
DIGITS = re.compile(r"\d+(?:[.,\u00a0 ]\d+)*")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
MONTHS = {"en": en.MONTHS, "az": az.MONTHS}
UNNEGATED = {
    "en": (
        (r"\b(do|does|did) not ", ""),
        (r" not\b", ""),
        (r"\bno (?!more|later|less|fewer|earlier|longer)", "a "),
        (r"\bnever ", ""),
        (r"\bcannot\b", "can"),
    ),
    "az": (
        (r"(?<=\w)mayıb", "ıb"),
        ("məyib", "ib"),
        ("mayan", "an"),
        ("məyən", "ən"),
        ("madı", "dı"),
        ("mədi", "di"),
        (r"(?<=\w\w)mır(?=l|d|\b)", "ır"),
        (r"(?<=\w\w)mir(?=l|d|\b)", "ir"),
        (r"(?<=\w\w)mur(?=l|d|\b)", "ur"),
        (r"\bdeyil\b", "dir"),
        (r"\byoxdur\b", "var"),
        ("mayacaq", "acaq"),
        ("məyəcək", "əcək"),
        ("bilməz", "bilər"),
        ("olmaz", "olar"),
    ),
}
NEGATED = {
    "en": ((r"\b(was|were|is|are|has|have|had|will|would|can|should) (?!not)", r"\1 not "),),
    "az": (
        (r"(?<=[lnrştd])ıb\b", "mayıb"),
        (r"(?<=[lnrştd])ib\b", "məyib"),
        (r"ub\b", "mayıb"),
    ),
}
LOOK_ALIKE = {"a": "а", "e": "е", "o": "о", "c": "с", "p": "р", "x": "х", "ə": "ә", "i": "і"}
TURKISH = (
    (r"\bvə\b", "ve"),
    (r"\bilə\b", "ile"),
    (r"\büçün\b", "için"),
    (r"lər\b", "ler"),
    (r"maq\b", "mak"),
    (r"\bhəm\b", "hem"),
    (r"\bbarədə\b", "hakkında"),
    (r"\bkimi\b", "gibi"),
    (r"lıq\b", "lık"),
)
# A Russian pattern, and stems of its English and Azerbaijani wording.
TERMS = (
    (r"Государственн\w+ Миграционн\w+ Служб\w+", "State Migration Service", "Miqrasiya Xidmət"),
    (r"Азербайджанск\w+ Республик\w+", "Republic of Azerbaijan", "Azərbaycan Respublikası"),
    (r"[Мм]инистр\w*", "Minist", "nazir"),
    (r"[Пп]осол\w*", "mbassador", "səfir"),
    (r"[Мм]играци\w+", "igration", "iqrasiya"),
    (r"[Сс]оглашени\w+", "greement", "aziş"),
    (r"[Пп]резидент\w*", "resident", "rezident"),
    (r"[Кк]омитет\w*", "ommittee", "omitə"),
)


def _append(lang: str, source: str, target: str, tail: dict[str, str]) -> Both:
    return source + tail["ru"], target + tail[lang]


def _figures(target: str) -> list[re.Match[str]]:
    return list(DIGITS.finditer(target))


def drop_number(lang: str, source: str, target: str, random: Random) -> Both | None:
    found = _figures(target)
    if not found:
        return None
    match = random.choice(found)
    return source, (target[: match.start()] + target[match.end() :]).replace("  ", " ").strip()


def change_digit(lang: str, source: str, target: str, random: Random) -> Both | None:
    places = [index for index, char in enumerate(target) if char.isdigit()]
    if not places:
        return None
    place = random.choice(places)
    other = random.choice([digit for digit in "123456789" if digit != target[place]])
    return source, target[:place] + other + target[place + 1 :]


def move_decimal(lang: str, source: str, target: str, random: Random) -> Both | None:
    source, target = _append(lang, source, target, GROWTH)
    written = "3.4" if lang == "en" else "3,4"
    at = target.rindex(written)
    wrong = random.choice(["34", "4" + written[1] + "3", "0" + written[1] + "34"])
    return source, target[:at] + wrong + target[at + 3 :]


def change_year(lang: str, source: str, target: str, random: Random) -> Both | None:
    found = list(YEAR.finditer(target))
    if not found:
        return None
    match = random.choice(found)
    year = str(int(match[0]) + random.choice([-10, -1, 1, 2]))
    return source, target[: match.start()] + year + target[match.end() :]


def change_month(lang: str, source: str, target: str, random: Random) -> Both | None:
    names = MONTHS[lang]
    found = list(re.finditer(rf"\b({'|'.join(names)})", target))
    found = [match for match in found if not (lang == "en" and match[0] == "May")]
    if not found:
        return None
    match = random.choice(found)
    other = random.choice([name for name in names if name not in target])
    return source, target[: match.start()] + other + target[match.end() :]


def _first(target: str, rules: tuple[tuple[str, str], ...], random: Random) -> str | None:
    fitting = [rule for rule in rules if re.search(rule[0], target)]
    if not fitting:
        return None
    pattern, better = random.choice(fitting)
    return re.sub(pattern, better, target, count=1)


def drop_negation(lang: str, source: str, target: str, random: Random) -> Both | None:
    """Only where the Russian says не or нет once and the translation negates once."""
    if len(re.findall(r"\b(?:не|нет|никогда|нельзя)\b", source.lower())) != 1:
        return None
    if re.search(r"не (?:только|менее|более|позднее|ранее)|\bни\b|\bбез\b", source.lower()):
        return None
    if lang == "en" and len(re.findall(r"\b(?:not|no|never|cannot)\b", target)) != 1:
        return None
    if lang == "az" and re.search(r"\bheç\b|\bnə\b", target):
        return None
    spoilt = _first(target, UNNEGATED[lang], random)
    return (source, spoilt) if spoilt else None


def add_negation(lang: str, source: str, target: str, random: Random) -> Both | None:
    """Only where the Russian holds no word of negation at all."""
    if re.search(r"\b(?:не|ни|бе[зс])\w*|отказ|запре|лиш|отсутств|против", source.lower()):
        return None
    spoilt = _first(target, NEGATED[lang], random)
    return (source, spoilt) if spoilt else None


def truncate_half(lang: str, source: str, target: str, random: Random) -> Both | None:
    """Half of the words, with the final mark kept."""
    found = target.split()
    if len(found) < 8:
        return None
    mark = target[-1] if target[-1] in ".?!" else ""
    return source, " ".join(found[: len(found) // 2]).rstrip(",;:–") + mark


def repeat_tail(lang: str, source: str, target: str, random: Random) -> Both | None:
    found = target.split()
    if len(found) < 8:
        return None
    tail = found[-random.randint(4, 6) :]
    return source, " ".join([*found, *tail])


def leave_russian(lang: str, source: str, target: str, random: Random) -> Both | None:
    russian = re.findall(r"[а-яё]{4,}", source)
    found = target.split()
    if not russian or len(found) < 3:
        return None
    found[random.randrange(1, len(found) - 1)] = random.choice(russian)
    return source, " ".join(found)


def look_alike(lang: str, source: str, target: str, random: Random) -> Both | None:
    places = [index for index, char in enumerate(target) if char in LOOK_ALIKE]
    place = random.choice(places)
    return source, target[:place] + LOOK_ALIKE[target[place]] + target[place + 1 :]


def foreign_spelling(lang: str, source: str, target: str, random: Random) -> Both | None:
    """A Turkish word or ending in Azerbaijani; an Azerbaijani letter in an English name."""
    if lang == "az":
        spoilt = _first(target, TURKISH, random)
        return (source, spoilt) if spoilt else None
    names = list(re.finditer(r"(?<=[a-z] )[A-Z][a-z]*a[a-z]+", target))
    if not names:
        return None
    name = random.choice(names)
    return source, target[: name.start()] + name[0].replace("a", "ə", 1) + target[name.end() :]


def wrong_quotes(lang: str, source: str, target: str, random: Random) -> Both | None:
    if "“" not in target:
        return None
    way = random.choice(["«»", '""', "„“"])
    return source, target.replace("“", way[0]).replace("”", way[1])


def lose_bracket(lang: str, source: str, target: str, random: Random) -> Both | None:
    places = [index for index, char in enumerate(target) if char in "()"]
    if places:
        place = random.choice(places)
        return source, target[:place] + target[place + 1 :]
    found = target.split(" ")
    place = random.randrange(len(found))
    found[place] = "(" + found[place]
    return source, " ".join(found)


def lose_final(lang: str, source: str, target: str, random: Random) -> Both | None:
    return (source, target[:-1]) if target[-1] in ".?!" else None


def double_space(lang: str, source: str, target: str, random: Random) -> Both | None:
    places = [match.start() for match in re.finditer(" ", target)]
    place = random.choice(places)
    return source, target[:place] + " " + target[place:]


def space_before_mark(lang: str, source: str, target: str, random: Random) -> Both | None:
    places = [match.start() for match in re.finditer(r"(?<=\w)[,.;:](?= |$)", target)]
    if not places:
        return None
    place = random.choice(places)
    return source, target[:place] + " " + target[place:]


def copy_source(lang: str, source: str, target: str, random: Random) -> Both | None:
    return source, source


def double_word(lang: str, source: str, target: str, random: Random) -> Both | None:
    found = target.split()
    places = [index for index, word in enumerate(found) if word.isalpha() and len(word) > 1]
    place = random.choice(places)
    return source, " ".join([*found[: place + 1], *found[place:]])


def change_email(lang: str, source: str, target: str, random: Random) -> Both | None:
    source, target = _append(lang, source, target, CONTACT)
    wrong = random.choice(["info@migration.gov.com", "inf@migration.gov.az", ""])
    return source, target.replace("info@migration.gov.az", wrong)


def change_url(lang: str, source: str, target: str, random: Random) -> Both | None:
    source, target = _append(lang, source, target, CONTACT)
    wrong = random.choice(
        ["www.migration.gov.com", "www.migrations.gov.az", "www.migration.az", ""]
    )
    return source, target.replace("www.migration.gov.az", wrong)


def change_phone(lang: str, source: str, target: str, random: Random) -> Both | None:
    source, target = _append(lang, source, target, CONTACT)
    wrong = random.choice(["562-56-32", "562-65-23", "562-56-2", "552-56-23"])
    return source, target.replace("562-56-23", wrong)


def lose_capital(lang: str, source: str, target: str, random: Random) -> Both | None:
    if not (target[0].isupper() and target[1].islower() and source[0].isupper()):
        return None
    small = (
        {"I": "ı", "İ": "i"}.get(target[0], target[0].lower())
        if lang == "az"
        else target[0].lower()
    )
    return source, small + target[1:]


def empty(lang: str, source: str, target: str, random: Random) -> Both | None:
    return source, " "


KINDS: dict[str, Spoiler] = {
    "number dropped": drop_number,
    "digit changed": change_digit,
    "decimal point moved": move_decimal,
    "year changed": change_year,
    "month changed": change_month,
    "negation dropped": drop_negation,
    "negation added": add_negation,
    "half cut off": truncate_half,
    "tail repeated": repeat_tail,
    "Russian word left": leave_russian,
    "look-alike letter": look_alike,
    "Turkish or Azerbaijani spelling": foreign_spelling,
    "wrong quotes": wrong_quotes,
    "bracket lost": lose_bracket,
    "final mark lost": lose_final,
    "doubled space": double_space,
    "space before a mark": space_before_mark,
    "source copied": copy_source,
    "word doubled": double_word,
    "e-mail changed": change_email,
    "web address changed": change_url,
    "telephone changed": change_phone,
    "capital lost": lose_capital,
    "nothing there": empty,
}
