"""Where closings appear elsewhere."""

from collections.abc import Iterable

from django.db.models import Max, Min

from hub.closings import sentences
from hub.closings.models import Closing
from hub.core.errors import SENTENCES
from hub.core.joins import IntegrityCheck, closing_kinds, integrity_checks


def out_of_order() -> Iterable[str]:
    """One sentence for every month or edition whose versions have a gap, or of which an earlier version still stands."""
    groups = Closing.objects.order_by().values("hub", "kind", "period").annotate(first=Min("version"), last=Max("version"))
    for group in groups:
        rows = list(Closing.objects.filter(hub=group["hub"]).of(group["kind"], group["period"]).select_related("reopening"))
        if [row.version for row in rows] != list(range(1, len(rows) + 1)):
            yield f"closings.Closing {group['kind']} {group['period']}: its versions are not 1 to {len(rows)}"
        if any(not hasattr(row, "reopening") for row in rows[:-1]):
            yield f"closings.Closing {group['kind']} {group['period']}: an earlier version was never opened again"


def unknown_kinds() -> Iterable[str]:
    """One sentence for every kind of closing that no app has registered."""
    known = [kind.name for kind in closing_kinds]
    for kind in Closing.objects.exclude(kind__in=known).order_by("kind").values_list("kind", flat=True).distinct():
        yield f"closings.Closing: nobody has registered the kind {kind}"


SENTENCES.update(sentences.SENTENCES)
integrity_checks.register(IntegrityCheck("closings.versions", out_of_order))
integrity_checks.register(IntegrityCheck("closings.kinds_are_known", unknown_kinds))
