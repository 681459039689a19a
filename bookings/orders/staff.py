"""The buttons of the staff's order screens: each asks its permission, shows a form, calls one action."""

from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from bookings.orders import actions
from bookings.orders.actions import Asker, SameMatter, place_order
from bookings.orders.actions.steps import charge_of
from bookings.orders.forms import RateForm
from bookings.orders.models import Order
from bookings.orders.permissions import user_can_decide_price, user_can_serve_orders
from bookings.orders.queries import orders_of_day
from bookings.orders.rules import Asked
from bookings.orders.staff_forms import AssignForm, CallForm, ExtraForm, FinishForm, MoveForm, PriceForm, ReasonForm, StaffOrderForm
from bookings.payments.permissions import user_can_take_money
from hub.audit.staff_forms import ask, posted
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.references import grouped, new_token
from hub.core.wording import when_words
from hub.people.models import Resident
from hub.people.states import Channels

FARTHEST = timedelta(days=36_600)  # a sheet further away than a century is a slip of the pen
EITHER = require_http_methods(["GET", "HEAD", "POST"])


def _order(request: HttpRequest, pk: int, may: Any) -> Order:
    """The order, when this user may; else it is not there."""
    if not may(request.user):
        raise Http404
    rows = Order.objects.at(request.hub).select_related("service", "hub", "asked_by", "for_person", "helper")  # type: ignore[attr-defined]  # set by HubMiddleware
    order = get_object_or_404(rows, pk=pk)
    if not may(request.user, order):
        raise Http404
    return order


def _in_words(order: Order) -> str:
    """Which order a question is about."""
    return f"{grouped(order.reference)} {order.service.name} {when_words(order.starts_at, order.ends_at)}"


def _ask_about(request: HttpRequest, order: Order, **words: Any) -> HttpResponse:
    """One order, one question, one action given as `act(typed)`."""
    form = words.pop("form", None) or forms.Form(posted(request))
    return ask(request, form=form, back=reverse("order:inspect", args=[order.pk]), icon="list-ul", about=_in_words(order), **words)


@EITHER
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Send somebody."""
    order = _order(request, pk, user_can_serve_orders)
    form = AssignForm(posted(request), hub=order.hub, initial={"helper": order.helper_id, "name": order.helper_name, "phone": order.helper_phone})
    return _ask_about(
        request, order, form=form, act=lambda typed: actions.assign(order=order, by=request.user, **typed),
        title=_("Send a helper"), submit=_("Send the helper"), done=_("Written down; the resident is told who comes."),
    )  # fmt: skip


@EITHER
def go(request: HttpRequest, pk: int) -> HttpResponse:
    """The helper has set out."""
    order = _order(request, pk, user_can_serve_orders)
    return _ask_about(
        request, order, act=lambda _typed: actions.go(order=order, by=request.user),
        title=_("The helper is on the way"), submit=_("Write it down"), done=_("Written down; the resident is told."),
    )  # fmt: skip


@EITHER
def arrive(request: HttpRequest, pk: int) -> HttpResponse:
    """The helper is there."""
    order = _order(request, pk, user_can_serve_orders)
    return _ask_about(
        request, order, act=lambda _typed: actions.arrive(order=order, by=request.user),
        title=_("The helper has arrived"), submit=_("Write it down"), done=_("Written down; the resident is told."),
    )  # fmt: skip


@EITHER
def extra(request: HttpRequest, pk: int) -> HttpResponse:
    """Extra parts the resident said yes to."""
    order = _order(request, pk, user_can_serve_orders)
    form = ExtraForm(posted(request), initial={"extra": order.extra_fen, "what": order.extra_what, "agreed_by": order.extra_agreed_by})

    def act(typed: Any) -> Any:
        return actions.agree_extra(order=order, extra_fen=typed["extra"], what=typed["what"], agreed_by=typed["agreed_by"], by=request.user)

    return _ask_about(request, order, form=form, act=act, title=_("Extra parts were agreed"), submit=_("Write it down"), done=_("Written down."))


@EITHER
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Done; with what was paid at the door, by those who take money."""
    order = _order(request, pk, user_can_serve_orders)
    takes_money = user_can_take_money(request.user)
    form = FinishForm(posted(request), owed_fen=charge_of(order).remaining_fen) if takes_money else None

    def act(typed: Any) -> Any:
        money = {"method": typed["method"], "amount_fen": typed["amount"] or 0, "receipt_no": typed["receipt_no"]} if takes_money else {}
        return actions.finish(order=order, by=request.user, **money)

    return _ask_about(request, order, form=form, act=act, title=_("It is done"), submit=_("Write it down"), done=_("Done; it stands in the service ledger."))


