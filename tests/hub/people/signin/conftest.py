"""At the door: a visitor, somebody on the staff, and a look into the outbox."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.core.cache import cache
from django.test import Client

from hub.notifications.models import Message
from hub.people.models import User
from tests.cast import user_with

PHONE = "13800001234"
PASSWORD = "pear-tree-under-snow"


@pytest.fixture(autouse=True)
def nothing_counted_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def visitor(hub: Any) -> Client:
    return Client()


@pytest.fixture
def clerk(hub: Any) -> User:
    """A member of staff with a password, the admin open, and no app yet."""
    user = user_with("clerk", hub, "lin")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    user.set_password(PASSWORD)
    user.save()
    return user


def code_in_outbox(phone: str = PHONE) -> str:
    """The code of the newest message to a number."""
    found = re.search(r"\d{6}", Message.objects.filter(phone=phone).latest("id").text)
    assert found
    return found.group()


def ask_code(client: Client, phone: str = PHONE, **more: str) -> Any:
    return client.post("/login/", {"phone": phone, **more})


def sign_in_by_code(client: Client, phone: str = PHONE, **more: str) -> Any:
    ask_code(client, phone, **more)
    return client.post("/login/code/", {"code": code_in_outbox(phone)})


def give_password(client: Client, username: str = "lin", password: str = PASSWORD, **more: str) -> Any:
    return client.post("/login/?password=1", {"username": username, "password": password, **more})


def who(client: Client) -> str | None:
    """The id of whoever is signed in."""
    return client.session.get("_auth_user_id")
