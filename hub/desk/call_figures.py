"""Calls on the director's page."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from hub.core import clock
from hub.desk.callers import CALL_BACK
from hub.desk.models import Call
from hub.promises.queries import rate_of

PER_CENT = 100


def in_span(hub: Any, start: datetime, end: datetime) -> Any:
    return Call.objects.at(hub).filter(started_at__gte=start, started_at__lt=end)


def taken(hub: Any, start: datetime, end: datetime) -> int:
    """Calls that somebody took or made, and people who came to the desk."""
    return int(in_span(hub, start, end).answered().count())


def missed(hub: Any, start: datetime, end: datetime) -> int:
    """Calls that nobody took, rung back since or not."""
    return int(in_span(hub, start, end).missed().count())


def on_time(hub: Any, start: datetime, end: datetime) -> int:
    """Of the call-backs that fell due, how many in a hundred were kept by then; 0 while none fell due."""
    rate = rate_of(hub, since=start, until=min(end, clock.now()), kind=CALL_BACK)
    return round(rate * PER_CENT) if rate is not None else 0


def listed(**which: str) -> Any:
    """The address of the list of the very rows a figure counts."""

    def address(first: date, last: date) -> str:
        return f"{reverse('call:index')}?{urlencode({'started_at_from': first.isoformat(), 'started_at_to': last.isoformat(), **which})}"

    return address


def promised(first: date, last: date) -> str:
    """The list of call-backs."""
    return f"{reverse('promises:index')}?{urlencode({'kind': CALL_BACK})}"
