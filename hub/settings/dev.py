"""For working on the code: DEBUG on, keys that are no secret. Never serve a hub with these."""

import base64
import hashlib

from hub.settings import env
from hub.settings.base import *  # noqa: F403  a settings module is the sum of its base and its own lines

DEBUG = env.flag("DEBUG", True)
SECRET_KEY = env.text("SECRET_KEY", "only-for-development-" + "x" * 40)
FIELD_KEYS = FIELD_KEYS or [base64.urlsafe_b64encode(hashlib.sha256(b"development").digest()).decode()]  # noqa: F405  from base
INDEX_KEY = INDEX_KEY or "only-for-development"  # noqa: F405  from base
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405  from base
