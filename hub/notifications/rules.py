"""What the house says about messages: which way one goes, and how often it is tried. Pure."""

from datetime import timedelta

from hub.core.phones import is_mobile

MOST_TRIES = 6
LEASE = timedelta(minutes=5)  # a message a worker took and never marked is taken again after this
RING_AGAIN_AFTER = timedelta(hours=1)
TEXTS_ARE_KEPT_FOR = timedelta(days=90)
SECRETS_ARE_KEPT_FOR = timedelta(hours=1)
FIRST_PAUSE = timedelta(minutes=1)
LONGEST_PAUSE = timedelta(hours=2)


def channel_for(*, phone: str, user_id: int | None, email: str) -> str:
    """'sms' for a mobile, 'call' for any other number, else 'onsite' for an account, else 'email'; '' when nobody can be reached."""
    if phone:
        return "sms" if is_mobile(phone) else "call"
    if user_id is not None:
        return "onsite"
    return "email" if email else ""


def lacks_an_address(channel: str, *, phone: str, user_id: int | None, email: str) -> bool:
    """Whether `channel` cannot reach anybody with what is known."""
    return not {"sms": phone, "call": phone, "onsite": user_id is not None, "email": email}.get(channel)


def pause_after(tries: int) -> timedelta:
    """How long to wait after the `tries`-th vain try (from 1): 1, 2, 4, 8 … minutes, at most two hours."""
    return min(FIRST_PAUSE * (1 << min(tries - 1, 10)), LONGEST_PAUSE)
