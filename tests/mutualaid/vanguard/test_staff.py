"""What staff really type, through every staff way in: a sentence stands at the field, what was typed stays, nothing is written."""

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from hub.core.joins import board_panels
from mutualaid.vanguard import actions
from mutualaid.vanguard.models import BoxCount, CounterVisit, DutyDay, Post, Rating, Strike, Term
from tests.cast import signed_in_as, user_with
from tests.factories.people import UserFactory
from tests.factories.vanguard import a_post, at_work, past_ratings, rated, with_words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
OCTOBER = date(2026, 10, 1)
TERM = {"name": "孙建国", "account": "", "from_on": "2026-11-01", "until_on": "", "badge": "004", "promise_zh": "一次办好", "promise_en": ""}
VISIT = {"station": "living", "post": "", "what": "", "name": "", "token": "a-token-of-the-page-1"}
CARDS = {"station": "culture", "post": "", "sheets": "1", "token": "a-token-of-the-page-2"}


def written() -> list[int]:
    """How many rows stand in every table of the posts; and what the ratings say of themselves."""
    counts = [model.objects.count() for model in (BoxCount, CounterVisit, DutyDay, Post, Rating, Strike, Term)]
    return [*counts, Rating.objects.filter(set_aside_at=None, done_at=None).count(), Term.objects.filter(name="赵玉兰").count()]


BAD: list[tuple[str, str, dict[str, Any], dict[str, Any], list[str]]] = [
    ("director", "vanguard_term/begin/", TERM, {"name": ""}, ["name"]),
    ("director", "vanguard_term/begin/", TERM, {"name": "名" * 41}, ["name"]),
    ("director", "vanguard_term/begin/", TERM, {"from_on": ""}, ["from_on"]),
    ("director", "vanguard_term/begin/", TERM, {"from_on": "2026-02-30"}, ["from_on"]),
    ("director", "vanguard_term/begin/", TERM, {"from_on": "明天"}, ["from_on"]),
    ("director", "vanguard_term/begin/", TERM, {"until_on": "2026-10-01"}, ["until_on"]),
    ("director", "vanguard_term/begin/", TERM, {"post": "0"}, ["post"]),
    ("director", "vanguard_term/begin/", TERM, {"post": "second"}, ["post"]),
    ("director", "vanguard_term/begin/", TERM, {"account": "resident"}, ["account"]),
    ("director", "vanguard_term/begin/", TERM, {"promise_zh": "好" * 101}, ["promise_zh"]),
    ("director", "vanguard_term/begin/", TERM, {"picture": "text"}, ["picture"]),
    ("director", "vanguard_term/begin/", TERM, {"post": "held"}, ["from_on"]),
    ("director", "vanguard_term/change-term/{term}/", TERM, {"name": ""}, ["name"]),
    ("director", "vanguard_term/change-term/{term}/", TERM, {"picture": "text"}, ["picture"]),
    ("director", "vanguard_term/end/{term}/", {}, {"until_on": ""}, ["until_on"]),
    ("director", "vanguard_term/end/{term}/", {}, {"until_on": "2025-12-31"}, ["until_on"]),
    ("director", "dutyday/week/?day=2026-11-28", {}, {"name_20261128": "名" * 41}, ["name_20261128"]),
    ("director", "dutyday/week/?day=2026-11-28", {}, {"account_20261128": "staff"}, ["name_20261128"]),
    ("clerk", "countervisit/close/", VISIT, {"station": "moon"}, ["station"]),
    ("clerk", "countervisit/close/", VISIT, {"post": "second"}, ["post"]),
    ("clerk", "countervisit/close/", VISIT, {"what": "事" * 61}, ["what"]),
    ("clerk", "countervisit/close/", VISIT, {"name": "名" * 41}, ["name"]),
    ("clerk", "countervisit/close/", VISIT, {"token": ""}, ["token"]),
    ("clerk", "countervisit/cards/", CARDS, {"sheets": "0"}, ["sheets"]),
    ("clerk", "countervisit/cards/", CARDS, {"sheets": "1000"}, ["sheets"]),
    ("clerk", "countervisit/cards/", CARDS, {"sheets": "两"}, ["sheets"]),
    ("clerk", "countervisit/cards/", CARDS, {"sheets": ""}, ["sheets"]),
    ("clerk", "countervisit/send/{visit}/", {}, {"phone": "123"}, ["phone"]),
    ("clerk", "countervisit/send/{visit}/", {}, {"phone": ""}, ["phone"]),
    ("reviewer", "vanguard_rating/set-aside/{rating}/", {}, {"reason": ""}, ["reason"]),
    ("reviewer", "vanguard_rating/set-aside/{rating}/", {}, {"reason": " "}, ["reason"]),
    ("reviewer", "vanguard_rating/set-aside/{rating}/", {}, {"reason": "由" * 201}, ["reason"]),
    ("reviewer", "vanguard_rating/put-back/{rating}/", {}, {"reason": "看错了"}, ["__all__"]),
    ("reviewer", "vanguard_rating/put-right/{rating}/", {}, {"words": ""}, ["words"]),
    ("reviewer", "vanguard_rating/put-right/{rating}/", {}, {"words": "改" * 301}, ["words"]),
    ("director", "vanguard_rating/strike/2026-10/", {"post": "held"}, {"reason": ""}, ["reason"]),
    ("director", "vanguard_rating/strike/2026-10/", {"reason": "投诉"}, {"post": "second"}, ["post"]),
    ("director", "vanguard_rating/strike/2026-10/", {"reason": "投诉"}, {"post": ""}, ["post"]),
    ("director", "vanguard_post/new/", {"station": "living", "name_en": "", "leader": ""}, {"number": "0", "name_zh": "新岗"}, ["number"]),
    ("director", "vanguard_post/new/", {"station": "living", "name_en": "", "leader": ""}, {"number": "1", "name_zh": "新岗"}, ["__all__"]),
    ("director", "vanguard_post/new/", {"station": "moon", "name_en": "", "leader": ""}, {"number": "8", "name_zh": "新岗"}, ["station"]),
]  # fmt: skip


