"""The pages of rooms without a browser: words, addresses, the way back, and how many statements they take."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.template import Context, Template
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from bookings.rooms import actions, rules
from bookings.rooms.availability import RoomDay
from bookings.rooms.facts import facts_of_all, hours_of
from bookings.rooms.models import Booking
from bookings.rooms.queries import room_week
from bookings.rooms.rules import Asked
from bookings.rooms.tables import blocks, week_table
from bookings.rooms.templatetags.rooms import STATUS_KINDS, day_in_words, free_parts, heading, in_short
from hub.core import clock
from hub.people.actions.relatives import link_by_phone
from tests.cast import user_with
from tests.factories.people import ResidentFactory, UserFactory
from tests.factories.rooms import SATURDAY, SUNDAY, RoomFactory, a_hall, at, book

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
TIME = {"day": SUNDAY.isoformat(), "start": "09:00", "end": "11:00", "people": "5"}
WHO = {"name": "王秀兰", "phone": "13800001234", "purpose": "排练"}


def show(source: str, **context: object) -> str:
    return Template("{% load rooms %}" + source).render(Context(context))


# --- closed -------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("start", "end", "when"), [("00:00", "24:00", "11月29日 星期日 全天"), ("08:00", "12:00", "11月29日 星期日 上午8:00–中午12:00")])
def test_a_closed_room_is_not_full_and_says_why(hub: Any, client: Client, start: str, end: str, when: str) -> None:
    hall, east, _west = a_hall(hub)
    until = clock.day_bounds(SUNDAY)[1] if end == "24:00" else at(SUNDAY, end)
    actions.close_room(room=hall, start=at(SUNDAY, start), end=until, reason="修暖气", by=user_with("clerk", hub))
    for room in (hall, east):
        page = client.get(room.url, {"week": SUNDAY.isoformat()}).content.decode()
        table = page[page.index('<table class="week">') : page.index("</table>")]
        first_day = [row.split("<td")[1] for row in table.split("<tr>")[2:]]
        assert (f"<b>{when}</b><br>不开放：修暖气" in page, "不开放" in first_day[0], "已满" in first_day[0]) == (True, True, False)
    found = client.get("/rooms/", {"day": SUNDAY.isoformat(), "start": "09:00", "length": "120", "people": "5"}).content.decode()
    assert (found.count("修暖气"), "已满" in found) == (3, False)


def test_a_closed_room_to_just_come_in_sends_nobody_there(hub: Any, client: Client) -> None:
    gym = RoomFactory(hub=hub, week=[(day, "08:00", "20:30", "walk_in") for day in range(7)])
    start, end = clock.day_bounds(SUNDAY)
    actions.close_room(room=gym, start=start, end=end, reason="换地胶", by=user_with("clerk", hub))
    page = client.get(gym.url, {"week": SUNDAY.isoformat()}).content.decode()
    days = page[page.index('<ul class="days">') :].split("</li>")
    assert ("<br>不开放：换地胶" in page, "不开放" in days[0], "随时来" in days[0], "随时来" in days[1]) == (True, True, False, True)
    for day, words in ((SUNDAY, ("换地胶", "不开放")), (SUNDAY + timedelta(days=1), ("随时来", "随时来"))):
        found = client.get("/rooms/", {"day": day.isoformat(), "start": "09:00", "length": "120", "people": "5"}).content.decode()
        assert all(word in found for word in words)
        assert ("换地胶" in found) == (day == SUNDAY)


def test_a_room_that_is_taken_is_full_and_not_closed(hub: Any, client: Client) -> None:
    book(hub, RoomFactory(hub=hub), "09:00", "11:00")
    found = client.get("/rooms/", {"day": SUNDAY.isoformat(), "start": "09:00", "length": "120", "people": "5"}).content.decode()
    assert ("已满" in found, "status-closed" in found) == (True, False)


# --- the week table -----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("opening", "shortest", "expected"),
    [
        ([(480, 720)], 60, [(480, 600), (600, 720)]),
        ([(480, 750)], 60, [(480, 600), (600, 750)]),
        ([(480, 780)], 60, [(480, 600), (600, 720), (720, 780)]),
        ([(480, 510)], 60, [(480, 510)]),
        ([(480, 600), (780, 900)], 60, [(480, 600), (780, 900)]),
    ],
)
def test_a_rest_too_short_to_book_goes_with_the_block_before(opening: list[Any], shortest: int, expected: list[Any]) -> None:
    assert blocks(opening, shortest) == expected


@pytest.mark.parametrize(("shortest", "longest", "grid"), [(60, 240, 30), (30, 60, 15), (180, 240, 60)])
def test_every_free_cell_leads_to_a_time_the_house_accepts(hub: Any, shortest: int, longest: int, grid: int) -> None:
    week = [(day, "08:00", "20:30", "bookable") for day in range(1, 8)] + [(0, "13:00", "20:30", "bookable")]
    room = RoomFactory(hub=hub, shortest_minutes=shortest, longest_minutes=longest, grid_minutes=grid, buffer_minutes=15, week=week)
    facts = facts_of_all([room])[0]
    book(hub, room, "10:00", "13:00" if shortest == 180 else "11:00")
    now = clock.local(clock.now())
    table = week_table(facts, room_week(hub, facts, SATURDAY), hours_of=hours_of(hub), now=now)
    offered = [cell for row in table for cell in row.cells if cell.word == "free"]
    assert len(offered) > 20
    for cell in offered:
        asked = Asked(clock.at(cell.day, cell.start), clock.at(cell.day, cell.end), 1)
        assert rules.complaints(facts, asked, now=now, hours_of=hours_of(hub)) == []


def test_a_cell_that_cannot_be_had_says_why(hub: Any) -> None:
    room = RoomFactory(hub=hub, week=[(day, "08:00", "12:00", "bookable") for day in range(1, 8)] + [(0, "10:00", "12:00", "bookable")])
    facts = facts_of_all([room])[0]
    book(hub, room, "08:00", "10:00")
    table = week_table(facts, room_week(hub, facts, SATURDAY), hours_of=hours_of(hub), now=clock.local(clock.now()))
    assert [cell.word for cell in table[0].cells[:3]] == ["over", "full", "closed"]  # Saturday at ten, Sunday, Monday


# --- words --------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("word", "free", "taken", "chinese", "english"),
    [
        ("free", [(480, 1230)], [], "全天有空", "free all day"),
        ("free", [(480, 1230)], [(600, 660)], "大半天有空", "free most of the day"),
        ("free", [(480, 720), (1080, 1230)], [(720, 1080)], "上午、晚上有空", "morning, evening free"),
        ("free", [(690, 750)], [(480, 690)], "还有一点空", "a little is free"),
        ("full", [], [(480, 1230)], "已满", "full"),
        ("closed", [], [], "不开放", "not open"),
        ("walk_in", [], [], "随时来", "just come in"),
    ],
)
def test_a_day_is_said_in_a_few_words(word: str, free: list[Any], taken: list[Any], chinese: str, english: str) -> None:
    day = RoomDay(SUNDAY, word, tuple(free), tuple(taken))
    assert day_in_words(None, day) == chinese
    with override("en"):
        assert day_in_words(None, day) == english


def test_half_an_hour_of_a_part_of_the_day_is_not_called_free() -> None:
    assert free_parts([(690, 780)]) == ["下午"]


def test_every_word_of_the_finder_has_a_shape() -> None:
    assert STATUS_KINDS == {"free": "free", "full": "full", "walk_in": "free", "programme": "closed", "over": "past"}


@pytest.mark.parametrize(
    ("state", "title", "short"),
    [
        ("pending", "申请收到了", "等我们答复"),
        ("confirmed", "订好了", "订好了"),
        ("cancelled", "取消了", "已取消"),
        ("declined", "对不起，这次没能订成", "没能订成"),
        ("lapsed", "对不起，我们没来得及答复", "没来得及答复"),
        ("used", "谢谢您来", "来过了"),
        ("no_show", "这次您没来", "没来"),
    ],
)
def test_each_state_has_a_title_and_a_word(hub: Any, state: str, title: str, short: str) -> None:
    booking = book(hub, RoomFactory(hub=hub))
    booking.state = state
    assert (heading(booking), in_short(booking)) == (title, short)


def test_a_booking_address_carries_the_local_time(hub: Any) -> None:
    room = RoomFactory(hub=hub, slug="dance")
    carried = show("{% book_url room start end 5 %}", room=room, start=clock.at(SUNDAY, time(9)), end=clock.at(SUNDAY, time(11)))
    assert carried == "/rooms/dance/book/?day=2026-11-29&amp;start=09%3A00&amp;end=11%3A00&amp;people=5"


# --- the booking pages ----------------------------------------------------------------------------------------------------
def test_a_time_without_a_number_of_people_is_filled_in_and_not_complained_about(hub: Any, client: Client) -> None:
    RoomFactory(hub=hub, slug="dance")
    reply = client.get("/rooms/dance/book/", {key: TIME[key] for key in ("day", "start", "end")})
    assert (reply.status_code, reply.context["form"].errors, reply.context["form"]["start"].value()) == (200, {}, "09:00")


def test_half_filled_in_details_come_back_without_complaints(hub: Any, client: Client) -> None:
    RoomFactory(hub=hub, slug="dance")
    reply = client.post("/rooms/dance/book/", {**TIME, "name": "王秀兰", "phone": "", "purpose": "", "step": "details"})
    assert (reply.status_code, reply.context["form"].errors, reply.context["form"]["name"].value()) == (200, {}, "王秀兰")


def test_a_changed_time_is_a_new_booking_even_after_going_back(hub: Any, client: Client) -> None:
    RoomFactory(hub=hub, slug="dance")
    page = client.post("/rooms/dance/book/", {**TIME, **WHO, "step": "check"})
    token = page.context["token"]
    client.post("/rooms/dance/book/", {**TIME, **WHO, "step": "confirm", "token": token})
    changed = client.post("/rooms/dance/book/", {**TIME, "start": "14:00", "end": "15:00", **WHO, "step": "check", "token": token})
    assert changed.context["token"] != token
    client.post("/rooms/dance/book/", {**TIME, "start": "14:00", "end": "15:00", **WHO, "step": "confirm", "token": changed.context["token"]})
    assert Booking.objects.count() == 2


def test_pages_of_the_booking_can_be_gone_back_to_and_are_never_shared(hub: Any, client: Client) -> None:
    RoomFactory(hub=hub, slug="dance")
    reply = client.post("/rooms/dance/book/", {**TIME, **WHO, "step": "check"})
    assert sorted(reply["Cache-Control"].split(", ")) == ["no-cache", "private"]


@pytest.mark.parametrize("day", [SATURDAY - timedelta(days=1), SATURDAY + timedelta(days=200), date(9999, 12, 31)])
def test_the_finder_refuses_days_out_of_reach_in_words(hub: Any, client: Client, day: date) -> None:
    RoomFactory(hub=hub)
    reply = client.get("/rooms/", {"day": day.isoformat(), "start": "14:00", "length": "60", "people": "3"})
    assert (reply.status_code, list(reply.context["form"].errors)) == (200, ["other_day"])


@pytest.mark.parametrize("query", [{}, {"day": SUNDAY.isoformat(), "start": "14:00", "length": "60", "people": "3"}])
@pytest.mark.parametrize("room_count", [1, 3])
def test_the_finder_takes_as_many_statements_for_three_rooms_as_for_one(hub: Any, client: Client, query: dict[str, str], room_count: int) -> None:
    RoomFactory.create_batch(room_count, hub=hub)
    client.get("/rooms/", query)
    with CaptureQueriesContext(connection) as statements:
        client.get("/rooms/", query)
    assert len(statements) == FINDER_STATEMENTS[bool(query)]


FINDER_STATEMENTS = {False: 3, True: 6}  # site, hub, rooms; with a question the rooms again and what is taken, what is closed


# --- whom it is for -----------------------------------------------------------------------------------------------------
def test_a_relative_who_is_chosen_is_called_by_their_own_name(hub: Any) -> None:
    user = UserFactory(name="王建国", phone="13800000002", phone_verified=True)
    me, mother = ResidentFactory(hub=hub, name="王建国", phone="13800000002", user=user), ResidentFactory(hub=hub, name="刘桂兰")
    link_by_phone(person=mother, kind="family", relative_name="王建国", relative_phone="13800000002", text_version="1", may_act=True)
    client, room = Client(), RoomFactory(hub=hub)
    client.force_login(user)
    sent = {**TIME, "who": f"person-{mother.pk}", "name": "王建国", "phone": "13800000002", "purpose": "排练"}
    checked = client.post(f"{room.url}book/", {**sent, "step": "check"}).content.decode()
    token = BeautifulSoup(checked, "html.parser").select_one("input[name=token]")
    client.post(f"{room.url}book/", {**sent, "step": "confirm", "token": token["value"] if token else ""})
    made = Booking.objects.get()
    assert (made.contact_name, made.for_person, made.asked_by) == ("刘桂兰", mother, me)
    unnamed = {**sent, "who": "other", "name": "", "start": "14:00", "end": "16:00", "step": "check"}
    assert client.post(f"{room.url}book/", unnamed).status_code == 422
    assert client.post(f"{room.url}book/", {**unnamed, "who": f"person-{me.pk}"}).status_code == 200
