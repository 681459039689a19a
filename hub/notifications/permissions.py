"""Who may do what with messages. Roles are named by their words: people stand above this app."""

from typing import Any

TELL_PEOPLE = frozenset({"operator", "clerk", "director"})
LOOK_AFTER_THE_OUTBOX = frozenset({*TELL_PEOPLE, "admin"})


def user_can_see_messages(user: Any, message: Any = None) -> bool:
    """Who tells people things sees the outbox; the administrator sees whether it runs, without the texts."""
    return bool(user.is_at_work_as(LOOK_AFTER_THE_OUTBOX))


def user_can_read_text(user: Any, message: Any = None) -> bool:
    """Who tells people things reads what is said; a secret is read by nobody here."""
    return bool(user.is_at_work_as(TELL_PEOPLE)) and not (message is not None and message.is_secret)


def user_can_ring(user: Any, message: Any = None) -> bool:
    """Who tells people things works through the call list."""
    return bool(user.is_at_work_as(TELL_PEOPLE))


def user_can_send_again(user: Any, message: Any = None) -> bool:
    """Who tells people things sends again what did not arrive."""
    return bool(user.is_at_work_as(TELL_PEOPLE))
