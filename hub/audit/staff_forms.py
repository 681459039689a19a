"""A button on a staff screen: a small page that asks, then calls an action."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from hub.core.errors import RuleBroken, put_on_form

PAGE = "wagtailadmin/generic/form.html"
SHOWN_ONCE = "audit/shown_once.html"


def posted(request: HttpRequest) -> QueryDict | None:
    """What was posted, for a form's first argument; also when nothing but the button was (`request.POST or None` forgets that)."""
    return request.POST if request.method == "POST" else None


def ask(
    request: HttpRequest,
    *,
    form: forms.Form,
    act: Callable[[dict[str, Any]], object],
    title: str | Promise,
    done: str | Promise,
    back: str,
    submit: str | Promise = "",
    icon: str = "",
    about: object = "",
    leads_to: Callable[[Any], str] | None = None,
    template: str = PAGE,
    **context: Any,
) -> HttpResponse:
    """Show `form` under `title`, beside it the row it is `about`, masked as in lists; posted and sound, `act(cleaned_data)`, say `done` and go `back`,
    or where what `act` gave `leads_to` (its page, with the number to be read out).

    What the action refuses is shown with what was typed still there. The caller has asked who may.
    """
    if request.method == "POST" and form.is_valid():
        try:
            made = act(form.cleaned_data)
        except RuleBroken as broken:
            put_on_form(form, broken)
            messages.error(request, broken.sentence)
        else:
            messages.success(request, str(done))
            return redirect(leads_to(made) if leads_to else back)
    page = {
        "form": form,
        "media": form.media,
        "action_url": request.path,
        "page_title": title,
        "page_subtitle": about,
        "header_title": title,
        "header_icon": icon,
        "back_url": back,
        "submit_button_label": submit or title,
        "submit_button_active_label": submit or title,
    }
    return TemplateResponse(request, template, {**page, **context})


def show_once(
    request: HttpRequest,
    *,
    look: Callable[[dict[str, Any]], list[tuple[Any, Any]]],
    title: str | Promise,
    back: str,
    back_words: str | Promise,
    form: forms.Form | None = None,
    submit: str | Promise = "",
    icon: str = "view",
    template: str = SHOWN_ONCE,
) -> HttpResponse:
    """What stands nowhere else, in the answer to a press: `look(cleaned_data)` writes the audit line and returns (label, words) to read once.

    What the action refuses is shown with what was typed still there. The caller has asked who may.
    """
    form = forms.Form(posted(request)) if form is None else form
    shown = None
    if request.method == "POST" and form.is_valid():
        try:
            shown = [(label, words or "—") for label, words in look(form.cleaned_data)]
        except RuleBroken as broken:
            put_on_form(form, broken)
    page = {
        "form": form,
        "media": form.media,
        "action_url": request.path,
        "page_title": title,
        "header_title": title,
        "header_icon": icon,
        "back_url": back,
        "back_words": back_words,
        "submit_button_label": submit or _("Show"),
        "shown": shown,
    }
    return TemplateResponse(request, template, page)
