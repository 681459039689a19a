"""Who may do what with reports, errors and prizes: the truth, asked by pages and staff screens alike."""

from typing import Any

from hub.people.queries import people_user_may_act_for
from hub.people.states import SERVES_RESIDENTS, Roles

REVIEWS = frozenset({Roles.REVIEWER})
SEES_REPORTS = frozenset({Roles.OPERATOR, Roles.CLERK, Roles.REVIEWER, Roles.EDITOR, Roles.DIRECTOR})
KEEPS_EDITIONS = frozenset({Roles.EDITOR, Roles.DIRECTOR})
HANDS_OVER = frozenset({Roles.CLERK, Roles.DIRECTOR})
SEES_AWARDS = frozenset({Roles.CLERK, Roles.REVIEWER, Roles.EDITOR, Roles.DIRECTOR})


def user_can_see_reports(user: Any, row: Any = None) -> bool:
    """Reports, errors and editions are read by who serves, reviews or edits; names are masked there."""
    return bool(user.is_at_work_as(SEES_REPORTS))


def user_can_take_reports(user: Any, row: Any = None) -> bool:
    """Who serves residents takes reports down, from the telephone and from paper."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_see_sender(user: Any, row: Any = None) -> bool:
    """Who sent a report, in full, is for those who may have to ring them; never for reviewers. Each look is a line in the audit."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))


def user_can_review(user: Any, row: Any = None) -> bool:
    """Sorting, verdicts, scores, closing: the reviewers'."""
    return bool(user.is_at_work_as(REVIEWS))


def user_can_keep_editions(user: Any, row: Any = None) -> bool:
    """Newspapers, editions, prizes, kinds, the panel, earlier winners."""
    return bool(user.is_at_work_as(KEEPS_EDITIONS))


def user_can_award(user: Any, row: Any = None) -> bool:
    """Giving the prizes and opening a closed edition again is the director's."""
    return bool(user.is_at_work_as({Roles.DIRECTOR}))


def user_can_close(user: Any, row: Any = None) -> bool:
    """Reviewers and the director."""
    return bool(user.is_at_work_as({Roles.REVIEWER, Roles.DIRECTOR}))


def user_can_see_awards(user: Any, row: Any = None) -> bool:
    """Prizes and the register; reviewers read masked names."""
    return bool(user.is_at_work_as(SEES_AWARDS))


def user_can_hand_over(user: Any, row: Any = None) -> bool:
    """The counter and the director."""
    return bool(user.is_at_work_as(HANDS_OVER))


def user_owns_award(user: Any, award: Any) -> bool:
    """It is the user's own, or of somebody they act for."""
    person = award.reader.resident_id
    return bool(person) and people_user_may_act_for(user, award.hub).filter(pk=person).exists()
