"""Granting and revoking roles; Wagtail's groups follow."""

from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from hub.audit.actions import write_line
from hub.hubs.models import Hub
from hub.people.models import Role, User
from hub.people.states import USES_THE_ADMIN, Roles


def group_name(hub: Hub, role: str) -> str:
    """`xidajie:editor`."""
    return f"{hub.slug}:{role}"


@transaction.atomic
def grant_role(*, user: User, hub: Hub, role: str, by: Any = None) -> Role:
    """Give `user` a role at `hub`; a second time changes nothing."""
    User.objects.select_for_update().get(pk=user.pk)
    granted, made = Role.objects.get_or_create(user=user, hub=hub, role=role)
    if made:
        if role in USES_THE_ADMIN:
            user.groups.add(Group.objects.get(name=group_name(hub, role)))
        write_line(hub_id=hub.pk, actor=by, verb="grant_role", subject="people.role", ref=str(granted.pk), changes={"user": user.pk, "role": role})
    user.__dict__.pop("_roles", None)
    return granted


@transaction.atomic
def revoke_role(*, role: Role, by: Any = None, reason: str = "") -> None:
    """Take a role away; the next request of every open session is refused, because roles are read anew each time."""
    User.objects.select_for_update().get(pk=role.user_id)
    group = Group.objects.filter(name=group_name(role.hub, role.role)).first()
    if group:
        role.user.groups.remove(group)
    write_line(
        hub_id=role.hub_id,
        actor=by,
        verb="revoke_role",
        subject="people.role",
        ref=str(role.pk),
        changes={"user": role.user_id, "role": role.role},
        reason=reason,
    )
    role.user.__dict__.pop("_roles", None)
    role.delete()


@transaction.atomic
def deactivate_user(*, user: User, hub: Hub, by: Any, reason: str) -> None:
    """Close an account: sign-in and every open session end at once; roles go."""
    user.is_active = False
    user.save(update_fields=["is_active"])
    for role in user.roles.all():
        revoke_role(role=role, by=by, reason=reason)
    write_line(hub_id=hub.pk, actor=by, verb="deactivate", subject="people.user", ref=str(user.pk), reason=reason)


def open_groups(hub: Hub) -> None:
    """One Wagtail group a role that uses the admin, with the right to enter it; what is seen there each app's permissions say."""
    in_admin = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for role in Roles:
        if role in USES_THE_ADMIN:
            group, _made = Group.objects.get_or_create(name=group_name(hub, role))
            group.permissions.add(in_admin)
