"""What the clock sets off. Safe twice, and two at once."""

from hub.core import clock
from mutualaid.clothing.actions import put_back
from mutualaid.clothing.queries import late_parcels
from mutualaid.clothing.states import ParcelStates


def put_back_uncollected() -> int:
    """Parcels that nobody collected in time go back on the shelf; how many."""
    return sum(put_back(parcel=parcel).state == ParcelStates.PUT_BACK for parcel in late_parcels(clock.now()))
