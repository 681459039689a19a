"""How often, by number, by name and by address; time runs by hand."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client, RequestFactory

from hub.notifications.models import Message
from hub.people.models import User
from hub.people.signin import throttle
from tests.hub.people.signin.conftest import PASSWORD, ask_code, give_password, who

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def by_hand() -> Iterator[time_machine.Traveller]:
    with time_machine.travel("2026-11-28T02:00:00Z", tick=False) as clock:
        yield clock


def numbers(count: int) -> list[str]:
    return [f"139000{each:05}" for each in range(count)]


def test_a_number_gets_one_code_a_minute(visitor: Client, by_hand: Any) -> None:
    assert ask_code(visitor).status_code == 302
    by_hand.shift(timedelta(seconds=20))
    refused = visitor.post("/en/login/", {"phone": "13800001234"})
    assert "That was too often. Please try again in 40 seconds. Or ring 66212590, we help you." in refused.content.decode()
    by_hand.shift(timedelta(seconds=41))
    assert ask_code(visitor).status_code == 302
    assert Message.objects.count() == 2


def test_a_number_gets_five_codes_an_hour_from_wherever_they_are_asked(hub: Any, by_hand: Any) -> None:
    answers = []
    for each in range(6):
        answers.append(Client(REMOTE_ADDR=f"203.0.113.{each}").post("/en/login/", {"phone": "13800001234"}))
        by_hand.shift(timedelta(minutes=5))
    assert [answer.status_code for answer in answers] == [302] * 5 + [200]
    assert "Please try again in 35 minutes" in answers[-1].content.decode()
    by_hand.shift(timedelta(minutes=31))
    assert ask_code(Client()).status_code == 302


def test_an_address_gets_twenty_codes_an_hour_for_whatever_numbers(hub: Any, by_hand: Any) -> None:
    answers = [ask_code(Client(), phone).status_code for phone in numbers(22)]
    assert answers == [302] * 20 + [200] * 2
    assert ask_code(Client(REMOTE_ADDR="203.0.113.9"), "13700000000").status_code == 302
    by_hand.shift(timedelta(minutes=61))
    assert ask_code(Client(), "13600000000").status_code == 302


def test_writing_other_addresses_into_a_header_gets_no_more(hub: Any) -> None:
    answers = [
        Client(headers={"x-forwarded-for": f"198.51.100.{each}", "x-real-ip": f"198.51.100.{each}"}).post("/login/", {"phone": phone}).status_code
        for each, phone in enumerate(numbers(21))
    ]
    assert answers == [302] * 20 + [200]


def test_behind_a_proxy_only_its_own_entry_counts(hub: Any, settings: Any) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    answers = [
        Client(headers={"x-forwarded-for": f"198.51.100.{each}, 203.0.113.7"}).post("/login/", {"phone": phone}).status_code
        for each, phone in enumerate(numbers(21))
    ]
    assert answers == [302] * 20 + [200]


def test_asking_again_on_the_code_page_counts_as_well(visitor: Client) -> None:
    ask_code(visitor)
    again = visitor.post("/en/login/code/", {"again": "1"})
    assert (again.status_code, "in 60 seconds" in again.content.decode(), Message.objects.count()) == (429, True, 1)


def test_five_wrong_passwords_close_a_name_for_a_quarter_of_an_hour(clerk: User, visitor: Client, by_hand: Any) -> None:
    for _each in range(5):
        give_password(visitor, password="wrong")
    refused = visitor.post("/en/login/?password=1", {"username": "lin", "password": PASSWORD})
    assert "Please try again in 15 minutes" in refused.content.decode()
    assert who(visitor) is None
    by_hand.shift(timedelta(minutes=15, seconds=1))
    give_password(visitor)
    assert who(visitor) == str(clerk.pk)


def test_a_name_nobody_has_is_closed_just_the_same(clerk: User) -> None:
    def answers(username: str) -> list[tuple[int, list[str]]]:
        given = [give_password(Client(), username, "wrong") for _each in range(6)]
        return [(answer.status_code, answer.context["form"].non_field_errors()) for answer in given]

    assert answers("lin") == answers("nobody")


def test_thirty_wrong_passwords_close_an_address_for_an_hour(clerk: User, by_hand: Any) -> None:
    for each in range(30):
        give_password(Client(), f"name{each}", "wrong")
    refused = Client()
    give_password(refused)
    assert who(refused) is None
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    give_password(elsewhere)
    assert who(elsewhere) == str(clerk.pk)
    by_hand.shift(timedelta(minutes=61))
    give_password(refused)
    assert who(refused) == str(clerk.pk)


def test_right_passwords_use_no_tries_up(clerk: User) -> None:
    for _each in range(8):
        client = Client()
        give_password(client)
        assert who(client) == str(clerk.pk)


class DeadCache:
    """A cache whose database is gone."""

    def __getattr__(self, name: str) -> Any:
        raise ConnectionError("no cache")


@pytest.mark.parametrize("path", ["/en/login/", "/en/login/?password=1"])
def test_without_the_cache_nobody_comes_in_uncounted(clerk: User, visitor: Client, monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    monkeypatch.setattr(throttle, "cache", DeadCache())
    answer = visitor.post(path, {"phone": "13800001234", "username": "lin", "password": PASSWORD})
    assert answer.status_code == 503
    assert "66212590" in answer.content.decode()
    assert (who(visitor), Message.objects.count()) == (None, 0)


def test_a_cache_that_keeps_nothing_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """Django's database cache answers False, not an error, when it cannot write."""
    monkeypatch.setattr(cache, "add", lambda *_args, **_kwargs: False)
    with pytest.raises(throttle.TriedTooOften):
        throttle.claim(("code_number", "13800001234"))


