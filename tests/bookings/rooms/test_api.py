"""/api/v1/ as a program meets it."""

import json
from typing import Any

import pytest
from django.test import Client

from bookings.rooms.models import Booking
from hub.people.signin.tokens import issue_token
from tests.cast import user_with
from tests.factories.rooms import SUNDAY, RoomFactory, at

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
BODY = {"room": "dance", "starts_at": at(SUNDAY, "09:00").isoformat(), "ends_at": at(SUNDAY, "11:00").isoformat(), "people_count": 5, "purpose": "排练"}


class Api:
    """A client with somebody's token."""

    def __init__(self, hub: Any, role: str = "clerk") -> None:
        self.client = Client(headers={"host": hub.site.hostname})
        self.token = issue_token(user=user_with(role, hub), hub=hub, label="test", by=None)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        more = {"authorization": f"Bearer {self.token}", **{name.replace("_", "-"): value for name, value in headers.items()}}
        return self.client.generic(method, f"/api/v1/{path}", json.dumps(body) if body is not None else "", content_type="application/json", headers=more)


@pytest.fixture
def api(hub: Any) -> Api:
    RoomFactory(hub=hub, slug="dance")
    return Api(hub)


def test_rooms_are_listed(api: Api) -> None:
    (room,) = api.call("GET", "rooms").json()
    assert (room["slug"], room["name"], room["capacity"]) == ("dance", "舞蹈排练室", 30)


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer nonsense", "Basic abc"])
def test_without_a_token_there_is_nothing(client: Client, hub: Any, token: str) -> None:
    assert client.get("/api/v1/rooms", headers={"authorization": token}).status_code == 401


def test_a_token_opens_its_own_hub_alone(api: Api, second_hub: Any) -> None:
    reply = Client(headers={"host": second_hub.site.hostname}).get("/api/v1/rooms", headers={"authorization": f"Bearer {api.token}"})
    assert reply.status_code == 401


def test_a_booking_is_made_listed_and_cancelled(api: Api) -> None:
    made = api.call("POST", "bookings", BODY)
    reference = made.json()["reference"]
    assert (made.status_code, len(reference)) == (201, 8)
    assert [row["reference"] for row in api.call("GET", "bookings").json()] == [reference]
    assert api.call("DELETE", f"bookings/{reference}").status_code == 204
    assert Booking.objects.get().state == "cancelled"


def test_a_taken_time_answers_with_other_free_times(api: Api) -> None:
    api.call("POST", "bookings", BODY)
    reply = api.call("POST", "bookings", BODY)
    assert (reply.status_code, len(reply.json()["other_times"])) == (409, 3)
    offered = reply.json()["other_times"][0]
    assert api.call("POST", "bookings", {**BODY, **offered}).status_code == 201


def test_the_same_key_gives_the_first_answer_and_another_body_is_refused(api: Api) -> None:
    first, again = (api.call("POST", "bookings", BODY, idempotency_key="k1") for _time in range(2))
    assert (first.status_code, again.status_code, first.json(), Booking.objects.count()) == (201, 201, again.json(), 1)
    assert api.call("POST", "bookings", {**BODY, "people_count": 6}, idempotency_key="k1").status_code == 422
    assert api.call("POST", "bookings", BODY, idempotency_key="k2").status_code == 409


def test_a_key_belongs_to_its_owner(api: Api, hub: Any) -> None:
    api.call("POST", "bookings", BODY, idempotency_key="k1")
    assert Api(hub, "operator").call("POST", "bookings", BODY, idempotency_key="k1").status_code == 409


def test_somebody_elses_booking_and_none_at_all_answer_alike(api: Api, hub: Any) -> None:
    reference = api.call("POST", "bookings", BODY).json()["reference"]
    other = Api(hub, "operator")
    theirs, none = other.call("DELETE", f"bookings/{reference}"), other.call("DELETE", "bookings/00000000")
    assert (theirs.status_code, theirs.json()) == (none.status_code, none.json()) == (404, none.json())


def test_availability_in_spans_with_an_offset(api: Api) -> None:
    api.call("POST", "bookings", BODY)
    (day,) = api.call("GET", f"rooms/dance/availability?from={SUNDAY}&to={SUNDAY}").json()
    assert (day["state"], [span["starts_at"] for span in day["free"]]) == ("free", ["2026-11-29T08:00:00+08:00", "2026-11-29T11:00:00+08:00"])


def test_the_description_is_open_to_programs(client: Client, hub: Any) -> None:
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert sorted(paths) == ["/api/v1/bookings", "/api/v1/bookings/{reference}", "/api/v1/rooms", "/api/v1/rooms/{slug}/availability"]
