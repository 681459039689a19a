"""What others ask about money."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.payments.models import Charge, Payment, Refund
from bookings.payments.states import ChargeStates, Methods, PaymentStates, RefundStates, Waivers
from hub.core.joins import Booked
from hub.core.money import yuan_text


def charge_of(purpose: str, ref: str) -> Charge | None:
    """The charge of one thing; None when it costs nothing and never did."""
    return Charge.objects.about(purpose, ref).first()


def charges_of(purpose: str, refs: Iterable[str]) -> dict[str, Charge]:
    """The charges of several things, by reference."""
    return {charge.subject_ref: charge for charge in Charge.objects.filter(purpose=purpose, subject_ref__in=list(refs))}


def without_charge_of(rows: Any, purpose: str, price_fen: Any) -> Any:
    """Of `rows`, each with a `reference`, those whose charge does not ask `price_fen` (an expression over the row), has fallen away, or is not
    there. What was given back of it is not due any more, though the row still names the whole price."""
    charges = Charge.objects.filter(purpose=purpose, subject_ref=OuterRef("reference")).exclude(state=ChargeStates.CANCELLED)
    agreeing = charges.filter(due_fen__lte=OuterRef("its_price_fen"), due_fen__gte=OuterRef("its_price_fen") - F("refunded_fen"))
    return rows.annotate(its_price_fen=price_fen).filter(~Exists(agreeing))


def booked(hub: Any, purpose: str, refs: Iterable[str]) -> dict[str, Booked]:
    """The book's side of a reconciliation."""
    return {
        charge.subject_ref: Booked(charge.subject_ref, charge.due_fen, charge.received_fen, charge.refunded_fen, reverse("charge:inspect", args=[charge.pk]))
        for charge in Charge.objects.at(hub).filter(purpose=purpose, subject_ref__in=list(refs))
    }


def opened(hub: Any, purpose: str, start: datetime, end: datetime) -> list[str]:
    """References of the charges opened in [start, end)."""
    return list(Charge.objects.at(hub).filter(purpose=purpose, opened_at__gte=start, opened_at__lt=end).values_list("subject_ref", flat=True))


def takings(hub: Any, start: datetime, end: datetime) -> list[tuple[str, int, int]]:
    """What came in and went back in [start, end): method, fen (back is negative), how many."""
    came = Payment.objects.at(hub).filter(received_at__gte=start, received_at__lt=end, state=PaymentStates.RECEIVED)
    went = Refund.objects.at(hub).filter(done_at__gte=start, done_at__lt=end, state=RefundStates.DONE)
    rows = [
        (str(Methods(row["method"]).label), row["fen"], row["n"]) for row in came.order_by().values("method").annotate(fen=Sum("amount_fen"), n=Count("pk"))
    ]
    back = went.order_by().values("payment__method").annotate(fen=Sum("amount_fen"), n=Count("pk"))
    return sorted(rows) + sorted((str(Methods(row["payment__method"]).label), -row["fen"], row["n"]) for row in back)


def waived(hub: Any, start: datetime, end: datetime) -> list[tuple[str, int, int]]:
    """What was given away in [start, end): the reason in words, how often, fen. Equal to the sum over the charges."""
    rows = Charge.objects.at(hub).filter(opened_at__gte=start, opened_at__lt=end, waived_fen__gt=0)
    found = rows.order_by().values("waived_for").annotate(n=Count("pk"), fen=Sum("waived_fen"))
    by_reason = {row["waived_for"]: (row["n"], row["fen"]) for row in found}
    return [(str(reason.label), *by_reason[reason.value]) for reason in Waivers if reason.value in by_reason]


def oddities(hub: Any, start: datetime, end: datetime) -> list[str]:
    """What payments themselves find wrong about charges opened in [start, end)."""
    return list(wrong_sums(Charge.objects.at(hub).filter(opened_at__gte=start, opened_at__lt=end)))


def wrong_sums(charges: Any) -> Iterable[str]:
    """Charges whose sums are not those of their payments and refunds."""
    came = Sum("payments__amount_fen", filter=Q(payments__state=PaymentStates.RECEIVED), default=0)
    back = Sum("payments__refunded_fen", filter=Q(payments__state=PaymentStates.RECEIVED), default=0)
    for charge in charges.annotate(came=came, back=back).order_by("pk"):
        if (charge.came, charge.back) != (charge.received_fen, charge.refunded_fen):
            yield _("%(ref)s: the charge says %(received)s yuan came and %(refunded)s went back, its payments say %(came)s and %(back)s.") % {
                "ref": charge.subject_ref,
                "received": yuan_text(charge.received_fen),
                "refunded": yuan_text(charge.refunded_fen),
                "came": yuan_text(charge.came),
                "back": yuan_text(charge.back),
            }
