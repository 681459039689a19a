"""Who visits, whom they may act for; wishes; a guardian's consent."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hub.core.errors import RuleBroken, put_on_form
from hub.hubs.models import Hub
from hub.people.models import Resident
from hub.people.queries import people_to_choose, people_user_may_act_for, resident_of
from hub.people.states import RelationKinds
from mutualaid.swapshop import actions, queries, reaching
from mutualaid.swapshop.forms import WishForm
from mutualaid.swapshop.models import Wish

EITHER = require_http_methods(["GET", "HEAD", "POST"])
signed_in = login_required(login_url=settings.LOGIN_URL)


@dataclass(frozen=True, slots=True)
class Visitor:
    """A signed-in visitor: their own person, and whom they may ask for, with what the page calls them."""

    hub: Hub
    me: Resident | None
    people: list[tuple[Resident, Any]]


def visitor_of(request: HttpRequest) -> Visitor:
    """Who visits this hub's shop."""
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    me = resident_of(request.user, hub)
    return Visitor(hub, me, people_to_choose(request.user, hub, me))


def not_known(request: HttpRequest) -> HttpResponse:
    """Signed in, but with nobody of this hub behind the account."""
    return render(request, "swapshop/not_known.html")


@never_cache
@signed_in
@EITHER
def wishes(request: HttpRequest) -> HttpResponse:
    """`/swap/wishes/`: what I look for, and one more."""
    visitor = visitor_of(request)
    if not visitor.people:
        return not_known(request)
    form = WishForm(request.POST if request.method == "POST" else None, hub=visitor.hub, people=visitor.people)
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        try:
            actions.make_wish(person=form.people[typed["who"]], kind=typed["kind"], words=typed["words"], by=request.user)
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return redirect("swapshop:wishes")
    context = {"form": form, "rows": list(queries.wishes_of(request.user, visitor.hub)), "has_others": len(visitor.people) > 1}
    return render(request, "swapshop/wishes.html", context, status=422 if form.errors else 200)


@never_cache
@signed_in
@require_POST
def end_wish(request: HttpRequest, pk: int) -> HttpResponse:
    """I look for it no more."""
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    found = Wish.objects.at(hub).filter(pk=pk, person__in=queries.people_of(request.user, hub)).first()
    if found is None:
        raise Http404
    actions.end_wish(wish=found, by=request.user)
    return redirect("swapshop:wishes")


@never_cache
@signed_in
@EITHER
def children(request: HttpRequest) -> HttpResponse:
    """`/swap/children/`: a guardian agrees for a child, or agrees no more."""
    visitor = visitor_of(request)
    mine = list(people_user_may_act_for(request.user, visitor.hub).filter(relatives__kind=RelationKinds.GUARDIAN, relatives__relative=visitor.me).distinct())
    rows = [{"child": child, "swapper": reaching.swapper_of(child), "agreed": reaching.has_consent(child)} for child in mine if reaching.is_child(child)]
    refused = ""
    if request.method == "POST":
        child = next((row["child"] for row in rows if str(row["child"].pk) == request.POST.get("child")), None)
        if child is None or visitor.me is None:
            raise Http404
        act = actions.agree_for_child if request.POST.get("answer") == "yes" else actions.disagree_for_child
        try:
            act(child=child, guardian=visitor.me, by=request.user)
        except RuleBroken as broken:
            refused = broken.sentence
        else:
            return redirect("swapshop:children")
    return render(request, "swapshop/children.html", {"rows": rows, "refused": refused}, status=422 if refused else 200)
