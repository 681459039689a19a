"""What the pages of parcels say in words."""

from typing import Any

from django import template
from django.utils.translation import gettext as _

from mutualaid.clothing.models import Parcel
from mutualaid.clothing.states import ParcelStates

register = template.Library()

HEADINGS: dict[str, Any] = {
    ParcelStates.CHOSEN: lambda: _("We keep it for you"),
    ParcelStates.READY: lambda: _("Your parcel is ready"),
    ParcelStates.HANDED_OUT: lambda: _("You have it"),
    ParcelStates.CANCELLED: lambda: _("This parcel is cancelled"),
    ParcelStates.PUT_BACK: lambda: _("This parcel was not collected"),
}
KINDS = {ParcelStates.CHOSEN: "full", ParcelStates.READY: "now", ParcelStates.HANDED_OUT: "past"}


@register.filter
def parcel_heading(parcel: Parcel) -> str:
    """The slip's title."""
    return str(HEADINGS[parcel.state]())


@register.filter
def parcel_status(parcel: Parcel) -> str:
    """The kind that partials/status.html draws."""
    return KINDS.get(ParcelStates(parcel.state), "closed")
