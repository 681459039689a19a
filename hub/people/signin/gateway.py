"""The one door to django-allauth: its login by code, its login stages, its TOTP.

Its views and forms are not used; its flows are, so that a code, a password and a second step end in the same place.
"""

import base64
import io
from dataclasses import dataclass
from typing import Any, Self

import segno
from allauth.account.internal.flows.login import get_authentication_records, perform_password_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.stages import LoginByCodeStage, LoginStage, LoginStageController
from allauth.mfa import app_settings as mfa_settings
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.totp.internal.auth import TOTP, validate_totp_code
from django.conf import settings
from django.contrib.auth import authenticate, logout
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare, get_random_string, salted_hmac
from django.utils.safestring import SafeString, mark_safe

from hub.people.models import User
from hub.people.signin.throttle import use_once

SECRET_BYTES = 20
SecondFactor = Authenticator  # what keys.py seals anew


# --- phone and code -------------------------------------------------------------------------------------------------
class PhoneCode(LoginCodeVerificationProcess):
    """A code that was sent to a number and is waited for in this session.

    Unlike allauth's own it asks for no account before the code is right, so a new number, a known one and a closed account are alike
    until then; and the session holds a keyed hash of the code, not the code.
    """

    @classmethod
    def begin(cls, request: HttpRequest, *, phone: str, key: str, code: str, goal: str) -> Self:
        """Wait for `code`; an older one of this session counts no more. `goal` is the page wanted afterwards."""
        login = Login(phone=phone, redirect_url=goal or None)
        login.state["stages"] = {"current": LoginByCodeStage.key}
        stage = LoginByCodeStage(LoginStageController(request, login), request, login)
        stage.state.update(cls.initial_state(user=None, phone=phone), initiated_by_user=True, key=key, code=_hashed(key, code))
        if settings.HUB_DEMO:
            stage.state["shown"] = code
        waiting = cls(stage=stage)
        waiting.persist()
        return waiting

    @classmethod
    def of(cls, request: HttpRequest) -> Self | None:
        """The code this session waits for; None when there is none or its time is over."""
        stage = LoginStageController.enter(request, LoginByCodeStage.key)
        return cls.resume_or_drop(stage) if stage and stage.state.get("key") else None

    @classmethod
    def resume_or_drop(cls, stage: LoginStage) -> Self | None:
        waiting = cls(stage=stage)
        return waiting.abort_if_invalid()  # type: ignore[no-any-return]  # allauth ships no types

    @property
    def phone(self) -> str:
        return str(self.state["phone"])

    @property
    def key(self) -> str:
        """Names this code, without telling it."""
        return str(self.state["key"])

    @property
    def goal(self) -> str:
        return self.stage.login.redirect_url or ""

    @property
    def shown_code(self) -> str:
        """The code in words, in the demo alone."""
        return self.state.get("shown", "") if settings.HUB_DEMO else ""

    def is_right(self, typed: str) -> bool:
        return constant_time_compare(_hashed(self.key, typed), self.state["code"])

    def sign_in(self, user: User) -> HttpResponse:
        """Sign `user` in (or lead to the second step); leads to the wanted page."""
        self._user = user
        return self.finish(self.goal or None)  # type: ignore[no-any-return]  # allauth ships no types


def new_code() -> str:
    """Six digits by chance."""
    return get_random_string(6, "0123456789")


def new_key() -> str:
    """A name for one code."""
    return get_random_string(24)


def _hashed(key: str, code: str) -> str:
    return salted_hmac("signin.code", f"{key}:{code}", algorithm="sha256").hexdigest()


# --- name and password ----------------------------------------------------------------------------------------------
def user_by_password(request: HttpRequest, *, username: str, password: str) -> User | None:
    """The active account they belong to; as much work for a name nobody has."""
    return authenticate(request, username=username, password=password)


def sign_in_by_password(request: HttpRequest, user: User, *, goal: str) -> HttpResponse:
    """Sign in an account whose password was right (or lead to the second step). Whoever was signed in here is signed out first."""
    leave(request)
    response: HttpResponse = perform_password_login(request, {"username": user.username}, Login(user=user, redirect_url=goal or None))
    return response


