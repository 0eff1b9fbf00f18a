"""What the ending of an Azerbaijani word says, whatever the word: its case, number and possessor.

For words that no list has. The endings are those of `az_nouns`, tried on every stem that the
word could have; what looks like an ending and belongs to the stem (`qayda`, `komissiya`,
`qanun`) is listed, and where several readings are left the caller's knowledge decides.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from dragoman.languages.az_letters import lower, syllables
from dragoman.languages.az_nouns import CASES, word_stem
from dragoman.languages.az_stems import UNDROP, is_plural, tail_word
from dragoman.languages.text import Case, Form, Kind, Person, words

_LONGEST_ENDING = 10  # -larımızdan
# Nouns that end as if they had an ending.
_BASES: Final = words(
    "qayda buğda komanda briqada kanada fayda ruanda florida olimpiada nümayəndə istifadə "
    "müşahidə ifadə maddə bərdə iradə hədə abidə pərdə mədə meydan çamadan komandan bədən "
    "mədən vətən xəstəxana yataqxana mehmanxana kitabxana emalatxana ukrayna vyana argentina "
    "mina imtina istixana bina fırtına həbsxana astana rəsədxana arena müayinə nənə nümunə "
    "dənə xəzinə bəhanə səhnə mədinə dəfinə dollar imkan maşın plan liman fərman axın ünvan "
    "nişan kapitan qadın xiyaban orqan yanğın heyvan okean daşqın imtahan veteran restoran "
    "məkan qəhrəman qurban sakin müavin mətn çin himn bülleten həmvətən gəlin fənn qanun "
    "rayon region telefon oyun stadion vaqon pavilyon talon poliqon məzun gün ön son din yeni "
    "mahnı müğənni azərbaycan türkmən gürcüstan özbəkistan qazaxıstan tacikistan qırğızıstan "
    "türkmənistan hindistan pakistan əfqanıstan dağıstan yunanıstan naxçıvan iran ərmən insan "
    "zaman düşmən mülkədar tərcüman divan dərman ərizə ölkə idarə komitə şöbə bölmə layihə "
    "icazə müqavilə vəsiqə məhkəmə müharibə təcrübə ailə sahə məsələ xəritə dövrə təyyarə "
    "müəssisə dərəcə həftə dəstə vərəqə lövhə cəza nəticə tələbə cəbhə təhsilə şura palata "
    "baza forma viza ata ana qala masa kamera dəftərxana agentlik əhali sərgi büdcə vəzifə "
    "qüvvə səviyyə əlaqə nömrə məntəqə şəbəkə çörək bacarıq başçı rəis xidmət deputat sədr "
    "kişi əcnəbi xarici işçi elçi səfir konsul iclas korpus kurs status səs ixtisas virus "
    "proses kompleks ofis polis reys əsas proqram mayor kollec mərkəz zabit nazir nazirlik "
    "səfirlik akademik hüquq fikir şəhər kənd qəsəbə dövlət respublika"
)
_NAMES_IN: Final = ("iya", "iyə", "xana", "ya", "zadə")  # Rusiya, komissiya, xəstəxana, Ağazadə
# So an ending that is no accident, as pattern and case: what is left must not be shorter.
_MARKED: Final = ("dan", "dən", "da", "də", "nın", "nin", "nun", "nün")


@lru_cache(maxsize=4096)
def readings(word: str) -> tuple[Form, ...]:
    """The readings of `word` by its ending; `Form.text` is the stem. The bare word comes last.

    An abbreviation's or a quotation's ending after a hyphen or mark is read as well:
    ``BMqT-nin``. Readings with an ending that cannot be chance (``-nın``, ``-dan``) exclude
    those that take it for part of the stem.

    >>> [(form.text, form.case) for form in readings("agentliyindən")][0]
    ('agentlik', 'abl')
    """
    host, joint, ending = word.rpartition("-")
    if joint and host[-1:].isupper() and ending.islower():
        return (_of_abbreviation(host, ending),)
    base = _known_base(word)
    found: dict[Form, None] = {}
    for stem, kind in _stems(word, len(base)):
        for form in _analyses(stem, kind, word):
            if form.plural or not is_plural(stem):
                found.setdefault(form)
    if base:
        own = [f for f in found if lower(f.text) == tail_word(base)]
        return tuple(dict.fromkeys(own)) or tuple(found)
    marked = [form for form in found if _is_marked(word, form)]
    return tuple(dict.fromkeys(marked)) or tuple(found)


def _is_marked(word: str, form: Form) -> bool:
    ending = word[len(form.text) :]
    return form.case in ("gen", "loc", "abl") and ending.endswith(_MARKED) and len(ending) > 1


def _known_base(word: str) -> str:
    """The longest listed noun that `word` begins with and that may take the rest as ending."""
    w = tail_word(word)
    if w.endswith(_NAMES_IN):
        return word
    cuts = (w[:n] for n in range(len(w), 2, -1))
    base = next((cut for cut in cuts if cut in _BASES or cut.endswith(_NAMES_IN)), "")
    return word[: len(word) - len(w) + len(base)] if base else ""


def _stems(word: str, shortest: int) -> list[tuple[str, Kind]]:
    """What `word` may be made of, the longest ending first."""
    stems: list[tuple[str, Kind]] = []
    for n in range(max(2, shortest, len(word) - _LONGEST_ENDING), len(word) + 1):
        cut = word[:n]
        if not syllables(cut) or (n == 2 and len(word) > 4):
            continue
        stems.append((cut, "plain"))
        if n < len(word):
            soft = {"y": "k", "ğ": "q"}.get(cut[-1].lower())
            if soft and n > 3:
                stems.append((cut[:-1] + soft, "plain"))
            if lower(cut) in UNDROP:
                stems.append((UNDROP[lower(cut)], "plain"))
            stems.append((cut, "name"))
    return stems


def _analyses(stem: str, kind: Kind, word: str) -> list[Form]:
    persons: tuple[Person, ...] = ("", "3", "1pl") if kind == "plain" else ("",)
    found = []
    for person in persons:
        for plural in (False, True):
            inflected = word_stem(stem, kind, plural=plural, person=person)
            if not word.startswith(inflected.word[: len(word)]) and len(inflected.word) > len(word):
                continue
            found += [
                Form(stem, case, plural, person)
                for case in CASES
                if case != "ins" and inflected.case(case) == word
            ]
            if len(word) > len(stem) and inflected.contracted_with() == word:
                found.append(Form(stem, "ins", plural, person))
    return found


_AFTER_HYPHEN: Final[dict[str, Case]] = {
    "nIn": "gen", "In": "gen", "yA": "dat", "A": "dat", "nA": "dat", "nI": "acc", "I": "acc",
    "dA": "loc", "ndA": "loc", "dAn": "abl", "ndAn": "abl",
}  # fmt: skip
_VOWELS: Final = str.maketrans("aəıiuü", "AAIIII")


def _of_abbreviation(host: str, ending: str) -> Form:
    """The case of an ending after a hyphen, whatever its vowels: -nin, -ya, -nı, -də, -dan."""
    return Form(host, _AFTER_HYPHEN.get(ending.translate(_VOWELS), "nom"))


def in_genitive(word: str) -> bool:
    """Whether `word` can only be a genitive: ``ölkənin``, ``xidmətinin``; not ``qadın``."""
    return all(form.case == "gen" for form in readings(word))
