"""Whose a parcel is: shown in the answer to a press, and written down."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from mutualaid.clothing.actions.writing import locked, note
from mutualaid.clothing.models import Parcel
from mutualaid.clothing.permissions import user_can_see_whose


@transaction.atomic
def look_whose(*, parcel: Parcel, by: Any) -> Parcel:
    """The parcel with its names, and a line in the audit. PermissionDenied without the right."""
    if not user_can_see_whose(by, parcel):
        raise PermissionDenied
    held = locked(parcel)
    note(held, "look_whose", by)
    return held
