"""The board: missed calls, call-backs, people to ring, what the domains join; the telephone's own doors."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from bookings.orders.models import Order
from hub.core import clock
from hub.core.joins import board_panels, desk_cards, desk_tasks, figures, integrity_checks
from hub.desk import actions, demo
from hub.desk.actions import blank_old
from hub.desk.board import Board, board_of
from hub.desk.models import Call
from hub.notifications.models import Message
from hub.people.actions.erasure import erase_resident
from hub.people.queries import personal_data_of
from hub.people.signin.tokens import issue_token
from hub.promises.models import Promise
from tests.cast import signed_in_as, user_with
from tests.factories.notifications import CallFactory
from tests.factories.orders import order, past_order
from tests.factories.promises import PromiseFactory
from tests.factories.rooms import RoomFactory, book
from tests.hub.desk.calling import LANDLINE, MOBILE, a_call, a_caller, a_service, code_of, ordering, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def operator(hub: Any) -> Client:
    return signed_in_as("operator", hub)


def board_at(hub: Any) -> Board:
    """What the operator sees at this hub."""
    user = user_with("operator", hub)
    user.acting_at = hub
    return board_of(hub, user)


# --- missed calls ---------------------------------------------------------------------------------------------------
def test_a_missed_call_stays_until_somebody_was_reached(hub: Any, operator: Client) -> None:
    for _time in range(2):
        assert operator.post("/desk/missed/", {"number": "66218834"}).status_code == 201
    missed = Call.objects.missed().first()
    assert missed is not None
    board = board_at(hub)
    assert [(row.call.phone, row.count) for row in board.missed] == [(LANDLINE, 2)]
    for code, left in (("not_reached", 2), ("answered", 0)):
        operator.post(f"/desk/missed/{missed.token}/ring/")
        ringing = Call.objects.answered().open().get()
        assert (ringing.direction, ringing.phone) == ("out", LANDLINE)
        post(operator, ringing, "close", **{"wrap-code": code_of(hub, code).pk})
        assert Call.objects.missed().open().count() == left


def test_ringing_in_again_settles_the_missed_call(hub: Any, operator: Client) -> None:
    actions.note_missed(hub=hub, phone=LANDLINE)
    post(operator, a_call(hub, phone=LANDLINE), "close", **{"wrap-code": code_of(hub).pk})
    assert Call.objects.open().count() == 0


def test_ring_back_pressed_twice_is_one_call(hub: Any, operator: Client) -> None:
    missed = actions.note_missed(hub=hub, phone=LANDLINE)
    for _press in range(2):
        operator.post(f"/desk/missed/{missed.token}/ring/")
    assert Call.objects.answered().count() == 1


def test_a_missed_call_that_is_settled_is_said_so(hub: Any, operator: Client) -> None:
    missed = actions.note_missed(hub=hub, phone=LANDLINE)
    post(operator, a_call(hub, phone=LANDLINE), "close", **{"wrap-code": code_of(hub).pk})
    page = operator.post(f"/desk/missed/{missed.token}/ring/", follow=True)
    assert page.redirect_chain == [("/desk/", 302)]
    assert Call.objects.answered().open().count() == 0


# --- the softphone --------------------------------------------------------------------------------------------------
def test_a_softphone_pops_the_screen_and_is_told_nothing_about_who_it_is(hub: Any, operator: Client) -> None:
    person = a_caller(hub)
    answers = [operator.post("/desk/ring/", {"number": "138 0000 1234"}) for _time in range(2)]
    call = Call.objects.get()
    assert (call.person, call.operator, call.phone) == (person, user_with("operator", hub), MOBILE)
    assert [answer.json() for answer in answers] == [{"url": call.url}] * 2
    assert MOBILE not in answers[0].content.decode()


def test_a_softphone_without_a_session_brings_the_operators_token(hub: Any, second_hub: Any) -> None:
    client = Client(enforce_csrf_checks=True, headers={"host": hub.site.hostname})
    tokens = {name: issue_token(user=user_with(role, at), hub=at) for name, role, at in (
        ("ours", "operator", hub), ("no_operator", "editor", hub), ("theirs", "operator", second_hub),
    )}  # fmt: skip

    def rung(token: str) -> int:
        return client.post("/desk/ring/", {"number": MOBILE}, headers={"authorization": f"Bearer {token}"}).status_code

    assert {name: rung(token) for name, token in tokens.items()} == {"ours": 201, "no_operator": 401, "theirs": 401}
    assert [rung(token) for token in ("", "hub_", "hub_" + "x" * 500, "王")] == [401] * 4
    assert client.post("/desk/ring/", {"number": MOBILE}).status_code == 403
    assert Call.objects.count() == 1


@pytest.mark.parametrize("number", ["", "12", "打我", "1" * 100_000, "138\x001234"])
@pytest.mark.parametrize("door", ["ring", "missed"])
def test_a_number_that_is_none(operator: Client, door: str, number: str) -> None:
    assert operator.post(f"/desk/{door}/", {"number": number}).status_code == 422
    assert Call.objects.count() == 0


# --- the lists ------------------------------------------------------------------------------------------------------
def test_orders_stand_on_the_board_the_late_ones_first(hub: Any, operator: Client) -> None:
    service = a_service(hub)
    coming, _waiting = (past_order(hub, service, days_ago=-1, state=state) for state in ("assigned", "taken"))
    late = past_order(hub, service, state="on_the_way")
    past_order(hub, service, state="done")
    listed = board_panels["orders"].rows(hub, user_with("operator", hub))
    assert [(row.url, row.is_late) for row in listed] == [(f"/admin/order/inspect/{late.pk}/", True), (f"/admin/order/inspect/{coming.pk}/", False)]


def test_who_can_only_be_rung_is_on_the_board_and_leaves_it_when_told(hub: Any, operator: Client) -> None:
    message = CallFactory(hub=hub, phone=LANDLINE, text="您订的房间明天下午2点")
    page = operator.get("/desk/").content.decode()
    assert "037****8834" in page and LANDLINE not in page and "您订的房间明天下午2点" in page
    operator.post(f"/desk/rung/{message.pk}/", {"outcome": "x"})
    assert Message.objects.get().state == "to_ring"
    operator.post(f"/desk/rung/{message.pk}/", {"outcome": "told"})
    assert (Message.objects.get().state, board_at(hub).to_ring) == ("rung", [])


def test_a_call_back_is_taken_from_the_board(hub: Any, operator: Client) -> None:
    owed = PromiseFactory(hub=hub, kind="call_back", due_at=clock.now() - timedelta(minutes=20))
    board = board_at(hub)
    assert [(row.promise, row.is_late, row.call) for row in board.call_backs] == [(owed, True, None)]
    assert (board.counts["owed"], board.counts["late"]) == (1, 1)
    operator.post(f"/desk/call-backs/{owed.pk}/take/")
    owed.refresh_from_db()
    assert owed.owner == user_with("operator", hub)


@pytest.fixture
def only_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """The desk with rooms and orders: what other domains join has its own counts."""
    for registry in (board_panels, desk_cards, desk_tasks):
        monkeypatch.setattr(registry, "_rows", {name: row for name, row in registry._rows.items() if name in {"orders", "rooms", "call_back"}})


def a_busy_day(hub: Any, count: int) -> None:
    service = a_service(hub)
    for n in range(count):
        person = a_caller(hub, phone=f"1380000{n:04d}", household=None)
        past_order(hub, service, days_ago=-1, state="assigned", for_person=person)
        call = a_call(hub, person=person, phone=person.phones.get().number)
        actions.note_missed(hub=hub, phone=f"1390000{n:04d}")
        PromiseFactory(hub=hub, kind="call_back", subject_label="desk.call", subject_ref=call.token, owner=user_with("clerk", hub), taken_at=clock.now())
        CallFactory(hub=hub, user=user_with("clerk", hub))


@pytest.mark.usefixtures("only_ours")
@pytest.mark.parametrize("count", [1, 5])
def test_the_board_asks_the_same_however_long_the_lists_are(hub: Any, operator: Client, django_assert_num_queries: Any, count: int) -> None:
    a_busy_day(hub, count)
    operator.get("/desk/")
    with django_assert_num_queries(16):
        assert operator.get("/desk/").status_code == 200


@pytest.mark.usefixtures("only_ours")
@pytest.mark.parametrize("count", [1, 5])
def test_the_card_asks_the_same_however_much_there_is(hub: Any, operator: Client, django_assert_num_queries: Any, count: int) -> None:
    person, room, service = a_caller(hub), RoomFactory(hub=hub), a_service(hub)
    for n in range(count):
        a_caller(hub, name=f"家人{n}")  # at the same number
        order(hub, service, for_person=person, another=True, taken_by=person.user or user_with("clerk", hub))
        book(hub, room, f"{10 + n}:00", f"{11 + n}:00", for_person=person, taken_by=user_with("clerk", hub))
    call = a_call(hub, person=person)
    operator.get(call.url)
    with django_assert_num_queries(27):
        assert operator.get(call.url).status_code == 200


# --- numbers, checks, what is forgotten -----------------------------------------------------------------------------
def test_the_directors_figures_equal_their_rows(hub: Any) -> None:
    call = a_call(hub)
    actions.wrap_up(call=call, code=code_of(hub), by=call.operator)
    a_call(hub, phone=LANDLINE)
    actions.note_missed(hub=hub, phone=LANDLINE)
    PromiseFactory(hub=hub, kind="call_back", due_at=clock.now() - timedelta(hours=1), done_at=clock.now() - timedelta(hours=2), outcome="kept")
    PromiseFactory(hub=hub, kind="call_back", due_at=clock.now() - timedelta(minutes=5))
    day = clock.today()
    start, end = clock.day_bounds(day)
    counted = {name: figures[name].count(hub, start, end) for name in ("desk.calls", "desk.missed", "desk.call_backs")}
    assert counted == {"desk.calls": 2, "desk.missed": 1, "desk.call_backs": 50}
    director = signed_in_as("director", hub)
    for name in ("desk.calls", "desk.missed"):
        page = director.get(figures[name].url(day, day))
        assert (name, len(page.context["object_list"])) == (name, counted[name])


def test_calls_older_than_a_year_lose_their_words(hub: Any, frozen: Any) -> None:
    old = a_call(hub, name="王秀兰")
    actions.keep_draft(call=old, task="orders", typed={"what": "漏水"}, turn=0, by=old.operator)
    frozen.shift(timedelta(days=366))
    a_call(hub, name="李大爷")
    assert (blank_old(), blank_old()) == (1, 0)
    old.refresh_from_db()
    assert (old.phone, old.name, old.note, old.draft, old.said) == ("", "", "", None, None)
    assert Call.objects.with_words().count() == 1


def test_what_a_person_is_handed_and_what_goes_with_them(hub: Any, operator: Client) -> None:
    person = a_caller(hub)
    call = a_call(hub, person=person)
    post(operator, call, "do", **ordering(a_service(hub), whom=person.pk))
    post(operator, call, "do", task="call_back", about="助听器", due="60", owner="me", turn="1")
    handed = personal_data_of(person)["desk.call"]
    assert (handed[0]["phone"], handed[0]["done"][0], handed[1]["call_back"]) == (MOBILE, Order.objects.get().reference, "助听器")
    erase_resident(resident=person, by=user_with("director", hub), reason="本人要求")
    call.refresh_from_db()
    assert (call.phone, call.name, call.said, Promise.objects.get().note) == ("", "", None, "")


def test_all_is_well(hub: Any, operator: Client) -> None:
    post(operator, a_call(hub, person=a_caller(hub)), "close", **{"wrap-code": code_of(hub).pk})
    assert [sentence for name in ("desk.codes", "desk.strayed") for sentence in integrity_checks[name].find()] == []


def test_a_stray_is_found(hub: Any, second_hub: Any) -> None:
    call = a_call(hub)
    Call.objects.filter(pk=call.pk).update(person=a_caller(second_hub))
    assert list(integrity_checks["desk.strayed"].find()) == [f"call {call.pk} belongs to another hub than its person, code or call-back"]


def test_the_demo_has_calls_in_every_state(hub: Any) -> None:
    class World:
        notes = {"users": {"operator": user_with("operator", hub)}, "residents": {}}

    World.hub = hub  # type: ignore[attr-defined]  # a bare class stands for the demo's world
    for _time in range(2):
        demo.seed(World)
    board = board_at(hub)
    assert (len(board.mine), [row.count for row in board.missed], [row.is_late for row in board.call_backs]) == (1, [2, 1], [True, False])


def test_codes_are_the_directors_to_keep(hub: Any, operator: Client) -> None:
    director = signed_in_as("director", hub)
    typed = {"code": "praise", "label_zh": "表扬", "label_en": "Praise", "was_reached": "on", "is_active": "on", "sort_order": "5"}
    assert director.post(reverse("wrap_up_code:add"), typed).status_code == 302
    assert operator.get(reverse("wrap_up_code:add")).status_code == 404
    assert "1 表扬" in operator.get(a_call(hub).url).content.decode()


def test_the_help_sheet_names_keys_and_codes(hub: Any, operator: Client) -> None:
    page = operator.get("/desk/help/").content.decode()
    assert [words for words in ("Alt F", "Ctrl", "约好再回电", hub.hotline) if words not in page] == []


def test_the_job_runs(hub: Any) -> None:
    call_command("keep_house", "--once")
