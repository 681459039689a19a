"""Ordering, one question a screen: when and where → who → check → ordered.

The answers travel in the form, never in the session or the address. The token made for the second page goes along and makes the confirmation
idempotent. The price that was shown goes along too, only to notice when it has changed.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods

from bookings.orders import rules
from bookings.orders.actions import Asker, SameMatter, attach_call, place_order
from bookings.orders.actions.place import Priced, price_for, refuse_what_cannot_be
from bookings.orders.facts import day_of, facts_of
from bookings.orders.forms import WhenForm, WhoForm
from bookings.orders.models import Order, Service
from bookings.orders.permissions import user_owns_order
from bookings.orders.queries import open_order_about
from bookings.orders.rules import Asked, ServiceFacts
from bookings.orders.views.services import service_or_404
from hub.core import clock
from hub.core.errors import RuleBroken, put_on_form
from hub.core.references import new_token
from hub.people.models import Resident
from hub.people.queries import people_to_choose, people_user_may_act_for, resident_of
from hub.people.states import Channels
from hub.places.models import Community

OUR_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,43}")


@dataclass
class Visit:
    """One request to the ordering pages: the service, the two forms, who visits."""

    request: HttpRequest
    service: Service
    facts: ServiceFacts
    when: WhenForm
    who: WhoForm
    me: Resident | None

    @property
    def hub(self) -> Any:
        return self.request.hub  # type: ignore[attr-defined]  # set by HubMiddleware

    @property
    def asked(self) -> Asked:
        """The first form's answer; only once it is valid."""
        data, (start, end) = self.when.cleaned_data, self.when.span
        community = int(data.get("community") or 0) or None
        return Asked(clock.at(data["day"], start), clock.at(data["day"], end), data["quantity"], community, data.get("address", ""))


@cache_control(private=True, no_cache=True)
@require_http_methods(["GET", "HEAD", "POST"])
def order(request: HttpRequest, slug: str) -> HttpResponse:
    """`/services/<slug>/order/`: by GET the first question, then by POST from page to page."""
    service = service_or_404(request, slug)
    if not service.can_be_ordered:
        return redirect(service.url)
    visit = new_visit(request, service)
    step = request.POST.get("step", "") if request.method == "POST" else ""
    if step in {"", "when"}:
        return ask_when(visit)
    if made := already_made(visit):
        return redirect(made.url)
    if not when_is_right(visit):
        return ask_when(visit)
    if step == "who":
        return ask_who(visit, fresh=True)
    if not visit.who.is_valid():
        return ask_who(visit)
    return {"confirm": confirm, "same": same}.get(step, check)(visit)


def new_visit(request: HttpRequest, service: Service) -> Visit:
    """Both forms, filled with what came."""
    hub, facts = request.hub, facts_of(service)  # type: ignore[attr-defined]  # set by HubMiddleware
    me = resident_of(request.user, hub)
    given = request.POST if request.method == "POST" else None
    when = WhenForm(
        given,
        facts=facts,
        days=rules.open_days(facts, clock.local(clock.now()), day_of(hub)),
        communities=list(Community.objects.at(hub)),
        is_at_home=service.is_at_home,
        initial={"quantity": 1, **home_of(me)},
    )
    who = new_who(given, request.user, hub, me)
    return Visit(request, service, facts, when, who, me)


def new_who(given: Any, user: Any, hub: Any, me: Resident | None, typed: dict[str, Any] | None = None) -> WhoForm:
    """Who it is for: oneself first, then those one acts for, by name."""
    chosen = people_to_choose(user, hub, me)
    people, names = [(str(person.pk), label) for person, label in chosen], {str(person.pk): person.name for person, _label in chosen}
    known = {"who": str(me.pk) if me else "", "phone": user.phone if user.is_authenticated else ""}
    return WhoForm(given, people=people, known=names, area_code=hub.area_code, initial={**known, **(typed or {})})


def home_of(me: Resident | None) -> dict[str, Any]:
    """Where a resident we know lives."""
    if me is None or me.building is None:
        return {}
    return {"community": str(me.building.grid.community_id), "address": f"{me.building.name_zh}{me.door}"}


def when_is_right(visit: Visit) -> bool:
    """Whether time, number and place are well-formed and allowed; complaints are put on the form."""
    if not visit.when.is_valid():
        return False
    try:
        refuse_what_cannot_be(visit.hub, visit.service, visit.facts, visit.asked)
    except RuleBroken as broken:
        put_on_form(visit.when, broken)
        return False
    return True


def ask_when(visit: Visit) -> HttpResponse:
    """Which day, at what time, how many, where."""
    form = visit.when
    next_step = "check" if visit.who.is_bound and visit.who.is_valid() else "who"
    context = base_context(visit) | {"form": form, "who": visit.who, "next_step": next_step, "token": token_of(visit)}
    return render(visit.request, "orders/order_when.html", context, status=422 if form.is_bound and form.errors else 200)


