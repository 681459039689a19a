"""What everybody sees: who holds which post, the month's five, the archive, papers to print."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hub.audit.staff_forms import posted
from hub.closings.models import Closing
from hub.core import clock, paper
from hub.core.errors import RuleBroken, put_on_form
from hub.served.states import Posts
from mutualaid.vanguard import actions, months, queries
from mutualaid.vanguard.actions.writing import MONTH
from mutualaid.vanguard.forms import ReplyForm
from mutualaid.vanguard.frozen import FrozenMonth
from mutualaid.vanguard.models import Post, Rating, Term
from mutualaid.vanguard.permissions import own_posts, user_can_answer
from mutualaid.vanguard.rules import MOST_AT_ONCE, MOST_OF_ONE_BROWSER, MOST_WITHOUT_COOKIE
from mutualaid.vanguard.states import WordsStates

A_WALL = 24  # months


@require_safe
def landing(request: HttpRequest) -> HttpResponse:
    """`/vanguard/`: today's duty leader, last month's five, the posts by centre, how it is counted. Nothing about the month that runs."""
    hub = request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    closing = queries.closed_months(hub).first()
    posts = queries.posts_with_holders(hub)
    context = {
        "duty": queries.duty_on(hub, clock.today()), "five_of": FrozenMonth(closing) if closing else None, "centres": by_centre(posts),
        "words": queries.shown_words(hub), **counting(),
    }  # fmt: skip
    return render(request, "vanguard/landing.html", context)


def by_centre(posts: Iterable[Post]) -> list[tuple[str, list[Post]]]:
    """The three centres and the mutual-aid centre in their order, each with its posts."""
    order = list(Posts.values)
    rows = sorted(posts, key=lambda post: (order.index(post.station), post.number))
    return [(str(Posts(station).label), list(group)) for station, group in groupby(rows, key=lambda post: post.station)]


def counting() -> dict[str, Any]:
    """The numbers of the rules, for the words that explain them."""
    return {
        "minimum": settings.VANGUARD_MINIMUM, "prior": settings.VANGUARD_PRIOR, "most_of_one": MOST_OF_ONE_BROWSER, "most_without": MOST_WITHOUT_COOKIE,
        "most_at_once": MOST_AT_ONCE,
    }  # fmt: skip


def post_or_404(request: HttpRequest, number: int) -> Post:
    """This hub's post of that number, while it is in use."""
    found: Post = get_object_or_404(Post.objects.at(request.hub).active(), number=number)  # type: ignore[attr-defined]  # set by HubMiddleware
    return found


@require_safe
def post(request: HttpRequest, number: int) -> HttpResponse:
    """`/vanguard/<number>/`: who holds it, what they promise, when it was one of the five, what people wrote."""
    found = post_or_404(request, number)
    closings = list(queries.closed_months(found.hub)[:A_WALL])
    chosen = [frozen for closing in closings if (frozen := FrozenMonth(closing)).has(found.number)]
    term = Term.objects.filter(post=found).at_moment(clock.now()).first()
    context = {
        "post": found, "term": term, "chosen": chosen, "words": queries.shown_words(found.hub, found),
        "may_answer": user_can_answer(request.user, found.pk), "since": term.from_on if term else None,
    }  # fmt: skip
    return render(request, "vanguard/post.html", context)


@require_safe
def picture(request: HttpRequest, pk: int) -> FileResponse:
    """`/vanguard/pictures/<pk>/`: of whoever holds a post now, or stood among the five."""
    found = get_object_or_404(Term.objects.at(request.hub).held(), pk=pk)  # type: ignore[attr-defined]  # set by HubMiddleware
    if not found.picture:
        raise Http404
    try:
        return FileResponse(found.picture.open(), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None


@require_safe
def sign(request: HttpRequest, number: int) -> HttpResponse:
    """`/vanguard/<number>/sign/`: A4 for the door."""
    found = post_or_404(request, number)
    term = Term.objects.filter(post=found).at_moment(clock.now()).first()
    address = f"{found.hub.origin}{reverse('vanguard:type_code')}"
    return render(request, "vanguard/sign.html", {"post": found, "term": term, "address": address})


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """`/vanguard/months/`: the five of every closed month, the latest first."""
    page = Paginator(queries.closed_months(request.hub), A_WALL).get_page(request.GET.get("page"))  # type: ignore[attr-defined]  # set by HubMiddleware
    return render(request, "vanguard/wall.html", {"months": [FrozenMonth(closing) for closing in page.object_list], "page": page})


def closing_or_404(request: HttpRequest, period: str) -> Closing:
    """What was frozen for the month and stands."""
    if months.month_from(period) is None:
        raise Http404
    found: Closing = get_object_or_404(Closing.objects.at(request.hub).standing(), kind=MONTH, period=period)  # type: ignore[attr-defined]  # set by HubMiddleware
    return found


@require_safe
def month(request: HttpRequest, period: str) -> HttpResponse:
    """`/vanguard/months/2026-10/`: every post's figures, fewer than five of a grade hidden."""
    return render(request, "vanguard/month.html", {"found": FrozenMonth(closing_or_404(request, period)), **counting()})


@require_safe
def notice(request: HttpRequest, period: str) -> HttpResponse:
    """`/vanguard/months/2026-10/notice/`: A4 for the board."""
    return render(request, "vanguard/notice.html", {"found": FrozenMonth(closing_or_404(request, period)), "makes_pdf": paper.makes_pdf()})


@require_safe
def notice_pdf(request: HttpRequest, period: str) -> HttpResponse:
    """As PDF where that can be made; else the page to print."""
    closing = closing_or_404(request, period)
    if not paper.makes_pdf():
        return redirect("vanguard:notice", period=period)
    body = paper.pdf(render_to_string("vanguard/notice.html", {"found": FrozenMonth(closing)}, request=request))
    return HttpResponse(body, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="vanguard-{period}.pdf"'})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """`/vanguard/words/<pk>/reply/`: the post's holder or leader answers words that are shown."""
    rows = Rating.objects.at(request.hub).select_related("post", "hub").filter(words_state=WordsStates.SHOWN, post__in=own_posts(request.user))  # type: ignore[attr-defined]  # set by HubMiddleware
    found = get_object_or_404(rows, pk=pk)
    form = ReplyForm(posted(request), initial={"words": found.reply})
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer(rating=found, words=form.cleaned_data["words"], by=request.user)
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return redirect(found.post.url)
    return render(request, "vanguard/reply.html", {"form": form, "rating": found}, status=422 if form.errors else 200)
