"""Newspapers, their errors, who found them, and what they get for it. One module a noun; import from here."""

from mutualaid.woodpecker.models.award import Award, Handover, PastWinner
from mutualaid.woodpecker.models.edition import Edition, EditionPrize, Newspaper
from mutualaid.woodpecker.models.error import CanonicalError, Credit, ErrorKind, Grouping, Judgement, Score
from mutualaid.woodpecker.models.report import Reader, Report, Sender

__all__ = [
    "Award",
    "CanonicalError",
    "Credit",
    "Edition",
    "EditionPrize",
    "ErrorKind",
    "Grouping",
    "Handover",
    "Judgement",
    "Newspaper",
    "PastWinner",
    "Reader",
    "Report",
    "Score",
    "Sender",
]
