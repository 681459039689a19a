"""What the public reads."""

import json
import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import translation
from wagtail.models import Page

from cms.blocks import check_address
from cms.models import HomePage, NoticePage, StandardPage
from cms.models.notice import notices_of
from tests.factories.cms import put_up, standing, tomorrow, yesterday

pytestmark = [pytest.mark.django_db]


def titles(response):
    """Of a list of links, in order: (lang attribute, words)."""
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    listed = main.partition('<ul class="list">')[2].partition("</ul>")[0]
    return [(lang, words) for lang, words in re.findall(r'<a href="[^"]*"(?: lang="([^"]*)")?[^>]*>([^<]*)</a>', listed)]


def language_switch(response):
    return re.search(r'<a href="([^"]*)" lang="[^"]*" hreflang', response.content.decode())[1]


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/notices/",
        "/accessibility/",
        "/privacy/",
        "/about/",
        "/search/",
        "/en/",
        "/en/notices/",
        "/en/accessibility/",
        "/en/privacy/",
        "/en/about/",
        "/en/search/",
    ],
)
@pytest.mark.parametrize("view", ["", "elder", "elder-30"])
def test_every_page_answers_in_both_languages_and_both_views(hub, client, path, view):
    if view:
        client.cookies["view"] = view
    response = client.get(path)
    page = response.content.decode()

    assert response.status_code == 200
    assert re.search(r'<html lang="([^"]*)"', page)[1] == ("en" if path.startswith("/en") else "zh-Hans")
    assert len(re.findall("<h1", page)) == 1
    assert re.findall(r' style="|<style|<script(?! src)', page) == []


@pytest.mark.parametrize("path", ["/", "/notices/", "/about/", "/en/", "/en/about/"])
def test_a_page_says_where_it_stands_and_what_it_is_about(hub, client, path):
    page = client.get(path).content.decode()

    assert re.findall(r'<link rel="canonical" href="([^"]*)">', page) == [f"http://testserver{path}"]
    assert len(re.findall(r'<meta name="description" content="[^"]+">', page)) == 1
    assert len(re.findall(r'<meta property="og:(?:title|description|image)" content="[^"]+">', page)) == 3


def test_the_home_page_asks_the_database_as_often_with_one_notice_as_with_three(hub, client, django_assert_num_queries):
    def ask():
        with django_assert_num_queries(13):
            client.get("/")

    put_up(hub, "通知一")
    client.get("/")  # what is remembered in the process: content types, calendar, site root paths
    ask()
    put_up(hub, "通知二")
    put_up(hub, "通知三")
    ask()


def test_the_elder_home_page_shows_five_things_to_press(hub, client):
    client.cookies["view"] = "elder"
    page = client.get("/").content.decode()

    assert re.findall(r'<a class="choice" href="([^"]*)"', page) == ["/rooms/", "/find/", "/notices/", "/me/", "#today"]


def test_ways_keep_the_readers_language(hub, client):
    page = client.get("/en/").content.decode()

    assert re.findall(r'<li class="deed"><a href="([^"]*)"', page) == ["/en/rooms/", "/en/find/", "/en/notices/", "/en/me/"]


@pytest.mark.parametrize(("here", "there"), [("/", "/en/"), ("/en/", "/"), ("/privacy/", "/en/privacy/"), ("/en/notices/", "/notices/")])
def test_the_language_switch_leads_to_the_same_page(hub, client, here, there):
    assert language_switch(client.get(here)) == there


def test_without_a_translation_the_switch_leads_to_the_board(hub, client):
    put_up(hub, "只有中文", slug="zhong-wen")

    assert language_switch(client.get("/notices/zhong-wen/")) == "/en/notices/"


def test_a_translated_notice_switches_to_its_twin(hub, client):
    chinese = put_up(hub, "冬至", slug="dong-zhi")
    put_up(hub, "Winter solstice", slug="solstice", english_of=chinese)

    assert language_switch(client.get("/notices/dong-zhi/")) == "/en/notices/solstice/"
    assert language_switch(client.get("/en/notices/solstice/")) == "/notices/dong-zhi/"


def test_the_english_board_shows_chinese_titles_marked_where_nobody_has_translated(hub, client):
    chinese = put_up(hub, "冬至包饺子", published_on="2026-11-02")
    put_up(hub, "Dumplings", english_of=chinese, published_on="2026-11-02")
    put_up(hub, "停水", published_on="2026-11-01")

    assert titles(client.get("/en/notices/")) == [("", "Dumplings"), ("zh-Hans", "停水")]
    assert titles(client.get("/notices/")) == [("", "冬至包饺子"), ("", "停水")]


def test_pinned_notices_stand_first_then_the_newest(hub):
    put_up(hub, "旧", published_on="2026-01-01")
    put_up(hub, "钉住", published_on="2025-01-01", is_pinned=True)
    put_up(hub, "新", published_on="2026-11-01")

    assert [notice.title for notice in notices_of(hub)] == ["钉住", "新", "旧"]


