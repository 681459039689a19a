"""Where orders appear elsewhere."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from bookings.orders import demo, desk, jobs, queries
from bookings.orders.actions.steps import PUT_RIGHT, RETURN_CALL
from bookings.orders.actions.writing import PURPOSE
from bookings.orders.models import Order, OrderCall
from bookings.orders.permissions import user_can_serve_orders
from bookings.orders.queries import orders_of_person
from bookings.orders.states import FELL_AWAY, WAS_DONE
from bookings.payments.models import Charge
from bookings.payments.queries import charges_of, without_charge_of
from bookings.payments.states import ChargeStates
from hub.core import clock
from hub.core.joins import (
    BoardPanel,
    Claim,
    DemoSeed,
    DeskCard,
    DeskFinder,
    DeskTask,
    Figure,
    Finder,
    IntegrityCheck,
    MoneyClaims,
    MyThings,
    PaymentPurpose,
    PeriodicJob,
    PersonalFields,
    PromiseKind,
    board_panels,
    demo_seeds,
    desk_cards,
    desk_finders,
    desk_tasks,
    figures,
    finders,
    integrity_checks,
    money_claims,
    my_things,
    payment_purposes,
    periodic_jobs,
    personal_fields,
    promise_kinds,
)
from hub.served.models import ServiceEvent


def find(hub: Any, reference: str, phone: str) -> str | None:
    """An order's private page, by its number and the phone it was made with."""
    found = Order.objects.at(hub).filter(reference=reference, contact_phone=phone).first()
    return found.url if found else None


# --- money ----------------------------------------------------------------------------------------------------------
def lock(ref: str) -> None:
    """The order, before its charge."""
    Order.objects.select_for_update().filter(reference=ref).values_list("pk", flat=True).first()


def fulfil(ref: str) -> bool:
    """Paid in full: an order that has fallen away cannot be had any more; every other one can. Told twice, the answer is the same."""
    return Order.objects.filter(reference=ref).exclude(state__in=FELL_AWAY).exists()


def title(ref: str) -> str:
    """What the payer reads."""
    return Order.objects.select_related("service").get(reference=ref).service.name


def url(ref: str) -> str:
    """The slip."""
    return Order.objects.get(reference=ref).url


def claims(hub: Any, start: datetime, end: datetime) -> Iterator[Claim]:
    """What every order made in [start, end) says is due."""
    return claims_for(queries.taken_in(hub, start, end))


def claims_about(hub: Any, refs: Iterable[str]) -> Iterator[Claim]:
    """The same of these orders."""
    return claims_for(Order.objects.at(hub).filter(reference__in=list(refs)))


def claims_for(rows: Any) -> Iterator[Claim]:
    """One that fell away is not for paying any more."""
    orders = list(rows.order_by("created_at", "id"))
    charges = charges_of(PURPOSE, [order.reference for order in orders])
    for order in orders:
        charge = charges.get(order.reference)
        due = 0 if order.state in FELL_AWAY else order.due_fen
        is_paid = charge is not None and charge.state == ChargeStates.SETTLED
        yield Claim(order.reference, due, is_paid, reverse("order:inspect", args=[order.pk]))


# --- what must never be ---------------------------------------------------------------------------------------------
def without_charge() -> Iterator[str]:
    """Orders without a charge, and charges without an order."""
    its_charge = Charge.objects.filter(purpose=PURPOSE, subject_ref=OuterRef("reference"))
    for reference in Order.objects.filter(~Exists(its_charge)).values_list("reference", flat=True):
        yield f"order {reference} has no charge"
    its_order = Order.objects.filter(reference=OuterRef("subject_ref"))
    for ref in Charge.objects.filter(~Exists(its_order), purpose=PURPOSE).values_list("subject_ref", flat=True):
        yield f"charge {ref} has no order"


def other_amounts() -> Iterator[str]:
    """Orders that say another amount than their charge; what fell away owes nothing."""
    charges = Charge.objects.filter(purpose=PURPOSE, subject_ref=OuterRef("reference"))
    still_owed = without_charge_of(Order.objects.exclude(state__in=FELL_AWAY).filter(Exists(charges)), PURPOSE, F("price_fen") + F("extra_fen"))
    fell_away = Order.objects.filter(Exists(charges.exclude(state=ChargeStates.CANCELLED)), state__in=FELL_AWAY)
    for reference in still_owed.values_list("reference", flat=True):
        yield f"order {reference} and its charge do not say the same amount"
    for reference in fell_away.values_list("reference", flat=True):
        yield f"order {reference} fell away, its charge did not"


def other_waived() -> Iterator[str]:
    """Orders that say another waived sum than their charge, as the funder is shown it."""
    charges = Charge.objects.filter(purpose=PURPOSE, subject_ref=OuterRef("reference"))
    wrong = Order.objects.exclude(state__in=FELL_AWAY).filter(Exists(charges.exclude(waived_fen=OuterRef("list_fen") - OuterRef("price_fen"))))
    for reference in wrong.values_list("reference", flat=True):
        yield f"order {reference} and its charge do not waive the same sum"


def without_ledger_row() -> Iterator[str]:
    """Finished orders that the service ledger does not know, and rows of it about orders that were not done."""
    its_row = ServiceEvent.objects.filter(subject_label=PURPOSE, subject_ref=OuterRef("reference"))
    for reference in Order.objects.filter(~Exists(its_row), state__in=WAS_DONE).values_list("reference", flat=True):
        yield f"order {reference} is done and not in the ledger"
    for reference in Order.objects.filter(Exists(its_row)).exclude(state__in=WAS_DONE).values_list("reference", flat=True):
        yield f"order {reference} is in the ledger and was not done"


