"""A change of keys: what FIELD_KEYS protects is sealed anew with the first of them, so that the old ones can be taken away."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction

from hub.audit.actions import write_line
from hub.hubs.models import Hub
from hub.people.identity import CannotBeRead, resealed
from hub.people.models import Resident
from hub.people.signin.gateway import SecondFactor

A_BATCH = 500
SECRETS = ("secret", "seed")  # of an authenticator app; of the codes for when it is lost


@dataclass(slots=True)
class Resealed:
    """How many ID numbers and second factors were sealed anew; which rows ("resident 12") no key opens: they are left as they are."""

    numbers: int = 0
    factors: int = 0
    unreadable: list[str] = field(default_factory=list)


def reseal_everything() -> Resealed:
    """Seal everything anew with the first of FIELD_KEYS, some hundred rows at a time; safe beside people at work, and to be run again."""
    found = Resealed()
    found.numbers = _in_batches(Resident.objects.exclude(id_sealed=""), "resident", _reseal_number, ["id_sealed"], found)
    found.factors = _in_batches(SecondFactor.objects.all(), "second factor", _reseal_factor, ["data"], found)
    for hub in Hub.objects.all():
        changes = {"id_numbers": found.numbers, "second_factors": found.factors, "unreadable": len(found.unreadable)}
        write_line(hub_id=hub.pk, actor=None, verb="change_keys", subject="people.resident", changes=changes)
    return found


def _in_batches(rows: Any, called: str, reseal: Callable[[Any], None], fields: list[str], found: Resealed) -> int:
    done, last = 0, 0
    while True:
        with transaction.atomic():
            batch = list(rows.filter(pk__gt=last).select_for_update(of=("self",)).order_by("pk")[:A_BATCH])
            if not batch:
                return done
            last, readable = batch[-1].pk, []
            for row in batch:
                try:
                    reseal(row)
                except CannotBeRead:
                    found.unreadable.append(f"{called} {row.pk}")
                else:
                    readable.append(row)
            rows.model.objects.bulk_update(readable, fields)
            done += len(readable)


def _reseal_number(resident: Resident) -> None:
    resident.id_sealed = resealed(resident.id_sealed)


def _reseal_factor(factor: SecondFactor) -> None:
    factor.data = {name: resealed(value) if name in SECRETS else value for name, value in factor.data.items()}
