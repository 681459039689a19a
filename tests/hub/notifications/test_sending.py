"""Getting the outbox out: once, again when it failed, never by two at once."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection

from hub.core import clock
from hub.notifications import channels, rules, sending
from hub.notifications.models import Message
from hub.notifications.states import Channels, States
from tests.factories.notifications import CallFactory, MessageFactory


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Keys in the order in which the SMS door saw them."""
    keys: list[str] = []
    monkeypatch.setitem(channels.SMS_PROVIDERS, "outbox", lambda message: keys.append(message.key))
    return keys


def fails_with(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def door(_message: Message) -> None:
        raise error

    monkeypatch.setitem(channels.SMS_PROVIDERS, "outbox", door)


@pytest.mark.django_db
def test_what_is_due_is_sent_once_and_in_order(hub: Any, frozen: Any, said: list[str]) -> None:
    now = clock.now()
    MessageFactory(hub=hub, key="second")
    MessageFactory(hub=hub, key="first", send_after=now - timedelta(minutes=1))
    MessageFactory(hub=hub, key="later", send_after=now + timedelta(seconds=1))
    CallFactory(hub=hub, key="call")
    assert sending.send_due() == 2
    assert sending.send_due() == 0
    assert said == ["first", "second"]
    assert list(Message.objects.order_by("key").values_list("key", "state", "tries_count", "sent_at")) == [
        ("call", States.TO_RING, 0, None),
        ("first", States.SENT, 1, now),
        ("later", States.WAITING, 0, None),
        ("second", States.SENT, 1, now),
    ]


@pytest.mark.django_db
def test_a_limit_is_kept(hub: Any, said: list[str]) -> None:
    MessageFactory.create_batch(3, hub=hub)
    assert sending.send_due(limit=2) == 2
    assert len(said) == 2


@pytest.mark.django_db
def test_with_nothing_configured_a_message_stays_in_the_house(hub: Any) -> None:
    MessageFactory(hub=hub)
    assert sending.send_due() == 1
    assert Message.objects.get().state == States.SENT


@pytest.mark.django_db
@pytest.mark.parametrize("error", [channels.NotNow("LimitExceeded"), ConnectionError("13800001234 said no")])
def test_a_failed_try_is_repeated_with_growing_pauses(hub: Any, monkeypatch: pytest.MonkeyPatch, frozen: Any, error: Exception) -> None:
    MessageFactory(hub=hub)
    fails_with(monkeypatch, error)
    pauses = []
    for _each in range(rules.MOST_TRIES - 1):
        assert sending.send_due() == 0
        message = Message.objects.get()
        assert message.state == States.WAITING
        pauses.append(message.send_after - clock.now())
        frozen.move_to(message.send_after)
    assert pauses == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 16)]
    sending.send_due()
    message = Message.objects.get()
    assert (message.state, message.tries_count) == (States.GIVEN_UP, rules.MOST_TRIES)
    assert message.last_error == ("LimitExceeded" if isinstance(error, channels.NotNow) else "ConnectionError")


@pytest.mark.django_db
def test_a_refused_message_is_not_tried_again(hub: Any, monkeypatch: pytest.MonkeyPatch, frozen: Any) -> None:
    MessageFactory(hub=hub)
    fails_with(monkeypatch, channels.Refused("PhoneNumberInBlacklist"))
    assert sending.send_due() == 0
    frozen.shift(timedelta(days=1))
    assert sending.send_due() == 0
    message = Message.objects.get()
    assert (message.state, message.tries_count, message.last_error) == (States.FAILED, 1, "PhoneNumberInBlacklist")


@pytest.mark.django_db
def test_one_bad_message_does_not_hold_up_the_next(hub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    MessageFactory(hub=hub, key="bad")
    MessageFactory(hub=hub, key="good")
    sent: list[str] = []

    def door(message: Message) -> None:
        if message.key == "bad":
            raise RuntimeError
        sent.append(message.key)

    monkeypatch.setitem(channels.SMS_PROVIDERS, "outbox", door)
    assert sending.send_due() == 1
    assert sent == ["good"]


@pytest.mark.django_db
def test_a_worker_that_died_is_replaced_after_the_lease(hub: Any, frozen: Any, said: list[str]) -> None:
    MessageFactory(hub=hub, key="k")
    lost = sending.take_one(now=clock.now())
    assert sending.send_due() == 0
    frozen.shift(rules.LEASE)
    assert sending.send_due() == 1
    assert said == ["k"]
    assert lost is not None
    assert sending.deliver(lost) is False  # it wakes up late: it says it again, but marks nothing any more
    assert Message.objects.get().tries_count == 2


@pytest.mark.django_db
def test_what_kills_every_worker_is_given_up(hub: Any, frozen: Any) -> None:
    MessageFactory(hub=hub)
    for _each in range(rules.MOST_TRIES):
        assert sending.take_one(now=clock.now()) is not None
        frozen.shift(rules.LEASE)
    assert sending.send_due() == 0
    assert Message.objects.get().state == States.GIVEN_UP


@pytest.mark.django_db
def test_one_message_can_be_sent_at_once(hub: Any, said: list[str]) -> None:
    MessageFactory(hub=hub, key="other")
    MessageFactory(hub=hub, key="code")
    assert sending.send_now(key="code") is True
    assert sending.send_now(key="code") is False
    assert said == ["code"]


@pytest.mark.django_db
def test_an_unknown_provider_keeps_the_message(hub: Any, settings: Any) -> None:
    settings.SMS_PROVIDER = "carrier-pigeon"
    MessageFactory(hub=hub)
    assert sending.send_due() == 0
    message = Message.objects.get()
    assert (message.state, message.last_error) == (States.WAITING, "SMS_PROVIDER carrier-pigeon is unknown")


@pytest.mark.django_db
def test_an_email_carries_its_key(hub: Any) -> None:
    MessageFactory(hub=hub, key="k1", channel=Channels.EMAIL, phone="", email="office@example.org", text="会议室已留好\n您好。")
    assert sending.send_due() == 1
    letter = mail.outbox[0]
    assert (letter.subject, letter.to, letter.extra_headers) == ("会议室已留好", ["office@example.org"], {"Message-ID": "<k1@testserver>"})


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_workers_at_once_never_send_one_message_twice(hub: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = [message.key for message in MessageFactory.create_batch(12, hub=hub)]
    said: list[str] = []
    both_here = threading.Barrier(2, timeout=20)

    def door(message: Message) -> None:
        said.append(message.key)

    def work() -> None:
        try:
            both_here.wait()
            while sending.send_due(limit=1):
                pass
        finally:
            connection.close()

    monkeypatch.setitem(channels.SMS_PROVIDERS, "outbox", door)
    workers = [threading.Thread(target=work) for _each in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert sorted(said) == sorted(keys)
    assert set(Message.objects.values_list("state", "tries_count")) == {(States.SENT, 1)}
