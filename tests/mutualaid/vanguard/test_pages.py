"""What visitors and staff see, and what people really send, through every way in."""

import re
from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from hub.closings.models import Closing
from hub.core import clock
from hub.core.joins import Caller, board_panels, desk_cards, desk_tasks, figures, my_things
from hub.notifications.models import Message
from hub.served.models import RatingCode, ServiceEvent
from mutualaid.vanguard import actions
from mutualaid.vanguard.models import BoxCount, CounterVisit, DutyDay, Post, Rating, Term
from tests.cast import signed_in_as, user_with
from tests.factories.people import ResidentFactory, UserFactory
from tests.factories.vanguard import TagFactory, a_code, a_post, at_work, past_ratings, rated, shown, with_words
from tests.papers import needs_pango

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
OCTOBER = date(2026, 10, 1)


@pytest.fixture
def post(hub: Any) -> Any:
    return a_post(hub, number=1, takes_rest=True)


def closed(hub: Any, posts: int = 1) -> None:
    for n in range(posts):
        past_ratings(a_post(hub, number=10 + n), OCTOBER, (20, 2, 0, 0, n))
    actions.close_month(hub=hub, month=OCTOBER, by=at_work("reviewer", hub))


# --- the public ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("n", [1, 3])
def test_the_board_asks_the_same_few_questions_however_much_there_is(hub: Any, client: Client, n: int, django_assert_num_queries: Any) -> None:
    closed(hub, n)
    for each in range(n):
        made = shown(rated(hub, by=None, station="living") if each else rated(hub))
        made.tags.add(TagFactory(hub=hub))
    DutyDay.objects.create(hub=hub, day=clock.today(), name="陈国庆")
    client.get("/vanguard/")
    with django_assert_num_queries(7):
        page = client.get("/vanguard/?again")
    assert (len(page.context["five_of"].five), page.context["duty"].name, sum(len(posts) for _centre, posts in page.context["centres"])) == (n, "陈国庆", n)


def test_the_month_that_runs_is_nowhere_told(hub: Any, client: Client, post: Any) -> None:
    closed(hub)
    for grade in (1, 2, 5):
        rated(hub, grade)
    for path in ("/vanguard/", "/vanguard/1/", "/vanguard/months/", "/vanguard/months/2026-10/"):
        page = client.get(path)
        assert (path, page.status_code, "3人评" in page.content.decode(), "2026-11" in page.content.decode()) == (path, 200, False, False)
    assert [client.get(f"/vanguard/months/{period}/").status_code for period in ("2026-11", "2026-13", "2026-1", "x")] == [404] * 4


def test_one_tap_and_the_raters_own_page(hub: Any, client: Client, post: Any) -> None:
    tag, code = TagFactory(hub=hub), a_code(hub)
    typed = client.post("/vanguard/rate/", {"code": f" {code[:4].lower()} {code[4:].lower()} "})
    assert (typed.status_code, typed.url) == (302, f"/vanguard/rate/{code}/?by=typed")
    page = client.get(typed.url)
    assert (page.status_code, RatingCode.objects.get().used_at, len(re.findall(r'name="grade"', page.content.decode()))) == (200, None, 5)
    done = client.post(f"/vanguard/rate/{code}/", {"grade": "2", "via": "typed"})
    made = Rating.objects.get()
    assert (done.url, made.source, made.mark != "", made.cookie, "rated" in client.cookies) == (made.own_url, "web", True, "", True)
    again = client.post(f"/vanguard/rate/{code}/", {"grade": "5"})
    assert (again.status_code, Rating.objects.count(), client.get(f"/vanguard/rate/{code}/").context["is_known"]) == (422, 1, True)
    said = client.post(made.own_url, {"words": "窗口没人", "tags": [tag.pk]})
    made.refresh_from_db()
    assert (said.status_code, made.words, made.words_state, list(made.tags.all())) == (302, "窗口没人", "waiting", [tag])
    assert client.get(made.own_url).context["owed"] is not None
    actions.put_right(rating=made, words="已加派人手", by=at_work("reviewer", hub))
    assert "已加派人手" in client.get(made.own_url).content.decode()
    other = Client()
    other.post(f"/vanguard/rate/{a_code(hub)}/", {"grade": "5"}, headers={"cookie": "rated=abc"})
    assert Rating.objects.filter(source="link").exclude(cookie="").count() == 1


