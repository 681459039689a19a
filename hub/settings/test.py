"""For the test suite: a file database (in-memory SQLite locks differently), fast hashing, nothing kept between tests."""

import atexit
import base64
import os
import shutil
import tempfile
from pathlib import Path

os.environ["HUB_DEMO"] = "0"

from hub.settings import env
from hub.settings.base import *  # noqa: F403  a settings module is the sum of its base and its own lines; the flag comes first

SECRET_KEY = "only-for-tests-" + "x" * 40
FIELD_KEYS = [base64.urlsafe_b64encode(b"t" * 32).decode()]
INDEX_KEY = "only-for-tests"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", ".localhost", "testserver"]
_var = Path(tempfile.mkdtemp(prefix="hub-tests-"))  # one a process: two runs at once never share a file
atexit.register(shutil.rmtree, _var, ignore_errors=True)
VAR_DIR = _var
MEDIA_ROOT = _var / "media"
DATABASES = {"default": database(env.text("TEST_DATABASE_URL", f"sqlite:///{_var / 'hub.sqlite3'}"))}  # noqa: F405  from base
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["TEST"] = {"NAME": str(_var / "test-hub.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] = "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;"
else:
    DATABASES["default"]["OPTIONS"].pop("pool")  # the suite changes databases under its feet; the pool has a test of its own
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405  from base
CACHES = {name: {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name} for name in CACHES}  # noqa: F405  from base
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
KEPT_PAGES_SECONDS = 0
WAGTAILADMIN_BASE_URL = "http://localhost"
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
LOGGING["root"]["level"] = "ERROR"  # type: ignore[index]  # noqa: F405  from base
DRAWINGS_STRICT = True  # a drawing that does not exist fails its test
AUDIT_VERBS_STRICT = True  # and so does a verb that has no words
