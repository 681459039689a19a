"""The pages of the door. Each asks the throttle before it looks at anything."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hub.core.errors import RuleBroken, put_on_form
from hub.core.phones import masked
from hub.hubs.current import hub_of
from hub.people.actions.accounts import join_account
from hub.people.signin import actions, demo, gateway, landing, throttle
from hub.people.signin.forms import CodeForm, IsThisYouForm, NumberForm, PasswordForm, SecondStepForm, SetUpForm
from hub.people.signin.rules import safe_path

GET_OR_POST = ["GET", "HEAD", "POST"]


@never_cache
@require_http_methods(GET_OR_POST)
def sign_in(request: HttpRequest) -> HttpResponse:
    """Phone and code; with ?password=1 the form with username and password."""
    if "password" in request.GET:
        return by_password(request)
    if request.user.is_authenticated:
        return redirect(_goal(request) or landing.home_of(request, request.user))
    form = NumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            _send_code(request, form.cleaned_data["phone"], _goal(request))
            return redirect("account_confirm_login_code")
        except throttle.TriedTooOften as too_often:
            form.add_error("phone", _too_often(request, too_often))
        except throttle.CannotCount:
            return _door_is_shut(request)
    return _page(request, "number", form)


@never_cache
@require_http_methods(GET_OR_POST)
def enter_code(request: HttpRequest) -> HttpResponse:
    """The code from the message, or the wish for another one."""
    waiting = None if request.user.is_authenticated else gateway.PhoneCode.of(request)
    if waiting is None:
        return redirect("account_login")
    again = request.method == "POST" and "again" in request.POST
    form = CodeForm(request.POST if request.method == "POST" and not again else None)
    try:
        if again:
            _send_code(request, waiting.phone, waiting.goal)
            return redirect("account_confirm_login_code")
        if form.is_valid():
            response = _try_code(request, waiting, form.cleaned_data["code"])
            if response:
                return response
            form.add_error("code", _hotline_sentence(request, _("This is not the code we sent, or it is too old. Please look again, or ask for a new one.")))
    except throttle.TriedTooOften as too_often:
        if again:
            return _page(request, "code", CodeForm(), waiting=waiting, notice=_too_often(request, too_often), status=429)
        waiting.abort()
        sentence = _("That was not the code five times. Please ask for a new one.")
        return _page(request, "number", NumberForm(), notice=_hotline_sentence(request, sentence), status=429)
    except throttle.CannotCount:
        return _door_is_shut(request)
    return _page(request, "code", form, waiting=waiting)


@never_cache
@sensitive_post_parameters("password")
def by_password(request: HttpRequest) -> HttpResponse:
    """For staff and the demo. One sentence for a wrong name, a wrong password and a closed account."""
    form = PasswordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        username, password = form.cleaned_data["username"], form.cleaned_data["password"]
        try:
            tried = throttle.claim(("password_name", username), ("password_address", throttle.address_of(request)))
            user = gateway.user_by_password(request, username=username, password=password)
            if user is not None:
                tried.give_back()
                return gateway.sign_in_by_password(request, user, goal=_goal(request))
            form.add_error(None, _hotline_sentence(request, _("Username and password do not belong together. Please check both.")))
        except throttle.TriedTooOften as too_often:
            form.add_error(None, _too_often(request, too_often))
        except throttle.CannotCount:
            return _door_is_shut(request)
    return _page(request, "password", form)


@never_cache
@require_http_methods(GET_OR_POST)
def second_step(request: HttpRequest) -> HttpResponse:
    """The code of the app, after the first step was right."""
    step = gateway.second_step_of(request)
    if step is None:
        return redirect("account_login")
    form = SecondStepForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            tried = throttle.claim(("second_step", str(step.user.pk)))
            authenticator = gateway.matching_authenticator(step.user, form.cleaned_data["code"])
            if authenticator is not None:
                tried.give_back()
                return step.sign_in(authenticator)
            form.add_error("code", _("This is not the code your app shows now. Please wait for the next one and type that."))
        except throttle.TriedTooOften as too_often:
            form.add_error("code", _too_often(request, too_often))
        except throttle.CannotCount:
            return _door_is_shut(request)
    return _page(request, "second_step", form)


@never_cache
@login_required
@require_http_methods(GET_OR_POST)
def set_up_second_step(request: HttpRequest) -> HttpResponse:
    """For staff: the square for the app; when its first code is right, the recovery codes, this once."""
    user: Any = request.user
    if not user.has_a_role():
        raise Http404
    if gateway.has_second_step(user):
        return redirect(_goal(request) or landing.home_of(request, user))
    if not gateway.gave_password(request, user):  # a number alone may not become the key to the staff's pages
        return redirect(f"{reverse('account_login')}?{urlencode({'password': '1', 'next': request.get_full_path()})}")
    secret = gateway.secret_for(request)
    form = SetUpForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            tried = throttle.claim(("second_step", str(user.pk)))
            if gateway.gives(secret, form.cleaned_data["code"]):
                tried.give_back()
                return _keep_second_step(request, secret)
            form.add_error("code", _("This is not the code your app shows now. Please wait for the next one and type that."))
        except throttle.TriedTooOften as too_often:
            form.add_error("code", _too_often(request, too_often))
        except throttle.CannotCount:
            return _door_is_shut(request)
    spaced = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return _page(request, "set_up", form, secret=spaced, qr=gateway.qr_svg(user, secret))


@never_cache
@login_required
@require_http_methods(GET_OR_POST)
def is_this_you(request: HttpRequest) -> HttpResponse:
    """The number stands with somebody the house knows: a second fact joins the account to that person. May be left for another day."""
    user: Any = request.user
    goal = _goal(request) or landing.home_of(request, user)
    if not landing.number_is_known(user, hub_of(request)):
        return redirect(goal)
    form = IsThisYouForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            throttle.claim(("is_this_you", str(user.pk)))
            join_account(user=user, hub=_house(request), **form.cleaned_data)
            return redirect(goal)
        except RuleBroken as broken:
            put_on_form(form, broken)
        except throttle.TriedTooOften as too_often:
            form.add_error(None, _too_often(request, too_often))
        except throttle.CannotCount:
            return _door_is_shut(request)
    return _page(request, "is_this_you", form, goal=goal)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Out; the browser is told to forget what it kept of these pages."""
    gateway.leave(request)
    response = redirect("/en/" if request.path_info.startswith("/en/") else "/")
    response["Clear-Site-Data"] = '"cache", "storage"'
    return response


