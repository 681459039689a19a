"""The buttons of the promises."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hub.audit.staff_forms import ask, posted
from hub.hubs.policies import Question
from hub.promises import actions
from hub.promises.forms import DropForm
from hub.promises.models import Promise
from hub.promises.permissions import user_can_drop, user_can_keep, user_can_take
from hub.promises.wording import where_done

buttons = require_http_methods(["GET", "HEAD", "POST"])


def _promise(request: HttpRequest, pk: int, may: Question) -> Promise:
    """This hub's promise, for somebody who may; absent and forbidden are answered alike."""
    if not may(request.user, None):
        raise Http404
    return get_object_or_404(Promise.objects.at(request.hub), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware


def _page(request: HttpRequest, promise: Promise, **words: Any) -> HttpResponse:
    return ask(request, back=reverse("promises:inspect", args=[promise.pk]), icon="list-ul", **words)


@buttons
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """Take it on."""
    promise = _promise(request, pk, user_can_take)
    return _page(
        request,
        promise,
        form=forms.Form(posted(request)),
        act=lambda _typed: actions.take(promise=promise, by=request.user),
        title=_("Take this on"),
        done=_("It is yours now."),
    )


@buttons
def keep(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it is done; what is kept by doing it is done on its own page."""
    promise = _promise(request, pk, user_can_keep)
    if promise.is_open and not user_can_keep(request.user, promise):
        raise Http404
    if promise.is_open and (where := where_done(promise)):
        return redirect(where)
    return _page(
        request,
        promise,
        form=forms.Form(posted(request)),
        act=lambda _typed: actions.keep(promise=promise, by=request.user),
        title=_("This is done"),
        done=_("Done and written down."),
    )


@buttons
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that it will not be done, and why."""
    promise = _promise(request, pk, user_can_drop)
    return _page(
        request,
        promise,
        form=DropForm(posted(request)),
        act=lambda typed: actions.drop(promise=promise, reason=typed["reason"], by=request.user),
        title=_("This will not be done"),
        done=_("Dropped, with the reason."),
    )