@pytest.mark.parametrize("grade", ["", "0", "6", "五", "5.0", "-1", "5\u0000", "９" * 400])
def test_no_grade_that_is_none_is_taken(hub: Any, client: Client, post: Any, grade: str) -> None:
    code = a_code(hub)
    assert (client.post(f"/vanguard/rate/{code}/", {"grade": grade}).status_code, Rating.objects.count()) == (422, 0)


@pytest.mark.parametrize("code", ["", " ", "7KQ2M9XA", "七" * 8, "\u0000", "A" * 5000, "../../etc", "' or 1=1 --"])
def test_no_code_that_is_none_opens_anything(hub: Any, client: Client, post: Any, code: str) -> None:
    page = client.post("/vanguard/rate/", {"code": code})
    assert (page.status_code, len(page.context["form"].errors["code"])) == (422, 1)


@pytest.mark.parametrize(("words", "tags"), [("长" * 301, []), ("好", ["0"]), ("好", ["x"]), ("\u0000", [])])
def test_words_and_tags_that_cannot_be_are_refused(hub: Any, client: Client, post: Any, words: str, tags: list[str]) -> None:
    made = rated(hub)
    assert (client.post(made.own_url, {"words": words, "tags": tags}).status_code, Rating.objects.get().words) == (422, "")


def test_pages_of_another_hub_are_not_there(hub: Any, second_hub: Any, post: Any) -> None:
    closed(hub)
    made = shown(rated(hub))
    elsewhere = Client(headers={"host": second_hub.site.hostname})
    paths = (
        "/vanguard/1/",
        "/vanguard/1/sign/",
        made.own_url,
        "/vanguard/months/2026-10/",
        "/vanguard/months/2026-10/notice/",
        f"/vanguard/rate/{a_code(hub)}/",
    )
    assert [elsewhere.get(path).status_code for path in paths] == [404] * 6


def test_words_are_shown_without_a_trace_and_answered_by_the_post(hub: Any, client: Client) -> None:
    clerk = user_with("clerk", hub)
    own = a_post(hub, number=1, account=clerk)
    made, waiting = shown(rated(hub, by=clerk)), with_words(rated(hub, by=clerk), "还没人看过的话")
    as_clerk = signed_in_as("clerk", hub)
    assert "还没人看过的话" not in client.get(own.url).content.decode()
    page = as_clerk.post(f"/vanguard/words/{made.pk}/reply/", {"words": "谢谢您"})
    assert (page.status_code, page.url, as_clerk.get(f"/vanguard/words/{waiting.pk}/reply/").status_code) == (302, own.url, 404)
    assert "谢谢您" in client.get(own.url).content.decode()
    assert as_clerk.post(f"/vanguard/words/{made.pk}/reply/", {"words": " "}).status_code == 422
    assert signed_in_as("operator", hub).get(f"/vanguard/words/{made.pk}/reply/").status_code == 404


@needs_pango
def test_the_notice_as_pdf(hub: Any, client: Client) -> None:
    closed(hub)
    page = client.get("/vanguard/months/2026-10/pdf/")
    assert (page["Content-Type"], page.content[:5]) == ("application/pdf", b"%PDF-")


# --- staff --------------------------------------------------------------------------------------------------------------
def test_a_visit_is_closed_with_one_key(hub: Any, post: Any) -> None:
    clerk = signed_in_as("clerk", hub)
    page = clerk.get("/admin/countervisit/close/")
    token = page.context["form"]["token"].value()
    done = [clerk.post("/admin/countervisit/close/", {"token": token, "station": "living"}) for _twice in range(2)]
    visit = CounterVisit.objects.get()
    assert [each.url for each in done] == [f"/admin/countervisit/slip/{visit.pk}/"] * 2
    slip = clerk.get(done[0].url)
    assert (len(slip.context["code"]), slip.context["address"]) == (8, f"{hub.origin}/vanguard/rate/{slip.context['code']}/")
    clerk.post(f"/admin/countervisit/send/{visit.pk}/", {"phone": "１３８ 0000 1234"})
    assert (Message.objects.get(kind="visit_code").phone, slip.context["code"][:4] in Message.objects.get(kind="visit_code").text) == ("13800001234", True)
    assert clerk.post("/admin/countervisit/close/", {"token": "t" * 44, "station": "moon"}).status_code == 422
    sheet = clerk.post("/admin/countervisit/cards/", {"token": "cards", "station": "culture", "sheets": "1"}, follow=True)
    assert (len(sheet.context["cards"]), len({code for _card, code, _address in sheet.context["cards"]})) == (10, 10)


