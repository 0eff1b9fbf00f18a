"""Negation lost or added between the Russian and its translation.

Each language has firm cues, which negate by themselves (не, not, -mə-), and soft ones, which may
render a negation or call for one (unable, unless, -sız; отсутствие, запретить). A negation is lost
when the source has a firm cue and the translation no cue of any kind, and added the other way
round. Russian без explains without, -less, -sız and -madan: beside it they say nothing of не.
Negations are not counted: one of two in a sentence may be lost unnoticed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dragoman.checks.pair import Pair, lower
from dragoman.records import Issue


def cues(listed: str, *patterns: str) -> re.Pattern[str]:
    """One pattern for words and phrases listed with commas (``*`` ends a stem) and raw patterns."""
    found = (
        re.escape(cue.strip()).replace(r"\*", r"\w*") for cue in listed.split(",") if cue.strip()
    )
    return re.compile(r"\b(?:" + "|".join([*found, *patterns]) + r")(?!\w)")


# Set phrases with не or ни that deny nothing.
_RU_PHRASES = cues(
    """не только, не менее, не более, не позднее, не позже, не ранее, не раньше, не меньше, не
    больше, не реже, не чаще, не хуже, не ниже, не выше, не далее, не дольше, не свыше, не
    старше, не моложе, не раз, не просто, не столько, не случайно, не иначе, не прочь, не дай
    бог, не на шутку, чуть не, чуть ли не, едва не, едва ли не, пока не, тем не менее, во что
    бы то ни стало, как никто, как никогда, ни с чем, не может не, не могут не, не мог не, не
    могла не, не могли не, нельзя не, не без, не уступа*, нет ли, не пора ли, не исключен*,
    не секрет, не зря, не покладая""",
    r"(?:кто|что|где|куда|как|сколько|как(?:ой|ая|ие|ое))(?: бы| \w+)? ни",
    r"как бы [^,]{1,40}\bни",
    r"пока\b[^.,;]{1,60}\bне",
    r"не одн(?:у|о|ого|ой) (?:сотн|тысяч|дес|год|век|столет)\w*",
    r"не \w+ (?:\w+ )?ли",
)
_RU_FIRM = cues(
    """не, нет, ни, нельзя, никогда, никто, никого, никому, никем, ничего, ничто, ничему,
    ничем, нигде, никуда, никак, никакой, никакая, никакое, никакие, никакого, никаких,
    никаким, никакими, никакую, невозможно, некому, нечего, некуда"""
)
_RU_SOFT = cues(
    """нич*, ник*, отсутств*, недоста*, нехват*, отказ*, откаж*, запре*, лишь, лише*, лиша*,
    хотя, вне, слишком, едва, вряд ли, бездейств*, бессрочн*, разве, до сих пор, впредь,
    избе*, раньше, кроме, предотвра*, отпада*, утрат*""",
    # не- words that deny, not those that merely begin so (неделя, несколько, нефть, немецкий ...)
    r"не(?!дел|скольк|которы|фт|мец|медл|обход|давн|бо|бе|рв|жн|пал|мо)\w{3,}",
    r"бе[зс](?!опасн|платн|ед|пок)\w*",
)
_RU_WITHOUT = cues("без", r"бе[зс](?!опасн|платн|ед|пок)\w+")

_EN_FIRM = cues(
    "not, cannot, never, none, nobody, nothing, nowhere, no one, neither, nor",
    r"\w+n['’]t",
    r"no(?!\.? ?\d)(?! (?:later|less|fewer|more|earlier|longer) than\b)",
)
_EN_SOFT = cues(
    """not, no, lack*, fail*, refus*, deny*, denied, denies, denial, unable, unless,
    impossib*, out of, rather than, instead, hardly, barely, shortage, prohibit*, forbid*,
    forbade, ban, bans, banned, avoid*, prevent, prevents, prevented, preventing, refrain*,
    miss, missed, missing, reject*, depriv*, absen*, exempt*, exclud*, less than, outside,
    whether, wherever, free of, free from, far from, despite, landlocked, anonymous*, ignor*,
    closed, however""",
    r"un(?!der|i[cfqtv]|ion|hcr|til|less)\w{4,}",
    r"dis(?:agree|appro|regard|satis|interest|sent|obey|allow)\w*",
    r"in(?:suffic|complet|correct|valid|eligib|capab|abilit|visib|dispens|toler|effect|different)\w*",
    r"i(?:mproper|mperfect|mmobile|mmovable|rregular|rrelevant|rrespons|rrevers|llegible)\w*",
    r"non-\w+",
)
_EN_WITHOUT = cues("without", r"\w{3,}less")

_AZ_FIRM = cues(
    "yox, yoxdur*, yoxdu, heç*",
    r"deyil(?:di[rm]?|dilər|mi|mi[şs]\w*|ik|əm|lər|s\w+)?",
    r"nə\b[^?]{1,60}\bnə də",
    # The verbal negative -mA- before tense, participle, converb and infinitive endings: etmədi,
    # etmədiyi, etməyib, etməmişdi, etməyəcək, etməyən, etməyərək, etməmək, etməməli, etməsin.
    r"\w{2,}m[aə](?:d[ıi](?:[mnkq]|l[aə]r|n[ıi]z|q?d[aə]|kd[aə]|ql\w+|kl\w+)?|d[ıi][yğ][ıi]\w*"
    r"|y[ıi]b\w*|m[ıi]ş(?!dan|dən)\w+|y[aə]c[aə]\w+|y[aə]n\w*|y[aə]r[aə]q"
    r"|m[aə](?:[qkğys]\w*|l[ıi]\w*)|s[ıi]n(?:l[aə]r)?|s[aə](?:yd[ıi]\w*|[mnkq]|l[aə]r|niz|d[aə])?|y[ıi]nc[aə])",
    r"(?:ol|bil|et|edil|olun|veril)m[aə]z(?:l[aə]r|d[ıi]\w*|s[aə]\w*|d[ıi]r)?",
    r"\w{2,}mayın(?:ız)?",
    # The negative present: etmir, bilmirlər, olmurdu; after bilmək also the aorist: bilmərik.
    r"\w{2,}m[ıiuü]r(?:[aə]m|s[aə]n|[ıiuü][qk]|s[ıiuü]n[ıiuü]z|l[aə]r|d[ıiuü]\w*|m[ıiuü]ş\w*"
    r"|s[aə]\w*)?",
    r"\w{2,}m[aə]r(?:[aə]m|[ıi][qk])",
)
_AZ_SOFT = cues(
    """imtina*, qadağa*, məhrum*, rədd*, qeyri, nadir*, xeyr, yalan*, yoxsa, əliboş,
    baxmayaraq""",
    r"qeyri-\w+",
    r"qarşısını\w* al\w*",
    r"\w+[ıiuü]b-\w+",
    r"\w{2,}məyin(?:iz)?",
    r"\w{2,}m[aə](?:z|m[ıi]ş)\w*",  # gözlənilməz (unexpected), bitməmiş (unended, before the end)
    r"h[ae]\w* .{1,40}s[aə](?: də| da)?",
    r"nə \w+(?: \w+)?, nə",  # nə istilik, nə rabitə; but also: nə vaxt, nə üçün
)
_AZ_WITHOUT = cues("", r"\w{2,}m[aə]d[aə]n", r"(?!təhlükəsiz)\w{2,}s[ıiuü]z\w*")
# Words that only look negative: əmir (order), dəmir (iron), nümayəndə (representative), the
# indirect question olub-olmadığı (whether there is), and names.
_AZ_NOT_NEGATIVE = cues(
    """əmir*, təmir*, dəmir*, zəmir*, ömür*, kömür*, mamır*, məmur*, namaz*, almaz*,
    nümayənd*, kaşmir*, etimad*, samur*, xaçmaz*, solmaz*, samir*, teymur*, pamir*, yox ol*,
    heç-heçə, baxmayaraq, yumur*, mütəmadi*""",
    r"\w+[ıiuü]b-\w+",
)
_AZ_NAME = re.compile(r"(?<=[\w,] )[A-ZÇƏĞİÖŞÜ]\w*")

_FIRM = {"en": _EN_FIRM, "az": _AZ_FIRM}
_SOFT = {"en": _EN_SOFT, "az": _AZ_SOFT}
_WITHOUT = {"en": _EN_WITHOUT, "az": _AZ_WITHOUT}


def _folded(text: str, lang: str) -> str:
    """Lower case, ё as е, Azerbaijani names left out."""
    if lang == "az":
        text = _AZ_NAME.sub(" ", text)
    return lower(text, lang).replace("ё", "е")


def check_negation(pair: Pair) -> Iterator[Issue]:
    """`negation`: the Russian negates and the translation does not, or the other way round."""
    source, target = _folded(pair.source, "ru"), _folded(pair.target, pair.lang)
    denied = _RU_FIRM.search(source)
    asserted = denied and _RU_FIRM.search(_RU_PHRASES.sub(" ", source))
    plain = _AZ_NOT_NEGATIVE.sub(" ", target) if pair.lang == "az" else target
    rendered = _FIRM[pair.lang].search(plain)
    if asserted and not rendered:
        soft = _SOFT[pair.lang].search(target)
        without = len(_WITHOUT[pair.lang].findall(target)) - len(_RU_WITHOUT.findall(source))
        if not soft and without <= 0:
            yield Issue("negation", "warning", f"the negation is missing: {asserted[0]}")
    elif rendered and not denied and not _RU_SOFT.search(source):
        yield Issue("negation", "warning", f"a negation the Russian does not have: {rendered[0]}")
