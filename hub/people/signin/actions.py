"""What can be done about signing in."""

import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from hub.audit.actions import write_line
from hub.core.errors import RuleBroken
from hub.hubs.models import Hub
from hub.notifications.actions import queue_message
from hub.people.actions.roles import grant_role
from hub.people.models import User
from hub.people.signin import gateway
from hub.people.signin.tasks import send_code

CODE_KIND = "sign_in_code"
READABLE = "abcdefghjkmnpqrstuvwxyz23456789"  # nothing that reads like something else


@transaction.atomic
def queue_code(*, hub: Hub, phone: str, code: str, key: str) -> None:
    """Put the message with a code into the outbox; it leaves after the commit and is blank afterwards.

    The same work for every number, whether or not anybody has an account with it.
    """
    text = _("%(code)s is your code for %(house)s, good for 5 minutes. Tell it to nobody; we never ask for it.") % {"code": code, "house": hub.name}
    queue_message(hub_id=hub.pk, key=key, kind=CODE_KIND, text=text, phone=phone)
    transaction.on_commit(lambda: send_code.enqueue(key))


@transaction.atomic
def open_account(*, hub: Hub, phone: str) -> User:
    """The account of a number whose code was right: the one there is, now verified, or a new one. It may be closed: look before use."""
    user, made = User.objects.get_or_create(
        phone=phone, defaults={"username": f"u{secrets.token_hex(10)}", "phone_verified": True, "password": unusable_password()}
    )
    if made:
        write_line(hub_id=hub.pk, actor=user, verb="open_account", subject="people.user", ref=str(user.pk), channel="web")
    elif not user.phone_verified and user.is_active:
        user.phone_verified = True
        user.save(update_fields=["phone_verified"])
        write_line(hub_id=hub.pk, actor=user, verb="verify_phone", subject="people.user", ref=str(user.pk), channel="web")
    return user


def unusable_password() -> str:
    """What stands in the place of a password that does not exist."""
    nobody = User()
    nobody.set_unusable_password()
    return nobody.password


@transaction.atomic
def set_up_totp(*, user: User, hub: Hub, secret: str) -> tuple[Authenticator, list[str]] | None:
    """Keep the app of somebody who has none; gives it and the recovery codes, which are shown once. None when one is kept already."""
    User.objects.select_for_update().get(pk=user.pk)
    if gateway.has_second_step(user):
        return None
    app, codes = gateway.save_second_step(user, secret)
    write_line(hub_id=hub.pk, actor=user, verb="set_up_totp", subject="people.user", ref=str(user.pk), channel="web")
    return app, codes


@transaction.atomic
def reset_totp(*, user: User, by: User, reason: str) -> None:
    """Forget the app and the recovery codes of a colleague who lost them; open sessions lose the staff pages, the next sets up anew.

    Whether `by` may is asked before (permissions.user_can_reset_totp); nobody does it for themselves. RuleBroken without a reason.
    """
    if by.pk == user.pk:
        raise PermissionDenied
    if not reason.strip():
        raise RuleBroken.of("reason_missing", "reason")
    User.objects.select_for_update().get(pk=user.pk)
    gateway.drop_second_step(user)
    write_line(hub_id=by.acting_at.pk, actor=by, verb="reset_totp", subject="people.user", ref=str(user.pk), reason=reason)


@transaction.atomic
def open_staff_account(*, hub: Hub, username: str, role: str, name: str = "", by: Any = None, is_new: bool = False) -> tuple[User, str]:
    """An account with a role and a password made by chance, given in words this once; '' when the account was there and keeps its own.

    RuleBroken when the account `is_new` and somebody has that username; ValidationError when it cannot be a username.
    """
    user = User.objects.select_for_update().filter(username=username).first()
    if user is not None and is_new:
        raise RuleBroken.of("username_taken", "username")
    password = ""
    if user is None:
        password = new_password()
        user = User(username=username, name=name)
        user.set_password(password)
        user.full_clean(exclude=["password"])
        user.save()
        write_line(hub_id=hub.pk, actor=by, verb="open_account", subject="people.user", ref=str(user.pk))
    grant_role(user=user, hub=hub, role=role, by=by)
    return user, password


def new_password() -> str:
    """Twenty characters in five groups that can be read out (some 99 bits)."""
    return "-".join("".join(secrets.choice(READABLE) for _each in range(4)) for _group in range(5))


def note_sign_in(*, user: User, hub: Hub) -> None:
    """A line for each member of staff who comes in; residents' comings are nobody's business."""
    write_line(hub_id=hub.pk, actor=user, verb="sign_in", subject="people.user", ref=str(user.pk), channel="web")
