"""The words of site chrome: regular expressions, one a line, that `chrome` puts together.

Case never matters. Add a phrase on a line of its own; ``#`` begins a remark.
"""

from __future__ import annotations


def alternatives(lines: str) -> str:
    """One group that fits any of the expressions in `lines`."""
    kept = (line.split("#")[0].strip() for line in lines.splitlines())
    return "(?:" + "|".join(line for line in kept if line) + ")"


LANGUAGE = alternatives("""
    az|aze|azə|азе?|азер|en|eng|англ?|ru|rus|рус?|tr|tur|тур|de|deu|ger|нем|fr|fra|фр
    es|esp|it|ar|fa|zh|cn|ka|geo|uk|ua|kz|kk|uz|pl
    azərbaycan(?:ca| dili)?|азербайджанский|azerbaijani?|azeri
    english|английский|i\u0307?ngilis(?:cə)?|İngilis(?:cə)?
    russian|русский|rus(?:ca| dili)|türkçe|turkish|турецкий
    deutsch|français|español|العربية|فارسی|中文|ქართული
""")

MONTH = alternatives("""
    янв(?:ар[яь])?\\.?|февр?(?:ал[яь])?\\.?|марта?|мар\\.|апр(?:ел[яь])?\\.?
    ма[яй]|июн[яь]?\\.?|июл[яь]?\\.?|авг(?:уста?)?\\.?|сент?(?:ябр[яь])?\\.?
    окт(?:ябр[яь])?\\.?|ноя(?:б|бр[яь])?\\.?|дек(?:абр[яь])?\\.?
""")
WEEKDAY = alternatives("""
    понедельник|вторник|среда|четверг|пятница|суббота|воскресенье|пн|вт|ср|чт|пт|сб|вс
""")
CLOCK = r"(?:в )?[0-2]?\d[:.][0-5]\d(?:[:.][0-5]\d)?(?: ?ч\.?)?"
DATE = (
    alternatives(rf"""
    [0-3]?\d\.[01]?\d\.(?:\d{{4}}|\d\d)
    [0-3]?\d[/-][01]?\d[/-]\d{{4}}
    \d{{4}}[-./][01]\d[-./][0-3]\d
    [0-3]?\d {MONTH},?(?: \d{{4}})?
""")
    + r"(?: ?(?:года|г\.?))?"
)
DATE_LABEL = alternatives("""
    дата(?: публикации| создания| размещения| добавления)?
    опубликован[оа]?|размещен[оа]|размещён|добавлен[оа]|обновлен[оа]|создан[оа]
    published|posted(?: on)?|updated|date|tarix
""")

NETWORK = alternatives("""
    facebook|фейсбук|twitter|твиттер|x|telegram|телеграм|whatsapp|viber|vk|вк|вконтакте
    одноклассники|ok|linkedin|instagram|youtube|pinterest|messenger|tiktok|threads|skype
    e-?mail|rss|pdf|print|печать|share|tweet|like|поделиться|нравится|мне нравится
""")
SHARING = alternatives(rf"""
    поделиться|поделиться в|поделись|поделитесь
    поделиться (?:новостью|ссылкой|страницей|статьей|материалом|с друзьями)
    поделиться в соц(?:иальных |\.? ?)сетях
    paylaş|share this(?: \w+)?|share on \w+|copy link|(?:с?копировать) ссылку
    распечатать|версия для печати|для печати|çap(?: et)?
    отправить(?: (?:другу|по почте|на e-?mail))?
    подписаться(?: на (?:новости|рассылку))?|скачать(?: pdf)?|в избранное
    (?:следите за нами|подписывайтесь на нас|мы|присоединяйтесь к нам) в (?:соц(?:иальных |\.? ?)сетях|{NETWORK}(?:(?:,| и) {NETWORK})*)[.!:]?
""")  # noqa: E501

