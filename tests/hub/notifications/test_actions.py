"""Queueing, ringing, sending again, blanking."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from hub.audit.models import Line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.notifications import actions
from hub.notifications.models import Message
from hub.notifications.states import Channels, Outcomes, States
from tests.cast import user_with
from tests.factories.notifications import CallFactory, MessageFactory

pytestmark = pytest.mark.django_db
MOBILE, LANDLINE = "13800001234", "037166001234"


def queue(hub: Any, key: str = "k", **more: Any) -> Message:
    actions.queue_message(**{"hub_id": hub.pk, "key": key, "kind": "test", "text": "您好", "phone": MOBILE, **more})
    return Message.objects.get(key=key)


def test_a_message_waits_in_the_outbox(hub: Any, frozen: Any) -> None:
    message = queue(hub, subject="rooms.booking", ref="66210259")
    assert (message.hub_id, message.channel, message.state, message.phone, message.text) == (hub.pk, "sms", "waiting", MOBILE, "您好")
    assert (message.subject_label, message.subject_ref, message.tries_count) == ("rooms.booking", "66210259", 0)
    assert message.created_at == message.send_after == clock.now()


@pytest.mark.parametrize(
    ("to", "channel", "state"),
    [
        ({"phone": MOBILE}, Channels.SMS, States.WAITING),
        ({"phone": LANDLINE}, Channels.CALL, States.TO_RING),
        ({"phone": "", "email": "a@example.org"}, Channels.EMAIL, States.WAITING),
        ({"phone": MOBILE, "channel": Channels.CALL}, Channels.CALL, States.TO_RING),
    ],
)
def test_each_way_begins_in_its_own_state(hub: Any, to: dict[str, Any], channel: str, state: str) -> None:
    message = queue(hub, **to)
    assert (message.channel, message.state) == (channel, state)


def test_an_account_reads_it_on_the_site_at_once(hub: Any, frozen: Any) -> None:
    user = user_with("clerk", hub)
    message = queue(hub, phone="", user_id=user.pk)
    assert (message.channel, message.state, message.sent_at) == (Channels.ONSITE, States.SENT, clock.now())
    assert list(Message.objects.for_user(user)) == [message]


def test_what_is_for_later_is_not_read_before(hub: Any) -> None:
    user = user_with("clerk", hub)
    queue(hub, phone="", user_id=user.pk, send_after=clock.now() + timedelta(hours=1))
    assert list(Message.objects.for_user(user)) == []


def test_the_same_key_says_nothing_twice_and_leaves_the_transaction_whole(hub: Any) -> None:
    with transaction.atomic():
        first = queue(hub, text="一")
        assert queue(hub, text="二").text == "一"
        queue(hub, key="another")
    assert list(Message.objects.order_by("id").values_list("key", "text")) == [("k", "一"), ("another", "您好")]
    assert first.key == "k"


def test_it_is_one_statement_inside_a_transaction(hub: Any) -> None:
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        actions.queue_message(hub_id=hub.pk, key="one", kind="test", text="您好", phone=MOBILE)
    assert [query["sql"].split()[0] for query in queries] == ["INSERT"]


@pytest.mark.parametrize("to", [{"phone": ""}, {"phone": "", "channel": "sms"}, {"channel": "onsite"}, {"channel": "email"}, {"channel": "pigeon"}])
def test_nobody_to_reach_is_the_callers_mistake(hub: Any, to: dict[str, Any]) -> None:
    with pytest.raises(ValueError):
        queue(hub, **to)
    assert Message.objects.count() == 0


@pytest.mark.parametrize(
    ("outcome", "state"),
    [(Outcomes.TOLD, States.RUNG), (Outcomes.WRONG_NUMBER, States.FAILED), (Outcomes.NOT_REACHED, States.TO_RING)],
)
def test_a_call_is_written_down(hub: Any, frozen: Any, outcome: str, state: str) -> None:
    clerk, message = user_with("clerk", hub), CallFactory(hub=hub)
    rung = actions.mark_rung(message=message, by=clerk, outcome=outcome)
    assert (rung.state, rung.outcome, rung.tries_count) == (state, outcome, 1)
    line = Line.objects.get(verb="mark_rung")
    assert (line.actor, line.subject_ref, line.changes) == (clerk, str(message.pk), {"key": message.key, "outcome": outcome})


def test_who_was_not_reached_comes_up_again_in_an_hour(hub: Any, frozen: Any) -> None:
    message = CallFactory(hub=hub)
    actions.mark_rung(message=message, by=user_with("clerk", hub), outcome=Outcomes.NOT_REACHED)
    assert list(Message.objects.to_ring(clock.now())) == []
    assert list(Message.objects.to_ring(clock.now() + timedelta(hours=1))) == [message]


def test_two_clerks_do_not_both_write_down_one_call(hub: Any) -> None:
    message = CallFactory(hub=hub)
    actions.mark_rung(message=message, by=user_with("clerk", hub), outcome=Outcomes.TOLD)
    with pytest.raises(RuleBroken) as refused:
        actions.mark_rung(message=message, by=user_with("operator", hub), outcome=Outcomes.WRONG_NUMBER)
    assert refused.value.code == "already_decided"
    assert Message.objects.get().state == States.RUNG


@pytest.mark.parametrize("state", [States.FAILED, States.GIVEN_UP])
def test_what_did_not_arrive_is_sent_again_or_rung(hub: Any, state: str) -> None:
    clerk = user_with("clerk", hub)
    again = actions.send_again(message=MessageFactory(hub=hub, state=state, tries_count=6, last_error="x"), by=clerk)
    instead = actions.ring_instead(message=MessageFactory(hub=hub, state=state), by=clerk)
    assert (again.state, again.tries_count, again.last_error) == (States.WAITING, 0, "")
    assert (instead.state, instead.channel) == (States.TO_RING, Channels.CALL)


@pytest.mark.parametrize("verb", [actions.send_again, actions.ring_instead])
@pytest.mark.parametrize("state", [States.WAITING, States.SENDING])
def test_what_is_on_its_way_is_left_alone(hub: Any, verb: Any, state: str) -> None:
    with pytest.raises(RuleBroken):
        verb(message=MessageFactory(hub=hub, state=state), by=user_with("clerk", hub))
    assert Message.objects.get().state == state


def test_a_blanked_message_is_not_sent_again(hub: Any) -> None:
    for verb in (actions.send_again, actions.ring_instead):
        with pytest.raises(RuleBroken):
            verb(message=MessageFactory(hub=hub, state=States.FAILED, text="", phone=""), by=user_with("clerk", hub))


def test_words_and_numbers_go_after_ninety_days(hub: Any, frozen: Any) -> None:
    old, now = clock.now() - timedelta(days=90), clock.now()
    MessageFactory(hub=hub, key="old", state=States.SENT, sent_at=old, created_at=old)
    MessageFactory(hub=hub, key="young", state=States.SENT, sent_at=now, created_at=old + timedelta(seconds=1), phone=MOBILE, text="新")
    MessageFactory(hub=hub, key="open", state=States.WAITING, created_at=old, phone=MOBILE, text="等")
    assert actions.blank_old_texts() == 1
    assert actions.blank_old_texts() == 0
    assert list(Message.objects.order_by("key").values_list("key", "text", "phone", "kind")) == [
        ("old", "", "", "test"),
        ("open", "等", MOBILE, "test"),
        ("young", "新", MOBILE, "test"),
    ]


def test_a_sign_in_code_goes_after_an_hour(hub: Any, frozen: Any) -> None:
    hour_ago = clock.now() - timedelta(hours=1)
    MessageFactory(hub=hub, kind="sign_in_code", state=States.SENT, sent_at=hour_ago, created_at=hour_ago)
    assert actions.blank_old_texts() == 1
    assert Message.objects.get().text == ""
