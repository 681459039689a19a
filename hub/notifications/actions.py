"""What can be done with messages. How they leave the house stands in sending.py."""

from datetime import datetime
from typing import Any

from django.db import transaction

from hub.audit.actions import write_line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.notifications import rules
from hub.notifications.models import Message
from hub.notifications.sending import send_due, send_now
from hub.notifications.states import DID_NOT_ARRIVE, SECRET_KINDS, STATE_AFTER_CALL, Channels, Outcomes, States

__all__ = ["blank_old_texts", "mark_rung", "queue_message", "ring_instead", "send_again", "send_due", "send_now"]

STATE_AT_FIRST = {Channels.CALL: States.TO_RING, Channels.ONSITE: States.SENT}


def queue_message(
    *,
    hub_id: int,
    key: str,
    kind: str,
    text: str,
    phone: str = "",
    user_id: int | None = None,
    email: str = "",
    channel: str = "",
    subject: str = "",
    ref: str = "",
    send_after: datetime | None = None,
) -> None:
    """Write one message into the outbox: one INSERT in the caller's transaction, nothing is sent yet.

    `key` names what is said to whom (`booking-confirmed-66210259`): a second call with it changes nothing. `channel` '' is chosen:
    a mobile gets a text message, a landline goes on the call list, an account reads it on the site, else e-mail. ValueError when
    nobody can be reached that way (the database's own checks would be swallowed together with the conflict on SQLite).
    """
    channel = channel or rules.channel_for(phone=phone, user_id=user_id, email=email)
    if rules.lacks_an_address(channel, phone=phone, user_id=user_id, email=email):
        raise ValueError(f"nobody to reach by '{channel}'")
    now = clock.now()
    state = STATE_AT_FIRST.get(channel, States.WAITING)  # type: ignore[call-overload]  # TextChoices are str
    message = Message(
        hub_id=hub_id,
        key=key,
        kind=kind,
        channel=channel,
        phone=phone,
        user_id=user_id,
        email=email,
        text=text,
        subject_label=subject,
        subject_ref=ref,
        state=state,
        send_after=send_after or now,
        sent_at=(send_after or now) if state == States.SENT else None,
        created_at=now,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)


@transaction.atomic
def mark_rung(*, message: Message, by: Any, outcome: str) -> Message:
    """How a call ended; who was not reached stays on the list and comes up again in an hour. RuleBroken when it is off the list."""
    held = _locked(message)
    if held.state != States.TO_RING:
        raise RuleBroken.of("already_decided")
    now = clock.now()
    held.state, held.outcome, held.tries_count = STATE_AFTER_CALL[Outcomes(outcome)], outcome, held.tries_count + 1
    if held.state == States.TO_RING:
        held.send_after = now + rules.RING_AGAIN_AFTER
    else:
        held.sent_at = now
    held.save(update_fields=["state", "outcome", "tries_count", "send_after", "sent_at"])
    _write_line(held, "mark_rung", by, outcome=outcome)
    return held


@transaction.atomic
def send_again(*, message: Message, by: Any) -> Message:
    """Try once more what did not arrive. RuleBroken when it is not in such a state, or can only be rung."""
    held = _locked(message)
    if held.state not in DID_NOT_ARRIVE or held.channel == Channels.CALL or not held.text:
        raise RuleBroken.of("already_decided")
    held.state, held.tries_count, held.send_after, held.last_error = States.WAITING, 0, clock.now(), ""
    held.save(update_fields=["state", "tries_count", "send_after", "last_error"])
    _write_line(held, "send_again", by)
    return held


@transaction.atomic
def ring_instead(*, message: Message, by: Any) -> Message:
    """Put what did not arrive on the call list. RuleBroken when it arrived, or has no number to ring."""
    held = _locked(message)
    if held.state not in DID_NOT_ARRIVE or not held.phone:
        raise RuleBroken.of("already_decided")
    held.state, held.channel, held.send_after = States.TO_RING, Channels.CALL, clock.now()
    held.save(update_fields=["state", "channel", "send_after"])
    _write_line(held, "ring_instead", by)
    return held


def blank_old_texts(*, now: datetime | None = None) -> int:
    """Blank words and numbers of messages that are over and old; how many. That and when something was said stays.

    A secret goes after an hour.
    """
    now = now or clock.now()
    old = Message.objects.over().with_personal_data().filter(created_at__lte=now - rules.TEXTS_ARE_KEPT_FOR)
    secret = Message.objects.over().filter(kind__in=SECRET_KINDS, created_at__lte=now - rules.SECRETS_ARE_KEPT_FOR).exclude(text="")
    return old.update(text="", phone="", email="") + secret.update(text="")


def _locked(message: Message) -> Message:
    held: Message = Message.objects.select_for_update().get(pk=message.pk)
    return held


def _write_line(message: Message, verb: str, by: Any, **changes: Any) -> None:
    write_line(hub_id=message.hub_id, actor=by, verb=verb, subject="notifications.message", ref=str(message.pk), changes={"key": message.key, **changes})
