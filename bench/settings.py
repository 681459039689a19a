"""The settings a served hub has, with keys that are no secret; BENCH_DATABASE_URL names the database."""

import base64

from hub.settings import env
from hub.settings.base import *  # noqa: F403  a settings module is the sum of its base and its own lines

SECRET_KEY = "only-for-the-bench-" + "x" * 40
FIELD_KEYS = [base64.urlsafe_b64encode(b"b" * 32).decode()]
INDEX_KEY = "only-for-the-bench"
INSTALLED_APPS = [*INSTALLED_APPS, "bench.bare"]  # noqa: F405  from base
DATABASES = {"default": database(env.text("BENCH_DATABASE_URL"))}  # noqa: F405  from base
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405  from base
PAYMENT_GATEWAY = "pretend"
LOGGING["root"]["level"] = "ERROR"  # noqa: F405  from base; a thousand lines about the pretended gateway help nobody
STAFF_NEEDS_TOTP = False  # its one member of staff is signed in by the bench
KEPT_PAGES_SECONDS = 0  # no page is kept from call to call
