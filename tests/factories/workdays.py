"""Special days for tests."""

from datetime import date

import factory

from hub.workdays.models import SpecialDay
from hub.workdays.states import Kinds


class SpecialDayFactory(factory.django.DjangoModelFactory):
    """A day on which the house is closed; give it a `hub`."""

    class Meta:
        model = SpecialDay

    day_on = date(2026, 12, 15)
    kind = Kinds.CLOSED
    label_zh = "全馆检修"
    label_en = "House maintenance"
