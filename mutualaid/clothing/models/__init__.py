"""What there is. One module a noun; import from here."""

from mutualaid.clothing.models.garment import Garment
from mutualaid.clothing.models.hours import CollectionHour
from mutualaid.clothing.models.intake import Intake
from mutualaid.clothing.models.movement import Movement
from mutualaid.clothing.models.parcel import Parcel, ParcelLine

__all__ = ["CollectionHour", "Garment", "Intake", "Movement", "Parcel", "ParcelLine"]
