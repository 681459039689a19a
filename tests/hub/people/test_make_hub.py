"""`manage.py make_hub`: what is typed at the keyboard, well and badly."""

from datetime import time
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from hub.hubs.models import Hub
from hub.people.models import Role, User

pytestmark = pytest.mark.django_db
ANSWERS = {
    "name": "东街社区之家", "slug": "dongjie", "address": "东街1号", "hotline": "66210000", "area_code": "0371", "from": "8:00", "until": "20:00",
    "director": "wang",
}  # fmt: skip


@pytest.fixture
def nothing_open(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a fresh database: the suite's own hubs are not looked at, and nobody sits at the keyboard."""
    monkeypatch.setattr("hub.people.management.commands.make_hub.Hub.objects.exists", lambda: False)
    monkeypatch.setattr("os.isatty", lambda _number: False)


def make(monkeypatch: pytest.MonkeyPatch, **change: str) -> None:
    for name, answer in {**ANSWERS, **change}.items():
        monkeypatch.setenv(f"HUB_{name.upper()}", answer)
    monkeypatch.setenv("HUB_DIRECTOR_PASSWORD", "kept-in-a-drawer-7")
    call_command("make_hub", hostname="dongjie.localhost")


@pytest.mark.parametrize(("typed", "opens"), [("8:00", time(8)), ("08:30", time(8, 30)), ("８：００", time(8)), (" 9:15 ", time(9, 15))])
def test_a_hub_is_opened_as_hours_are_typed(monkeypatch: Any, nothing_open: None, typed: str, opens: time) -> None:
    before = set(Hub.objects.values_list("pk", flat=True))
    make(monkeypatch, **{"from": typed})
    made = Hub.objects.exclude(pk__in=before).get()
    director = User.objects.get(username="wang")
    assert (made.slug, made.name_zh, made.hotline_from, made.hotline_until) == ("dongjie", "东街社区之家", opens, time(20))
    assert set(Role.objects.filter(user=director, hub=made).values_list("role", flat=True)) == {"director", "publisher", "admin"}
    assert director.check_password("kept-in-a-drawer-7")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"from": "8点"}, "no time of day"),
        ({"from": "25:00"}, "no time of day"),
        ({"until": "soon"}, "no time of day"),
        ({"from": "20:00", "until": "8:00"}, "has to be later"),
        ({"name": "东" * 200}, ""),
        ({"director": "a b"}, ""),
        ({"director": "x" * 300}, ""),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_nothing_is_opened(monkeypatch: Any, hub: Any, nothing_open: None, change: dict[str, str], words: str) -> None:
    before = Hub.objects.count(), User.objects.count()
    with pytest.raises(CommandError, match=words or "."):
        make(monkeypatch, **change)
    assert (Hub.objects.count(), User.objects.count()) == before