def test_a_claim_is_whole_or_not_at_all() -> None:
    throttle.claim(("code_number_minute", "13800001234"))
    for _each in range(25):
        with pytest.raises(throttle.TriedTooOften):
            throttle.claim(("code_address", "203.0.113.7"), ("code_number_minute", "13800001234"))
    assert len(throttle.claim(("code_address", "203.0.113.7")).slots) == 1


def test_each_try_frees_itself_in_its_own_time(by_hand: Any) -> None:
    for _each in range(5):
        throttle.claim(("password_name", "lin"))
        by_hand.shift(timedelta(minutes=2))
    with pytest.raises(throttle.TriedTooOften) as refused:
        throttle.claim(("password_name", "lin"))
    assert refused.value.wait_seconds == 5 * 60
    by_hand.shift(timedelta(minutes=5, seconds=1))
    throttle.claim(("password_name", "lin"))
    with pytest.raises(throttle.TriedTooOften):
        throttle.claim(("password_name", "lin"))


def test_no_number_stands_in_the_cache() -> None:
    assert "13800001234" not in "".join(throttle.claim(("code_number", "13800001234")).slots)


ADDRESSES: list[tuple[int, dict[str, str], str]] = [
    (0, {"REMOTE_ADDR": "203.0.113.7"}, "203.0.113.7"),
    (0, {"REMOTE_ADDR": "203.0.113.7", "HTTP_X_FORWARDED_FOR": "1.2.3.4"}, "203.0.113.7"),
    (1, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 203.0.113.7"}, "203.0.113.7"),
    (2, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 203.0.113.7, 10.0.0.2"}, "203.0.113.7"),
    (2, {"REMOTE_ADDR": "203.0.113.9", "HTTP_X_FORWARDED_FOR": "1.2.3.4"}, "203.0.113.9"),
    (1, {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "rubbish"}, "10.0.0.1"),
    (1, {"REMOTE_ADDR": "10.0.0.1"}, "10.0.0.1"),
    (0, {"REMOTE_ADDR": "2001:db8:1:2:3:4:5:6"}, "2001:db8:1:2::"),
    (0, {"REMOTE_ADDR": "::ffff:203.0.113.7"}, "203.0.113.7"),
    (0, {"REMOTE_ADDR": ""}, "unknown"),
    (0, {"REMOTE_ADDR": "/run/gunicorn.sock"}, "unknown"),
]


@pytest.mark.parametrize(("proxies", "meta", "address"), ADDRESSES)
def test_an_address_is_what_our_own_proxies_saw(settings: Any, proxies: int, meta: dict[str, str], address: str) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies
    assert throttle.address_of(RequestFactory().get("/", **meta)) == address  # type: ignore[arg-type]  # WSGI variables