def strayed() -> Iterator[str]:
    """Orders whose service, person, community or hub do not fit together."""
    wrong = Order.objects.filter(
        ~Q(hub=F("service__hub")) | Q(for_person__isnull=False) & ~Q(hub=F("for_person__hub")) | Q(community__isnull=False) & ~Q(hub=F("community__hub"))
    )
    for reference in wrong.values_list("reference", flat=True):
        yield f"order {reference} belongs to another hub than its service, person or community"


# --- people ---------------------------------------------------------------------------------------------------------
def orders_about(resident: Any) -> Any:
    return Order.objects.filter(Q(for_person=resident) | Q(asked_by=resident))


def export(resident: Any) -> Iterator[dict[str, Any]]:
    """What orders keep about a person."""
    for order in orders_about(resident).select_related("service").prefetch_related("calls").order_by("pk"):
        yield {
            "reference": order.reference,
            "service": order.service.name_zh,
            "from": order.starts_at.isoformat(),
            "until": order.ends_at.isoformat(),
            "name": order.contact_name,
            "phone": order.contact_phone,
            "address": order.address,
            "what": order.what,
            "price_fen": order.price_fen,
            "rating": order.rating,
            "rating_words": order.rating_words,
            "calls": [call.words for call in order.calls.all()],
        }


def erase(resident: Any) -> int:
    """Blank who, where and every word of theirs; the order itself stays for the figures."""
    OrderCall.objects.filter(order__in=orders_about(resident)).update(words="")
    return int(
        orders_about(resident).update(
            contact_name="",
            contact_phone="",
            address="",
            what="",
            rating_words="",
            reason="",
            decision="",
            extra_agreed_by="",
            extra_what="",
            extra_asked_fen=0,
            extra_asked_what="",
        )
    )


PERSONAL = (
    "contact_name", "contact_phone", "address", "what", "rating_words", "reason", "decision", "extra_agreed_by", "extra_what", "extra_asked_what",
    "calls.words",
)  # fmt: skip


# --- the director's figures -----------------------------------------------------------------------------------------
def listed(field: str, **more: str) -> Any:
    """The address of the list of the very rows a figure counts."""

    def address(first_day: date, last_day: date) -> str:
        dates = {f"{field}_from": first_day.isoformat(), f"{field}_to": last_day.isoformat()}
        return f"{reverse('order:index')}?{urlencode([*dates.items(), *more.items()])}"

    return address


def open_and_late(hub: Any, start: datetime, end: datetime) -> int:
    """Orders whose window lay in [start, end) and is over, and which nobody finished."""
    return int(Order.objects.at(hub).late(clock.now()).filter(starts_at__gte=start, starts_at__lt=end).count())


def counted(rows: Any) -> Any:
    """How many of a figure's rows."""
    return lambda hub, start, end: int(rows(hub, start, end).count())


def waived(hub: Any, start: datetime, end: datetime) -> int:
    """What the house went without in the services it did."""
    return queries.waived_fen(queries.done_in(hub, start, end))


def rating(hub: Any, start: datetime, end: datetime) -> int:
    """How those done then were rated, as a percentage of the best."""
    return queries.average_percent(queries.done_in(hub, start, end))


figures.register(Figure("orders.taken", _("Services ordered"), counted(queries.taken_in), listed("created_at"), order=30))
figures.register(Figure("orders.done", _("Services done"), counted(queries.done_in), listed("done_at"), order=31))
figures.register(Figure("orders.closed", _("Orders cancelled or declined"), counted(queries.closed_in), listed("closed_at"), order=32))
figures.register(Figure("orders.late", _("Orders open and late"), open_and_late, listed("starts_at", late="true"), order=33))
figures.register(Figure("orders.waived", _("Waived on services done"), waived, listed("done_at"), "fen", 34))
figures.register(Figure("orders.rating", _("How services were rated"), rating, listed("done_at", rated="true"), "percent", 35))
finders.register(Finder(PURPOSE, find))
my_things.register(MyThings(PURPOSE, _("Services ordered"), orders_of_person, "orders/mine.html", order=20))
payment_purposes.register(PaymentPurpose(PURPOSE, _("services"), lock, fulfil, title, url))
money_claims.register(MoneyClaims(PURPOSE, _("services"), claims, claims_about))
integrity_checks.register(IntegrityCheck("orders.charges", without_charge))
integrity_checks.register(IntegrityCheck("orders.amounts", other_amounts))
integrity_checks.register(IntegrityCheck("orders.waived", other_waived))
integrity_checks.register(IntegrityCheck("orders.ledger", without_ledger_row))
integrity_checks.register(IntegrityCheck("orders.strayed", strayed))
personal_fields.register(PersonalFields(PURPOSE, PERSONAL, export, erase))
promise_kinds.register(PromiseKind(RETURN_CALL, _("Ring and ask how it was")))
promise_kinds.register(PromiseKind(PUT_RIGHT, _("Put right what somebody was not satisfied with")))
periodic_jobs.register(PeriodicJob("orders.spare", jobs.spare_return_calls, 6 * 60, "Who said by code how it was need not be rung and asked."))
demo_seeds.register(DemoSeed("orders", demo.seed, order=45))
desk_cards.register(DeskCard("orders", _("Last orders"), desk.card, user_can_serve_orders, order=20))
desk_tasks.register(DeskTask("orders", _("Service"), desk.form, desk.preview, desk.act, user_can_serve_orders, order=10))
desk_finders.register(DeskFinder("orders", desk.find, user_can_serve_orders))
board_panels.register(BoardPanel("orders", _("On their way, and late"), desk.board, user_can_serve_orders, order=10))
