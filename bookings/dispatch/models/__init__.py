"""Who goes, who was asked, and what it came to. One module a noun; import from here."""

from bookings.dispatch.models.offer import Offer, Proof
from bookings.dispatch.models.provider import KeptApart, Leave, Provider, WorkingHour
from bookings.dispatch.models.statement import Statement, StatementLine

__all__ = ["KeptApart", "Leave", "Offer", "Proof", "Provider", "Statement", "StatementLine", "WorkingHour"]
