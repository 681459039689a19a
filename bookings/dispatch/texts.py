"""What is said about dispatch: why a helper is proposed, and the messages helpers get."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from bookings.dispatch.models import Offer
from bookings.dispatch.rules import HelperFacts, Ranked, shrunk_hundredths
from hub.core import wording
from hub.core.references import grouped

WHY_NOT: dict[str, Promise] = {
    "not_active": gettext_lazy("takes no jobs at present"),
    "kept_apart": gettext_lazy("is kept apart from this resident"),
    "no_skill": gettext_lazy("does not do this"),
    "on_leave": gettext_lazy("is on leave that day"),
    "not_there": gettext_lazy("does not go to that community"),
    "not_at_work": gettext_lazy("does not work at that time"),
    "busy": gettext_lazy("has another job at that time"),
    "full": gettext_lazy("has as many jobs that day as they take"),
    "said_no": gettext_lazy("has said no to this one"),
}


def reasons_of(ranked: Ranked, facts: HelperFacts) -> list[str]:
    """Why this place, in words; the reason against comes alone."""
    if ranked.why_not:
        return [str(WHY_NOT[ranked.why_not])]
    return [reason_words(code, facts) for code, _points in ranked.reasons]


def reason_words(code: str, facts: HelperFacts) -> str:
    """One reason with its number."""
    if code == "fair":
        return ngettext("%(n)s job this month", "%(n)s jobs this month", facts.month_count) % {"n": facts.month_count}
    if code == "rated":
        if not facts.rating_count:
            return _("not rated yet")
        mean = f"{shrunk_hundredths(facts.rating_sum, facts.rating_count) / 100:.1f}"
        return ngettext("rated %(mean)s of 5 by %(n)s resident", "rated %(mean)s of 5 by %(n)s residents", facts.rating_count) % {
            "mean": mean,
            "n": facts.rating_count,
        }
    return {
        "skill": _("does this"),
        "free": _("is free then"),
        "knows_grid": _("knows the grid"),
        "comes_there": _("goes to that community"),
        "asked_before": _("did not answer when asked about this"),
    }[code]


def text_of(kind: str, offer: Offer) -> str:
    """The message of one step to the helper: asked, withdrawn, lapsed. Nothing about the resident but the community."""
    order, house = offer.order, offer.hub
    facts: dict[str, Any] = {
        "house": house.name,
        "service": order.service.name,
        "when": wording.when_words(order.starts_at, order.ends_at),
        "where": where_words(offer),
        "until": wording.moment_words(offer.lapses_at),
        "link": f"{house.origin}{offer.url}",
        "reference": grouped(order.reference),
        "hotline": house.hotline,
    }
    sentences = {
        "asked": _("%(house)s: a job for you, %(service)s, %(when)s, %(where)s. Please answer until %(until)s: %(link)s Questions: %(hotline)s"),
        "withdrawn": _("%(house)s: the job %(service)s, %(when)s is taken back, you need not go. Number %(reference)s. Questions: %(hotline)s"),
        "lapsed": _("%(house)s: there was no answer about %(service)s, %(when)s, so it goes to somebody else. Questions: %(hotline)s"),
    }
    return sentences[kind] % facts


def where_words(offer: Offer) -> str:
    """The community alone: before somebody has accepted, nobody learns a door."""
    if not offer.order.service.is_at_home:
        return offer.hub.name
    return offer.order.community.name if offer.order.community else _("in the street")


def who_sent(offer: Offer) -> str:
    """The operator's name, or the house itself."""
    return (offer.by.get_full_name() or offer.by.get_username()) if offer.by else _("the house by itself")