def leave(request: HttpRequest) -> None:
    """Forget everything of this session: who is signed in, and a sign-in half done."""
    if request.user.is_authenticated:
        logout(request)
    clear_login(request)


# --- the second step ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class SecondStep:
    """Somebody whose first step was right and whose app is now asked."""

    stage: LoginStage

    @property
    def user(self) -> User:
        return self.stage.login.user  # type: ignore[no-any-return]  # allauth ships no types

    def sign_in(self, authenticator: Authenticator) -> HttpResponse:
        post_authentication(self.stage.request, authenticator)
        return self.stage.exit()  # type: ignore[no-any-return]  # allauth ships no types

    def give_up(self) -> None:
        clear_login(self.stage.request)


def second_step_of(request: HttpRequest) -> SecondStep | None:
    """The second step this session waits for."""
    if request.user.is_authenticated:
        return None
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    return SecondStep(stage) if stage and stage.login.user and stage.login.user.is_active else None


def matching_authenticator(user: User, code: str) -> Authenticator | None:
    """The user's app or recovery sheet that gives `code`, which is used up by this; None when none does.

    allauth remembers a used code for one period only; with a tolerance it is valid for three, so the house remembers it that long.
    """
    for authenticator in Authenticator.objects.filter(user=user, type__in=mfa_settings.SUPPORTED_TYPES):
        if not authenticator.wrap().validate_code(code):
            continue
        valid_seconds = mfa_settings.TOTP_PERIOD * (2 * mfa_settings.TOTP_TOLERANCE + 1)
        if authenticator.type != Authenticator.Type.TOTP or use_once(f"totp:{user.pk}:{code}", seconds=valid_seconds):
            return authenticator
    return None


def has_second_step(user: Any) -> bool:
    return bool(get_mfa_adapter().is_mfa_enabled(user, types=[Authenticator.Type.TOTP]))


def took_second_step(request: HttpRequest, user: Any) -> bool:
    """Whether this session was opened with an app or sheet that still counts: after a reset it does not."""
    used = {record.get("id") for record in get_authentication_records(request, user) if record["method"] == "mfa"}
    return bool(used) and Authenticator.objects.filter(user=user, pk__in=used).exists()


def was_asked_for_second_step(request: HttpRequest, user: Any) -> bool:
    return any(record["method"] == "mfa" for record in get_authentication_records(request, user))


def gave_password(request: HttpRequest, user: Any) -> bool:
    """Whether this session was opened with the password."""
    return any(record["method"] == "password" for record in get_authentication_records(request, user))


def secret_for(request: HttpRequest) -> str:
    """A secret for an app that is being set up: the same as long as this session lasts, so that a GET writes nothing."""
    made_of = f"{request.user.pk}:{request.session.session_key}"
    raw = salted_hmac("signin.totp", made_of, algorithm="sha256").digest()[:SECRET_BYTES]
    return base64.b32encode(raw).decode()


def gives(secret: str, code: str) -> bool:
    """Whether an app with `secret` shows `code` now."""
    return bool(validate_totp_code(secret, code))


def qr_svg(user: User, secret: str) -> SafeString:
    """The square an app reads, as <svg> without style or script."""
    out = io.BytesIO()
    segno.make(get_mfa_adapter().build_totp_url(user, secret), error="m").save(
        out, kind="svg", scale=5, border=4, xmldecl=False, svgns=False, nl=False, light="#fff", svgclass="qr", lineclass=None
    )
    return mark_safe(out.getvalue().decode())


def save_second_step(user: User, secret: str) -> tuple[Authenticator, list[str]]:
    """Keep the app's secret and make recovery codes; gives the app and the codes in words."""
    app = TOTP.activate(user, secret).instance
    Authenticator.objects.filter(user=user, type=Authenticator.Type.RECOVERY_CODES).delete()
    sheet = RecoveryCodes.activate(user)
    sheet.mark_as_viewed()
    return app, sheet.generate_codes()


def drop_second_step(user: User) -> int:
    """Forget the app and the recovery codes; how many of them there were."""
    return int(Authenticator.objects.filter(user=user).delete()[0])


def note_second_step(request: HttpRequest, authenticator: Authenticator) -> None:
    """This session has just shown its app."""
    record_authentication(request, request.user, "mfa", id=authenticator.pk, type=authenticator.type)
