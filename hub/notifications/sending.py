"""Getting the outbox out: take one message, send it outside any transaction, mark what came of it.

At least once: a worker that dies between sending and marking leaves the message `sending`, and after the lease it is taken again.
Two workers never hold one message: it is taken under a row lock (PostgreSQL) or inside BEGIN IMMEDIATE (SQLite).
"""

import logging
from datetime import datetime

from django.db import connection, transaction
from django.db.models import F

from hub.core import clock
from hub.notifications import channels, rules
from hub.notifications.models import Message
from hub.notifications.states import States

log = logging.getLogger(__name__)


def send_due(*, now: datetime | None = None, limit: int = 200) -> int:
    """Send what is due, at most `limit` messages; how many went out. Never inside a transaction of the caller's."""
    sent_count = 0
    give_up_the_lost(now=now or clock.now())
    for _each in range(limit):
        message = take_one(now=now or clock.now())
        if message is None:
            break
        sent_count += deliver(message)
    return sent_count


def send_now(*, key: str) -> bool:
    """Send one message at once (a sign-in code cannot wait for the minute); whether it went out. Call it after the commit."""
    message = take_one(now=clock.now(), key=key)
    return message is not None and deliver(message)


@transaction.atomic
def take_one(*, now: datetime, key: str = "") -> Message | None:
    """Take the message that is due first, for one lease; None when nothing is due."""
    due = Message.objects.due(now).filter(tries_count__lt=rules.MOST_TRIES).order_by("send_after", "id")
    if key:
        due = due.filter(key=key)
    message = due.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked).first()
    if message is None:
        return None
    message.state, message.tries_count, message.send_after = States.SENDING, message.tries_count + 1, now + rules.LEASE
    message.save(update_fields=["state", "tries_count", "send_after"])
    return message


def deliver(message: Message) -> bool:
    """Send a message that was taken, and mark it; whether it went out."""
    try:
        channels.send(message)
    except channels.Refused as refused:
        _mark(message, state=States.FAILED, last_error=str(refused)[:100])
    except channels.NotNow as not_now:
        _put_back(message, str(not_now))
    except Exception as error:
        # Whatever a channel raises, the message stays and the next one goes on.
        log.warning("message %s was not sent: %s", message.pk, type(error).__name__)
        _put_back(message, type(error).__name__)
    else:
        return _mark(message, state=States.SENT, sent_at=clock.now(), last_error="")
    return False


def give_up_the_lost(*, now: datetime) -> int:
    """Close messages whose last allowed try was never marked."""
    lost = Message.objects.due(now).filter(state=States.SENDING, tries_count__gte=rules.MOST_TRIES)
    return lost.update(state=States.GIVEN_UP, last_error="lost", send_after=F("send_after"))


def _put_back(message: Message, error: str) -> None:
    if message.tries_count >= rules.MOST_TRIES:
        _mark(message, state=States.GIVEN_UP, last_error=error[:100])
    else:
        _mark(message, state=States.WAITING, send_after=clock.now() + rules.pause_after(message.tries_count), last_error=error[:100])


def _mark(message: Message, **values: object) -> bool:
    """Only while the lease is still ours: a worker given up for lost marks nothing."""
    ours = Message.objects.filter(pk=message.pk, state=States.SENDING, send_after=message.send_after)
    return bool(ours.update(**values))
