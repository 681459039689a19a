"""What django-allauth asks the house. Named in settings/signin.py."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hub.people import identity
from hub.people.signin import actions, landing, throttle
from hub.people.signin.rules import safe_path


class AccountAdapter(DefaultAccountAdapter):
    """Phone and code, or name and password; no e-mail, no sign-up form, no messages of allauth's own."""

    def get_login_stages(self) -> list[str]:
        """First the code, then the second step of those who have one."""
        return ["allauth.account.stages.LoginByCodeStage", "allauth.mfa.stages.AuthenticateStage"]

    def get_client_ip(self, request: HttpRequest) -> str:
        return throttle.address_of(request)

    def is_safe_url(self, url: str | None) -> bool:
        return bool(url and safe_path(url))

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """An account comes from a number and its code, nowhere else."""
        return False

    def set_phone_verified(self, user: Any, phone: str) -> None:
        """Nothing left to do: actions.open_account has written it."""

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page says it."""

    def respond_user_inactive(self, request: HttpRequest, user: Any) -> HttpResponse:
        """As if nothing had been there."""
        return redirect("account_login")

    def post_login(self, request: HttpRequest, user: Any, *, redirect_url: str | None, **_rest: Any) -> HttpResponse:
        """The session begins here; then on to where the visitor wanted to go."""
        landing.begin_session(request, user)
        if user.acting_at and user.has_a_role():
            actions.note_sign_in(user=user, hub=user.acting_at)
        return redirect(landing.first_page(request, user, redirect_url or ""))


class MFAAdapter(DefaultMFAAdapter):
    """The app's secret is encrypted with FIELD_KEYS: the first key writes, all keys read."""

    def encrypt(self, text: str) -> str:
        return identity.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return identity.unseal(encrypted_text)

    def get_totp_issuer(self) -> str:
        hub = getattr(context.request, "hub", None)
        return hub.name if hub else str(settings.WAGTAIL_SITE_NAME)

    def get_totp_label(self, user: Any) -> str:
        return str(user.username)

    def send_notification_mail(self, *args: Any, **kwargs: Any) -> None:
        """No e-mail is ever needed; the audit has the line."""
