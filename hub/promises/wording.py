"""Promises in words: how late, or how long there is still time."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from hub.core.joins import promise_kinds
from hub.core.wording import moment_words
from hub.promises.models import Promise

MINUTE, HOUR, DAY = 60, 60 * 60, 24 * 60 * 60


def kind_words(kind: str) -> str:
    """The kind's name; its code when the app that knew it is gone."""
    return str(promise_kinds[kind].label) if kind in promise_kinds else kind


def where_done(promise: Promise) -> str:
    """The staff page on which a promise of this kind is kept by doing it; '' for one that is ticked off."""
    find = promise_kinds[promise.kind].done_at if promise.kind in promise_kinds else None
    return find(promise) if find else ""


def due_words(promise: Promise, now: datetime) -> str:
    """`3 hours overdue`, `due in 2 days`, and how it ended once it has."""
    if promise.done_at is not None:
        late = promise.done_at > promise.due_at
        return _("%(outcome)s, late") % {"outcome": promise.get_outcome_display()} if late else promise.get_outcome_display()
    left = (promise.due_at - now).total_seconds()
    if left < 0:
        return _("%(length)s overdue") % {"length": span_words(-left)}
    return _("due in %(length)s") % {"length": span_words(left)}


def span_words(seconds: float) -> str:
    """The largest unit alone, rounded down: 3 days, 5 hours, 1 minute."""
    if seconds >= DAY:
        days = int(seconds // DAY)
        return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    if seconds >= HOUR:
        hours = int(seconds // HOUR)
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    minutes = max(int(seconds // MINUTE), 1)
    return ngettext("%(n)s minute", "%(n)s minutes", minutes) % {"n": minutes}


def due_moment(promise: Promise) -> str:
    """When it is due, on the house's clock."""
    return moment_words(promise.due_at)
