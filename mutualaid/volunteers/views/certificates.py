"""Certificates: drawn by the volunteer, checked by anybody who holds the number, printed by who may."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hub.audit.staff_forms import posted
from hub.core import paper
from hub.core.errors import RuleBroken, put_on_form
from hub.core.letters import CERTIFICATE, clean_letters
from hub.people.queries import resident_of
from mutualaid.volunteers import actions
from mutualaid.volunteers.forms import CertificateForm
from mutualaid.volunteers.models import Certificate
from mutualaid.volunteers.permissions import user_can_keep_volunteers, user_owns_hours


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest) -> HttpResponse:
    """`/volunteer/certificate/`: which days; then the paper."""
    me = resident_of(request.user, request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware
    if me is None:
        return redirect("volunteers:hours")
    form = CertificateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.draw_certificate(resident=me, by=request.user, **form.cleaned_data)
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return redirect("volunteers:paper", number=made.grouped_number)
    return render(request, "volunteers/draw.html", {"form": form}, status=422 if form.errors else 200)


def found_by(request: HttpRequest, number: str) -> Certificate | None:
    """The certificate of this number at this hub."""
    rows = Certificate.objects.at(request.hub).select_related("resident", "hub__site")  # type: ignore[attr-defined]  # set by HubMiddleware
    found: Certificate | None = rows.filter(number=clean_letters(number, CERTIFICATE)).first()
    return found


@never_cache
@require_safe
def check(request: HttpRequest, number: str) -> HttpResponse:
    """`/volunteer/certificate/<number>/`: masked name, days, hours, and whether it still stands. An unknown number is said so, with 404."""
    found = found_by(request, number)
    context = {"certificate": found, "stands": found.stands() if found else False, "is_mine": bool(found) and user_owns_hours(request.user, found)}
    return render(request, "volunteers/certificate.html", context, status=200 if found else 404)


def paper_or_404(request: HttpRequest, number: str) -> dict[str, Any]:
    """What the paper shows, to whom it belongs and to those who keep the volunteers: it bears the full name."""
    found = found_by(request, number)
    if found is None or not (user_owns_hours(request.user, found) or user_can_keep_volunteers(request.user)):
        raise Http404
    return {
        "certificate": found,
        "stands": found.stands(),
        "check_url": f"{found.hub.origin}{reverse('volunteers:certificate', args=[found.grouped_number])}",
        "makes_pdf": paper.makes_pdf(),
    }


@never_cache
@login_required
@require_safe
def on_paper(request: HttpRequest, number: str) -> HttpResponse:
    """A4, to print."""
    return render(request, "volunteers/paper.html", paper_or_404(request, number))


@never_cache
@login_required
@require_safe
def pdf(request: HttpRequest, number: str) -> HttpResponse:
    """As PDF where that can be made; else the page to print."""
    context = paper_or_404(request, number)
    if not paper.makes_pdf():
        return redirect("volunteers:paper", number=number)
    body = paper.pdf(render_to_string("volunteers/paper.html", context, request=request))
    head = {"Content-Disposition": f'attachment; filename="certificate-{context["certificate"].number[:4]}.pdf"'}
    return HttpResponse(body, content_type="application/pdf", headers=head)
