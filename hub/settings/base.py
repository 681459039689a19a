"""Settings that hold everywhere. docs/settings.md lists every variable; dev, test and production build on this file."""

import dj_database_url
from django.utils.translation import gettext_lazy as _

from hub.settings import env
from hub.settings.signin import *  # noqa: F403  what allauth is told, and the limits at the door

BASE_DIR = env.BASE_DIR
VAR_DIR = BASE_DIR / "var"  # everything a running hub writes: database, media, collected static files
VAR_DIR.mkdir(exist_ok=True)

DEBUG = False
HUB_DEMO = env.flag("HUB_DEMO")
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", "127.0.0.1,localhost,.localhost")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS")
ROOT_URLCONF = "hub.urls"
WSGI_APPLICATION = "hub.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    # pages that join all domains
    "hub.api",
    "hub.me",
    "hub.desk",
    "hub.review",
    # domains
    "cms",
    "bookings.payments",
    "bookings.orders",
    "bookings.dispatch",
    "bookings.rooms",
    "mutualaid.swapshop",
    "mutualaid.volunteers",
    "mutualaid.clothing",
    "mutualaid.vanguard",
    "mutualaid.woodpecker",
    # what everybody stands on
    "hub.served",
    "hub.people",
    "hub.places",
    "hub.promises",
    "hub.workdays",
    "hub.notifications",
    "hub.closings",
    "hub.audit",
    "hub.hubs",
    "hub.core",
    # Wagtail and Django
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.simple_translation",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.locales",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "import_export",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.sitemaps",
]

MIDDLEWARE = [
    "hub.core.middleware.RequestIdMiddleware",
    "hub.core.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hub.core.middleware.PlainTextMiddleware",
    "hub.core.kept_pages.KeptPagesMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hub.hubs.middleware.HubMiddleware",
    "hub.people.signin.middleware.StaffDoorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "csp.middleware.CSPMiddleware",
    "hub.core.middleware.ElderViewMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "hub" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hub.hubs.context.house",
            ],
        },
    }
]

FORM_RENDERER = "hub.core.form_renderer.FlatTemplates"

# --- database -------------------------------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    # BEGIN IMMEDIATE: a transaction that reads and then writes never ends in "database is locked".
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # synchronous=FULL: an acknowledged booking survives a power cut.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-64000; PRAGMA temp_store=MEMORY;",
}


def database(url: str) -> dict:
    """Django's database settings for `url`: SQLite with safe options, PostgreSQL with a connection pool."""
    found = dict(dj_database_url.parse(url))
    if found["ENGINE"].endswith("sqlite3"):
        found["OPTIONS"] = dict(SQLITE_OPTIONS)
    else:
        found["OPTIONS"] = {**found.get("OPTIONS", {}), "pool": {"min_size": 1, "max_size": env.number("DATABASE_POOL_SIZE", 10)}}
        INSTALLED_APPS.append("django.contrib.postgres")
    return found


def nearest_database() -> str:
    """Where DATABASE_URL says nothing: the demo's database until `make hub` has opened a hub of one's own, so that manage.py speaks to what is served."""
    has_demo, has_own = (VAR_DIR / "demo.stamp").exists(), (VAR_DIR / "own.stamp").exists()
    return f"sqlite:///{VAR_DIR / ('demo.sqlite3' if has_demo and not has_own else 'hub.sqlite3')}"


DATABASES = {"default": database(env.text("DATABASE_URL", "") or nearest_database())}

CACHES = {
    # Shared by all processes: rate limits and sign-in codes live here.
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "hub_cache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},  # with the usual 300, whoever makes enough keys throws rate limits out
    },
    # Signed-out visitors' pages, five seconds, in each process.
    "pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "pages", "OPTIONS": {"MAX_ENTRIES": 500}},
    "renditions": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "renditions"},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- people and sign-in ---------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend", "allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "/login/"
LOGIN_REDIRECT_URL = "/me/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "hub.core.views.csrf_failure"
SILENCED_SYSTEM_CHECKS: list[str] = []

# --- keys -----------------------------------------------------------------------------------------------------------
# FIELD_KEYS encrypt ID numbers (first key writes, all keys read); INDEX_KEY makes the look-up hash. Neither is SECRET_KEY.
FIELD_KEYS = env.words("FIELD_KEYS")
INDEX_KEY = env.text("INDEX_KEY", "")

# --- messages ---------------------------------------------------------------------------------------------------------
# `outbox` keeps text messages on the staff's page; a provider's own settings must all be there before the hub starts.
SMS_PROVIDER = env.text("SMS_PROVIDER", "outbox")
if SMS_PROVIDER == "tencent":
    SMS_TENCENT_SECRET_ID = env.text("SMS_TENCENT_SECRET_ID")
    SMS_TENCENT_SECRET_KEY = env.text("SMS_TENCENT_SECRET_KEY")
    SMS_TENCENT_APP_ID = env.text("SMS_TENCENT_APP_ID")
    SMS_TENCENT_SIGN = env.text("SMS_TENCENT_SIGN")
    SMS_TENCENT_TEMPLATES = env.pairs("SMS_TENCENT_TEMPLATES")
    SMS_TENCENT_REGION = env.text("SMS_TENCENT_REGION", "ap-guangzhou")
