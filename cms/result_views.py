"""The editor's way from a closed month or edition to a notice."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cms.permissions import user_can_write_pages
from cms.results import draft_notice, publishable
from hub.closings.models import Closing
from hub.core.errors import RuleBroken
from hub.core.joins import closing_kinds


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What stands closed, and the notice that was drafted from it."""
    if not user_can_write_pages(request.user):
        raise Http404
    rows = [
        {"closing": closing, "kind": closing_kinds[closing.kind], "period": closing_kinds[closing.kind].period_words(closing), "text": text, "page": page}
        for closing, text, page in publishable(request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware
    ]
    title = _("Notice from a closed month or edition")
    return TemplateResponse(request, "cms/admin/results.html", {"rows": rows, "header_title": title, "page_title": title, "header_icon": "doc-full"})


@require_POST
def draft(request: HttpRequest, pk: int) -> HttpResponse:
    """Draft it, or open the one that was drafted; either leads to Wagtail's editor."""
    if not user_can_write_pages(request.user):
        raise Http404
    closing = get_object_or_404(Closing.objects.at(request.hub), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware
    try:
        page = draft_notice(closing=closing, by=request.user)
    except RuleBroken as refused:
        messages.error(request, refused.sentence)
        return redirect("cms_results")
    return redirect("wagtailadmin_pages:edit", page.pk)
