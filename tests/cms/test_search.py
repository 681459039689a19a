"""Search that finds Chinese."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from modelsearch.query import MATCH_NONE, And, Not, Or, Phrase, PlainText
from wagtail.models import Page

from cms.jobs import renew_search_index
from cms.models import HubImage, NoticePage
from cms.queries import found_pages
from cms.search import folded, in_our_words, question, spaced
from tests.factories.cms import HubImageFactory, put_up, standing, yesterday

pytestmark = pytest.mark.django_db


def asked(query):
    """A query written out."""
    if isinstance(query, Phrase):
        return f"“{query.query_string}”"
    if isinstance(query, PlainText):
        return query.query_string
    if isinstance(query, Not):
        return f"not {asked(query.subquery)}"
    if isinstance(query, And | Or):
        return f" {type(query).__name__} ".join(map(asked, query.subqueries))
    return "all"


@pytest.mark.parametrize(
    ("text", "index"),
    [("退休金2026年", "退 休 金 2026 年"), ("ＡＢＣ，一二", "ABC 一 二"), ("a_b-c", "a b c"), ("𠮷野家", "𠮷 野 家"), ("〇", "〇"), ("", "")],
)
def test_how_a_text_is_indexed(text, index):
    assert spaced(text) == index


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("退休", "“退 休”"),
        ("退休 wifi", "“退 休” And wifi"),
        ("退休wifi密码", "“退 休” And wifi And “密 码”"),
        ('"', "not all"),
        ("' OR 1=1 --", "OR And 1 And 1"),
        ("退*休", "“退” And “休”"),
        ("１３８", "138"),
    ],
)
def test_how_a_question_is_read(typed, query):
    assert asked(question(typed)) == query


def test_what_wagtail_asks_is_read_the_same_way():
    assert asked(in_our_words(PlainText("退休 养老", operator="or"), None)) == "“退 休” Or “养 老”"
    assert asked(in_our_words(And([PlainText("退休"), Not(PlainText("a-b"))]), None)) == "“退 休” And not a And b"
    assert in_our_words("", None) is MATCH_NONE


@given(st.text(max_size=40))
def test_folding_leaves_letters_digits_and_single_blanks(text):
    assert all(part.isalnum() or any(char.isalnum() for char in part) for part in folded(text).split())


@pytest.fixture
def pages(hub):
    put_up(hub, "养老金怎么领", slug="a", text="到了年龄的，退休手续在大厅一楼办。")
    put_up(hub, "退休人员体检", slug="b", text="周五上午。")
    put_up(hub, "休息日安排", slug="c", text="退潮以后休整。")
    put_up(hub, "Wi-Fi密码", slug="d", text="问大厅。")
    return hub


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("退休", {"a", "b"}),
        ("退休手续", {"a"}),
        ("休退", set()),
        ("手续 退休", {"a"}),
        ("大厅", {"a", "d", "accessibility", "privacy"}),
        ("wi-fi", {"d"}),
        ("ＷＩ－ＦＩ", {"d"}),
        ("没有这回事", set()),
    ],
)
def test_words_are_found_inside_sentences(pages, typed, found):
    assert {page.slug for page in found_pages(pages, typed)} == found


def test_a_title_counts_more_than_the_text(pages):
    assert [page.slug for page in found_pages(pages, "退休")] == ["b", "a"]


def test_drafts_what_is_over_and_other_hubs_are_not_found(pages, second_hub):
    put_up(pages, "退休草稿", live=False)
    put_up(pages, "退休过期", ends=yesterday())
    put_up(second_hub, "退休在北苑")

    assert [page.slug for page in found_pages(pages, "退休")] == ["b", "a"]
    assert [page.title for page in found_pages(second_hub, "退休")] == ["退休在北苑"]


NASTY = [
    '"',
    "'",
    "''\"\"",
    "\\",
    "%",
    "*",
    "(",
    ")",
    "NEAR(",
    "AND",
    "OR NOT",
    "{title} : x",
    "^",
    "a:*",
    "!a & b",
    "<->",
    "x" * 5000,
    "%" * 5000,
    "😀",
    "_",
    "\ud800",
    "-",
    "NOT",
]


@pytest.mark.parametrize("typed", NASTY)
def test_no_question_breaks_the_search(pages, typed):
    assert isinstance(found_pages(pages, typed), list)
    assert list(Page.objects.autocomplete(typed)[:5]) is not None


@given(st.text(max_size=30))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_text_whatever_breaks_the_search(pages, typed):
    assert isinstance(found_pages(pages, typed), list)


@pytest.mark.parametrize("typed", ["", " ", "退休", '"', "\\", "x" * 5000, "<script>alert(1)</script>"])
def test_the_page_answers_every_question(pages, client, typed):
    response = client.get("/search/", {"q": typed})

    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()


def test_a_nul_byte_is_refused(pages, client):
    assert client.get("/search/?q=%00").status_code == 400


def test_the_page_shows_what_was_found_and_marks_the_other_language(pages, client):
    put_up(pages, "Retirement check-up 退休", slug="e", english_of=NoticePage.objects.get(slug="b"))
    page = client.get("/en/search/", {"q": "退休"}).content.decode()
    links = [line for line in page.splitlines() if '<li><a href="/' in line and "/notices/" in line and "lang" in line]

    assert [line.partition('href="')[2].partition('"')[0] for line in links] == ["/notices/b/", "/notices/a/"]
    assert page.index("/en/notices/e/") < page.index('href="/notices/b/"')


def test_pictures_are_found_by_part_of_their_chinese_title(hub):
    HubImageFactory(hub=hub, title="冬至包饺子现场")
    HubImageFactory(hub=hub, title="书画")

    assert [image.title for image in HubImage.objects.search("饺子")] == ["冬至包饺子现场"]
    assert [image.title for image in HubImage.objects.autocomplete("包饺")] == ["冬至包饺子现场"]


def test_results_can_be_counted_cut_ordered_and_scored(pages):
    found = NoticePage.objects.search("退休")

    assert found.count() == 2
    assert [page.slug for page in found[1:2]] == ["a"]
    assert [page.slug for page in NoticePage.objects.order_by("title").search("退休", order_by_relevance=False)] == ["a", "b"]
    assert [page.slug for page in found.annotate_score("rank")] == ["b", "a"]


def test_one_match_however_many_pages(pages, django_assert_num_queries):
    asked = 2 if connection.vendor == "sqlite" else 1  # SQLite: the index once, then the rows
    with django_assert_num_queries(asked):
        list(NoticePage.objects.search("退休"))
    for number in range(3):
        put_up(pages, f"退休活动{number}", slug=f"more{number}")
    with django_assert_num_queries(asked):
        list(NoticePage.objects.search("退休"))


def test_a_renewed_index_finds_what_a_bulk_change_had_hidden(hub):
    page = standing(hub, "旧题目", slug="x")
    Page.objects.filter(pk=page.pk).update(title="养老助餐")
    assert found_pages(hub, "助餐") == []

    renew_search_index()

    assert [found.slug for found in found_pages(hub, "助餐")] == ["x"]
