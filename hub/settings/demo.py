"""The demo that `make start` serves: DEBUG off as in production, plain http on this machine, HUB_DEMO on."""

from hub.settings import env
from hub.settings.base import *  # noqa: F403  a settings module is the sum of its base and its own lines

SECRET_KEY = env.text("SECRET_KEY")
if env.text("HOST", "127.0.0.1") == "0.0.0.0":  # noqa: S104  the user asked for it: a phone in the house
    ALLOWED_HOSTS = ["*"]
