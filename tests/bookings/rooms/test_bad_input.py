"""Bad input, a row a case, through the form and the API: a sentence that says how to mend it, nothing saved, everything typed kept."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from bookings.rooms.models import Booking, Room
from hub.core.versions import first_version
from hub.people.signin.tokens import issue_token
from hub.workdays.models import SpecialDay
from tests.cast import user_with
from tests.factories.rooms import SATURDAY, SUNDAY, RoomFactory, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
MONDAY = SUNDAY + timedelta(days=1)
GOOD = {"day": SUNDAY.isoformat(), "start": "09:00", "end": "11:00", "people": "5", "name": "王秀兰", "phone": "13800001234", "purpose": "排练"}


@pytest.fixture
def rooms(hub: Any, second_hub: Any) -> None:
    """A room, one of another hub, one that is not published; closed on a day; walk-in on Monday mornings."""
    days = [(day, "08:00", "20:00", "bookable") for day in range(8) if day != 0]
    RoomFactory(hub=hub, slug="dance", capacity=30, week=[*days, (0, "08:00", "12:00", "walk_in"), (0, "12:00", "20:00", "programme")])
    RoomFactory(hub=second_hub, slug="elsewhere")
    RoomFactory(hub=hub, slug="hidden", is_published=False)
    SpecialDay.objects.update_or_create(hub=hub, day_on=SUNDAY + timedelta(days=7), defaults={"kind": "closed", "label_zh": "检修"})
    type(hub).objects.filter(pk=hub.pk).update(calendar_version=first_version())


@pytest.fixture
def token(hub: Any) -> str:
    return issue_token(user=user_with("clerk", hub), hub=hub, label="test", by=None)


ROWS: list[tuple[str, dict[str, Any], str]] = [
    ("the end before the start", {"start": "11:00", "end": "09:00"}, "结束时间早于开始时间"),
    ("the past", {"day": SATURDAY.isoformat(), "start": "08:00", "end": "09:00"}, "这个时间已经过了"),
    ("beyond the horizon", {"day": (SATURDAY + timedelta(days=60)).isoformat()}, "最远只能订到"),
    ("a closed day", {"day": (SUNDAY + timedelta(days=7)).isoformat()}, "不开门"),
    ("a walk-in hour", {"day": MONDAY.isoformat()}, "直接来就行"),
    ("an hour for classes", {"day": MONDAY.isoformat(), "start": "13:00", "end": "15:00"}, "上课"),
    ("off the grid", {"start": "09:07", "end": "10:07"}, "一格"),
    ("too long", {"start": "09:00", "end": "18:00"}, "最多"),
    ("too short", {"start": "09:00", "end": "09:30"}, "至少"),
    ("nobody", {"people": "0"}, "几个人"),
    ("fewer than nobody", {"people": "-1"}, ""),
    ("too many", {"people": "31"}, "最多坐"),
]


@pytest.mark.usefixtures("rooms")
@pytest.mark.parametrize(("case", "change", "words"), ROWS, ids=[row[0] for row in ROWS])
def test_the_form_says_how_to_mend_it_and_keeps_everything(client: Client, case: str, change: dict[str, Any], words: str) -> None:
    typed = {**GOOD, **change, "step": "confirm", "token": "t" * 32}
    reply = client.post("/rooms/dance/book/", typed)
    assert reply.status_code == 422
    assert Booking.objects.count() == 0
    page = reply.content.decode()
    assert words in page
    for field in ("name", "phone", "purpose"):
        assert typed[field] in page


@pytest.mark.usefixtures("rooms")
@pytest.mark.parametrize(("case", "change", "words"), ROWS, ids=[row[0] for row in ROWS])
def test_the_api_says_so_at_the_field(client: Client, token: str, case: str, change: dict[str, Any], words: str) -> None:
    typed = {**GOOD, **change}
    day = (at(SUNDAY, "00:00") + timedelta(days=(type(SUNDAY).fromisoformat(typed["day"]) - SUNDAY).days)).date()
    body = {
        "room": "dance",
        "starts_at": at(day, typed["start"]).isoformat(),
        "ends_at": at(day, typed["end"]).isoformat(),
        "people_count": int(typed["people"]),
        "purpose": "排练",
    }
    reply = client.post("/api/v1/bookings", json.dumps(body), content_type="application/json", headers={"authorization": f"Bearer {token}"})
    assert (reply.status_code, Booking.objects.count()) == (422, 0)
    assert len(reply.json()["errors"]) == 1
    assert words in reply.json()["detail"]


@pytest.mark.usefixtures("rooms")
@pytest.mark.parametrize("slug", ["elsewhere", "hidden", "nowhere"])
def test_rooms_that_are_not_here_answer_alike(client: Client, token: str, slug: str) -> None:
    assert client.get(f"/rooms/{slug}/book/").status_code == 404
    assert client.post(f"/rooms/{slug}/book/", {**GOOD, "step": "confirm", "token": "t" * 32}).status_code == 404
    body = {"room": slug, "starts_at": at(SUNDAY, "09:00").isoformat(), "ends_at": at(SUNDAY, "11:00").isoformat(), "people_count": 5, "purpose": "排练"}
    reply = client.post("/api/v1/bookings", json.dumps(body), content_type="application/json", headers={"authorization": f"Bearer {token}"})
    assert (reply.status_code, list(reply.json()["errors"]), Booking.objects.count()) == (422, ["room"], 0)


HOSTILE = {
    "a NUL byte": "a\0b",
    "a lone surrogate": "a\ud800b",
    "a megabyte": "x" * 1_000_000,
    "an array": ["a", "b"],
    "an object": {"a": 1},
    "nothing": None,
    "a far year": "9999-12-31T23:59:00+08:00",
    "year one": "0001-01-01T00:00:00+14:00",
    "a time without offset": "2026-11-29T09:00:00",
    "a number too large": 10**30,
    "not a number": "五",
}


@pytest.mark.usefixtures("rooms")
@pytest.mark.parametrize("field", ["room", "starts_at", "ends_at", "people_count", "purpose", "name", "phone"])
@pytest.mark.parametrize("hostile", list(HOSTILE))
def test_no_value_of_the_api_is_ever_a_5xx(client: Client, token: str, field: str, hostile: str) -> None:
    body: dict[str, Any] = {
        "room": "dance", "starts_at": at(SUNDAY, "09:00").isoformat(), "ends_at": at(SUNDAY, "11:00").isoformat(), "people_count": 5, "purpose": "排练",
    }  # fmt: skip
    body[field] = HOSTILE[hostile]
    reply = client.post("/api/v1/bookings", json.dumps(body), content_type="application/json", headers={"authorization": f"Bearer {token}"})
    is_plain_text = field in {"purpose", "name"} and hostile in {"a far year", "year one", "a time without offset", "not a number"}
    assert reply.status_code in ({201} if is_plain_text else {400, 409, 422})


@pytest.mark.parametrize("raw", [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"null", b'{"room": "dance"}', b"[" * 100_000])
def test_a_body_that_is_no_booking(client: Client, hub: Any, raw: bytes) -> None:
    token = issue_token(user=user_with("clerk", hub), hub=hub, label="test", by=None)
    reply = client.post("/api/v1/bookings", raw, content_type="application/json", headers={"authorization": f"Bearer {token}"})
    assert reply.status_code in {400, 422}


@pytest.mark.usefixtures("rooms")
@pytest.mark.parametrize("field", ["day", "start", "end", "people", "name", "phone", "purpose", "token", "step", "who"])
@pytest.mark.parametrize(
    "hostile",
    [
        "a\0b",
        "\ud800".encode("utf-8", "surrogatepass").decode("latin-1"),
        "x" * 200_000,
        "9999-12-31",
        "0001-01-01",
        "25:99",
        "<script>alert(1)</script>",
        "'; DROP TABLE--",
    ],
)
def test_no_value_of_the_form_is_ever_a_5xx(client: Client, field: str, hostile: str) -> None:
    reply = client.post("/rooms/dance/book/", {**GOOD, "step": "confirm", "token": "t" * 32, field: hostile})
    assert reply.status_code in {200, 302, 400, 422}
    assert b"<script>alert" not in reply.content


@pytest.mark.usefixtures("rooms")
@pytest.mark.parametrize(
    "query",
    [
        "day=9999-12-31&start=09:00&length=60&people=2",
        "day=x&start=x&length=x&people=x",
        "day=2026-11-29&start=09:00&length=60&people=99999999999999999999",
        "start=%00",
        "day[]=1&people[]=2",
        "week=9999-12-31",
        "week=0001-01-01",
        "view=../../etc",
    ],
)
@pytest.mark.parametrize("page", ["/rooms/", "/rooms/dance/", "/rooms/dance/book/", "/en/rooms/dance/door/", "/rooms/dance/calendar.ics"])
def test_no_query_is_ever_a_5xx(client: Client, page: str, query: str) -> None:
    assert client.get(f"{page}?{query}").status_code in {200, 302, 400, 404, 422}


@pytest.mark.usefixtures("rooms")
@pytest.mark.parametrize(
    ("name", "phone", "stored_phone"),
    [
        ("丁", "１３８ ００００ １２３４", "13800001234"),
        ("阿依古丽·买买提", "+86 138-0000-1234", "13800001234"),
        ("𬭊𬭊", "0371-66212590", "037166212590"),
        ("王" * 40, "66212590", "037166212590"),
    ],
)
def test_names_and_numbers_as_people_write_them(client: Client, name: str, phone: str, stored_phone: str) -> None:
    reply = client.post("/rooms/dance/book/", {**GOOD, "name": name, "phone": phone, "people": "１２人", "step": "confirm", "token": "t" * 32})
    booking = Booking.objects.get()
    assert (reply.status_code, booking.contact_name, booking.contact_phone, booking.people_count) == (302, name, stored_phone, 12)
    assert name in client.get(reply["Location"]).content.decode()


def test_the_client_cannot_name_its_price(client: Client, hub: Any) -> None:
    RoomFactory(hub=hub, slug="meeting", price=2000)
    client.post("/rooms/meeting/book/", {**GOOD, "price_fen": "0", "list_fen": "0", "state": "confirmed", "step": "confirm", "token": "t" * 32})
    assert Booking.objects.get().price_fen == 4000


def test_every_way_in_is_refused_alike_when_the_room_is_taken(client: Client, hub: Any, as_role: Callable[..., Client]) -> None:
    room: Room = RoomFactory(hub=hub, slug="dance")
    client.post("/rooms/dance/book/", {**GOOD, "step": "confirm", "token": "a" * 32})
    again = client.post("/rooms/dance/book/", {**GOOD, "step": "confirm", "token": "b" * 32})
    token = issue_token(user=user_with("clerk", hub), hub=hub, label="test", by=None)
    body = {"room": "dance", "starts_at": at(SUNDAY, "09:00").isoformat(), "ends_at": at(SUNDAY, "11:00").isoformat(), "people_count": 5, "purpose": "排练"}
    api = client.post("/api/v1/bookings", json.dumps(body), content_type="application/json", headers={"authorization": f"Bearer {token}"})
    counter = as_role("clerk").post("/admin/booking/book/", {**GOOD, "room": room.pk, "channel": "counter"})
    assert (again.status_code, api.status_code, len(api.json()["other_times"]), counter.status_code, Booking.objects.count()) == (422, 409, 3, 200, 1)
