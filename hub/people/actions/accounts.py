"""Joining an account to the person it belongs to."""

from datetime import date
from typing import Any

from django.core.cache import cache
from django.db import transaction

from hub.audit.actions import write_line
from hub.core.errors import RuleBroken
from hub.hubs.models import Hub
from hub.people import rules
from hub.people.models import Resident, User
from hub.people.queries import resident_of, residents_known_by

AN_HOUR = 3600
SUBJECT = "people.resident"
AT_THE_DESK = "desk"


def join_account(*, user: User, hub: Hub, birth_on: date | None = None, id_tail: str = "") -> Resident:
    """Join a signed-in account to the person its verified number is known for, by one second fact.

    RuleBroken: phone_not_verified, second_fact_missing, second_fact_wrong (also when the fact fits more than one), too_many_tries.
    Call it outside of a transaction: a try that fails must stay counted.
    """
    joined = resident_of(user, hub)
    if joined:
        return joined
    if not user.phone or not user.phone_verified:
        raise RuleBroken.of("phone_not_verified")
    if birth_on is None and not id_tail.strip():
        raise RuleBroken.of("second_fact_missing")
    _count_try(user, hub)
    facts = {
        resident: rules.second_fact(born=resident.birth_on, tail=resident.id_tail, said_born=birth_on, said_tail=id_tail)
        for resident in residents_known_by(user.phone, hub)
    }
    proved = [(resident, fact) for resident, fact in facts.items() if fact]
    if len(proved) != 1:
        raise RuleBroken.of("second_fact_wrong")
    resident, fact = proved[0]
    return join_account_to_resident(user=user, resident=resident, second_fact=fact)


@transaction.atomic
def join_account_to_resident(*, user: User, resident: Resident, second_fact: str, by: Any = None) -> Resident:
    """The join itself; `second_fact` is what proved it: birth_on, id_tail, or desk (a member of staff saw the paper)."""
    User.objects.select_for_update().get(pk=user.pk)
    resident = Resident.objects.select_for_update().get(pk=resident.pk)
    if resident.user_id == user.pk:
        return resident
    if resident.is_erased:
        raise RuleBroken.of("already_erased")
    if resident.user_id is not None:
        raise RuleBroken.of("resident_has_account")
    if Resident.objects.filter(hub_id=resident.hub_id, user=user).exists():
        raise RuleBroken.of("account_taken")
    resident.user = user
    resident.save(update_fields=["user"])
    if not user.name:
        user.name = resident.name
        user.save(update_fields=["name"])
    write_line(
        hub_id=resident.hub_id, actor=by or user, verb="join_account", subject=SUBJECT, ref=str(resident.pk),
        for_person=resident.masked_name, changes={"second_fact": second_fact, "user": user.pk},
    )  # fmt: skip
    return resident


@transaction.atomic
def leave_account(*, resident: Resident, by: Any, reason: str) -> None:
    """Detach a wrongly joined account."""
    if not reason.strip():
        raise RuleBroken.of("staff_reason_missing", "reason")
    resident = Resident.objects.select_for_update().get(pk=resident.pk)
    account, resident.user = resident.user_id, None
    resident.save(update_fields=["user"])
    write_line(
        hub_id=resident.hub_id, actor=by, verb="leave_account", subject=SUBJECT, ref=str(resident.pk),
        for_person=resident.masked_name, changes={"user": account}, reason=reason,
    )  # fmt: skip


def _count_try(user: User, hub: Hub) -> None:
    """Five tries an hour and account; the account's row is locked, so that many at once count as many."""
    key = f"second-fact:{hub.pk}:{user.pk}"
    with transaction.atomic():
        User.objects.select_for_update().get(pk=user.pk)
        cache.add(key, 0, AN_HOUR)
        tries = cache.incr(key)
    if tries > rules.TRIES_AN_HOUR:
        raise RuleBroken.of("too_many_tries", hotline=hub.hotline)
