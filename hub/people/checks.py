"""What must never be so with people; one sentence for each case found."""

from collections.abc import Iterable

from django.db.models import Count, F, Q

from hub.people.identity import CannotBeRead, look_up, unseal
from hub.people.models import ContactPhone, Entitlement, Relationship, Resident

SAMPLE = 200  # opening every sealed number takes minutes in a large house; a lost key shows in any of them


def ids_known_twice() -> Iterable[str]:
    """Two living residents of one hub with one ID number."""
    twice = Resident.objects.filter(erased_at=None, id_hash__isnull=False).values("hub_id", "id_hash").annotate(count=Count("id")).filter(count__gt=1)
    return [f"hub {row['hub_id']}: {row['count']} residents share one ID number" for row in twice]


def ids_that_cannot_be_read() -> Iterable[str]:
    """A sealed number that no key opens, or that is not found under its own hash."""
    found = []
    for resident in Resident.objects.filter(id_hash__isnull=False).order_by("-id")[:SAMPLE]:
        try:
            if look_up(unseal(resident.id_sealed), resident.id_kind) != resident.id_hash:
                found.append(f"resident {resident.pk}: INDEX_KEY is not the one the ID number was filed with")
        except CannotBeRead:
            found.append(f"resident {resident.pk}: none of FIELD_KEYS opens the ID number")
    return found


def entitlements_without_verifier() -> Iterable[str]:
    """Verified by nobody, or ending before it begins."""
    wrong = Entitlement.objects.filter(Q(verified_at__isnull=False, verified_by=None) | Q(valid_to__lt=F("valid_from")))
    return [f"entitlement {pk}: verified by nobody, or its dates are not in order" for pk in wrong.values_list("pk", flat=True)]


def links_acting_without_consent() -> Iterable[str]:
    """Somebody who acts without a consent that stands, or by somebody else's."""
    acting = Relationship.objects.filter(may_act=True).filter(
        Q(consent=None) | Q(consent__withdrawn_at__isnull=False) | ~Q(consent__resident_id=F("person_id"))
    )
    return [f"relative {pk}: acts without a standing consent" for pk in acting.values_list("pk", flat=True)]


def rows_across_hubs() -> Iterable[str]:
    """A phone, a link or an entitlement that belongs to another hub than its resident."""
    for model, path in ((ContactPhone, "resident"), (Relationship, "person"), (Relationship, "relative"), (Entitlement, "resident")):
        for pk in model._default_manager.filter(**{f"{path}__isnull": False}).exclude(hub_id=F(f"{path}__hub_id")).values_list("pk", flat=True):
            yield f"{model._meta.label_lower} {pk}: of another hub than its {path}"


def erased_with_traces() -> Iterable[str]:
    """A tombstone that still says who it was."""
    told = Resident.objects.filter(erased_at__isnull=False).exclude(name="", initials="", door="", flag_note="")
    return [f"resident {pk}: erased, but not blank" for pk in told.values_list("pk", flat=True)]
