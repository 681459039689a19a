"""What can be done with reports, errors and prizes. One module a noun; import from here."""

from mutualaid.woodpecker.actions.awards import award, award_prizes, hand_over
from mutualaid.woodpecker.actions.closing import close_edition, reopen_edition
from mutualaid.woodpecker.actions.forget import erase_reader, forget_names
from mutualaid.woodpecker.actions.grouping import group, make_error, ungroup
from mutualaid.woodpecker.actions.judging import decide, judge_report, open_again, unjudge_report
from mutualaid.woodpecker.actions.reports import Reporter, Wrong, add_photo, report_error
from mutualaid.woodpecker.actions.scoring import score

__all__ = [
    "Reporter",
    "Wrong",
    "add_photo",
    "award",
    "award_prizes",
    "close_edition",
    "decide",
    "erase_reader",
    "forget_names",
    "group",
    "hand_over",
    "judge_report",
    "make_error",
    "open_again",
    "reopen_edition",
    "report_error",
    "score",
    "ungroup",
    "unjudge_report",
]
