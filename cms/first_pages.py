"""What a new hub's site says before anybody has written a word: true of every hub that runs this software."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hub.hubs.models import Hub

TEXTS = Path(__file__).parent / "texts"
EVERY_DAY = [str(day) for day in range(8)]


@dataclass(frozen=True)
class Words:
    """A page's title and opening sentence in one language."""

    title: str
    intro: str


@dataclass(frozen=True)
class FirstPage:
    """A standing page in both languages; its text lies in texts/<slug>.<language>.htm."""

    slug: str
    zh: Words
    en: Words

    def words(self, language: str) -> Words:
        return self.en if language == "en" else self.zh

    def body(self, language: str) -> list[dict[str, Any]]:
        text = (TEXTS / f"{self.slug}.{language}.htm").read_text(encoding="utf-8").strip()
        return [{"type": "words", "value": text}]


BOARD = FirstPage(
    "notices",
    Words("通知", "停用、活动、截止的日子，都在这里。"),
    Words("Notices", "Closed days, activities and deadlines."),
)
STANDING = (
    FirstPage(
        "accessibility",
        Words("无障碍说明", "这个网站，谁都要能用。用着不顺的地方，请告诉我们。"),
        Words("Accessibility", "Everybody must be able to use this site. Tell us where it does not work for you."),
    ),
    FirstPage(
        "privacy",
        Words("个人信息怎么保护", "我们记您的什么、谁看得到、您可以怎么做，一条条写在这里。"),
        Words("How we look after your data", "What we note about you, who can see it, and what you can do about it."),
    ),
    FirstPage(
        "about",
        Words("这是什么地方", "街坊自己的地方：订房间，办事情，学东西，认识人。"),
        Words("About the house", "The neighbours' own house: rooms to book, things to see to, things to learn, people to meet."),
    ),
)

DOORS = {
    "zh": (
        ("订房间", "/rooms/", "tea", "看看哪间空着"),
        ("查预约", "/find/", "cal", "凭编号和电话"),
        ("看通知", "/notices/", "horn", "停用、活动、截止"),
        ("我的事", "/me/", "letter", "订过的都在这里"),
    ),
    "en": (
        ("Book a room", "/rooms/", "tea", "See which is free"),
        ("Find a booking", "/find/", "cal", "By number and phone"),
        ("Read the notices", "/notices/", "horn", "Closed days, activities"),
        ("My things", "/me/", "letter", "What I have booked"),
    ),
}
NEIGHBOURS = {
    "zh": (
        ("志愿服务", "/volunteer/"), ("换客工作室", "/swap/"), ("衣物互助", "/clothing/"), ("党员先锋岗", "/vanguard/"),
        ("啄木鸟：给报纸挑错", "/woodpecker/"),
    ),
    "en": (
        ("Volunteers", "/volunteer/"), ("Swap shop", "/swap/"), ("Clothes to give and to get", "/clothing/"), ("Vanguard posts", "/vanguard/"),
        ("Woodpecker: errors in the newspaper", "/woodpecker/"),
    ),
}  # fmt: skip
TITLES = {"zh": ("服务热线", "今天楼里", "通知", "街坊互助"), "en": ("Hotline", "Today in the house", "Notices", "Neighbours for neighbours")}


def home_body(hub: Hub, language: str, *, hours: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    """The home page's blocks; `hours` beside the hotline's, which every hub has."""
    hotline, happenings, notices, neighbours = TITLES[language]
    doors = [{"words": words, "page": None, "address": address, "drawing": drawing, "note": note} for words, address, drawing, note in DOORS[language]]
    links = [{"words": words, "page": None, "address": address} for words, address in NEIGHBOURS[language]]
    answered = {"name": hotline, "days": EVERY_DAY, "opens": hub.hotline_from.isoformat(), "closes": hub.hotline_until.isoformat()}
    return [
        {"type": "front", "value": {"hours": [*(hours or []), answered], "doors": doors, "floors": []}},
        {"type": "happenings", "value": {"title": happenings, "how_many": 6}},
        {"type": "notices", "value": {"title": notices, "how_many": 4}},
        {"type": "links", "value": {"title": neighbours, "links": links}},
    ]
