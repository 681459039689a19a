"""What volunteers are told by message, and who is told how."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from hub.core import wording
from hub.core.phones import is_mobile
from hub.notifications.actions import queue_message
from hub.notifications.states import Channels
from hub.people.models import Resident
from hub.people.states import WaysToReach
from mutualaid.volunteers.models import HoursEntry, SignUp

SIGN_UP, HOURS = "volunteers.signup", "volunteers.hoursentry"  # of their messages and audit lines


def way_to(person: Resident, phone: str) -> dict[str, Any] | None:
    """How somebody is told, by what they like and what is known of them; None when there is no way."""
    user_id, way = person.user_id, person.way_to_reach
    if way == WaysToReach.ON_SITE and user_id is not None:
        return {"user_id": user_id, "channel": Channels.ONSITE}
    if not phone:
        return {"user_id": user_id} if user_id is not None else None
    if way == WaysToReach.CALL:
        return {"phone": phone, "user_id": user_id, "channel": Channels.CALL}
    return {"phone": phone, "user_id": user_id, "channel": Channels.SMS if is_mobile(phone) else Channels.CALL}


def tell(sign_up: SignUp, kind: str, *, about: str = "", reason: str = "", send_after: datetime | None = None) -> None:
    """One message about a sign-up; a second about the same is not sent."""
    way = way_to(sign_up.person, sign_up.contact_phone)
    if way is None:
        return
    queue_message(
        hub_id=sign_up.hub_id, key=f"shift:{sign_up.pk}:{kind}:{about}", kind=f"shift_{kind}", text=text_of(kind, sign_up, reason),
        subject=SIGN_UP, ref=str(sign_up.pk), send_after=send_after, **way,
    )  # fmt: skip


def text_of(kind: str, sign_up: SignUp, reason: str = "") -> str:
    """The message: going, waiting, promoted, withdrawn, called_off, reminder."""
    shift, house = sign_up.shift, sign_up.hub
    facts = {
        "house": house.name,
        "shift": shift.opportunity.name,
        "when": wording.when_words(shift.starts_at, shift.ends_at),
        "where": shift.opportunity.where,
        "until": wording.moment_words(shift.withdraw_by),
        "link": f"{house.origin}{sign_up.url}",
        "reason": reason,
        "hotline": house.hotline,
    }
    sentences = {
        "going": _("%(house)s: you have a place: %(shift)s, %(when)s, %(where)s. You can withdraw until %(until)s: %(link)s Questions: %(hotline)s"),
        "waiting": _("%(house)s: all places are taken: %(shift)s, %(when)s. You are on the waiting list; we tell you when one is free. %(link)s"),
        "promoted": _("%(house)s: a place is free, it is yours: %(shift)s, %(when)s, %(where)s. You cannot come? %(link)s or %(hotline)s"),
        "withdrawn": _("%(house)s: you are no longer on the list: %(shift)s, %(when)s. Questions: %(hotline)s"),
        "called_off": _("%(house)s: called off: %(shift)s, %(when)s. %(reason)s Questions: %(hotline)s"),
        "reminder": _("%(house)s: tomorrow: %(shift)s, %(when)s, %(where)s. Thank you for helping. You cannot come? Please ring %(hotline)s"),
    }
    return sentences[kind] % facts


def tell_about_hours(entry: HoursEntry, kind: str, *, reason: str = "") -> None:
    """One message to whom the hours belong: refused, reversed, kept. Who has no account is told by the number that is rung first."""
    phone = entry.resident.phones.order_by("-is_first", "id").first()
    way = way_to(entry.resident, phone.number if phone else "")
    if way is None:
        return
    facts = {
        "house": entry.hub.name,
        "when": wording.when_words(entry.starts_at, entry.ends_at),
        "reason": reason,
        "hotline": entry.hub.hotline,
    }
    sentences = {
        "refused": _("%(house)s: your hours of %(when)s were not recognised: %(reason)s. Questions: %(hotline)s"),
        "reversed": _("%(house)s: your hours of %(when)s were taken out of the book: %(reason)s. Please file the right ones. Questions: %(hotline)s"),
        "kept": _("%(house)s: your hours of %(when)s stay as they are: %(reason)s. Questions: %(hotline)s"),
    }
    key = f"hours:{entry.pk}:{kind}:{entry.correction[:20]}"[:100]
    queue_message(hub_id=entry.hub_id, key=key, kind=f"hours_{kind}", text=sentences[kind] % facts, subject=HOURS, ref=str(entry.pk), **way)