@pytest.mark.parametrize(("role", "address", "usual", "change", "fields"), BAD, ids=lambda value: value if isinstance(value, str) else "")
def test_bad_input_is_said_at_its_field_and_nothing_is_written(
    hub: Any, second_hub: Any, role: str, address: str, usual: dict[str, Any], change: dict[str, Any], fields: list[str]
) -> None:
    held, free, second = a_post(hub, number=1, takes_rest=True), Post.objects.create(hub=hub, number=7, name_zh="7号岗", station="living"), a_post(second_hub)
    made = rated(hub, 1)
    visit, _code = actions.close_visit(hub=hub, station="living", token="a-token-of-before", by=user_with("clerk", hub))
    known = {
        "held": held.pk, "second": second.pk, "resident": UserFactory().pk, "staff": user_with("clerk", hub).pk,
        "text": SimpleUploadedFile("portrait.jpg", b"not a picture"),
    }  # fmt: skip
    typed = {name: known.get(value, value) if isinstance(value, str) else value for name, value in {"post": free.pk, **usual, **change}.items()}
    before, client = written(), signed_in_as(role, hub)
    answer = client.post("/admin/" + address.format(term=Term.objects.get(post=held).pk, rating=made.pk, visit=visit.pk), typed)
    form = answer.context["form"]
    assert (answer.status_code in {200, 422}, list(form.errors), written()) == (True, fields, before)
    kept = {name: form[name].value() for name in typed if name in form.fields and name != "picture"}
    assert kept == {name: str(typed[name]) for name in kept}


@pytest.mark.parametrize("period", ["2026-13", "0000-01", "9999-12", "2026-1", "october", "2026-12"])
@pytest.mark.parametrize("page", ["month", "close", "reopen", "strike"])
def test_a_month_that_is_none_or_to_come_is_not_there(hub: Any, page: str, period: str) -> None:
    director = signed_in_as("director", hub)
    assert director.get(f"/admin/vanguard_rating/{page}/{period}/").status_code == 404


def test_who_holds_a_post_finds_no_button_about_its_ratings(hub: Any) -> None:
    reviewer = user_with("reviewer", hub)
    a_post(hub, number=1, account=reviewer, takes_rest=True)
    made = with_words(rated(hub, 2), "排队太久")
    client = signed_in_as("reviewer", hub)
    names = ("set-aside", "put-back", "keep-aside", "show-words", "hide-words")
    assert [client.post(f"/admin/vanguard_rating/{name}/{made.pk}/", {"reason": "由"}).status_code for name in names] == [404] * 5
    made.refresh_from_db()
    assert (made.set_aside_at, made.words_state) == (None, "waiting")


def test_a_low_grade_is_put_right_by_the_posts_own_people_and_nobody_elses(hub: Any) -> None:
    clerk = user_with("clerk", hub)
    a_post(hub, number=1, account=clerk, takes_rest=True)
    made = rated(hub, 1)
    a_post(hub, number=2, station="acceptance", takes_rest=True)
    elsewhere = rated(hub, 1, station="acceptance")
    client = signed_in_as("clerk", hub)
    assert [row.pk for row in client.get("/admin/vanguard_rating/corrections/").context["rows"]] == [made.pk]
    assert client.post(f"/admin/vanguard_rating/put-right/{elsewhere.pk}/", {"words": "好了"}).status_code == 404
    assert client.post(f"/admin/vanguard_rating/put-right/{made.pk}/", {"words": "已加开一个窗口"}).status_code == 302
    made.refresh_from_db()
    assert (made.done_words, made.done_by) == ("已加开一个窗口", clerk)


def test_the_board_counts_what_is_to_be_put_right(hub: Any) -> None:
    a_post(hub, number=1, takes_rest=True)
    rated(hub, 1)
    rated(hub, 5)
    panel = next(panel for panel in board_panels if panel.name == "vanguard_corrections")
    assert len(panel.rows(hub, at_work("director", hub))) == 1


def test_closing_by_button_a_second_time_changes_nothing(hub: Any) -> None:
    past_ratings(a_post(hub, number=1), OCTOBER, (20, 0, 0, 0, 0))
    at_work("reviewer", hub)
    client = signed_in_as("reviewer", hub)
    assert client.post("/admin/vanguard_rating/close/2026-10/").status_code == 302
    first = client.get("/admin/vanguard_rating/month/2026-10/").context["standing"]
    client.post("/admin/vanguard_rating/close/2026-10/")
    page = client.get("/admin/vanguard_rating/month/2026-10/")
    assert (page.context["standing"], len(page.context["versions"])) == (first, 1)
