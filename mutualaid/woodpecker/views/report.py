"""Reporting an error: what is wrong → look it over, with similar reports beside it → the slip. The answers travel in the form."""

import re
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hub.core.errors import RuleBroken, put_on_form
from hub.core.references import new_token
from hub.people.queries import people_to_choose, resident_of
from mutualaid.woodpecker import actions, queries
from mutualaid.woodpecker.actions import Reporter
from mutualaid.woodpecker.actions.reports import look_over
from mutualaid.woodpecker.forms import PAPER, AlikeForm, OnePictureForm, PictureForm, ReportForm
from mutualaid.woodpecker.models import Edition, Report
from mutualaid.woodpecker.pictures import picture_of

EITHER = require_http_methods(["GET", "HEAD", "POST"])
PART, ALIKE = "X-Part", "alike"  # the page's script asks for what is alike while one types
OUR_TOKEN = re.compile(r"[A-Za-z0-9_-]{16,43}")


def editions_for(request: HttpRequest) -> list[Edition]:
    """Those that run; and one that was named and runs no longer, so that its reader learns which does."""
    rows = queries.running_editions(request.hub)  # type: ignore[attr-defined]  # set by HubMiddleware
    key = request.POST.get("edition", "")[:10]
    if key and key not in {row.key for row in rows}:
        rows += list(Edition.objects.at(request.hub).filter(key=key).select_related("newspaper", "hub"))  # type: ignore[attr-defined]  # as above
    return rows


def form_of(request: HttpRequest, editions: list[Edition], *, is_first: bool) -> ReportForm:
    """Bound to what came by POST; empty at first, with what is known of who is signed in."""
    hub, user = request.hub, request.user  # type: ignore[attr-defined]  # set by HubMiddleware
    me = resident_of(user, hub)
    people = people_to_choose(user, hub, me)
    facts: dict[str, Any] = {"editions": editions, "people": people, "area_code": hub.area_code}
    if request.method == "POST" and not is_first:
        return ReportForm(request.POST, **facts)
    initial: dict[str, Any] = {"who": f"{PAPER}{me.pk}" if me else "", "phone": user.phone if user.is_authenticated else ""}
    if request.GET.get("edition") in {row.key for row in editions}:
        initial["edition"] = request.GET["edition"]
    if request.method == "POST":
        initial |= {name: request.POST[name] for name in ReportForm.base_fields if request.POST.get(name)}
    return ReportForm(initial=initial, **facts)


@never_cache
@EITHER
def new(request: HttpRequest) -> HttpResponse:
    """`/woodpecker/report/`: by GET the form, by POST what comes after it."""
    editions = editions_for(request)
    if not editions:
        return render(request, "woodpecker/no_edition.html", {"last": queries.closed_editions(request.hub, 1)})  # type: ignore[attr-defined]  # set by HubMiddleware
    if request.headers.get(PART) == ALIKE:
        return alike(request, editions)
    token = request.POST.get("token", "")
    token = token if OUR_TOKEN.fullmatch(token) else new_token()
    step = request.POST.get("step", "check")
    form = form_of(request, editions, is_first=step == "change")
    picture = PictureForm(request.POST, request.FILES) if request.method == "POST" and step == "send" else PictureForm()
    if form.is_bound and form.is_valid():
        try:
            if step == "send" and picture.is_valid():
                return redirect(send(request, form, picture, token).url)
            look_over(form.chosen, form.found, reporter_of(request, form))
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return check(request, form, picture, token)
    context = {"form": form, "token": token, "editions": editions}
    return render(request, "woodpecker/report.html", context, status=422 if form.errors else 200)


def alike(request: HttpRequest, editions: list[Edition]) -> HttpResponse:
    """What others have reported, for the words that stand in the form so far; nothing for too few of them."""
    form = AlikeForm(request.POST)
    edition = next((row for row in editions if row.key == request.POST.get("edition")), None)
    if edition is None or not form.is_valid():
        return HttpResponse()
    typed = form.cleaned_data
    found = queries.reports_like(edition, typed["page"] or 0, typed["title"], typed["wrong"])
    return render(request, "woodpecker/alike.html", {"similar": found}) if found else HttpResponse()


def check(request: HttpRequest, form: ReportForm, picture: PictureForm, token: str) -> HttpResponse:
    """Everything once more, what others have reported, and one key."""
    found = form.found
    context = {
        "form": form, "photo_form": picture, "token": token, "edition": form.chosen,
        "similar": queries.reports_like(form.chosen, found.page, found.title, found.wrong),
    }  # fmt: skip
    return render(request, "woodpecker/check.html", context, status=422 if picture.errors else 200)


def reporter_of(request: HttpRequest, form: ReportForm) -> Reporter:
    """Who found it, as the form says."""
    typed, hub = form.cleaned_data, request.hub  # type: ignore[attr-defined]  # set by HubMiddleware
    return Reporter(
        name=typed["name"], phone=typed["phone"], user=request.user, asked_by=resident_of(request.user, hub), for_person=typed["person"],
        prints_full_name=typed["prints_full_name"],
    )  # fmt: skip


def send(request: HttpRequest, form: ReportForm, picture: PictureForm, token: str) -> Report:
    """Write it down."""
    photo = picture.cleaned_data["photo"]
    return actions.report_error(edition=form.chosen, wrong=form.found, by=reporter_of(request, form), token=token, photo=picture_of(photo) if photo else b"")


def report_or_404(request: HttpRequest, token: str) -> Any:
    """The report of this token at this hub; whoever holds the token sent it."""
    rows = Report.objects.at(request.hub).select_related("edition__newspaper", "edition__hub", "sender", "hub")  # type: ignore[attr-defined]  # set by HubMiddleware
    found = queries.with_standing(rows).filter(token=token).first()
    if found is None:
        raise Http404
    return found


@never_cache
@require_safe
def slip(request: HttpRequest, token: str) -> HttpResponse:
    """`/woodpecker/reports/<token>/`: number, when the hub received it, what became of it."""
    return slip_page(request, report_or_404(request, token), OnePictureForm())


def slip_page(request: HttpRequest, found: Any, form: OnePictureForm) -> HttpResponse:
    """The slip, with the form for a photo where it has none yet."""
    standing = queries.standing_of_report(found)
    stage = queries.stages_of([found.edition])[found.edition.pk]
    context = {
        "report": found, "standing": standing, "stage": stage, "form": form, "reply": queries.reply_to(found),
        "can_add": not found.sender.photo and stage != "closed" and standing == "waiting",
    }  # fmt: skip
    return render(request, "woodpecker/slip.html", context, status=422 if form.errors else 200)


@never_cache
@EITHER
def add_photo(request: HttpRequest, token: str) -> HttpResponse:
    """A photo that comes later."""
    found = report_or_404(request, token)
    if request.method != "POST":
        return redirect(found.url)
    form = OnePictureForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            actions.add_photo(report=found, photo=picture_of(form.cleaned_data["photo"]), by=request.user)
        except RuleBroken as broken:
            put_on_form(form, broken)
        else:
            return redirect(found.url)
    return slip_page(request, found, form)


@never_cache
@require_safe
def picture(request: HttpRequest, token: str) -> FileResponse:
    """The photo, to whoever holds the slip."""
    return photo_of(report_or_404(request, token))


def photo_of(report: Report) -> FileResponse:
    """The file; 404 when there is none."""
    if not report.sender.photo:
        raise Http404
    try:
        return FileResponse(report.sender.photo.open(), content_type="image/jpeg")
    except FileNotFoundError:
        raise Http404 from None
