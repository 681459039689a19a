"""How long somebody stays signed in, and what the demo shows."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from hub.people.models import User
from tests.hub.people.signin.conftest import PHONE, ask_code, code_in_outbox, give_password, sign_in_by_code, who

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def by_hand() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-28T02:00:00Z", tick=False) as clock:
        yield clock


def busy_until(client: Client, by_hand: Any, hours: int) -> None:
    """Somebody at work: the session is written every hour."""
    for _each in range(hours):
        by_hand.shift(timedelta(hours=1))
        client.get("/admin/account/")
        session = client.session
        session["touched"] = session.get("touched", 0) + 1
        session.save()


def test_staff_stay_twelve_hours_however_busy(clerk: User, visitor: Client, by_hand: Any) -> None:
    give_password(visitor)
    busy_until(visitor, by_hand, 11)
    assert visitor.get("/admin/account/").status_code == 200
    by_hand.shift(timedelta(hours=1))
    out = visitor.get("/admin/account/")
    assert (out["Location"], who(visitor)) == ("/login/?password=1&next=%2Fadmin%2Faccount%2F", None)


def test_a_staff_session_ends_on_public_pages_as_well(clerk: User, visitor: Client, by_hand: Any) -> None:
    give_password(visitor)
    by_hand.shift(timedelta(hours=12))
    assert visitor.get("/login/").status_code == 200
    assert who(visitor) is None


def test_residents_stay_fourteen_days(visitor: Client, by_hand: Any) -> None:
    sign_in_by_code(visitor)
    by_hand.shift(timedelta(days=13, hours=23))
    assert visitor.get("/login/")["Location"] == "/me/"
    by_hand.shift(timedelta(hours=2))
    assert visitor.get("/login/").status_code == 200


def test_a_session_without_a_beginning_begins_now(clerk: User, by_hand: Any) -> None:
    client = Client()
    client.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/account/").status_code == 200
    by_hand.shift(timedelta(hours=12))
    assert client.get("/admin/account/")["Location"].startswith("/login/?password=1")


# --- the demo -------------------------------------------------------------------------------------------------------
def test_the_demo_shows_its_logins_and_the_code(visitor: Client, settings: Any) -> None:
    settings.HUB_DEMO = True
    User.objects.create_user(username="resident", password="resident")
    assert "<code>resident</code>" in visitor.get("/login/").content.decode()
    assert "<code>resident</code>" in visitor.get("/login/?password=1").content.decode()
    ask_code(visitor)
    page = visitor.get("/login/code/").content.decode()
    assert f"<b data-demo-code>{code_in_outbox()}</b>" in page


def test_the_demo_shows_a_code_to_nobody_else(visitor: Client, settings: Any) -> None:
    settings.HUB_DEMO = True
    ask_code(visitor)
    assert "data-demo-code" not in Client().get("/login/").content.decode()


def test_outside_the_demo_nothing_of_it_is_there(visitor: Client, settings: Any) -> None:
    User.objects.create_user(username="resident", password="resident")
    settings.HUB_DEMO = True
    ask_code(visitor)
    settings.HUB_DEMO = False
    pages = [visitor.get(path).content.decode() for path in ("/login/", "/login/?password=1", "/login/code/")]
    assert [("data-demo" in page, code_in_outbox(PHONE) in page) for page in pages] == [(False, False)] * 3
