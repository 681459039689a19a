"""Pages that join all domains for a resident: everything of mine, and finding a thing by its number."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hub.core.joins import finders, my_things
from hub.me.forms import FindForm
from hub.me.tries import forget, may_try

MOST = 20  # of each kind on the first page
A_PAGE = 50


@never_cache
@login_required(login_url=settings.LOGIN_URL)
@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """`/me/`: what each domain has of this account and of those it acts for, the latest of each; `?of=` one of them, page by page."""
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    if (asked := request.GET.get("of")) is not None:
        if asked not in my_things:
            raise Http404
        things = my_things[asked]
        page = Paginator(things.rows(request.user, hub), A_PAGE).get_page(request.GET.get("page"))
        return render(request, "me/all_of.html", {"things": things, "rows": page.object_list, "page": page, "query": f"&of={asked}"})
    lists = []
    for things in my_things:
        rows = list(things.rows(request.user, hub)[: MOST + 1])
        lists.append({"things": things, "rows": rows[:MOST], "has_more": len(rows) > MOST})
    return render(request, "me/mine.html", {"lists": lists, "is_empty": not any(entry["rows"] for entry in lists)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """`/find/`: a number and a phone lead to the thing's private page. A wrong pair and an unknown one answer alike."""
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    form = FindForm(request.POST if request.method == "POST" else None, area_code=hub.area_code if hub else "")
    if request.method == "POST" and form.is_valid():
        reference, phone = form.cleaned_data["reference"], form.cleaned_data["phone"]
        if not (may_try("reference", f"{hub.pk}:{reference}") & may_try("phone", f"{hub.pk}:{phone}")):
            form.add_error(None, _("Too many tries. Please try again in an hour, or ring %(hotline)s.") % {"hotline": hub.hotline})
        elif url := look_up(hub, reference, phone):
            forget("reference", f"{hub.pk}:{reference}")
            forget("phone", f"{hub.pk}:{phone}")
            return redirect(url)
        else:
            form.add_error(None, _("Nothing was found under this number and phone. Please check both, or ring %(hotline)s.") % {"hotline": hub.hotline})
    return render(request, "me/find.html", {"form": form}, status=422 if form.errors else 200)


def look_up(hub: object, reference: str, phone: str) -> str | None:
    """Ask every domain; the first that knows the pair answers with the address of its page."""
    return next((url for finder in finders if (url := finder.find(hub, reference, phone))), None)