@never_cache
@require_safe
def other_door(request: HttpRequest) -> HttpResponse:
    """Wagtail's own log-in pages lead to this one; who is signed in and was sent here has no business in the admin."""
    if request.user.is_authenticated:
        user: Any = request.user
        if not (user.has_a_role() and user.has_perm("wagtailadmin.access_admin")):
            raise Http404
        return redirect(_goal(request) or reverse("wagtailadmin_home"))
    asked = {"password": "1", "next": _goal(request) or reverse("wagtailadmin_home")}
    return redirect(f"{reverse('account_login')}?{urlencode(asked)}")


# --- what they share ------------------------------------------------------------------------------------------------
def _goal(request: HttpRequest) -> str:
    """The page wanted afterwards, if it is one of ours."""
    return safe_path(request.POST.get("next") or request.GET.get("next") or "")


def _send_code(request: HttpRequest, phone: str, goal: str) -> None:
    """Count, then write the message and wait for its code."""
    hub = _house(request)
    throttle.claim(("code_address", throttle.address_of(request)), ("code_number_minute", phone), ("code_number", phone))
    key, code = f"signin-{gateway.new_key()}", gateway.new_code()
    actions.queue_code(hub=hub, phone=phone, code=code, key=key)
    gateway.PhoneCode.begin(request, phone=phone, key=key, code=code, goal=goal)


def _try_code(request: HttpRequest, waiting: gateway.PhoneCode, code: str) -> HttpResponse | None:
    """Sign in when the code is right and the account open; None otherwise, and one try fewer."""
    throttle.claim(("try_code", waiting.key))
    if not waiting.is_right(code):
        return None
    user = actions.open_account(hub=_house(request), phone=waiting.phone)
    return waiting.sign_in(user) if user.is_active else None


def _keep_second_step(request: HttpRequest, secret: str) -> HttpResponse:
    user: Any = request.user
    kept = actions.set_up_totp(user=user, hub=_house(request), secret=secret)
    goal = _goal(request) or landing.home_of(request, user)
    if kept is None:
        return redirect(goal)
    app, codes = kept
    gateway.note_second_step(request, app)
    return render(request, "people/signin/recovery_codes.html", {"codes": codes, "goal": goal})


def _house(request: HttpRequest) -> Any:
    """The hub of this address; nobody can sign in where there is none."""
    hub = hub_of(request)
    if hub is None:
        raise PermissionDenied
    return hub


def _page(request: HttpRequest, name: str, form: Form, *, waiting: gateway.PhoneCode | None = None, status: int = 200, **more: Any) -> HttpResponse:
    context = {"form": form, "next": _goal(request), "phone": masked(waiting.phone) if waiting else "", **demo.box(request), **more}
    return render(request, f"people/signin/{name}.html", context, status=status)


def _door_is_shut(request: HttpRequest) -> HttpResponse:
    """Tries cannot be counted at the moment: nobody comes in uncounted, and nobody is left without a way."""
    return render(request, "people/signin/shut.html", status=503)


def _too_often(request: HttpRequest, refused: throttle.TriedTooOften) -> str:
    return _hotline_sentence(request, _("That was too often. Please try again in %(wait)s.") % {"wait": refused.wait})


def _hotline_sentence(request: HttpRequest, sentence: str) -> str:
    """The sentence, and whom to ring."""
    hub = hub_of(request)
    if hub is None:
        return sentence
    return " ".join([sentence, _("Or ring %(hotline)s, we help you.") % {"hotline": hub.hotline}])