def ask_who(visit: Visit, *, fresh: bool = False) -> HttpResponse:
    """Who, and how to reach them; fresh, without complaints about what nobody was asked yet."""
    form = visit.who
    if fresh:
        typed = {name: visit.request.POST[name] for name in form.fields if name in visit.request.POST}
        form = visit.who = new_who(None, visit.request.user, visit.hub, visit.me, typed)
    context = base_context(visit) | {
        "form": form,
        "when": visit.when,
        "asked": visit.asked,
        "quote": price_for(visit.facts, visit.asked, None).quote,
        "dish_waivers": rules.kinds_that_pay_less(visit.facts),
        "token": token_of(visit) or new_token(),
    }
    return render(visit.request, "orders/order_who.html", context, status=422 if form.is_bound and form.errors else 200)


def check(visit: Visit, *, complaint: str = "", same_matter: bool = False) -> HttpResponse:
    """Everything once more, the price, and one key."""
    by = asker(visit)
    priced: Priced = price_for(visit.facts, visit.asked, by.for_person)
    data = visit.when.cleaned_data
    community = Community.objects.at(visit.hub).filter(pk=visit.asked.community).first() if visit.asked.community else None
    context = base_context(visit) | {
        "when": visit.when,
        "who": visit.who,
        "asked": visit.asked,
        "by": by,
        "community": community,
        "what": data.get("what", ""),
        "quote": priced.quote,
        "unit": (rules.price_on(visit.facts, data["day"]) or rules.Price(data["day"], 0, "time")).unit,
        "cancel_by": rules.cancel_deadline(visit.asked.starts_at, visit.facts.cancel_hours),
        "token": token_of(visit) or new_token(),
        "complaint": complaint,
        "same_matter": same_matter,
        "other_person": visit.me is not None and by.for_person is None,
    }
    return render(visit.request, "orders/order_check.html", context, status=422 if complaint else 200)


def confirm(visit: Visit) -> HttpResponse:
    """Order it, then show the slip. Another price than the one seen, or an order that is open already, is said first."""
    token, post = token_of(visit), visit.request.POST
    seen = post.get("seen", "")
    if not token or not re.fullmatch(r"[0-9]{1,9}", seen):
        return check(visit)
    try:
        made = place_order(
            hub=visit.hub,
            service=visit.service,
            asked=visit.asked,
            by=asker(visit),
            token=token,
            seen_fen=int(seen),
            is_another_matter=post.get("another") == "1",
        )
    except SameMatter as same_matter:
        return check(visit, complaint=same_matter.sentence, same_matter=True)
    except RuleBroken as broken:
        return shown_again(visit, broken)
    return redirect(made.url)


def shown_again(visit: Visit, broken: RuleBroken) -> HttpResponse:
    """The page on which the refusal can be mended, with everything typed."""
    field = broken.refusals[0].field
    if field in visit.who.fields:
        put_on_form(visit.who, broken)
        return ask_who(visit)
    if field in visit.when.fields:
        put_on_form(visit.when, broken)
        return ask_when(visit)
    return check(visit, complaint=broken.sentence)


def same(visit: Visit) -> HttpResponse:
    """It is about the same matter: a line on the first order, no second one. Only its owner is led to it."""
    by = asker(visit)
    first = open_order_about(visit.hub, visit.service, by.phone, by.for_person)
    if first is None:
        return check(visit)
    attach_call(order=first, channel=Channels.WEB, by=visit.request.user, words=by.what)
    if user_owns_order(visit.request.user, first):
        return redirect(first.url)
    return render(visit.request, "orders/asked_again.html", base_context(visit))


def asker(visit: Visit) -> Asker:
    """Who asks, from the form and the account. A person who is not the visitor's to choose is no choice of the form."""
    data, user = visit.who.cleaned_data, visit.request.user
    pk = data.get("who", "")
    person = people_user_may_act_for(user, visit.hub).filter(pk=pk).first() if pk.isdecimal() else None
    return Asker(
        name=data["name"],
        phone=data["phone"],
        what=visit.when.cleaned_data.get("what", ""),
        user=user if user.is_authenticated else None,
        asked_by=visit.me,
        for_person=person,
    )


def already_made(visit: Visit) -> Order | None:
    """What this token has ordered already: a double tap, a page gone back to."""
    token = token_of(visit)
    return Order.objects.at(visit.hub).filter(token=token).first() if token else None


def token_of(visit: Visit) -> str:
    """The token that came along, or '' when it is none of ours."""
    token = visit.request.POST.get("token", "")
    return token if OUR_TOKEN.fullmatch(token) else ""


def base_context(visit: Visit) -> dict[str, Any]:
    """What every page of the ordering shows."""
    return {"service": visit.service, "facts": visit.facts}
