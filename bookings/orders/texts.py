"""What is said about orders: refusals with their facts in words, and the messages people get."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from bookings.orders.models import Order, Service
from hub.core import wording
from hub.core.references import grouped
from hub.core.refusals import Refusal
from hub.hubs.models import Hub
from hub.served.rules import grouped as in_groups


def said(refusal: Refusal, hub: Hub, service: Service) -> Refusal:
    """The refusal with its facts in the reader's words."""
    facts: dict[str, Any] = {"hotline": hub.hotline}
    for name, value in refusal.facts.items():
        if name == "lead":
            facts[name] = wording.length_words(value)
        else:
            facts[name] = wording.day_words(value) if isinstance(value, date) else value
    if refusal.code == "order_outside_area":
        facts["areas"] = areas_in_words(service)
    return Refusal(refusal.code, refusal.field, facts)


def areas_in_words(service: Service) -> str:
    """南顺城街社区、书院街社区; '' when it comes everywhere."""
    return ("、" if wording.is_chinese() else ", ").join(area.name for area in service.areas.all())


WITH_LINK = frozenset({"done", "extra_asked"})


def text_of(kind: str, order: Order, hub: Hub, *, reason: str = "", rating_code: str = "") -> str:
    """The message of one step, by the names below. The door's code stands in what the resident gets, never in what a helper gets."""
    facts = {
        "house": hub.name,
        "service": order.service.name,
        "when": wording.when_words(order.starts_at, order.ends_at),
        "reference": grouped(order.reference),
        "amount": wording.money_words(order.due_fen),
        "helper": order.helper_words,
        "hotline": hub.hotline,
        "reason": reason,
        "code": order.door_code,
        "extra": wording.amount_words(order.extra_asked_fen),
        "parts": order.extra_asked_what,
        "rating_code": in_groups(rating_code),
    }
    if kind in WITH_LINK:
        facts["link"] = f"{hub.origin}{order.url}"
    sentences = {
        "made": _("%(house)s: ordered, %(service)s, %(when)s, %(amount)s. Number %(reference)s. To cancel or change it ring %(hotline)s"),
        "assigned": _(
            "%(house)s: %(helper)s does it, %(service)s, %(when)s. Tell them the code %(code)s at the door. Number %(reference)s. Questions: %(hotline)s"
        ),
        "released": _("%(house)s: %(service)s, %(when)s, the helper cannot come; we look for another. Number %(reference)s. Questions: %(hotline)s"),
        "on_the_way": _(
            "%(house)s: %(helper)s is on the way to you, %(service)s. Tell them the code %(code)s at the door. Number %(reference)s. Questions: %(hotline)s"
        ),
        "arrived": _(
            "%(house)s: %(helper)s has arrived, %(service)s. When it is done, tell them the code %(code)s. Number %(reference)s. Questions: %(hotline)s"
        ),
        "extra_asked": _("%(house)s: %(service)s, parts are needed: %(parts)s, %(extra)s. Yes or no: %(link)s or ring %(hotline)s"),
        "done": _(
            "%(house)s: done, %(service)s, %(amount)s. Number %(reference)s. Satisfied or not? One tap: %(link)srate/ or ring %(hotline)s. "
            "Rating code %(rating_code)s"
        ),
        "rated": _("%(house)s: thank you, we have written down how %(service)s was. Number %(reference)s. Questions: %(hotline)s"),
        "moved": _("%(house)s: moved, %(service)s, now %(when)s. Number %(reference)s. Questions: %(hotline)s"),
        "price": _("%(house)s: %(service)s now costs %(amount)s. %(reason)s Number %(reference)s. Questions: %(hotline)s"),
        "extra": _("%(house)s: %(service)s, extra parts agreed, in all %(amount)s. Number %(reference)s. Not so? Ring %(hotline)s"),
        "cancelled": _("%(house)s: cancelled, %(service)s, %(when)s. Number %(reference)s. %(reason)s Questions: %(hotline)s"),
        "declined": _("%(house)s: sorry, %(service)s, %(when)s cannot be. %(reason)s Number %(reference)s. We help you find another way: %(hotline)s"),
    }
    return sentences[kind] % facts