def test_the_desk_closes_and_rates_for_a_caller(hub: Any, post: Any) -> None:
    person, by = ResidentFactory(hub=hub, user=UserFactory()), at_work("operator", hub)
    caller = Caller(person, person.name, "13800001234", "counter")
    visit, rate = desk_tasks["visit"], desk_tasks["rate"]
    form = visit.form(hub, caller, {"station": "living", "what": ""}, {})
    assert form.is_valid()
    assert visit.preview(hub, caller, form.cleaned_data).lines[0][1] != ""
    first = visit.act(hub, caller, form.cleaned_data, by, "one")
    assert (visit.act(hub, caller, form.cleaned_data, by, "one"), ServiceEvent.objects.get().for_person) == (first, person)
    row = next(iter(desk_cards["vanguard"].rows(hub, caller, by)))
    assert (row.state, [held.event.for_person for held in my_things["vanguard.to_rate"].rows(person.user, hub)]) == (first.reference, [person])
    form = rate.form(hub, caller, {"code": first.reference, "grade": "2", "words": "等太久"}, {})
    assert form.is_valid()
    assert [words for _label, words in rate.preview(hub, caller, form.cleaned_data).lines][0] == "窗口办事"
    done = rate.act(hub, caller, form.cleaned_data, by, "two")
    assert (rate.act(hub, caller, form.cleaned_data, by, "two"), Rating.objects.get().source, Rating.objects.get().words) == (done, "desk", "等太久")
    assert (list(desk_cards["vanguard"].rows(hub, caller, by)), len(board_panels["vanguard_corrections"].rows(hub, at_work("director", hub)))) == ([], 1)
    assert list(board_panels["vanguard_corrections"].rows(hub, by)) == []


def test_the_list_tells_nothing_of_who_rated(hub: Any, post: Any, django_assert_num_queries: Any) -> None:
    reviewer = signed_in_as("reviewer", hub)
    for person in (ResidentFactory(hub=hub, name="欧阳桂兰"), None, None):
        with_words(rated(hub, person=person))
    reviewer.get("/admin/vanguard_rating/")
    page = reviewer.get("/admin/vanguard_rating/?month=2026-11&counted=true")
    assert (len(page.context["object_list"]), "欧阳" in page.content.decode(), "10:00" in page.content.decode()) == (3, False, False)
    inspect = reviewer.get(f"/admin/vanguard_rating/inspect/{Rating.objects.first().pk}/").content.decode()
    assert [word in inspect for word in ("欧阳", "10:00", Rating.objects.first().token, Rating.objects.first().voice)] == [False] * 4


def test_each_figure_is_the_number_of_its_rows(hub: Any, post: Any) -> None:
    for grade in (5, 4, 1, 2):
        rated(hub, grade)
    actions.set_aside(rating=rated(hub, 1), reason="重复", by=at_work("reviewer", hub))
    day = clock.today()
    start, end = clock.day_bounds(day)
    director = signed_in_as("director", hub)
    found = {}
    for name in ("vanguard.ratings", "vanguard.corrections"):
        rows = director.get(figures[name].url(day, day)).context["paginator"].count
        found[name] = (figures[name].count(hub, start, end), rows)
    assert (found, figures["vanguard.satisfied"].count(hub, start, end)) == ({"vanguard.ratings": (4, 4), "vanguard.corrections": (3, 3)}, 50)


