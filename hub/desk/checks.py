"""What must never be so about calls."""

from collections.abc import Iterator

from django.db.models import F, Q

from hub.desk.models import Call


def closed_without_code() -> Iterator[str]:
    """Wrapped up without a code, or with a draft left in it; the database forbids both."""
    wrong = Call.objects.filter(Q(closed_at__isnull=False, wrap_up=None) | Q(closed_at__isnull=False, draft__isnull=False))
    for pk in wrong.values_list("pk", flat=True):
        yield f"call {pk} is wrapped up without a code, or with something left in it"


def strayed() -> Iterator[str]:
    """Calls whose person, code or call-back belongs to another hub."""
    elsewhere = (
        Q(person__isnull=False) & ~Q(person__hub=F("hub"))
        | Q(wrap_up__isnull=False) & ~Q(wrap_up__hub=F("hub"))
        | Q(answers__isnull=False) & ~Q(answers__hub=F("hub"))
    )
    for pk in Call.objects.filter(elsewhere).values_list("pk", flat=True):
        yield f"call {pk} belongs to another hub than its person, code or call-back"
