"""Colleagues' accounts: a new one, and a second step forgotten for somebody who lost the telephone."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from hub.audit.staff_forms import ask, posted, show_once
from hub.people import permissions as may
from hub.people.forms import ReasonForm, StaffAccountForm
from hub.people.models import Role
from hub.people.signin.actions import open_staff_account, reset_totp
from hub.people.signin.permissions import user_can_reset_totp
from hub.people.views import asks


@asks
def open_account(request: HttpRequest) -> HttpResponse:
    """An account with a role; its password is made by chance and stands in the answer, this once."""
    if not may.user_can_grant_roles(request.user):
        raise Http404
    return show_once(
        request, form=StaffAccountForm(posted(request)), look=lambda typed: _opened(request, typed), title=_("New account"), submit=_("Open the account"),
        icon="user", back=reverse("staff:index"), back_words=_("Staff and roles"), template="people/staff/account.html",
    )  # fmt: skip


def _opened(request: HttpRequest, typed: dict[str, Any]) -> list[tuple[str, str]]:
    user, password = open_staff_account(hub=request.hub, by=request.user, is_new=True, **typed)  # type: ignore[attr-defined]  # set by HubMiddleware
    return [(_("username"), user.username), (_("password"), password)]


@asks
def forget_second_step(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget a colleague's app and codes; the next sign-in sets them up anew. Nobody's own."""
    role = get_object_or_404(Role.objects.at(request.hub).select_related("user"), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware
    if not user_can_reset_totp(request.user, role.user):
        raise Http404
    return ask(
        request, form=ReasonForm(posted(request)), title=_("Forget the second step"),
        done=_("The second step is forgotten; at the next sign-in it is set up anew."), back=reverse("staff:index"), icon="key",
        act=lambda typed: reset_totp(user=role.user, by=request.user, **typed),  # type: ignore[arg-type]  # signed in, or 404 above
    )  # fmt: skip
