"""Teams, shifts, hours, thanks. One module a noun; import from here."""

from mutualaid.volunteers.models.hours import Certificate, HoursEntry, no_overlap
from mutualaid.volunteers.models.shift import Opportunity, Shift, SignUp
from mutualaid.volunteers.models.team import Honour, Member, Team, Training, VisitRound
from mutualaid.volunteers.models.thanks import Contribution, Shown

__all__ = [
    "Certificate",
    "Contribution",
    "Honour",
    "HoursEntry",
    "Member",
    "Opportunity",
    "Shift",
    "Shown",
    "SignUp",
    "Team",
    "Training",
    "VisitRound",
    "no_overlap",
]
