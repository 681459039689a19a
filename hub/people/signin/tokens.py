"""Keys to the JSON interface: given out, taken back, looked up."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction

from hub.audit.actions import write_line
from hub.core import clock
from hub.hubs.models import Hub
from hub.people.models import ApiToken, User

PREFIX = "hub_"
LONGEST = 100
USE_IS_NOTED_EVERY = timedelta(hours=1)


@transaction.atomic
def issue_token(*, user: User, hub: Hub, label: str = "", by: Any = None) -> str:
    """A new token for `user` at `hub`, in words this once; only its hash is kept."""
    token = PREFIX + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(user=user, hub=hub, token_hash=_hashed(token), label=label)
    write_line(hub_id=hub.pk, actor=by, verb="issue_token", subject="people.apitoken", ref=str(row.pk), changes={"user": user.pk, "label": label})
    return token


@transaction.atomic
def revoke_token(*, token: ApiToken, by: Any = None, reason: str = "") -> None:
    """Close a token at once; a second time changes nothing."""
    row = ApiToken.objects.select_for_update().get(pk=token.pk)
    if row.revoked_at is not None:
        return
    row.revoked_at = clock.now()
    row.save(update_fields=["revoked_at"])
    write_line(hub_id=row.hub_id, actor=by, verb="revoke_token", subject="people.apitoken", ref=str(row.pk), reason=reason)


def user_of_token(token: str, hub: Hub) -> User | None:
    """The active account that `token` stands for at `hub`, already acting there; None for everything else.

    One query; once an hour a second one notes that the token is in use.
    """
    if not token.startswith(PREFIX) or len(token) > LONGEST or not token.isascii():
        return None
    row = ApiToken.objects.at(hub).in_use().select_related("user").filter(token_hash=_hashed(token)).first()
    if row is None:
        return None
    now = clock.now()
    if row.last_used_at is None or row.last_used_at < now - USE_IS_NOTED_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(last_used_at=now)
    row.user.acting_at = hub
    return row.user


def _hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
