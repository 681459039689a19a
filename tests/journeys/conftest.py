"""Journeys drive the system's Chromium through a running hub. One browser a run, a fresh visitor a test."""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from bookings.rooms.models import Room
from tests.conftest import SATURDAY_MORNING
from tests.factories.rooms import RoomFactory

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright keeps an event loop in this thread; the queries here are the test's own

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
STAFF_PROFILES: dict[tuple[str, int], list[BrowserContext]] = defaultdict(list)  # not in use just now, by view and width
SWITCHES = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"]
collect_ignore_glob = [] if CHROMIUM or os.environ.get("CI") else ["test_*.py"]


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if collect_ignore_glob:
        terminalreporter.write_line("The journeys were left out: there is no Chromium here.")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL a journey is made once, in Chinese: which view somebody chose is no matter of the database, and all four are made on SQLite.

    Each journey has a database of its own, which PostgreSQL copies in a second: four times all of them would be minutes of the suite's ten.
    """
    if config.getoption("--postgres"):
        elsewhere = {item for item in items if "journeys" in item.path.parts and view_of(item) != "zh"}
        config.hook.pytest_deselected(items=list(elsewhere))
        items[:] = [item for item in items if item not in elsewhere]


def view_of(item: pytest.Item) -> str:
    """Which visitor makes the journey; Chinese when it is always the same."""
    params: dict[str, str] = getattr(getattr(item, "callspec", None), "params", {})
    return params.get("visitor", params.get("view", "zh"))


@dataclass
class Visitor:
    """Somebody with a browser: the page they look at, and what the browser had to say about it."""

    view: str
    page: Page
    base: str
    navigations: int = 0
    complaints: list[str] = field(default_factory=list)
    hosts: set[str] = field(default_factory=set)
    bytes_loaded: int = 0
    profiles: list[BrowserContext] | None = None  # where the browser's profile goes afterwards; None: it is thrown away

    @property
    def prefix(self) -> str:
        """Where this visitor's language begins."""
        return "/en" if self.view == "en" else ""

    @property
    def has_script(self) -> bool:
        return self.view != "nojs"

    @property
    def is_elder(self) -> bool:
        return self.view in {"elder", "largest"}

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    def go(self, path: str) -> Response:
        """Open an address as the visitor's language has it."""
        reply = self.page.goto(self.base + self.prefix + path)
        assert reply is not None
        return reply

    def press(self, selector: str) -> None:
        """Press the first of what matches and can be seen, and wait for the page it leads to."""
        with self.page.expect_navigation():
            self.page.locator(selector).locator("visible=true").first.click()

    def fill(self, **answers: str) -> None:
        """Type into fields by their names."""
        for name, text in answers.items():
            self.page.fill(f"[name={name}]:not([type=hidden])", text)

    def choose(self, **answers: str) -> None:
        """Choose in selects by their names."""
        for name, value in answers.items():
            self.page.select_option(f"select[name={name}]", value)

    def shows(self, words: str) -> bool:
        return words in self.page.inner_text("body")

    def leave(self) -> None:
        """Go; who comes next into the same profile finds neither cookies nor anything else that was kept."""
        context = self.page.context
        if self.profiles is None:
            context.close()
            return
        context.new_cdp_session(self.page).send("Storage.clearDataForOrigin", {"origin": self.base, "storageTypes": "local_storage,session_storage"})
        context.clear_cookies()
        self.page.close()
        self.profiles.append(context)

    # --- what the browser reports -------------------------------------------------------------------------------------
    def listen(self) -> None:
        self.page.on("framenavigated", lambda frame: self.count_navigation(frame))
        self.page.on("console", lambda message: self.note(message.type, message.text))
        self.page.on("pageerror", lambda error: self.note("error", str(error)))
        self.page.on("dialog", lambda dialog: self.note("error", f"dialog: {dialog.message}"))
        self.page.on("response", self.weigh)

    def count_navigation(self, frame: Any) -> None:
        self.navigations += frame == self.page.main_frame

    def note(self, kind: str, text: str) -> None:
        """Errors of the page; a form that came back with a complaint (422) is none."""
        if kind == "error" and "422" not in text:
            self.complaints.append(text)

    def weigh(self, response: Response) -> None:
        self.hosts.add(urlsplit(response.url).netloc)
        self.bytes_loaded += int(response.headers.get("content-length", 0))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        pytest.fail("CI is set, and there is no Chromium to drive.")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield running
        running.close()


@pytest.fixture
def ticking() -> Iterator[None]:
    """Saturday 28 November 2026, ten in the morning, and going on from there."""
    with time_machine.travel(SATURDAY_MORNING, tick=True):
        yield


def a_visitor(browser: Browser, base: str, view: str, width: int = 360, *, is_staff: bool = False) -> Visitor:
    """A visitor with a fresh browser profile. The staff's are emptied and used again: what a browser has loaded stays, and Wagtail's scripts alone take
    a second and a half to load and compile."""
    profiles = STAFF_PROFILES[view, width] if is_staff else None
    visitor = Visitor(view, (profiles.pop() if profiles else a_profile(browser, view, width)).new_page(), base, profiles=profiles)
    if view in {"elder", "largest"}:
        visitor.page.context.add_cookies([{"name": "view", "value": "elder" if view == "elder" else "elder-30", "url": base}])
    visitor.listen()
    return visitor


def a_profile(browser: Browser, view: str, width: int) -> BrowserContext:
    """Of a phone below 800 pixels."""
    is_phone = width < 800
    context = browser.new_context(
        viewport={"width": width, "height": 740 if is_phone else 900},
        is_mobile=is_phone,
        has_touch=is_phone,
        locale="zh-CN",
        java_script_enabled=view != "nojs",
    )
    context.set_default_timeout(20_000)
    return context


@pytest.fixture(params=["zh", "en", "elder", "nojs"])
def visitor(request: pytest.FixtureRequest, browser: Browser, ticking: None, live_server: Any) -> Iterator[Visitor]:
    """Chinese on a phone, English, the elder view, and Chinese without JavaScript: each journey is every one's journey."""
    someone = a_visitor(browser, live_server.url, request.param)
    yield someone
    someone.leave()
    assert someone.complaints == []
    assert someone.hosts <= {urlsplit(live_server.url).netloc}


@pytest.fixture
def room(ticking: None, live_server: Any, hub: Any) -> Room:
    """A free room of the demo's kind, and two more."""
    RoomFactory(hub=hub, slug="tearoom", name_zh="心灵茶吧", name_en="Tea room", drawing="tea", capacity=14, number="204", floor=2)
    RoomFactory(hub=hub, slug="meeting", name_zh="会议室", name_en="Meeting room", drawing="meet", capacity=20, price=2000)
    return RoomFactory(
        hub=hub, slug="dance", name_zh="舞蹈排练室", name_en="Dance rehearsal room", drawing="dance", sort_order=1, buffer_minutes=0,
        about_zh="木地板，一面墙的大镜子，有音响。", about_en="Wooden floor and mirrors.", manners_zh="请穿软底鞋。", manners_en="Soft shoes, please.",
        equipment_zh="大镜子、音响", equipment_en="Mirrors, sound system",
    )  # fmt: skip
