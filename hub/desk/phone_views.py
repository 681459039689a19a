"""The telephone's own doors (a softphone pops the screen), and ringing people back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from hub.core.errors import RuleBroken
from hub.desk import actions
from hub.desk.call_forms import NumberForm
from hub.desk.callers import CALL_BACK
from hub.desk.doors import View, at_the_desk
from hub.desk.models import Call
from hub.desk.permissions import user_can_serve_callers
from hub.notifications.actions import mark_rung
from hub.notifications.forms import RungForm
from hub.notifications.models import Message
from hub.notifications.permissions import user_can_ring
from hub.people.signin.tokens import user_of_token
from hub.promises.actions import take
from hub.promises.models import Promise
from hub.promises.permissions import user_can_take

BEARER = "bearer "


def from_a_softphone(view: View) -> View:
    """Open to the operator's own session with the page's token, or to a programme with the operator's API token and no session at all."""
    by_session = csrf_protect(at_the_desk(require_POST(view)))

    @csrf_exempt  # a programme with a token has no form of ours; whoever comes with a session is asked for its token (by_session)
    def opened(request: HttpRequest) -> HttpResponse:
        given = request.headers.get("Authorization", "")
        if not given.lower().startswith(BEARER):
            return by_session(request)
        user = user_of_token(given[len(BEARER) :].strip(), request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware
        if user is None or not user_can_serve_callers(user):
            return JsonResponse({"error": _("This token opens nothing here.")}, status=401)
        request.user = user
        return require_POST(view)(request)

    return opened


def number_of(request: HttpRequest) -> tuple[str, HttpResponse | None]:
    """The number in its normal form, or the refusal."""
    form = NumberForm(request.POST, area_code=request.hub.area_code)  # type: ignore[attr-defined]  # set by HubMiddleware
    if form.is_valid():
        return form.cleaned_data["number"], None
    return "", JsonResponse({"error": form.errors["number"][0]}, status=422)


@from_a_softphone
def ring(request: HttpRequest) -> HttpResponse:
    """`/desk/ring/`: somebody rings; the answer is the address of the screen to open, and no word about who it is."""
    number, refused = number_of(request)
    if refused:
        return refused
    call = actions.take_ring(hub=request.hub, by=request.user, phone=number)  # type: ignore[attr-defined]  # set by HubMiddleware
    return JsonResponse({"url": call.url}, status=201)


@from_a_softphone
def missed(request: HttpRequest) -> HttpResponse:
    """`/desk/missed/`: somebody rang and nobody took it."""
    number, refused = number_of(request)
    if refused:
        return refused
    actions.note_missed(hub=request.hub, phone=number, by=request.user)  # type: ignore[attr-defined]  # set by HubMiddleware
    return JsonResponse({"url": reverse("desk:board")}, status=201)


# --- the board's keys -----------------------------------------------------------------------------------------------
def answered(request: HttpRequest, act: Any) -> HttpResponse:
    """Do it; to the call when it made one, else back to the board. What is refused is said there."""
    try:
        made = act()
    except RuleBroken as broken:
        messages.error(request, broken.sentence)
        return redirect("desk:board")
    return redirect(made.url if isinstance(made, Call) else reverse("desk:board"))


@at_the_desk
@require_POST
def ring_missed(request: HttpRequest, token: str) -> HttpResponse:
    """Ring back somebody whom nobody answered."""
    row = get_object_or_404(Call.objects.at(request.hub).missed(), token=token)  # type: ignore[attr-defined]  # set by HubMiddleware
    return answered(request, lambda: actions.ring_missed(missed=row, by=request.user))


def call_back_or_404(request: HttpRequest, pk: int) -> Promise:
    """A call-back of this hub, for somebody who may take it."""
    if not user_can_take(request.user):
        raise Http404
    return get_object_or_404(Promise.objects.at(request.hub).filter(kind=CALL_BACK), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware


@at_the_desk
@require_POST
def ring_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a call-back: the call whose wrap-up is its result."""
    row = call_back_or_404(request, pk)
    return answered(request, lambda: actions.ring_back(promise=row, by=request.user))


@at_the_desk
@require_POST
def take_call_back(request: HttpRequest, pk: int) -> HttpResponse:
    """It is mine now."""
    row = call_back_or_404(request, pk)
    return answered(request, lambda: take(promise=row, by=request.user))


@at_the_desk
@require_POST
def rung(request: HttpRequest, pk: int) -> HttpResponse:
    """How a call from the call list ended."""
    if not user_can_ring(request.user):
        raise Http404
    row = get_object_or_404(Message.objects.at(request.hub), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware
    form = RungForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("How did it go? Please choose."))
        return redirect("desk:board")
    return answered(request, lambda: mark_rung(message=row, by=request.user, outcome=form.cleaned_data["outcome"]))
