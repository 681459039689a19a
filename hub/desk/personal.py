"""What the desk keeps about a person: handing it over, and blanking it."""

from collections.abc import Iterator
from typing import Any

from hub.desk.actions import blank
from hub.desk.callers import SUBJECT
from hub.desk.models import Call
from hub.promises.models import Promise

FIELDS = ("phone", "name", "note", "draft", "said", "call_backs.note")


def calls_of(resident: Any) -> Any:
    return Call.objects.filter(person=resident)


def call_backs_of(resident: Any) -> Any:
    """What was promised in their calls."""
    return Promise.objects.filter(subject_label=SUBJECT, subject_ref__in=calls_of(resident).values("token"))


def export(resident: Any) -> Iterator[dict[str, Any]]:
    """Every call, with what was written down; then every call-back."""
    for call in calls_of(resident).select_related("wrap_up").order_by("started_at", "id"):
        yield {
            "at": call.started_at.isoformat(),
            "direction": call.direction,
            "channel": call.channel,
            "phone": call.phone,
            "name": call.name,
            "wrap_up": call.wrap_up.code if call.wrap_up else "",
            "note": call.note,
            "draft": call.draft or {},
            "said": call.said or [],
            "done": [row["reference"] for row in call.done],
        }
    for promise in call_backs_of(resident).order_by("made_at", "id"):
        yield {"at": promise.made_at.isoformat(), "call_back": promise.note}


def erase(resident: Any) -> int:
    """Number, name and every word go; when and with which code somebody rang stays, so that what was counted stays counted."""
    return blank(calls_of(resident)) + call_backs_of(resident).exclude(note="").update(note="")