NAVIGATION = alternatives("""
    главная(?: страница)?|на главную|домой|назад|впер[её]д|наверх|вверх|к началу(?: страницы)?
    к списку(?: новостей)?|(?:назад|вернуться|возврат) к (?:списку|новостям|списку новостей)
    все новости|новости|лента новостей|архив(?: новостей)?|пресс-релизы|пресс-центр
    медиа|медиацентр|карта сайта|поиск|найти|меню|вход|войти|регистрация|контакты
    обратная связь|о нас|о службе|читать (?:далее|полностью|дальше)|подробнее|далее|закрыть
    показать ещ[её]|(?:предыдущая|следующая)(?: новость| страница)?
    шрифт|a[+-]|а[+-]|aa|версия для слабовидящих
    rss|home|news|menu|search|next|prev(?:ious)?|back|read more|faq
    ana səhifə|xəbərlər|geri|əlaqə|skip to (?:main )?content
    перейти к (?:основному )?содержанию
""")
COUNTER = alternatives(r"""
    (?:кол(?:ичест)?-?во )?просмотр(?:ы|ов)\s*[:–—(-]?\s*\d[\d ]*(?: раза?)?\)?
    (?:просмотрено|прочитано|прочтений|views|baxış(?: sayı)?|👁)\s*[:–—(-]?\s*\d[\d ]*(?: раза?)?\)?
    комментари(?:и|ев)\s*[:–—(-]?\s*\d[\d ]*\)?
    \d[\d ]*(?:просмотр(?:а|ов)?|views?|комментари(?:й|я|ев)|baxış)
    👁
    \d{1,3} ?/ ?\d{1,3}  # of a gallery
""")
TAGS = alternatives(r"""
    (?:теги|метки|ключевые слова|хештеги|tags|рубрика|категория)\s*:.{0,150}
    (?:[\u0023][\w-]+[ ,]*)+
""")
COOKIES = alternatives(r"""
    (?:(?:этот|наш|данный) )?(?:веб-)?(?:сайт|портал|мы) использу(?:ет|ем) (?:файлы )?(?:cookies?|куки).{0,250}
""")  # noqa: E501
HOTLINE = alternatives("""
    горячая линия|колл?-?центр|call[ -]?cent(?:er|re)|телефон доверия|qaynar xətt
""")
RELATED = alternatives("""
    (?:другие|похожие|последние|смежные|связанные|ещ[её]) (?:новости|материалы|статьи|публикации)
    другие новости раздела|(?:читайте|смотрите) также|(?:новости|материалы) по теме|по теме
""")

PLACEHOLDER = alternatives(r"""
    \[?(?:(?:news|post|main|article|header|page|slider|og|gallery|content|title)[ _-]?)?(?:photos?|images?|img|pictures?|foto|pics?|thumb(?:nail)?|banner|gallery|slide)[ _-]?\d*\]?
    (?:фото(?:графия|галерея)?|изображение|картинка|şəkil)(?: ?\d+)?
    [\w().-]+\.(?:jpe?g|png|gif|webp|svg|bmp)
""")  # noqa: E501

YEARS = r"(?:\d{4} ?[-–—] ?)?\d{4}"
RESERVED = alternatives("""
    все права (?:защищены|сохранены|охраняются)|all rights reserved
    bütün hüquqlar(?:ı)? (?:qorunur|qorunub)
""")
COPY_SIGN = alternatives(r"©|\(c\)|\(с\)|&copy;|copyright(?: ©)?")
COPYRIGHT = alternatives(rf"""
    {COPY_SIGN}\s*{YEARS}\b.{{0,200}}
    .{{0,80}}?\b{YEARS}(?: гг?\.?)? ?©.{{0,120}}
    {COPY_SIGN}.{{0,150}}?\b{YEARS}(?: ?гг?\.?)?[.]?
    (?:{COPY_SIGN}.{{0,150}})?{RESERVED}(?:[.!](?: .{{0,120}})?|[,.]? ?(?:{COPY_SIGN}|{YEARS}).{{0,120}})?
    {COPY_SIGN}[^.!?]{{0,100}}
""")  # noqa: E501
