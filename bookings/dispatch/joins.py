"""Where dispatch appears elsewhere."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from bookings.dispatch import board, demo, jobs, queries
from bookings.dispatch.models import KeptApart, Offer, Proof, Provider, Statement, StatementLine
from bookings.dispatch.permissions import user_can_dispatch
from bookings.dispatch.states import LIVES, OfferStates, StatementStates
from bookings.orders.actions.writing import PURPOSE
from bookings.orders.joins import listed, orders_about
from bookings.orders.models import Order
from bookings.orders.states import IS_OPEN, WAS_DONE
from hub.core import clock
from hub.core.joins import (
    BoardPanel,
    DemoSeed,
    Figure,
    IntegrityCheck,
    PeriodicJob,
    PersonalFields,
    StaffWay,
    board_panels,
    demo_seeds,
    figures,
    integrity_checks,
    periodic_jobs,
    personal_fields,
    staff_ways,
)
from hub.served.models import ServiceEvent


# --- what must never be ---------------------------------------------------------------------------------------------
def strayed() -> Iterator[str]:
    """Offers, pairs and statements whose helper, order or resident belong to another hub."""
    for pk in Offer.objects.filter(~Q(hub=F("order__hub")) | ~Q(hub=F("provider__hub"))).values_list("pk", flat=True):
        yield f"offer {pk} belongs to another hub than its order or helper"
    for pk in KeptApart.objects.filter(~Q(hub=F("resident__hub")) | ~Q(hub=F("provider__hub"))).values_list("pk", flat=True):
        yield f"pair kept apart {pk} belongs to another hub than its helper or resident"
    for pk in Statement.objects.filter(~Q(hub=F("provider__hub"))).values_list("pk", flat=True):
        yield f"statement {pk} belongs to another hub than its helper"


def done_by_nobody() -> Iterator[str]:
    """Offers that were accepted and whose order was done by somebody else."""
    rows = Offer.objects.filter(state=OfferStates.ACCEPTED, order__state__in=WAS_DONE).select_related("order")
    for offer in rows:
        if not offer.is_about(offer.order):
            yield f"order {offer.order.reference} was done by somebody else than its accepted offer says"


def statements_against_books() -> Iterator[str]:
    """Statement = payments = ledger: the lines of every order in a locked month, corrections included, against orders, payments and the ledger."""
    lines = StatementLine.objects.filter(statement__state=StatementStates.APPROVED)
    wrong = {order for _provider, order in queries.wrong_by_now(lines)}
    for reference in Order.objects.filter(pk__in=wrong).order_by("reference").values_list("reference", flat=True):
        yield f"order {reference}: its statement does not say what orders and payments say; the next month's statement puts it right"
    its_row = ServiceEvent.objects.filter(subject_label=PURPOSE, subject_ref=OuterRef("order__reference"))
    for reference in lines.filter(~Exists(its_row)).values_list("order__reference", flat=True).distinct():
        yield f"order {reference} stands in a statement and not in the ledger"


def left_out() -> Iterator[str]:
    """Orders done in a month whose statement is locked, which no statement names."""
    line = StatementLine.objects.filter(order=OuterRef("order"))
    locked = Statement.objects.filter(provider=OuterRef("provider"), state=StatementStates.APPROVED, approved_at__gt=OuterRef("order__done_at"))
    rows = Offer.objects.filter(~Exists(line), Exists(locked), state=OfferStates.ACCEPTED, order__state__in=WAS_DONE).select_related("order")
    for offer in rows:
        last = Statement.objects.filter(provider=offer.provider_id, state=StatementStates.APPROVED).order_by("month").last()
        if last is not None and offer.order.done_at is not None and offer.order.done_at < clock.month_bounds(last.month)[1]:
            yield f"order {offer.order.reference} was done in a month that is locked, and no statement names it"


# --- people ---------------------------------------------------------------------------------------------------------
def export_pairs(resident: Any) -> Iterable[dict[str, Any]]:
    """Which helpers are kept away from a resident."""
    for pair in KeptApart.objects.filter(resident=resident).select_related("provider").order_by("pk"):
        yield {"helper": pair.provider.name, "reason": pair.reason, "since": pair.made_at.isoformat()}


def erase_pairs(resident: Any) -> int:
    """The pairs go: nobody is sent to somebody who has been erased."""
    return int(KeptApart.objects.filter(resident=resident).delete()[0])


def export_proofs(resident: Any) -> Iterable[dict[str, Any]]:
    """That there is a photo or a signature, and of which order; the pictures themselves are handed over at the desk."""
    for proof in proofs_about(resident).select_related("order"):
        yield {"order": proof.order.reference, "kind": proof.kind, "at": proof.at.isoformat()}


def erase_proofs(resident: Any) -> int:
    """Photos of somebody's home and signatures go, file and row."""
    proofs = list(proofs_about(resident))
    for proof in proofs:
        if proof.file:
            proof.file.delete(save=False)
        proof.delete()
    return len(proofs)