def test_a_month_on_screen_and_as_a_file_are_the_same(hub: Any) -> None:
    closed(hub, 2)
    reviewer = signed_in_as("reviewer", hub)
    page = reviewer.get("/admin/vanguard_rating/month/2026-10/")
    sheet = load_workbook(BytesIO(reviewer.get("/admin/vanguard_rating/month/2026-10/?kind=xlsx").content)).active
    shown_rows = [(line.post.number, line.post.name_zh, line.tally.votes, *line.tally.grades, line.score) for line in page.context["found"].posts]
    rows = [(row[0], row[1], row[3], *row[4:9], row[12]) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert (rows, len(rows)) == (shown_rows, 2)
    assert reviewer.get("/admin/vanguard_rating/month/2026-12/").status_code == 404


def test_a_month_is_closed_opened_and_a_post_left_out_by_buttons(hub: Any) -> None:
    past_ratings(a_post(hub, number=1), OCTOBER, (20, 0, 0, 0, 0))
    reviewer, director = signed_in_as("reviewer", hub), signed_in_as("director", hub)
    strike = director.post("/admin/vanguard_rating/strike/2026-10/", {"post": Post.objects.get().pk, "reason": "投诉"})
    assert reviewer.post("/admin/vanguard_rating/close/2026-10/").status_code == 302
    assert (strike.status_code, reviewer.post("/admin/vanguard_rating/reopen/2026-10/", {"reason": ""}).status_code) == (302, 200)
    assert reviewer.post("/admin/vanguard_rating/reopen/2026-10/", {"reason": "撤销"}).status_code == 302
    page = reviewer.get("/admin/vanguard_rating/month/2026-10/")
    assert (len(page.context["versions"]), page.context["standing"], len(page.context["found"].five)) == (1, None, 0)
    too_early = reviewer.post("/admin/vanguard_rating/close/2026-11/")
    assert (too_early.status_code, Closing.objects.count()) == (200, 1)


def test_a_box_is_typed_without_seeing_the_others_numbers(hub: Any) -> None:
    own = a_post(hub, number=1)
    typed = {"month": "2026-10", "post": own.pk, "box": "1", "grade_5": "１７", "grade_4": "2", "grade_3": "0", "grade_2": "0", "grade_1": "0"}
    reviewer, second = signed_in_as("reviewer", hub), signed_in_as("coordinator", hub)
    reviewer.post("/admin/boxcount/type/", typed)
    assert (BoxCount.objects.get().cards, "17 / 2" in second.get("/admin/boxcount/").content.decode()) == ((17, 2, 0, 0, 0), False)
    second.post("/admin/boxcount/type/", typed)
    assert (Rating.objects.count(), "17 / 2" in second.get("/admin/boxcount/").content.decode()) == (19, True)


@pytest.mark.parametrize(
    "change", [{"month": "2026-13"}, {"month": ""}, {"box": "0"}, {"grade_5": "-1"}, {"grade_5": "一"}, {"grade_5": "5001"}, {"post": "0"}]
)
def test_a_box_that_makes_no_sense_is_refused(hub: Any, change: dict[str, str]) -> None:
    own = a_post(hub, number=1)
    typed = {"month": "2026-10", "post": own.pk, "box": "1", "grade_5": "1", "grade_4": "0", "grade_3": "0", "grade_2": "0", "grade_1": "0", **change}
    assert (signed_in_as("reviewer", hub).post("/admin/boxcount/type/", typed).status_code, BoxCount.objects.count()) == (200, 0)


def test_posts_terms_and_the_roster_by_the_director(hub: Any) -> None:
    director = signed_in_as("director", hub)
    director.post(reverse("vanguard_post:add"), {"number": "3", "station": "acceptance", "name_zh": "3号窗口", "name_en": "", "leader": "", "is_active": "on"})
    own = Post.objects.get()
    term = {"post": own.pk, "name": "赵玉兰", "account": user_with("clerk", hub).pk, "from_on": "2026-01-01", "badge": "003", "promise_zh": "不让您跑第二趟"}
    assert director.post("/admin/vanguard_term/begin/", term).status_code == 302
    again = director.post("/admin/vanguard_term/begin/", {**term, "name": "孙建国"})
    assert (again.status_code, Term.objects.get().name, "from_on" in again.context["form"].errors) == (200, "赵玉兰", True)
    director.post(f"/admin/vanguard_term/end/{Term.objects.get().pk}/", {"until_on": "2026-11-30"})
    assert f"{Term.objects.get().until_on}" == "2026-11-30"
    director.post("/admin/dutyday/week/?day=2026-11-28", {"name_20261128": "陈国庆"})
    assert (DutyDay.objects.get().name, "陈国庆" in Client().get("/vanguard/").content.decode()) == ("陈国庆", True)
