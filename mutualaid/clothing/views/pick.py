"""Choosing, one question a screen: for whom → which pieces → when → check → the parcel.

The answers travel in the form, never in the session or the address; the token that goes along makes the confirmation idempotent.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hub.core.errors import RuleBroken, put_on_form
from hub.core.references import new_token
from hub.people.models import Resident
from hub.people.queries import resident_of
from mutualaid.clothing import queries, rules
from mutualaid.clothing.actions import Asker, choose
from mutualaid.clothing.actions.choose import gone
from mutualaid.clothing.forms import PiecesForm, WhenForm, WhoForm
from mutualaid.clothing.models import Garment, Parcel
from mutualaid.clothing.rules import MOST_PIECES, Slot
from mutualaid.clothing.timetable import kept_until, slot_named, slots_of

OUR_ID = re.compile(r"[0-9]{1,18}")
OUR_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,43}")


@dataclass
class Visit:
    """One request: who visits, whom they may choose for, the three forms with what came."""

    request: HttpRequest
    me: Resident | None
    people: dict[str, Resident]
    slots: list[Slot]
    garments: list[Garment]
    who: WhoForm
    pieces: PiecesForm
    when: WhenForm

    @property
    def hub(self) -> Any:
        return self.request.hub  # type: ignore[attr-defined]  # set by HubMiddleware

    @property
    def given(self) -> Any:
        return self.request.POST

    @property
    def token(self) -> str:
        """The token that came along, or '' when it is none of ours."""
        token = self.given.get("token", "")
        return token if OUR_TOKEN.fullmatch(token) else ""

    @property
    def chosen(self) -> list[Garment]:
        """The garments ticked; only once that form is valid."""
        return [garment for garment in self.garments if garment.pk in self.pieces.wanted]


@never_cache
@login_required(login_url=settings.LOGIN_URL)
@require_http_methods(["GET", "HEAD", "POST"])
def pick(request: HttpRequest) -> HttpResponse:
    """`/clothing/pick/`: by GET the first question, then by POST from page to page."""
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    me = resident_of(request.user, hub)
    people = queries.entitled_of(request.user, hub, me)
    if not people:
        return render(request, "clothing/not_yet.html")
    visit = new_visit(request, me, people)
    step = request.POST.get("step", "")
    if made := Parcel.objects.at(hub).filter(token=visit.token).first() if visit.token else None:
        return redirect(made.url)
    if step in {"", "who"} or not visit.who.is_valid():
        return ask_who(visit, is_first=step in {"", "who"})
    if step == "pieces" or not pieces_are_right(visit):
        return ask_pieces(visit, is_first=step == "pieces")
    if step == "when" or not visit.when.is_valid():
        return ask_when(visit, is_first=step == "when")
    return confirm(visit) if step == "confirm" else check(visit)


def new_visit(request: HttpRequest, me: Resident | None, people: list[tuple[Resident, Any]]) -> Visit:
    """All forms, bound to what came by POST."""
    hub, given = request.hub, request.POST if request.method == "POST" else None  # type: ignore[attr-defined]  # set by HubMiddleware
    who = WhoForm(given, people=[(str(person.pk), label) for person, label in people])
    figure, size = (who.cleaned_data["figure"], who.cleaned_data["size"]) if given is not None and who.is_valid() else ("", "")
    garments = queries.there_for(hub, figure, size) if figure else []
    slots = slots_of(hub)
    return Visit(
        request, me, {str(person.pk): person for person, _label in people}, slots, garments, who,
        PiecesForm(given, garments=garments), WhenForm(given, slots=slots, area_code=hub.area_code),
    )  # fmt: skip


def pieces_are_right(visit: Visit) -> bool:
    """Well-formed, still there and within the rules; complaints are put on the form."""
    if taken := taken_meanwhile(visit):
        data = visit.given.copy()
        data.setlist("pieces", [pk for pk in data.getlist("pieces") if pk not in taken])
        visit.pieces = PiecesForm(data, garments=visit.garments)
        visit.pieces.errors.pop("pieces", None)
        put_on_form(visit.pieces, gone(visit.hub, dict.fromkeys((int(pk) for pk in taken), 1)))
        return False
    if not visit.pieces.is_valid():
        return False
    if refused := rules.choice_complaints(visit.pieces.wanted):
        put_on_form(visit.pieces, RuleBroken(*refused))
        return False
    return True


def taken_meanwhile(visit: Visit) -> list[str]:
    """Which of the pieces ticked lay on the shelf when they were shown, and do not any more."""
    ids = {str(garment.pk) for garment in visit.garments}
    asked = [pk for pk in visit.given.getlist("pieces") if pk not in ids and OUR_ID.fullmatch(pk)]
    empty = Garment.objects.at(visit.hub).filter(pk__in=asked[:MOST_PIECES], piece_count=0) if asked else []
    return [str(garment.pk) for garment in empty]


def ask_who(visit: Visit, *, is_first: bool = False) -> HttpResponse:
    """For whom, and what they wear."""
    if is_first:
        visit.who = WhoForm(None, people=visit.who.fields["who"].choices, initial=typed(visit, visit.who))  # type: ignore[attr-defined]  # a ChoiceField
    return shown(visit, "who", visit.who)


def ask_pieces(visit: Visit, *, is_first: bool = False) -> HttpResponse:
    """What there is for them; nothing there is said with what to do."""
    if is_first:
        initial = {"pieces": visit.given.getlist("pieces")}
        visit.pieces = PiecesForm(None, garments=visit.garments, initial=initial)
    return shown(visit, "pieces", visit.pieces, garments=visit.garments)


def ask_when(visit: Visit, *, is_first: bool = False) -> HttpResponse:
    """When, and which number."""
    if is_first:
        phone = visit.request.user.phone or ""  # type: ignore[union-attr]  # nobody comes here without an account
        initial = {"phone": phone, **typed(visit, visit.when)}
        visit.when = WhenForm(None, slots=visit.slots, area_code=visit.hub.area_code, initial=initial)
    return shown(visit, "when", visit.when, slots=visit.slots)


def check(visit: Visit, *, complaint: str = "") -> HttpResponse:
    """Everything once more, and one key."""
    slot = slot_of(visit)
    context = {"chosen": visit.chosen, "slot": slot, "kept_until": kept_until(visit.hub, slot), "person": person_of(visit), "complaint": complaint}
    return shown(visit, "check", None, status=422 if complaint else 200, **context)


def confirm(visit: Visit) -> HttpResponse:
    """Keep the pieces, then show the parcel; what is gone is said where it can be mended, the rest of the choice still ticked."""
    typed_when = visit.when.cleaned_data
    person = person_of(visit)
    by = Asker(name=person.name, phone=typed_when["phone"], user=visit.request.user, asked_by=visit.me, for_person=person, is_brought=visit.when.is_brought)
    try:
        made = choose(hub=visit.hub, wanted=visit.pieces.wanted, slot=slot_of(visit), by=by, token=visit.token or new_token())
    except RuleBroken as broken:
        return shown_again(visit, broken)
    return redirect(made.url)


def shown_again(visit: Visit, broken: RuleBroken) -> HttpResponse:
    """The page on which the refusal can be mended."""
    field = broken.refusals[0].field
    for form, ask in ((visit.pieces, ask_pieces), (visit.when, ask_when)):
        if field in form.fields:
            put_on_form(form, broken)
            return ask(visit)
    return check(visit, complaint=broken.sentence)


def person_of(visit: Visit) -> Resident:
    """Whom it is for; only once that form is valid."""
    return visit.people[visit.who.cleaned_data["who"]]


def slot_of(visit: Visit) -> Slot:
    """The slot chosen; only once that form is valid."""
    found = slot_named(visit.slots, visit.when.cleaned_data["slot"])
    assert found is not None  # noqa: S101  the form's choices are made of these slots
    return found


def typed(visit: Visit, form: Any) -> dict[str, Any]:
    """What came for these fields, shown again without complaints."""
    return {name: visit.given[name] for name in form.fields if visit.given.get(name)}


def shown(visit: Visit, page: str, form: Any, *, status: int = 200, **context: Any) -> HttpResponse:
    """One page with the other forms' answers along."""
    if form is not None and form.is_bound and form.errors:
        status = 422
    known = {"form": form, "who": visit.who, "pieces": visit.pieces, "when": visit.when, "token": visit.token or new_token()}
    return render(visit.request, f"clothing/pick_{page}.html", known | context, status=status)
