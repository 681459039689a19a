"""What people are told about their things, offers and barters. No name and no number of the other side ever stands in it."""

from typing import Any

from django.utils.translation import gettext as _

from hub.core.references import grouped
from hub.hubs.models import Hub


def text_of(kind: str, hub: Hub, *, title: str, reference: str, url: str, **more: str) -> str:
    """One message; `url` is the private page of whoever gets it."""
    facts: dict[str, Any] = {
        "house": hub.name,
        "title": title,
        "reference": grouped(reference),
        "link": f"{hub.origin}{url}",
        "hotline": hub.hotline,
        **more,
    }
    sentences = {
        "listed": _('%(house)s: "%(title)s" now stands in the swap shop until %(until)s. See offers: %(link)s'),
        "refused": _('%(house)s: "%(title)s" cannot stand in the swap shop: %(reason)s. Put it right here: %(link)s Questions: %(hotline)s'),
        "offered": _('%(house)s: somebody makes an offer for "%(title)s". Yes or no: %(link)s'),
        "proposed": _('%(house)s: the promise for "%(title)s" was not kept. The next offer waits for your answer: %(link)s'),
        "declined": _('%(house)s: your offer for "%(title)s" was not taken this time. Look for something else: %(link)s'),
        "lapsed": _('%(house)s: "%(title)s" is no longer in the swap shop. Your things stand in the shop as before: %(link)s'),
        "promised": _('%(house)s: promised: "%(title)s", number %(reference)s. Choose a time to hand it over at the house: %(link)s'),
        "slot": _('%(house)s: number %(reference)s, "%(title)s": hand over at the house %(when)s. Another time: %(link)s'),
        "reneged": _('%(house)s: the promise for "%(title)s" was taken back: %(reason)s. Your things stand in the shop again: %(link)s'),
        "called_off": _('%(house)s: the house has called off number %(reference)s, "%(title)s": %(reason)s. Questions: %(hotline)s'),
        "one_side": _('%(house)s: the other side says that "%(title)s" has changed hands. Is it so? Press here: %(link)s'),
        "done": _('%(house)s: done: "%(title)s", number %(reference)s. Thank you. Not so? Ring %(hotline)s'),
        "reminded": _('%(house)s: "%(title)s" leaves the swap shop on %(until)s. One tap keeps it there: %(link)s'),
        "expired": _('%(house)s: "%(title)s" has left the swap shop. One tap puts it there again: %(link)s'),
        "taken_down": _('%(house)s: "%(title)s" was taken out of the swap shop: %(reason)s. Questions: %(hotline)s'),
        "found": _('%(house)s: something you looked for has come: "%(title)s". See it: %(link)s'),
    }
    return sentences[kind] % facts
