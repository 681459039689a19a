"""What must never be: one sentence for each."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from hub.served.models import ServiceEvent
from mutualaid.clothing.actions.writing import SUBJECT
from mutualaid.clothing.models import Garment, Intake, Movement, Parcel, ParcelLine
from mutualaid.clothing.states import FELL_AWAY, Moves, ParcelStates


def other_sums() -> Iterator[str]:
    """Garments whose number is not the sum of their movements."""
    moved = Movement.objects.filter(garment=OuterRef("pk")).order_by().values("garment").annotate(total=Sum("change")).values("total")
    rows = Garment.objects.annotate(moved=Coalesce(Subquery(moved), 0)).exclude(piece_count=F("moved"))
    for pk, count, total in rows.values_list("pk", "piece_count", "moved"):
        yield f"clothing garment {pk}: {count} pieces stand there, its movements make {total}"


def other_lines() -> Iterator[str]:
    """Lines of parcels whose pieces did not leave the shelf once, or did not come back once the parcel fell away."""
    of_line = Movement.objects.filter(parcel=OuterRef("parcel"), garment=OuterRef("garment"))
    out, back = of_line.filter(kind=Moves.OUT, change=-OuterRef("piece_count")), of_line.filter(kind=Moves.BACK, change=OuterRef("piece_count"))
    for pk in ParcelLine.objects.filter(~Exists(out)).values_list("pk", flat=True):
        yield f"clothing parcel line {pk}: its pieces never left the shelf"
    for pk in ParcelLine.objects.filter(~Exists(back), parcel__state__in=FELL_AWAY).values_list("pk", flat=True):
        yield f"clothing parcel line {pk}: its parcel fell away, its pieces did not come back"
    for pk in ParcelLine.objects.filter(Exists(back)).exclude(parcel__state__in=FELL_AWAY).values_list("pk", flat=True):
        yield f"clothing parcel line {pk}: its pieces came back, its parcel did not fall away"


def other_intakes() -> Iterator[str]:
    """Intakes that say another number than the movement they made."""
    moved = Movement.objects.filter(intake=OuterRef("pk"), garment=OuterRef("garment"), change=OuterRef("piece_count"))
    for pk in Intake.objects.filter(~Exists(moved), piece_count__gt=0).values_list("pk", flat=True):
        yield f"clothing intake {pk}: its pieces never came on the shelf"


def without_ledger_row() -> Iterator[str]:
    """Parcels handed out that the service ledger does not know, and rows of it about others."""
    its_row = ServiceEvent.objects.filter(subject_label=SUBJECT, subject_ref=OuterRef("reference"))
    for reference in Parcel.objects.filter(~Exists(its_row), state=ParcelStates.HANDED_OUT).values_list("reference", flat=True):
        yield f"parcel {reference} is handed out and not in the ledger"
    for reference in Parcel.objects.filter(Exists(its_row)).exclude(state=ParcelStates.HANDED_OUT).values_list("reference", flat=True):
        yield f"parcel {reference} is in the ledger and was not handed out"


def strayed() -> Iterator[str]:
    """Rows that belong to another hub than what they are about."""
    parcels = Parcel.objects.filter(Q(for_person__isnull=False) & ~Q(hub=F("for_person__hub")))
    for reference in parcels.values_list("reference", flat=True):
        yield f"parcel {reference} belongs to another hub than its person"
    for pk in ParcelLine.objects.exclude(parcel__hub=F("garment__hub")).values_list("pk", flat=True):
        yield f"clothing parcel line {pk}: another hub's garment"
    for pk in Movement.objects.exclude(hub=F("garment__hub")).values_list("pk", flat=True):
        yield f"clothing movement {pk}: another hub's garment"
