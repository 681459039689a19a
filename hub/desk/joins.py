"""The desk's own figures: what was given away, as the funder reads it."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from hub.core.joins import Figure, figures
from hub.desk import money


def waived_fen(hub: Any, start: Any, end: Any) -> int:
    """The sum of the statement."""
    return money.waived(hub, start, end).fen


def statement_url(first: date, last: date) -> str:
    """The statement of these days."""
    return f"{reverse('desk_money_waived')}?from={first}&to={last}"


figures.register(Figure("desk.waived", _("Money waived"), waived_fen, statement_url, unit="fen", order=900))
