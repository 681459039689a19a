"""What can be done with messages."""

from datetime import datetime

from hub.core import clock
from hub.notifications import rules
from hub.notifications.models import Message
from hub.notifications.states import Channels, States

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
    state = STATE_AT_FIRST.get(channel, States.WAITING)  # type: ignore[call-overload]  TextChoices are str
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
        sent_at=now if state == States.SENT else None,
        created_at=now,
    )
    Message.objects.bulk_create([message], ignore_conflicts=True)