@pytest.mark.parametrize(("ends", "is_read"), [(None, True), (tomorrow, True), (yesterday, False)])
def test_a_notice_that_is_over_comes_down_to_the_minute(hub, client, ends, is_read):
    put_up(hub, "停水", slug="ting-shui", ends=ends and ends())

    assert client.get("/notices/ting-shui/").status_code == (200 if is_read else 404)
    assert titles(client.get("/notices/")) == ([("", "停水")] if is_read else [])


def test_notices_of_another_hub_hang_on_its_own_board(hub, second_hub, client):
    put_up(second_hub, "北苑停水")

    assert list(notices_of(hub)) == []
    assert titles(client.get("/notices/")) == []
    assert titles(Client(headers={"host": "beiyuan.localhost"}).get("/notices/")) == [("", "北苑停水")]


@pytest.mark.parametrize("page", ["1", "2", "999999", "-1", "x", ""])
def test_any_page_number_is_answered(hub, client, page):
    for number in range(21):
        put_up(hub, f"通知{number}", slug=f"n{number}")

    assert client.get("/notices/", {"page": page}).status_code == 200


def test_the_feed_lists_notices_by_date(hub, client):
    put_up(hub, "钉住的旧通知", published_on="2026-01-02", is_pinned=True, slug="jiu", intro="一句话")
    put_up(hub, "停水 <b>", published_on="2026-11-01", slug="xin", intro="明天")
    feed = client.get("/notices/feed/")
    items = re.findall(r"<item><title>([^<]*)</title><link>([^<]*)</link><description>([^<]*)</description><pubDate>([^<]*)</pubDate>", feed.content.decode())

    assert feed["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert items == [
        ("停水 &lt;b&gt;", "http://testserver/notices/xin/", "明天", "Sun, 01 Nov 2026 00:00:00 +0800"),
        ("钉住的旧通知", "http://testserver/notices/jiu/", "一句话", "Fri, 02 Jan 2026 00:00:00 +0800"),
    ]


def test_the_map_lists_both_languages_of_this_hub_alone(hub, second_hub, client):
    put_up(hub, "停水", slug="ting-shui")
    put_up(hub, "过期", slug="guo-qi", ends=yesterday())
    found = re.findall("<loc>([^<]*)</loc>", client.get("/sitemap.xml").content.decode())

    assert found == [
        f"http://testserver{path}"
        for path in [
            "/",
            "/notices/",
            "/notices/ting-shui/",
            "/accessibility/",
            "/privacy/",
            "/about/",
            "/en/",
            "/en/notices/",
            "/en/accessibility/",
            "/en/privacy/",
            "/en/about/",
        ]
    ]


def test_nothing_written_by_staff_runs_on_the_page(hub, client):
    evil = "<script>alert(1)</script>"
    put_up(hub, evil, slug="evil", intro=evil)
    page = standing(hub, evil, slug="evil")
    page.body = [("links", {"title": evil, "links": [{"words": evil, "address": "/rooms/", "page": None}]}), ("hotline", {"words": evil})]
    page.save()
    for path in ["/notices/", "/notices/evil/", "/evil/", "/", "/notices/feed/", "/search/?q=script"]:
        assert evil not in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("address", "is_taken"),
    [
        ("/rooms/", True),
        ("https://www.gov.cn/", True),
        ("tel:037166212590", True),
        ("", True),
        ("javascript:alert(1)", False),
        ("//evil.example", False),
        ("/\\evil.example", False),
        ("data:text/html,x", False),
        (" javascript:alert(1)", False),
        ("rooms/", False),
    ],
)
def test_a_link_leads_to_this_house_or_to_a_full_address(address, is_taken):
    taken = True
    try:
        check_address(address)
    except ValidationError:
        taken = False

    assert taken == is_taken


def test_pages_stand_where_they_belong():
    assert [kind.__name__ for kind in HomePage.allowed_subpage_models()] == ["StandardPage", "NoticeIndexPage"]
    assert [kind.__name__ for kind in StandardPage.allowed_subpage_models()] == ["StandardPage"]
    assert [kind.__name__ for kind in NoticePage.allowed_parent_page_models()] == ["NoticeIndexPage"]


@pytest.mark.parametrize("kind", [HomePage, StandardPage, NoticePage])
def test_few_parts_each_with_a_name_a_line_and_a_picture(kind):
    parts = kind._meta.get_field("body").stream_block.child_blocks
    with translation.override("en"):
        said = [bool(part.label and part.meta.description and part.meta.icon != "placeholder") for part in parts.values()]

    assert len(parts) <= 12
    assert said == [True] * len(parts)


@pytest.mark.parametrize(("kind", "parent"), [("noticepage", "notices"), ("standardpage", "zh")])
def test_a_draft_with_nothing_in_it_can_be_previewed(hub, as_role, kind, parent):
    client = as_role("editor")
    below = Page.objects.descendant_of(hub.site.root_page, inclusive=True).get(slug=parent)
    address = f"/admin/pages/add/cms/{kind}/{below.pk}/preview/"
    empty = {"title": "空", "slug": "", "body-count": "0", "intro": "", "published_on": "2026-11-21"}

    assert json.loads(client.post(address, empty).content) == {"is_valid": True, "is_available": True}
    assert client.get(address).status_code == 200
