"""A winner's certificate: checked by anybody who holds the number, printed by who may."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hub.core import paper
from hub.core.letters import CERTIFICATE, clean_letters
from mutualaid.woodpecker.actions.reading import look_winner
from mutualaid.woodpecker.models import Award
from mutualaid.woodpecker.permissions import user_can_hand_over, user_owns_award

EITHER = require_http_methods(["GET", "HEAD", "POST"])


def found_by(request: HttpRequest, number: str) -> Award | None:
    """The award of this number at this hub."""
    rows = Award.objects.at(request.hub).select_related("reader", "prize", "edition__newspaper", "hub__site")  # type: ignore[attr-defined]  # set by HubMiddleware
    found: Award | None = rows.filter(number=clean_letters(number, CERTIFICATE)).first()
    return found


@never_cache
@require_safe
def check(request: HttpRequest, number: str) -> HttpResponse:
    """`/woodpecker/certificate/<number>/`: whether it stands; the name as it was printed."""
    found = found_by(request, number)
    is_mine = found is not None and may_print(request.user, found)
    context = {"award": found, "stands": found is not None and found.voided_at is None, "is_mine": is_mine}
    return render(request, "woodpecker/certificate.html", context, status=200 if found else 404)


def may_print(user: Any, award: Award) -> bool:
    """To whom it belongs, and who hands prizes over."""
    return user.is_authenticated and (user_owns_award(user, award) or user_can_hand_over(user))


def paper_or_404(request: HttpRequest, number: str) -> dict[str, Any]:
    """What the paper shows, to whom it belongs and to those who hand prizes over. It bears the full name: for staff in the answer to a press, which is kept."""
    found = found_by(request, number)
    if found is None or not may_print(request.user, found):
        raise Http404
    is_staffs = not user_owns_award(request.user, found)
    is_full = request.method == "POST" or not is_staffs
    if is_staffs and is_full:
        look_winner(award=found, by=request.user)
    return {
        "award": found,
        "name": found.full_name or found.name if is_full else found.name,
        "is_full": is_full,
        "is_staffs": is_staffs,
        "stands": found.voided_at is None,
        "check_url": f"{found.hub.origin}{reverse('woodpecker:certificate', args=[found.grouped_number])}",
        "makes_pdf": paper.makes_pdf(),
    }


@never_cache
@login_required
@EITHER
def on_paper(request: HttpRequest, number: str) -> HttpResponse:
    """A4, to print."""
    return render(request, "woodpecker/paper.html", paper_or_404(request, number))


@never_cache
@login_required
@EITHER
def pdf(request: HttpRequest, number: str) -> HttpResponse:
    """As PDF where that can be made; else the page to print."""
    context = paper_or_404(request, number)
    if not paper.makes_pdf():
        return redirect("woodpecker:paper", number=number)
    body = paper.pdf(render_to_string("woodpecker/paper.html", context, request=request))
    head = {"Content-Disposition": f'attachment; filename="woodpecker-{context["award"].number[:4]}.pdf"'}
    return HttpResponse(body, content_type="application/pdf", headers=head)
