"""The buttons of the outbox and the call list."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hub.audit.staff_forms import ask, posted
from hub.notifications import actions
from hub.notifications.forms import RungForm
from hub.notifications.models import Message
from hub.notifications.permissions import user_can_ring, user_can_send_again


def _message(request: HttpRequest, pk: int) -> Message:
    return get_object_or_404(Message.objects.at(request.hub).select_related("user"), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware


@require_http_methods(["GET", "HEAD", "POST"])
def ring(request: HttpRequest, pk: int) -> HttpResponse:
    """The number, what is to be said, and how the call went."""
    if not user_can_ring(request.user):
        raise Http404
    message = _message(request, pk)
    return ask(
        request,
        form=RungForm(posted(request)),
        act=lambda typed: actions.mark_rung(message=message, by=request.user, outcome=typed["outcome"]),
        title=_("Ring somebody"),
        submit=_("Write it down"),
        done=_("The call is written down."),
        back=reverse("call_list:index"),
        icon="mobile-alt",
        template="notifications/ring.html",
        message=message,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def send_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then put the message back into the outbox."""
    if not user_can_send_again(request.user):
        raise Http404
    message = _message(request, pk)
    return ask(
        request,
        form=forms.Form(posted(request)),
        act=lambda _typed: actions.send_again(message=message, by=request.user),
        title=_("Send this message again"),
        done=_("The message is on its way again."),
        back=reverse("outbox:inspect", args=[pk]),
        icon="mail",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def ring_instead(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask, then put the person on the call list."""
    if not user_can_ring(request.user):
        raise Http404
    message = _message(request, pk)
    return ask(
        request,
        form=forms.Form(posted(request)),
        act=lambda _typed: actions.ring_instead(message=message, by=request.user),
        title=_("Ring this person instead"),
        done=_("The person is on the call list now."),
        back=reverse("outbox:inspect", args=[pk]),
        icon="mobile-alt",
    )
