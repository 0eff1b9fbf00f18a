"""The abbreviations a press release writes, by what may follow them.

To add one, put it (small letters, no dot) in the group where it belongs; a case for it goes in
``tests/cases/sentences.txt``. Sources of the groups: GOST R 7.0.12-2011 (abbreviations in Russian),
razdel's `sokr`, and the usage of government sites.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# A complement follows: г. Баку, ул. Низами, проф. Алиев, ст. 5. Never the end of a sentence.
BEFORE_COMPLEMENT = _words("""
    г гг с д пос пгт рп ст-ца х хут а м мкр мкрн кв-л р-н о о-в р
    ул просп пр-т пр-кт пр пл наб бульв б-р ш шос туп пр-д корп строен кв оф каб ауд эт
    п пп подп ст ч чч гл разд абз прил табл илл т тт вып кн № n no
    им проф акад доц д-р канд к-т инж чл член-корр асп ген полк подполк кап лейт адм
    нач зам зав пом секр дир пред деп гос нац междунар тов гр гражд св мл преп корр исп отв
    врио сост авт см ср напр прим ок лат англ рус азерб франц фр исп итал укр инн вн внутр внеш
    моб доб ж-д вост зап сев южн юж mr mrs ms dr st prof gen col sen rep gov vs vol fig
""")

# The same, but each is also a form of an ordinary word (среди гор. Затем): an abbreviation only
# before a number or a name.
BEFORE_NAME = _words("гор дер оз бул пер под ком стр рис черт тел факс")

# Of the first group, those that a whole clause may follow: см. Также …, напр. В Баку …
BEFORE_SENTENCE = _words("см ср напр прим")

# Words that razdel takes for abbreviations and releases write as words: "рассказал о нем."
ORDINARY = _words("мин нем пол ум кат откр обр букв кор лит ред юр физ дес слав кит губ")

# Pairs that the rest of the sentence follows: т. е., т. н., в т. ч., и. о., к. ю. н. Алиев.
PAIRS_INSIDE = (
    r"т\. ?[екноч]|и\. ?о|а\. ?о|[кд]\. ?[а-я]{1,4}\.(?:-? ?[а-я]{1,3}\.)? ?н"
    r"|м\. ?н\. ?с|ж\. ?-? ?д|с\. ?-? ?х"
)
# Pairs that may close a sentence: т. д., т. п., н. э., с. г. (сего года), г. р., 3 п. п.
PAIRS_AT_END = r"т\. ?[дп]|н\. ?э|[ст]\. ?г|г\. ?р|л\. ?с|с\. ?ш|в\. ?д|у\. ?е|\d п\. ?п"

# Words that may close a sentence and may go on.
AT_END_OR_INSIDE = _words("др проч обл респ губ изд etc ltd inc corp co jr sr")

MULTIPLIERS = _words("тыс млн млрд трлн")
MONTHS = _words("янв фев февр мар апр июн июл авг сен сент окт ноя нояб дек")
# Only after a number (or тыс., млн.): 200 руб., 15 мин., 12 чел., 5 кв. м.
UNITS = _words("""
    руб р коп долл дол ман евр проц чел шт экз ед мес нед дн сут час ч мин сек с
    м км см мм кг г гр т ц га л кв куб квт мвт мб гб стр л б барр п вв в гг шк об
""")

# Of the units, those that a smaller one may follow: 5 руб. 20 коп., 2 ч. 30 мин., 3 м 20 см.
BEFORE_SMALLER = _words("руб долл дол ман евр сут дн ч час мин м км кг т г")

# долл. США is no end of a sentence.
CURRENCIES = _words("долл дол руб ман фунт фр евр")
CURRENCY_OWNERS = _words("""
    сша рф азербайджана канады австралии сингапура гонконга новой намибии ссср usd eur azn rub
""")

# Short forms of first names that are longer than an initial: Дж. Байден, Вл. Иванов.
LONG_INITIALS = _words("дж вс вл дм ал ан ник алекс хр эд ст бор кон серг мих гр юр ф-т")

# Numbered headings: Статья 5. Права мигрантов.
NUMBERED = (
    r"(?:статья|глава|раздел|приложение|часть|пункт|таблица|рисунок|тема|этап|шаг|сессия|блок"
    r"|секция|вопрос|день|модуль|задание|слайд|фото|табл\.|рис\.|ст\.|гл\.)"
)

# Closed classes: prepositions, conjunctions, pronouns, particles and linking adverbs. With a
# capital letter none of them can be a name or a complement, so it opens a sentence.
OPENERS = _words("""
    без благодаря в вблизи ввиду вдоль вместо вместе во вокруг вопреки вследствие для до за из
    из-за к ко кроме между на навстречу накануне наряду насчёт несмотря о об обо около от
    относительно перед по под подобно помимо посредством после посреди при про путём ради с
    сверх свыше со согласно спустя среди у через а также но однако и или либо если когда пока
    поскольку потому поэтому так также тоже хотя чтобы что зато причём притом итак я ты он она
    оно они мы вы его её ее их им ему ей наш наша наше наши ваш свой своё свои этот эта это эти
    этого этому этим тот та то те тем того такой такая такое такие таким сам сама сами весь вся
    всё все всего всем всех каждый каждая каждое кто как какой какая какие который где куда
    откуда почему зачем сколько никто ничто затем далее потом сначала прежде ранее раньше
    позднее позже впоследствии впервые наконец напоследок теперь сейчас ныне сегодня завтра
    вчера здесь там тут отсюда оттуда туда например кстати словом впрочем вообще кроме особенно
    именно лишь только даже ведь вот уже ещё еще не ни нет да следует напомним отметим
    поздравляем сообщается отмечается было был была были будет будут во-первых во-вторых
    в-третьих по-прежнему по-видимому
""")


def is_abbreviation(word: str) -> bool:
    """Whether a word before a full stop is one that this module lists."""
    groups = (BEFORE_COMPLEMENT, BEFORE_NAME, MULTIPLIERS, MONTHS, UNITS)
    return any(word.lower() in group for group in groups)