EMAIL_HOST = env.text("EMAIL_HOST", "localhost")
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL", "hub@localhost")

# --- money ------------------------------------------------------------------------------------------------------------
# '' takes money by hand alone; `stripe` is the real one; `pretend` is the demo's and the tests', and never production's.
PAYMENT_GATEWAY = env.text("PAYMENT_GATEWAY", "pretend" if HUB_DEMO else "")
STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY", "")
STRIPE_WEBHOOK_SECRETS = env.words("STRIPE_WEBHOOK_SECRETS")  # the new and the old one while they are changed
REFUND_ALONE_FEN = env.number("REFUND_ALONE_FEN", 10_000)

# --- helpers ----------------------------------------------------------------------------------------------------------
OFFER_MINUTES = env.number("OFFER_MINUTES", 15)  # of the house's opening hours, in which a helper answers
OFFERS_GO_ON_ALONE = env.flag("OFFERS_GO_ON_ALONE")  # whether the next helper is then asked without an operator
RETURN_CALL_WORKDAYS = env.number("RETURN_CALL_WORKDAYS", 2)

# --- the swap shop ----------------------------------------------------------------------------------------------------
SWAP_SHOWN_DAYS = env.number("SWAP_SHOWN_DAYS", 30)  # then a thing leaves the shop; one tap puts it there again
SWAP_REMIND_DAYS = env.number("SWAP_REMIND_DAYS", 5)  # before that
SWAP_REPORTS_HIDE = env.number("SWAP_REPORTS_HIDE", 3)  # so many reports hide a listing until the house has looked
SWAP_CHILD_BAND = env.text("SWAP_CHILD_BAND", "small")  # the highest value band somebody under eighteen swaps: small, middle or large
# --- volunteers -------------------------------------------------------------------------------------------------------
VOLUNTEER_HOURS_A_DAY = env.number("VOLUNTEER_HOURS_A_DAY", 16)  # more is not written into the hours book
CORRECTION_WORKDAYS = env.number("CORRECTION_WORKDAYS", 5)  # within which somebody looks at hours a volunteer says are wrong
VANGUARD_MINIMUM = env.number("VANGUARD_MINIMUM", 10)  # ratings a post needs in a month to be ranked
VANGUARD_PRIOR = env.number("VANGUARD_PRIOR", 30)  # ratings as the whole house was rated, reckoned in with each post's own
VANGUARD_CORRECTION_WORKDAYS = env.number("VANGUARD_CORRECTION_WORKDAYS", 3)  # within which a post puts right what was badly rated

# --- languages and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese")), ("en", _("English"))]
WAGTAIL_CONTENT_LANGUAGES = LANGUAGES
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [BASE_DIR / "hub" / "locale", BASE_DIR / "hub" / "locale_vendor"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.text("TIME_ZONE", "Asia/Shanghai")

# --- files ----------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MAX_AGE = 60 * 60 * 24
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o640

# --- Wagtail --------------------------------------------------------------------------------------------------------
WAGTAIL_SITE_NAME = _("Community hub")
WAGTAIL_I18N_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "cms.HubImage"
WAGTAILDOCS_DOCUMENT_MODEL = "cms.HubDocument"
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["jpg", "jpeg", "png", "webp"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # every document is a download
WAGTAILIMAGES_IMAGE_FORM_BASE = "cms.upload_forms.HubImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "cms.upload_forms.HubDocumentForm"
WAGTAILADMIN_BASE_URL = env.text("BASE_URL", "http://127.0.0.1:8000")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict] = []
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "cms.search"}}
TAGGIT_CASE_INSENSITIVE = True
IMPORT_EXPORT_ESCAPE_FORMULAE_ON_EXPORT = True

# --- security headers -----------------------------------------------------------------------------------------------
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # the admin alone may be framed, by itself: Wagtail previews pages (SecurityHeadersMiddleware)
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    },
}
# Wagtail's admin has inline scripts and styles and no nonce; its policy is looser, and only there.
ADMIN_CONTENT_SECURITY_POLICY = {
    "default-src": ["'self'"],
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'", "data:"],
    "object-src": ["'none'"],
    "base-uri": ["'self'"],
    "form-action": ["'self'"],
    "frame-ancestors": ["'self'"],
}

# --- the house ------------------------------------------------------------------------------------------------------
KEPT_PAGES_SECONDS = env.number("KEPT_PAGES_SECONDS", 5)  # 0 switches the page cache off
TRUSTED_PROXY_COUNT = env.number("TRUSTED_PROXY_COUNT", 0)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request_id": {"()": "hub.core.logs.RequestIdFilter"}},
    "formatters": {"json": {"()": "hub.core.logs.JsonFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["request_id"]}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    "loggers": {
        "django.request": {"level": "ERROR"},
        "wagtail": {"level": "WARNING"},  # its page log stands in the database
        "django.security.DisallowedHost": {"level": "CRITICAL"},  # a stranger's Host header is answered 400, not logged
    },
}
