"""The button that confirms a year."""

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from hub.audit.staff_forms import ask, posted
from hub.core import clock
from hub.hubs.models import Hub
from hub.workdays import official
from hub.workdays.actions import confirm_year
from hub.workdays.models import SpecialDay
from hub.workdays.permissions import user_can_keep_days


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, year: int) -> HttpResponse:
    """The year's days on one page, and the button under them. Only this year and the next."""
    this_year = clock.today().year
    if not user_can_keep_days(request.user) or not this_year <= year <= this_year + 1:
        raise Http404
    hub: Hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    return ask(
        request,
        form=forms.Form(posted(request)),
        act=lambda _typed: confirm_year(hub=hub, year=year, by=request.user),
        title=_("Confirm the days of %(year)s") % {"year": year},
        submit=_("They agree with the official notice"),
        done=_("The days of %(year)s are confirmed.") % {"year": year},
        back=reverse("special_days:index"),
        icon="calendar-check",
        template="workdays/confirm_year.html",
        days=SpecialDay.objects.at(hub).filter(day_on__year=year),
        year=year,
        is_official=official.is_official(year),
    )