@EITHER
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel for somebody, with a reason."""
    order = _order(request, pk, user_can_serve_orders)
    return _ask_about(
        request, order, form=ReasonForm(posted(request)),
        act=lambda typed: actions.cancel(order=order, by=request.user, reason=typed["reason"], as_staff=True),
        title=_("Cancel this order"), submit=_("Cancel the order"), done=_("Cancelled; the resident is told."),
    )  # fmt: skip


@EITHER
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """The house cannot do it."""
    order = _order(request, pk, user_can_serve_orders)
    return _ask_about(
        request, order, form=ReasonForm(posted(request)),
        act=lambda typed: actions.decline(order=order, by=request.user, reason=typed["reason"]),
        title=_("The house cannot do it"), submit=_("Tell them so"), done=_("Declined; the resident is told why."),
    )  # fmt: skip


@EITHER
def price(request: HttpRequest, pk: int) -> HttpResponse:
    """Lower the price, with a reason."""
    order = _order(request, pk, user_can_decide_price)
    form = PriceForm(posted(request), initial={"price": order.price_fen})

    def act(typed: Any) -> Any:
        return actions.decide_price(order=order, price_fen=typed["price"], reason=typed["reason"], by=request.user)

    return _ask_about(request, order, form=form, act=act, title=_("Decide the price"), submit=_("Decide"), done=_("Decided; the resident is told."))


@EITHER
def call(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody asked again about the same matter."""
    order = _order(request, pk, user_can_serve_orders)
    return _ask_about(
        request, order, form=CallForm(posted(request)), act=lambda typed: actions.attach_call(order=order, by=request.user, **typed),
        title=_("They asked again"), submit=_("Write it down"), done=_("Written down on the first order."),
    )  # fmt: skip


@EITHER
def reschedule(request: HttpRequest, pk: int) -> HttpResponse:
    """Another time, under the same number and price."""
    order = _order(request, pk, user_can_serve_orders)
    start, end = clock.local(order.starts_at), clock.local(order.ends_at)
    initial = {"day": start.date(), "window": f"{start:%H:%M}-{end:%H:%M}"}
    form = MoveForm(posted(request), hub=order.hub, service=order.service, initial=initial)

    def act(typed: Any) -> Any:
        return actions.reschedule(order=order, asked=asked_for(typed, order.quantity), by=request.user, reason=typed["reason"], as_staff=True)

    return _ask_about(request, order, form=form, act=act, title=_("Another time"), submit=_("Move it"), done=_("Moved; the resident is told."))


@EITHER
def rate(request: HttpRequest, pk: int) -> HttpResponse:
    """What they said on the return call."""
    order = _order(request, pk, user_can_serve_orders)
    return _ask_about(
        request, order, form=RateForm(posted(request)), act=lambda typed: actions.rate(order=order, by=request.user, channel=Channels.PHONE, **typed),
        title=_("How was it? (return call)"), submit=_("Write it down"), done=_("Written down. Who was not satisfied is rung again by the next working day."),
    )  # fmt: skip


@EITHER
def take_down(request: HttpRequest) -> HttpResponse:
    """Take an order down for somebody at the counter or on the telephone."""
    if not user_can_serve_orders(request.user):
        raise Http404
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    form = StaffOrderForm(posted(request), hub=hub)

    def act(typed: Any) -> Any:
        person = person_known_as(hub, typed["name"], typed["phone"])
        by = Asker(
            name=typed["name"], phone=typed["phone"], what=typed["what"], channel=typed["channel"], user=request.user, taken_by=request.user,
            asked_by=person, for_person=person,
        )  # fmt: skip
        community = typed["community"].pk if typed["community"] else None
        wanted = asked_for(typed, typed["quantity"], community, typed["address"])
        try:
            return place_order(hub=hub, service=typed["service"], asked=wanted, by=by, token=new_token(), is_another_matter=typed["another"])
        except SameMatter as same:
            raise RuleBroken.of("order_open_already", "another", reference=grouped(same.order.reference)) from None

    return ask(
        request,
        form=form,
        act=act,
        title=_("Order for somebody"),
        submit=_("Order"),
        done=_("Ordered; the resident is told."),
        back=reverse("order:index"),
        leads_to=lambda order: reverse("order:inspect", args=[order.pk]),
        icon="list-ul",
    )


def person_known_as(hub: Any, name: str, phone: str) -> Resident | None:
    """The resident of this name and number; of two of one name at one number nobody is guessed at."""
    rows = Resident.objects.at(hub).living().filter(Q(phones__number=phone) | Q(user__phone=phone), name=name).distinct()[:2]
    return rows[0] if len(rows) == 1 else None


def asked_for(typed: Any, quantity: int, community: int | None = None, address: str = "") -> Asked:
    """A form's day and window as what is asked."""
    start, end = (time.fromisoformat(word) for word in typed["window"].split("-"))
    return Asked(clock.at(typed["day"], start), clock.at(typed["day"], end), quantity, community, address)


@require_safe
def day_sheet(request: HttpRequest) -> HttpResponse:
    """The day on paper: who goes where, to print in the morning."""
    if not user_can_serve_orders(request.user):
        raise Http404
    try:
        day = date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        day = clock.today()
    start, end = clock.day_bounds(day if abs(day - clock.today()) < FARTHEST else clock.today())
    rows = list(orders_of_day(request.hub, start, end))  # type: ignore[attr-defined]  # set by HubMiddleware
    return render(request, "orders/staff/day_sheet.html", {"day": clock.local(start).date(), "rows": rows})
