"""Signing in: what django-allauth is told, and the house's own limits. base.py takes all of it; docs/features/signin.md explains it."""

import os

from hub.settings import env

# --- allauth: accounts ----------------------------------------------------------------------------------------------
ACCOUNT_ADAPTER = "hub.people.signin.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"phone", "username"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # no e-mail is ever needed
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 5 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_TIMEOUT = 15 * 60  # from the first step to the last
ACCOUNT_RATE_LIMITS = False  # ours below say when to come back, and refuse when the cache is down
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}

# --- allauth: the second step ---------------------------------------------------------------------------------------
MFA_ADAPTER = "hub.people.signin.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a telephone's clock may be half a minute off
MFA_RECOVERY_CODES_SHOW_ONCE = True
_PLAYGROUNDS = {"hub.settings.dev", "hub.settings.test", "hub.settings.demo"}
STAFF_NEEDS_TOTP = env.flag("STAFF_NEEDS_TOTP", os.environ.get("DJANGO_SETTINGS_MODULE") not in _PLAYGROUNDS)

# --- how often, in how many seconds ---------------------------------------------------------------------------------
SIGNIN_LIMITS = {
    "code_number_minute": (1, 60),
    "code_number": (5, 60 * 60),
    "code_address": (20, 60 * 60),
    "try_code": (5, 15 * 60),
    "password_name": (5, 15 * 60),
    "password_address": (30, 60 * 60),
    "second_step": (5, 15 * 60),
    "is_this_you": (5, 24 * 60 * 60),
}

# --- how long somebody stays signed in ------------------------------------------------------------------------------
STAFF_SESSION_SECONDS = 12 * 60 * 60
RESIDENT_SESSION_SECONDS = 14 * 24 * 60 * 60
