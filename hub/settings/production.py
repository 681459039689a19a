"""For a hub that people use. Refuses to start when a setting is missing, weak or meant for the demo."""

from django.core.exceptions import ImproperlyConfigured

from hub.settings import env
from hub.settings.base import *  # noqa: F403  a settings module is the sum of its base and its own lines

SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS")
BASE_URL = env.text("BASE_URL")
HTTPS = BASE_URL.startswith("https://")

if HUB_DEMO:  # noqa: F405  from base
    raise ImproperlyConfigured("HUB_DEMO is for the demo alone: its logins are known to everybody. Remove it from .env.")
if len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is too short: 50 characters or more, made by chance ('make keys' writes one).")
if not FIELD_KEYS or not INDEX_KEY:  # noqa: F405  from base
    raise ImproperlyConfigured("FIELD_KEYS and INDEX_KEY are missing: they protect ID numbers ('make keys' writes them).")
if "*" in ALLOWED_HOSTS:  # noqa: F405  from base
    raise ImproperlyConfigured("ALLOWED_HOSTS must name the hub's own addresses, not '*'.")
if not HTTPS:
    raise ImproperlyConfigured("BASE_URL must begin with https://, the address people type.")
if PAYMENT_GATEWAY == "pretend":  # noqa: F405  from base
    raise ImproperlyConfigured("PAYMENT_GATEWAY is 'pretend', which takes no money: write stripe, or leave it empty.")
if PAYMENT_GATEWAY == "stripe" and not (STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRETS):  # noqa: F405  from base
    raise ImproperlyConfigured("STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRETS are missing: PAYMENT_GATEWAY is stripe.")

CSRF_TRUSTED_ORIGINS = CSRF_TRUSTED_ORIGINS or [BASE_URL.rstrip("/")]  # noqa: F405  from base
SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-session"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrf"
