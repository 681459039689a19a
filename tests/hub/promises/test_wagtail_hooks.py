"""The staff's list of what is due, and its buttons."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from hub.core import clock
from hub.people.states import Roles
from hub.promises.joins import unknown_kinds
from hub.promises.models import Promise
from hub.promises.states import Outcomes
from hub.promises.wording import due_words, kind_words
from tests.factories.promises import PromiseFactory

pytestmark = pytest.mark.django_db
LIST = "/admin/promises/"
KEEP = {Roles.OPERATOR, Roles.CLERK, Roles.COORDINATOR, Roles.DIRECTOR}


@pytest.mark.parametrize("role", Roles.values)
def test_who_serves_residents_sees_what_is_due(as_role: Any, hub: Any, role: str) -> None:
    made, client = PromiseFactory(hub=hub), as_role(role)
    answers = {client.get(f"{LIST}{path}").status_code for path in ("", f"inspect/{made.pk}/", f"take/{made.pk}/", f"keep/{made.pk}/")}
    assert {200 if answer == 200 else 404 for answer in answers} == {200 if role in KEEP else 404}
    assert (client.get(f"{LIST}drop/{made.pk}/").status_code == 200) is (role in {Roles.CLERK, Roles.DIRECTOR})


@pytest.mark.parametrize("verb", ["new/", "edit/{pk}/", "delete/{pk}/"])
def test_nobody_edits_a_promise(as_role: Any, hub: Any, verb: str) -> None:
    made = PromiseFactory(hub=hub)
    assert as_role("director").post(LIST + verb.format(pk=made.pk), {"note": "x"}).status_code == 404
    assert Promise.objects.get().note == ""


def test_the_buttons_call_the_actions(as_role: Any, hub: Any) -> None:
    client, kept, dropped = as_role("clerk"), PromiseFactory(hub=hub), PromiseFactory(hub=hub)
    assert client.post(f"{LIST}take/{kept.pk}/").status_code == 302
    assert client.post(f"{LIST}keep/{kept.pk}/").status_code == 302
    assert client.post(f"{LIST}drop/{dropped.pk}/", {"reason": "来过了"}).status_code == 302
    assert list(Promise.objects.order_by("pk").values_list("owner__username", "outcome", "reason")) == [
        ("xidajie-clerk", "kept", ""),
        (None, "dropped", "来过了"),
    ]


def test_looking_changes_nothing(as_role: Any, hub: Any) -> None:
    made, client = PromiseFactory(hub=hub), as_role("clerk")
    for verb in ("take", "keep", "drop"):
        assert client.get(f"{LIST}{verb}/{made.pk}/").status_code == 200
    made.refresh_from_db()
    assert (made.is_open, made.owner) == (True, None)


def test_a_drop_without_a_reason_asks_for_it(as_role: Any, hub: Any) -> None:
    made = PromiseFactory(hub=hub)
    assert as_role("clerk").post(f"{LIST}drop/{made.pk}/", {"reason": " "}).status_code == 200
    assert Promise.objects.get().is_open


def test_what_the_action_refuses_is_said(as_role: Any, hub: Any) -> None:
    made = PromiseFactory(hub=hub, done_at=clock.now(), outcome=Outcomes.KEPT)
    assert as_role("clerk").post(f"{LIST}drop/{made.pk}/", {"reason": "x"}).status_code == 200
    assert Promise.objects.get().outcome == Outcomes.KEPT


def test_another_hubs_promise_is_absent(as_role: Any, second_hub: Any) -> None:
    made, client = PromiseFactory(hub=second_hub), as_role("director")
    assert {client.post(f"{LIST}{verb}/{made.pk}/").status_code for verb in ("take", "keep", "drop", "inspect")} == {404}
    assert Promise.objects.get().owner is None


def test_a_list_of_one_and_of_three_asks_as_often(as_role: Any, hub: Any, django_assert_num_queries: Any) -> None:
    client = as_role("clerk")
    PromiseFactory(hub=hub)
    client.get(LIST)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    PromiseFactory.create_batch(2, hub=hub)
    with django_assert_num_queries(len(one)):
        assert client.get(LIST).status_code == 200


@pytest.mark.parametrize(
    ("due_in", "done_in", "words"),
    [
        (timedelta(minutes=-1), None, "1 minute overdue"),
        (timedelta(hours=-3, minutes=-59), None, "3 hours overdue"),
        (timedelta(days=-2), None, "2 days overdue"),
        (timedelta(hours=1), None, "due in 1 hour"),
        (timedelta(seconds=5), None, "due in 1 minute"),
        (timedelta(hours=-1), timedelta(hours=-2), "kept"),
        (timedelta(hours=-2), timedelta(hours=-1), "kept, late"),
    ],
)
def test_how_late_it_is_in_words(frozen: Any, due_in: timedelta, done_in: timedelta | None, words: str) -> None:
    now = clock.now()
    made = Promise(due_at=now + due_in, done_at=now + done_in if done_in else None, outcome=Outcomes.KEPT if done_in else "")
    with translation.override("en"):
        assert due_words(made, now) == words


def test_a_kind_is_shown_by_its_name(hub: Any) -> None:
    with translation.override("en"):
        assert (kind_words("call_back"), kind_words("gone")) == ("Call somebody back", "gone")
    PromiseFactory(hub=hub, kind="gone")
    assert list(unknown_kinds()) == ["promises.Promise: nobody has registered the kind gone"]
