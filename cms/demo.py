"""Demo content: a filled home page, six notices in every state, three pictures."""

from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Locale, Page

from cms import demo_pictures
from cms.first_pages import home_body
from cms.models import HomePage, HubImage, Library, NoticeIndexPage, NoticePage
from cms.slugs import pinyin_slug
from hub.core import clock
from hub.core.uploads import take_picture
from hub.hubs.models import Hub

WORKDAYS, ALL_DAYS = ["0", "1", "2", "3", "4"], ["0", "1", "2", "3", "4", "5", "6"]
OPENS, CLOSES = time(8), time(20)
HOURS = {
    "zh": (("大厅", WORKDAYS, "09:00", "17:00"), ("大厅", ["5", "6"], "09:00", "16:00"), ("房间", ALL_DAYS, "08:00", "20:30")),
    "en": (("Hall", WORKDAYS, "09:00", "17:00"), ("Hall", ["5", "6"], "09:00", "16:00"), ("Rooms", ALL_DAYS, "08:00", "20:30")),
}
FLOORS = {
    "zh": ((3, "动起来，坐下谈"), (2, "写写画画，下棋喝茶"), (1, "进门就有人招呼")),
    "en": ((3, "Move, or sit and talk"), (2, "Write, paint, chess and tea"), (1, "Somebody greets you")),
}
PICTURES = {
    "writing": (demo_pictures.writing, "写春联的桌子", "窗下一张长桌，桌上有砚台和毛笔，墙上挂着两副红纸"),
    "dumplings": (demo_pictures.dumplings, "冬至的饺子", "圆桌上一笼冒热气的饺子，旁边一碟醋"),
    "heating": (demo_pictures.heating, "修暖气", "窗边一组暖气片，地上放着红色工具箱"),
}


@dataclass(frozen=True)
class DemoNotice:
    """`days` before (−) or after today it is dated; `ends` and `starts` are days from today, or None."""

    title: str
    intro: str
    text: str
    days: int
    is_pinned: bool = False
    picture: str = ""
    starts: int | None = None
    ends: int | None = None
    english: tuple[str, str, str] | None = None


NOTICES = (
    DemoNotice(
        "不会用手机也没关系",
        "打热线，或者到大厅来，我们替您办。",
        "<p>订房间、改时间、取消，打一个电话都能办。请家里人或邻居代办也行，带上您的话就好。</p>",
        -40,
        is_pinned=True,
        english=(
            "No need to manage the phone",
            "Ring the hotline or come to the hall; we do it for you.",
            "<p>Booking, moving, cancelling: one call is enough.</p>",
        ),
    ),
    DemoNotice(
        "书画活动室停用一天，修暖气",
        "修好当天晚上就恢复，订了这天的已经逐个打过电话。",
        "<p>要写字的，二楼书法室照常开。</p><h2>怎么换</h2><p>打热线，或者在网上改到别的日子，不收钱。</p>",
        -2,
        picture="heating",
        ends=6,
    ),
    DemoNotice(
        "冬至包饺子，欢迎带馅来",
        "在多功能厅，面和案板我们备好。",
        "<p>不用订，来了就包。行动不便的老人，志愿者送到家。</p>",
        -3,
        picture="dumplings",
        ends=30,
        english=(
            "Winter solstice: we make dumplings",
            "In the multi-purpose hall; bring a filling.",
            "<p>No booking needed: come and fold. Volunteers bring some to those who cannot leave home.</p>",
        ),
    ),
    DemoNotice("医保缴费快截止了，大厅延时办", "下班再来也赶得上。", "<p>带上身份证或社保卡。替老人办的，带上他的证件。</p>", -8, ends=35),
    DemoNotice("重阳节听戏", "已经办完了。", "<p>谢谢来捧场的街坊。</p>", -45, ends=-20),
    DemoNotice("写春联预备班招人", "过了元旦开班。", "<p>纸墨我们出，会写不会写都能来。</p>", 0, picture="writing", starts=14),
)


def seed(world: Any) -> None:
    """`world` has `hub`; safe to call again: what staff have changed since stays."""
    hub: Hub = world.hub
    chinese = HomePage.objects.get(pk=hub.site.root_page_id)
    english = chinese.get_translation(Locale.objects.get(language_code="en")).specific
    _fill_home(hub, chinese, "zh")
    _fill_home(hub, english, "en")
    pictures = {name: _picture(hub, *row) for name, row in PICTURES.items()}
    board, english_board = (NoticeIndexPage.objects.child_of(home).get() for home in (chinese, english))
    for notice in NOTICES:
        _put_up(board, english_board, notice, pictures)


def _fill_home(hub: Hub, home: HomePage, language: str) -> None:
    front = home.body[0].value if home.body and home.body[0].block_type == "front" else None
    if front is None or len(front["hours"]) != 1 or front["floors"]:
        return
    hours = [{"name": name, "days": days, "opens": opens, "closes": closes} for name, days, opens, closes in HOURS[language]]
    body = home_body(hub, language, hours=hours)
    body[0]["value"]["floors"] = [{"floor": floor, "line": line} for floor, line in FLOORS[language]]
    home.body = body
    home.save_revision().publish()


def _picture(hub: Hub, thing: Any, title: str, alt: str) -> HubImage:
    collection = Library.objects.at(hub).get().collection
    found = HubImage.objects.filter(collection=collection, title=title).first()
    if found:
        return found
    upload = SimpleUploadedFile(f"{pinyin_slug(title)}.png", demo_pictures.drawn(thing), "image/png")
    take_picture(upload)
    return HubImage.objects.create(title=title, description=alt, file=upload, collection=collection)


def _put_up(board: NoticeIndexPage, english_board: NoticeIndexPage, notice: DemoNotice, pictures: dict[str, HubImage]) -> None:
    slug = pinyin_slug(notice.title)
    if board.get_children().filter(slug=slug).exists():
        return
    page = _page(notice, notice.title, notice.intro, notice.text, slug, pictures)
    page.locale = board.locale
    _publish(board, page, notice)
    if notice.english:
        title, intro, text = notice.english
        translated = _page(notice, title, intro, text, pinyin_slug(title), pictures)
        translated.locale, translated.translation_key = english_board.locale, page.translation_key
        _publish(english_board, translated, notice)


def _page(notice: DemoNotice, title: str, intro: str, text: str, slug: str, pictures: dict[str, HubImage]) -> NoticePage:
    today = clock.today()
    page = NoticePage(title=title, slug=slug, intro=intro, is_pinned=notice.is_pinned, published_on=today + timedelta(days=notice.days))
    body: list[dict[str, Any]] = [{"type": "words", "value": text}]
    if notice.picture:
        picture = pictures[notice.picture]
        said = {"image": picture.pk, "decorative": False, "alt_text": picture.description}
        body.insert(0, {"type": "picture", "value": {"picture": said, "caption": ""}})
        page.share_picture = picture
    page.body = page.body.stream_block.to_python(body)
    page.go_live_at = clock.at(today + timedelta(days=notice.starts), OPENS) if notice.starts else None
    page.expire_at = clock.at(today + timedelta(days=notice.ends), CLOSES) if notice.ends else None
    return page


def _publish(board: Page, page: NoticePage, notice: DemoNotice) -> None:
    """Up now, down again already, or waiting for its day."""
    is_over = notice.ends is not None and notice.ends < 0
    page.live = not notice.starts and not is_over
    page.expired = is_over
    board.add_child(instance=page)
    revision = page.save_revision()
    if not is_over:
        revision.publish()
