"""The app on the phone: set up, asked for, reset by a colleague. With allauth's real TOTP and a clock run by hand."""

import re
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.exceptions import PermissionDenied
from django.test import Client

from hub.audit.models import Line
from hub.core.errors import RuleBroken
from hub.people.models import User
from hub.people.signin import actions
from hub.people.signin.permissions import user_can_reset_totp
from tests.cast import user_with
from tests.hub.people.signin.conftest import PHONE, give_password, sign_in_by_code, who

pytestmark = pytest.mark.django_db
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def by_hand(settings: Any) -> Iterator[time_machine.Traveller]:
    settings.STAFF_NEEDS_TOTP = True
    with time_machine.travel("2026-11-28T02:00:00Z", tick=False) as clock:
        yield clock


def app_shows(secret: str = SECRET, *, later: int = 0) -> str:
    """What an app with `secret` shows now, or `later` seconds on."""
    return format_hotp_value(hotp_value(secret.replace(" ", ""), int(time.time() + later) // 30))


def wrong_code(secret: str = SECRET) -> str:
    near = {app_shows(secret, later=seconds) for seconds in (-60, -30, 0, 30, 60)}
    return next(code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in near)


@pytest.fixture
def with_app(clerk: User, hub: Any) -> User:
    """The clerk, app set up; `recovery` are the codes of the sheet."""
    kept = actions.set_up_totp(user=clerk, hub=hub, secret=SECRET)
    assert kept is not None
    clerk.recovery = kept[1]  # type: ignore[attr-defined]  # for the test
    return clerk


def test_without_an_app_staff_are_led_to_set_one_up(clerk: User, visitor: Client) -> None:
    give_password(visitor, next="/admin/account/")
    led = visitor.get("/admin/account/")
    assert (led.status_code, led["Location"]) == (302, "/login/second-step/set-up/?next=%2Fadmin%2Faccount%2F")
    page = visitor.get(led["Location"]).content.decode()
    assert page.count("<svg") >= 1
    assert secret_on(visitor.get(led["Location"]).content.decode()) == secret_on(page)
    assert Authenticator.objects.count() == 0


def secret_on(page: str) -> str:
    found = re.search(r"<code lang=\"en\">([A-Z2-7 ]+)</code>", page)
    assert found
    return found.group(1)


def test_setting_up_shows_the_recovery_codes_once_and_opens_the_admin(clerk: User, visitor: Client) -> None:
    give_password(visitor)
    secret = secret_on(visitor.get("/login/second-step/set-up/?next=/admin/account/").content.decode())
    done = visitor.post("/login/second-step/set-up/", {"code": app_shows(secret), "next": "/admin/account/"})
    page = done.content.decode()
    assert len(re.findall(r"<code>\d{4} \d{4}</code>", page)) == 10
    assert 'href="/admin/account/"' in page
    assert "no-store" in done["Cache-Control"]
    assert visitor.get("/admin/account/").status_code == 200
    assert visitor.get("/login/second-step/set-up/")["Location"] == "/admin/"
    assert list(Line.objects.filter(verb="set_up_totp").values_list("actor", flat=True)) == [clerk.pk]


def test_the_secret_is_kept_encrypted(with_app: User) -> None:
    assert SECRET not in str(list(Authenticator.objects.values_list("data", flat=True)))


def test_a_wrong_first_code_sets_nothing_up(clerk: User, visitor: Client) -> None:
    give_password(visitor)
    secret = secret_on(visitor.get("/login/second-step/set-up/").content.decode())
    again = visitor.post("/login/second-step/set-up/", {"code": wrong_code(secret)})
    assert (again.status_code, bool(again.context["form"].errors), Authenticator.objects.count()) == (200, True, 0)
    assert secret_on(again.content.decode()) == secret


def test_after_the_password_the_app_is_asked(with_app: User, visitor: Client) -> None:
    step = give_password(visitor, next="/admin/account/")
    assert (step["Location"], who(visitor)) == ("/login/second-step/", None)
    assert visitor.get("/admin/account/")["Location"].startswith("/admin/login/")
    done = visitor.post("/login/second-step/", {"code": app_shows()})
    assert (done["Location"], who(visitor)) == ("/admin/account/", str(with_app.pk))
    assert visitor.get("/admin/account/").status_code == 200


def test_the_app_is_asked_as_well_where_it_is_no_duty(with_app: User, visitor: Client, settings: Any) -> None:
    settings.STAFF_NEEDS_TOTP = False
    assert give_password(visitor)["Location"] == "/login/second-step/"
    assert who(visitor) is None


def test_the_session_is_a_new_one_after_the_second_step(with_app: User, visitor: Client) -> None:
    give_password(visitor)
    before = visitor.session.session_key
    visitor.post("/login/second-step/", {"code": app_shows()})
    assert visitor.session.session_key != before


@pytest.mark.parametrize("later", [-30, 0, 30])
def test_a_clock_may_be_half_a_minute_off(with_app: User, visitor: Client, later: int) -> None:
    give_password(visitor)
    visitor.post("/login/second-step/", {"code": app_shows(later=later)})
    assert who(visitor) == str(with_app.pk)


def test_not_more(with_app: User, visitor: Client) -> None:
    give_password(visitor)
    visitor.post("/login/second-step/", {"code": app_shows(later=-90)})
    assert who(visitor) is None


def test_a_code_opens_once_as_long_as_it_is_valid(with_app: User, hub: Any, by_hand: Any) -> None:
    code = app_shows(later=30)
    first, second = Client(), Client()
    give_password(first)
    first.post("/login/second-step/", {"code": code})
    assert who(first) == str(with_app.pk)
    by_hand.shift(timedelta(seconds=45))
    give_password(second)
    second.post("/login/second-step/", {"code": code})
    assert who(second) is None


def test_a_recovery_code_opens_once(with_app: User, hub: Any) -> None:
    code = with_app.recovery[0]  # type: ignore[attr-defined]  # from the fixture
    first, second = Client(), Client()
    for client in (first, second):
        give_password(client)
        client.post("/login/second-step/", {"code": f"{code[:4]} {code[4:]}"})
    assert (who(first), who(second)) == (str(with_app.pk), None)
    assert first.get("/admin/account/").status_code == 200


BAD: list[Any] = ["", "12345", "abcdef", "1" * 1_000_000, ["1", "2"], "12345\x00", "１２३", "12345\ufffd", "²"]


@pytest.mark.parametrize("typed", BAD)
def test_what_is_no_code_costs_no_try(with_app: User, visitor: Client, typed: Any) -> None:
    give_password(visitor)
    for _each in range(6):
        answer = visitor.post("/login/second-step/", {"code": typed})
        assert (answer.status_code, bool(answer.context["form"].errors)) == (200, True)
    visitor.post("/login/second-step/", {"code": app_shows()})
    assert who(visitor) == str(with_app.pk)


def test_five_wrong_codes_close_the_second_step_for_everybody_with_that_password(with_app: User, hub: Any, by_hand: Any) -> None:
    for _each in range(5):
        client = Client()
        give_password(client)
        client.post("/login/second-step/", {"code": wrong_code()})
    late = Client()
    give_password(late)
    answer = late.post("/en/login/second-step/", {"code": app_shows()})
    assert (who(late), "Please try again in 15 minutes" in answer.content.decode()) == (None, True)
    by_hand.shift(timedelta(minutes=16))
    give_password(late)
    late.post("/login/second-step/", {"code": app_shows()})
    assert who(late) == str(with_app.pk)


def test_the_second_step_is_nowhere_without_the_first(hub: Any, visitor: Client) -> None:
    assert visitor.get("/login/second-step/")["Location"] == "/login/"
    assert visitor.post("/login/second-step/", {"code": "123456"})["Location"] == "/login/"
    assert visitor.get("/login/second-step/set-up/")["Location"].startswith("/login/?next=")


def test_an_account_closed_between_the_steps_stays_outside(with_app: User, visitor: Client) -> None:
    give_password(visitor)
    User.objects.filter(pk=with_app.pk).update(is_active=False)
    assert visitor.post("/login/second-step/", {"code": app_shows()})["Location"] == "/login/"
    assert who(visitor) is None


def test_a_number_alone_does_not_set_an_app_up(clerk: User, visitor: Client) -> None:
    User.objects.filter(pk=clerk.pk).update(phone=PHONE, phone_verified=True)
    sign_in_by_code(visitor)
    assert who(visitor) == str(clerk.pk)
    assert visitor.get("/admin/")["Location"] == "/login/?password=1&next=%2Fadmin%2F"
    assert visitor.get("/login/second-step/set-up/")["Location"].startswith("/login/?password=1")
    assert visitor.get("/login/?password=1&next=/admin/").status_code == 200


def test_number_and_app_are_two_steps_as_well(with_app: User, visitor: Client) -> None:
    User.objects.filter(pk=with_app.pk).update(phone=PHONE, phone_verified=True)
    assert sign_in_by_code(visitor)["Location"] == "/login/second-step/"
    visitor.post("/login/second-step/", {"code": app_shows()})
    assert visitor.get("/admin/account/").status_code == 200


@pytest.mark.parametrize("path", ["/admin/", "/admin/pages/", "/desk/", "/en/desk/", "/review/"])
def test_no_staff_page_opens_without_the_app(clerk: User, visitor: Client, path: str) -> None:
    give_password(visitor)
    assert [urlsplit(ask(path)["Location"]).path.removeprefix("/en") for ask in (visitor.get, visitor.post)] == ["/login/second-step/set-up/"] * 2


def test_residents_are_not_asked_for_an_app(hub: Any, visitor: Client) -> None:
    sign_in_by_code(visitor)
    assert visitor.get("/login/")["Location"] == "/me/"
    assert visitor.get("/login/second-step/set-up/").status_code == 404


# --- the reset ------------------------------------------------------------------------------------------------------
@pytest.fixture
def director(hub: Any) -> User:
    user = user_with("director", hub)
    user.acting_at = hub
    return user


def test_a_reset_takes_app_and_sheet_away_and_is_written_down(with_app: User, director: User) -> None:
    actions.reset_totp(user=with_app, by=director, reason="phone lost, came in person")
    line = Line.objects.get(verb="reset_totp")
    assert (Authenticator.objects.count(), line.actor_id, line.subject_ref, line.reason) == (0, director.pk, str(with_app.pk), "phone lost, came in person")


def test_after_a_reset_the_open_session_is_out_of_the_admin(with_app: User, director: User, visitor: Client) -> None:
    give_password(visitor)
    visitor.post("/login/second-step/", {"code": app_shows()})
    actions.reset_totp(user=with_app, by=director, reason="phone lost")
    assert visitor.get("/admin/account/")["Location"] == "/login/?password=1&next=%2Fadmin%2Faccount%2F"
    assert who(visitor) is None
    give_password(visitor)
    assert visitor.get("/admin/")["Location"].startswith("/login/second-step/set-up/")


def test_a_reset_needs_a_reason_and_somebody_else(with_app: User, director: User, hub: Any) -> None:
    with pytest.raises(RuleBroken, match="reason_missing"):
        actions.reset_totp(user=with_app, by=director, reason="  ")
    with pytest.raises(PermissionDenied):
        actions.reset_totp(user=director, by=director, reason="lost mine")
    assert Authenticator.objects.filter(user=with_app).count() == 2


def test_who_may_reset(with_app: User, director: User, hub: Any, second_hub: Any) -> None:
    with_app.acting_at = hub
    stranger = user_with("director", second_hub)
    stranger.acting_at = second_hub
    resident = User.objects.create(username="resident")
    assert user_can_reset_totp(director, with_app) is True
    assert user_can_reset_totp(director, director) is False
    assert user_can_reset_totp(director, resident) is False
    assert user_can_reset_totp(with_app, director) is False
    assert user_can_reset_totp(stranger, with_app) is False
    assert user_can_reset_totp(director) is True