def proofs_about(resident: Any) -> Any:
    return Proof.objects.filter(order__in=orders_about(resident)).order_by("pk")


def export_helper(resident: Any) -> Iterable[dict[str, Any]]:
    """What is kept about a resident who is a helper as well."""
    for provider in helpers_who_are(resident):
        yield {"name": provider.name, "phone": provider.phone, "note": provider.note, "leave": [str(leave) for leave in provider.leaves.all()]}


def erase_helper(resident: Any) -> int:
    """A helper who still has jobs stays; else name, phone, note and leave are blanked, so that what they did stays counted."""
    done = 0
    for provider in helpers_who_are(resident):
        if Offer.objects.filter(provider=provider, state__in=LIVES, order__state__in=IS_OPEN).exists():
            continue
        provider.leaves.all().delete()
        done += Provider.objects.filter(pk=provider.pk).update(name=f"#{provider.pk}", phone="-", note="", user=None, is_active=False)
        Offer.objects.filter(provider=provider).update(helper_name="", helper_phone="")
    return done


def helpers_who_are(resident: Any) -> Any:
    return Provider.objects.filter(user__isnull=False, user=resident.user) if resident.user_id else Provider.objects.none()


# --- elsewhere on staff screens -------------------------------------------------------------------------------------
def ways(user: Any, order: Order) -> Iterable[tuple[Any, str, str]]:
    """An order's page leads to who goes."""
    return [(_("Who goes?"), reverse("dispatching:order", args=[order.pk]), "user")] if user_can_dispatch(user, order) else []


def lapsed_address(first_day: date, last_day: date) -> str:
    """The offers a figure counts."""
    asked = {"state": OfferStates.LAPSED.value, "answered_at_from": first_day.isoformat(), "answered_at_to": last_day.isoformat()}
    return f"{reverse('offer:index')}?{urlencode(asked)}"


def count_open(hub: Any, start: Any, end: Any) -> int:
    """Orders of these days that are still to be done."""
    return int(Order.objects.at(hub).open().filter(starts_at__gte=start, starts_at__lt=end).count())


def count_lapsed(hub: Any, start: Any, end: Any) -> int:
    return int(queries.lapsed_in(hub, start, end).count())


figures.register(Figure("dispatch.open", _("Orders still open"), count_open, listed("starts_at", open="true"), order=36))
figures.register(Figure("dispatch.lapsed", _("Offers nobody answered in time"), count_lapsed, lapsed_address, order=37))
figures.register(Figure("dispatch.satisfied", _("Satisfied with services"), queries.satisfied_percent, listed("done_at", rated="true"), "percent", 38))
board_panels.register(BoardPanel("dispatch.waiting", _("Waiting for a helper"), board.waiting, user_can_dispatch, order=5))
board_panels.register(BoardPanel("dispatch.asked", _("Asked, no answer yet"), board.asked, user_can_dispatch, order=6))
board_panels.register(BoardPanel("dispatch.return_calls", _("Return calls"), board.return_calls, user_can_dispatch, order=20))
staff_ways.register(StaffWay("dispatch", PURPOSE, ways))
periodic_jobs.register(PeriodicJob("dispatch.lapse", jobs.lapse_overdue, 1, "Offers nobody answered in time come to an end."))
periodic_jobs.register(PeriodicJob("dispatch.let_go", jobs.let_strayed_go, 1, "Helpers are told when their order was cancelled, moved or given to another."))
integrity_checks.register(IntegrityCheck("dispatch.strayed", strayed))
integrity_checks.register(IntegrityCheck("dispatch.done_by", done_by_nobody))
integrity_checks.register(IntegrityCheck("dispatch.statements", statements_against_books))
integrity_checks.register(IntegrityCheck("dispatch.left_out", left_out))
personal_fields.register(PersonalFields("dispatch.keptapart", ("reason", "resident"), export_pairs, erase_pairs))
personal_fields.register(PersonalFields("dispatch.proof", ("file",), export_proofs, erase_proofs))
personal_fields.register(PersonalFields("dispatch.provider", ("name", "phone", "note", "leaves"), export_helper, erase_helper))
demo_seeds.register(DemoSeed("dispatch", demo.seed, order=46))
