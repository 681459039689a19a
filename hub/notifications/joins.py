"""Where messages appear elsewhere."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Q

from hub.core import clock
from hub.core.joins import (
    DemoSeed,
    IntegrityCheck,
    PeriodicJob,
    PersonalFields,
    demo_seeds,
    integrity_checks,
    periodic_jobs,
    personal_fields,
)
from hub.notifications import demo
from hub.notifications.actions import blank_old_texts, send_due
from hub.notifications.models import Message, MessageQuerySet
from hub.notifications.states import IS_OVER, States

TOO_LONG = timedelta(hours=24)
FIELDS = ("phone", "email", "text")


def stuck_messages() -> Iterable[str]:
    """One sentence when messages wait that should have gone out a day ago: nobody runs the jobs."""
    stuck_count = Message.objects.due(clock.now() - TOO_LONG).count()
    if stuck_count:
        yield f"notifications.Message: {stuck_count} messages have been waiting for more than a day, is the job 'notifications.send' running?"


def messages_of(resident: Any) -> MessageQuerySet:
    """A resident's messages: to the account, and to numbers that nobody else has."""
    phones = type(resident)._meta.get_field("phones").related_model._default_manager
    numbers = set(phones.filter(resident=resident).values_list("number", flat=True))
    shared = set(phones.filter(number__in=numbers).exclude(resident=resident).values_list("number", flat=True))
    whose = Q(phone__in=numbers - shared)
    if resident.user_id:
        whose |= Q(user_id=resident.user_id)
    return Message.objects.filter(whose, hub_id=resident.hub_id)


def export(resident: Any) -> Iterable[dict[str, Any]]:
    """What was said to a resident."""
    for message in messages_of(resident).order_by("id"):
        yield {"at": message.created_at.isoformat(), "way": message.channel, "to": message.phone or message.email, "text": message.text}


def erase(resident: Any) -> int:
    """Blank what was said to a resident; how many messages. That something was said stays; what was still to be said is not."""
    messages = messages_of(resident)
    messages.exclude(state__in=IS_OVER).update(state=States.GIVEN_UP, last_error="erased")
    return messages.with_personal_data().update(phone="", email="", text="")


integrity_checks.register(IntegrityCheck("messages_go_out", stuck_messages))
periodic_jobs.register(PeriodicJob("notifications.send", send_due, every_minutes=1, about="Sends what waits in the outbox."))
periodic_jobs.register(PeriodicJob("notifications.blank", blank_old_texts, every_minutes=60, about="Blanks texts and numbers of messages older than 90 days."))
personal_fields.register(PersonalFields("notifications.message", FIELDS, export, erase))
demo_seeds.register(DemoSeed("messages", demo.seed, order=80))
