"""What this app keeps about a person: handing it over, and blanking it."""

from collections.abc import Iterable
from typing import Any

from django.contrib.sessions.models import Session

from hub.core import clock
from hub.people.identity import unseal
from hub.people.models import ContactPhone, Entitlement, Relationship, Resident, User

Rows = Iterable[Any]  # of dicts


def clear_sessions() -> int:
    """Sessions that have run out go; how many."""
    return int(Session.objects.filter(expire_date__lt=clock.now()).delete()[0])


def export_account(resident: Resident) -> Rows:
    """The account joined to the person."""
    return User.objects.filter(residents=resident).values("username", "phone", "name", "email", "date_joined")


def erase_account(resident: Resident) -> int:
    """Close and blank the account, unless somebody works with it or it belongs to a person at another hub as well."""
    user = User.objects.filter(residents=resident).first()
    if user is None or user.roles.exists() or user.residents.exclude(pk=resident.pk).exists():
        return 0
    user.username, user.name, user.email, user.phone = f"erased-{user.pk}", "", "", None
    user.phone_verified = user.is_active = False
    user.set_unusable_password()
    user.save()
    return 1


def export_phones(resident: Resident) -> Rows:
    """Every number."""
    return resident.phones.values("number", "note", "is_first")


def erase_phones(resident: Resident) -> int:
    """All numbers go."""
    return ContactPhone.objects.filter(resident=resident).delete()[0]


def export_relatives(resident: Resident) -> Rows:
    """Who stands by the person; a relative who is a resident is named, nothing else of theirs."""
    for link in resident.relatives.select_related("relative"):
        yield {
            "name": link.relative.name if link.relative else link.relative_name,
            "phone": link.relative_phone,
            "kind": link.kind,
            "note": link.note,
            "may_act": link.may_act,
        }


def erase_relatives(resident: Resident) -> int:
    """Links in both directions go: each names two people."""
    return resident.relatives.all().delete()[0] + Relationship.objects.filter(relative=resident).delete()[0]


def export_entitlements(resident: Resident) -> Rows:
    """Every entitlement."""
    return resident.entitlements.values("kind", "proof", "document", "valid_from", "valid_to", "verified_at", "revoked_at")


def erase_entitlements(resident: Resident) -> int:
    """The papers' numbers go and nothing holds any more; the kind stays, so that waived money stays explained."""
    Entitlement.objects.filter(resident=resident, revoked_at=None).update(revoked_at=clock.now())
    return Entitlement.objects.filter(resident=resident).update(document="", revoke_reason="")


def export_consents(resident: Resident) -> Rows:
    """Every agreement."""
    return resident.consents.values("purpose", "text_version", "channel", "given_at", "withdrawn_at")


def erase_consents(resident: Resident) -> int:
    """Withdrawn, not deleted: that consent was given must stay provable, and the rows name nobody."""
    return resident.consents.filter(withdrawn_at=None).update(withdrawn_at=clock.now())


def export_resident(resident: Resident) -> Rows:
    """The person's own facts, the ID number in full: it is theirs."""
    return [
        {
            "name": resident.name,
            "birth_on": resident.birth_on,
            "id_kind": resident.id_kind,
            "id_number": unseal(resident.id_sealed) if resident.id_sealed else "",
            "building": str(resident.building or ""),
            "door": resident.door,
            "flags": resident.flag_words,
            "way_to_reach": resident.way_to_reach,
            "language": resident.language,
            "created_at": resident.created_at,
        }
    ]


def erase_resident_row(resident: Resident) -> int:
    """Left to the action, which blanks the person's own row last: the other apps still need it to find theirs."""
    return 1
