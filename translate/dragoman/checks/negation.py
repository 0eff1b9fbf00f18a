"""Negation lost or added between the Russian and its translation.

Each language has firm cues, which negate by themselves (не, not, -mə-), and soft ones, which may
render or call for a negation (запретить, without, -sız). A negation counts as lost when the source
has a firm cue and the translation no cue of any kind, and as added the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.pair import Pair, lower
from dragoman.records import Issue

# Set phrases with не or ни that say nothing negative.
_RU_PHRASES = re.compile(
    r"не (?:только|менее|более|позднее|позже|ранее|раньше|меньше|больше|реже|чаще|хуже|ниже|выше"
    r"|далее|дольше|свыше|старше|моложе|раз\b|просто|столько|случайно|иначе|прочь|дай бог)"
    r"|(?:ни|не) (?:при чем|на шутку)|как (?:бы|только) \w+ ни |чуть (?:ли )?не\b|едва ли не\b|пока не\b"
    r"|тем не менее|во что бы то ни стало|(?:кто|что|где|куда|как|сколько|какой|какая|какие) (?:бы )?ни\b"
    r"|едва не\b|пока\b[^.,;]{1,60}\bне\b|как бы [^,]{1,40}\bни\b|как никто\b|как никогда\b|не одн(?:у|о|ого|ой) (?:сотн|тысяч|дес|год|век|столет)|ни с чем|не может не|не могут не|нельзя не|не без\b|не мог(?:ла|ли|ло)? не"
)
_RU_FIRM = re.compile(
    r"\bне\b(?!-)|\bнет\b|\bни\b|\bнельзя\b|\bникогда\b|\bникто\b|\bникого\b|\bникому\b|\bничего\b|\bничто\b"
    r"|\bнигде\b|\bникуда\b|\bникак(?:ой|ая|ое|ие|ого|их|им|ими|ую)?\b|\bневозможно\b|\bнеправда\b|\bнекому\b|\bнечего\b|\bнекуда\b"
)
_RU_SOFT = re.compile(
    r"\bне\w{2,}|\bни\w*|\bбез\w*|\bбес\w+|\bотказ\w*|\bотка[зж]\w*|\bотсутств\w*|\bзапре[тщ]\w*|\bлиш\w*"
    r"|\bтолько\b|\bнедо\w+|\bвне\b|\bкроме\b|\bпомимо\b|\bвместо\b|\bпротив\w*|\bанти\w*|\bизбе[гж]\w*|\bпрекра[тщ]\w*"
    r"|\bпредотвра[тщ]\w*|\bпредупре\w*|\bедва\b|\bвряд ли\b|\bутра[тч]\w*|\bутер\w*|\bтеря\w*|\bпотер\w*|\bисключ\w*|\bостат\w+ся\b"
    r"|\bостал\w*|\bпропус\w+|\bпрова\w+|\bсрыв\w*|\bсорва\w*|\bпока\b|\bредк\w*|\bмало\w*|\bдолой\b|\bсвобод\w*|\bосвобо\w*|\bзакры\w*"
    r"|\bопроверг\w*|\bотри[цч]\w*|\bотверг\w*|\bотмен\w*|\bнадо ли\b|\bпусть\b|\bразве\b|\bвопреки\b|\bхотя\b|\bзабы\w*|\bзабыв\w*|\bчужд\w*"
    r"|\bмимо\b|\bвпервые\b|\bраньше\b|\bпрежде\b|\bостан\w*|\bдо сих пор\b|\bпорож\w*|\bпуст\w*|\bслаб\w*|\bмолч\w*|\bвозраж\w*|\bскры\w*"
    r"|\bуклон\w*|\bзаоч\w*|\bразногла\w*|\bтайн\w*|\bтихо\w*|\bлишь\b|\bнамного\b|\bслишком\b|\bиначе\b|\bнельзя\w*"
)
_EN_FIRM = re.compile(
    r"\bnot\b(?! only\b)|n['’]t\b|\bcannot\b|\bno\b(?!\.? ?\d)(?! (?:later|less|fewer|more|earlier|longer) than\b)|\bnever\b|\bnone\b"
    r"|\bnobody\b|\bnothing\b|\bnowhere\b|\bno one\b|\bneither\b|\bnor\b"
)
_EN_SOFT = re.compile(
    r"\bnot\b|\bno\b|\bwithout\b|\black\w*|\bfail\w*|\brefus\w*|\bden(?:y|ied|ies|ying|ial)\b|\bunable\b|\bunless\b"
    r"|\bimpossib\w*|\buntil\b|\bout of\b|\brather than\b|\binstead\b|\bhardly\b|\bbarely\b|\bnearly\b|\bshort(?:age|fall)?\b"
    r"|\bprohibit\w*|\bforbid\w*|\bforbade\b|\bban(?:s|ned)?\b|\bexcept\w*|\bexclud\w*|\bexempt\w*|\bavoid\w*|\bprevent(?:s|ed|ing)?\b"
    r"|\brefrain\w*|\bmiss(?:ed|es|ing)?\b|\bstopped\b|\breject\w*|\bdepriv\w*|\babsen\w*|\bfree (?:of|from)\b|\w-free\b|\bnon-?\w+|\bfar from\b"
    r"|\bun(?!der|i[cfqtv]|ion|hcr|til|less)\w{4,}|\bdis(?:agree|appro|regard|satis|interest|sent|prov|obey|allow)\w*"
    r"|\bin(?:suffic|complet|correct|valid|eligib|capab|abilit|visib|access|dispens|secur|toler|defin|effect|different|experienc|adequa|alien)\w*"
    r"|\bim(?:proper|perfect|mobile|movable|patien)\w*|\bir(?:regular|relevant|respons|revers|replac)\w*|\bil(?:legal|literate|legible)\w*"
    r"|\w{3,}less\b|\bdespite\b|\bdecline[sd]?\b|\bneither\b|\bbeyond\b|\bonly\b|\bfew(?:er)?\b|\blittle\b|\banonymous\w*|\blandlocked\b|\bouts?ide\b|\bagainst\b"
    r"|\bwhether\b|\bwh(?:at|er|o|ich|en)\w*ever\b|\bhowever\b|\bonce\b|\bas good as\b|\bless than\b|\bmore than\b"
)
_AZ_FIRM = re.compile(
    r"\b(?:deyil(?:di[rm]?|dilər|mi|mi[şs]\w*|ik|[əs][mn]|lər|s\w+)?|yox(?:dur\w*|du|dan|luğ\w*)?|heç\w*|nə\b.{1,60}\bnə(?: də)?)\b"
    # the verbal negative -mA- before tense, participle, converb and infinitive endings, as in
    # etmədi, etmədiyi, etməyib, etməmiş, etməyəcək, etməyən, etməyərək, etmədən, etməmək, etməməli
    r"|\b\w{2,}m[aə](?:d[ıi](?:[mnkq]|l[aə]r|n[ıi]z|q?d[aə]|kd[aə]|ql\w+|kl\w+)?|d[ıi][yğ][ıi]\w*|y[ıi]b\w*|m[ıi]ş\w*|y[aə]c[aə]\w+"
    r"|y[aə]n\w*|y[aə]r[aə]q|m[aə](?:[qkğys]\w*|l[ıi]\w*)|s[ıi]n(?:l[aə]r)?|s[aə](?:yd[ıi]\w*|[mnkq]|l[aə]r|niz|d[aə])?|y[ıi]nc[aə]"
    r"|z(?:l[aə]r|d[ıi](?:l[aə]r)?|s[aə]\w*|[ıi][qk]|[ae]m|d[ıi]r)?)\b"
    r"|\b\w{2,}mayın(?:ız)?\b"
    # and the negative present: etmir, bilmirlər, olmurdu
    r"|\b\w{2,}m[ıiuü]r(?:[aə]m|s[aə]n|[ıiuü][qk]|s[ıiuü]n[ıiuü]z|l[aə]r|d[ıiuü]\w*|m[ıiuü]ş\w*|s[aə]\w*)?\b"
)
_AZ_SOFT = re.compile(
    r"\b\w{2,}m[aə]d[aə]n\b|\b\w+[ıiuü]b-\w+|\b(?!təhlükəsiz)\w{2,}s[ıiuü]z\w*|\bqarşısını\w* al|\bimtina\w*|\bqadağa\w*|\bməhrum\w*|\brədd\w*|\bqeyri\b|\bqeyri-\w+|\bnadir\w*|\bxeyr\b|\byalan\w*"
    r"|\bçətin\b|\bəvəzinə\b|\bistisna\w*|\byalnız\b|\bsonra\b|\bəvvəl\b|\b\w{2,}məyin(?:iz)?\b|\byoxsa\b|\bəliboş\b|\bəleyhinə\b"
    r"|\bhər cür\b|\bhara\w* .{1,40}s[aə]\w*\b|\bkim .{1,40}s[aə]\w*\b|\bnə qədər\b|\bən azı\b|\bən çoxu\b|\bən gec\b|\baz\b|\bvaxtilə\b|\b\w{2,}mazdan\b|\b\w{2,}məzdən\b"
)
_SOFT = {"en": _EN_SOFT, "az": _AZ_SOFT}
_FIRM = {"en": _EN_FIRM, "az": _AZ_FIRM}
# Words that only look negative: əmir (order), dəmir (iron), nümayəndə (representative), and the
# indirect question olub-olmadığı (whether there is). Names are left out by their capital.
_AZ_NOT_NEGATIVE = re.compile(
    r"\b(?:əmir|təmir|dəmir|zəmir|ömür|kömür|mamır|məmur|namaz|almaz|nümayənd|kaşmir|etimad|samur)\w*"
    r"|\b\w+[ıiuü]b-\w+|\b(?:xaçmaz|solmaz|samir|teymur|pamir)\w*"
)
_AZ_NAME = re.compile(r"(?<=[\w,] )[A-ZÇƏĞİÖŞÜ]\w*")


def _folded(text: str, lang: str) -> str:
    """Lower case, ё as е, Azerbaijani names left out."""
    if lang == "az":
        text = _AZ_NAME.sub(" ", text)
    return lower(text, lang).replace("ё", "е")


def check_negation(pair: Pair) -> Iterator[Issue]:
    """`negation`: the Russian negates and the translation does not, or the other way round."""
    source, target = _folded(pair.source, "ru"), _folded(pair.target, pair.lang)
    asserted = _RU_FIRM.search(_RU_PHRASES.sub(" ", source))
    firm = _AZ_NOT_NEGATIVE.sub(" ", target) if pair.lang == "az" else target
    rendered = _FIRM[pair.lang].search(firm)
    if asserted and not rendered and not _SOFT[pair.lang].search(target):
        yield Issue("negation", "warning", f"the negation is missing: {asserted[0]}")
    elif rendered and not _RU_FIRM.search(source) and not _RU_SOFT.search(source):
        yield Issue("negation", "warning", f"a negation the Russian does not have: {rendered[0]}")
