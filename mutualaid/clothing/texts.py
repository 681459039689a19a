"""What is said about parcels: messages, and what is near in size. No message says what is in a parcel, or why."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from hub.core import clock, wording
from hub.core.references import grouped
from hub.hubs.models import Hub
from mutualaid.clothing.models import Garment, Parcel
from mutualaid.clothing.rules import near_sizes

NEAR = 3  # sizes named, the nearest first


def text_of(kind: str, parcel: Parcel, hub: Hub) -> str:
    """The message of one step, by the names below."""
    facts = {
        "house": hub.name,
        "when": wording.when_words(parcel.starts_at, parcel.ends_at),
        "reference": grouped(parcel.reference),
        "until": wording.day_words(clock.local(parcel.collect_by).date()),
        "hotline": hub.hotline,
    }
    if parcel.is_brought and kind in {"made", "ready"}:
        kind = f"{kind}_brought"
    sentences = {
        "made": _("%(house)s: a parcel is kept for you, number %(reference)s. Please collect it %(when)s. To change it ring %(hotline)s"),
        "made_brought": _("%(house)s: a parcel is kept for you, number %(reference)s. Somebody brings it to you, %(when)s. To change it ring %(hotline)s"),
        "ready": _(
            "%(house)s: your parcel %(reference)s is ready, %(when)s; we keep it until %(until)s. Please say the number and the last four of this phone. "
            "Questions: %(hotline)s"
        ),
        "ready_brought": _("%(house)s: your parcel %(reference)s is ready and is brought to you, %(when)s. Questions: %(hotline)s"),
        "waits": _(
            "%(house)s: your parcel %(reference)s still lies here; we keep it until %(until)s. You cannot come yourself? Ring %(hotline)s and we find a way"
        ),
        "cancelled": _("%(house)s: parcel %(reference)s is cancelled. You would like another? Ring %(hotline)s"),
        "put_back": _("%(house)s: parcel %(reference)s was not collected. That is no trouble: ring %(hotline)s and we make you a new one"),
    }
    return sentences[kind] % facts


def thanks(hub: Hub) -> str:
    """To somebody who gave."""
    return _("%(house)s: thank you for what you brought us. It will be of use to a neighbour. Questions: %(hotline)s") % {
        "house": hub.name,
        "hotline": hub.hotline,
    }


def near_in_words(garment: Garment, others: Iterable[Garment]) -> str:
    """M码（2件）、XL码: what else there is of the same kind for the same people, the nearest size first; '' when nothing is."""
    counts: dict[str, int] = {}
    for other in others:
        counts[other.size] = counts.get(other.size, 0) + other.piece_count
    near = near_sizes(garment.size, garment.kind, garment.fit, counts)[:NEAR]
    return ("、" if wording.is_chinese() else ", ").join(f"{size} ×{counts[size]}" for size in near)
