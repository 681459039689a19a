"""What the clock sets off. Safe twice, and two at once."""

from hub.core import clock
from mutualaid.clothing.actions import put_back, remind
from mutualaid.clothing.queries import late_parcels, nearly_late_parcels
from mutualaid.clothing.states import ParcelStates


def remind_of_parcels() -> int:
    """Who has not collected a parcel that lies ready hears of it the day before it goes back; how many such parcels there are."""
    return sum(remind(parcel=parcel) for parcel in nearly_late_parcels(clock.now()))


def put_back_uncollected() -> int:
    """Parcels that nobody collected in time go back on the shelf; how many."""
    return sum(put_back(parcel=parcel).state == ParcelStates.PUT_BACK for parcel in late_parcels(clock.now()))
