"""Keys to the JSON interface, and the two commands."""

from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.test import Client

from hub.audit.models import Line
from hub.core import clock
from hub.people.models import ApiToken, Role, User
from hub.people.signin.tokens import issue_token, revoke_token, user_of_token
from tests.hub.people.signin.conftest import give_password, who

pytestmark = pytest.mark.django_db


def test_a_token_stands_for_its_user_at_its_hub(clerk: User, hub: Any) -> None:
    token = issue_token(user=clerk, hub=hub, label="door display")
    found = user_of_token(token, hub)
    assert found == clerk
    assert found is not None
    assert found.acting_at == hub
    assert [(line.verb, line.changes["label"]) for line in Line.objects.filter(verb="issue_token")] == [("issue_token", "door display")]


def test_a_token_is_looked_up_by_one_query(clerk: User, hub: Any, django_assert_num_queries: Any) -> None:
    token = issue_token(user=clerk, hub=hub)
    user_of_token(token, hub)
    with django_assert_num_queries(1):
        user_of_token(token, hub)


def test_only_its_hash_is_kept(clerk: User, hub: Any) -> None:
    token = issue_token(user=clerk, hub=hub)
    assert token not in str(list(ApiToken.objects.values()))
    assert token not in str(list(Line.objects.values()))


def test_its_use_is_noted_once_an_hour(clerk: User, hub: Any) -> None:
    token = issue_token(user=clerk, hub=hub)
    with time_machine.travel(clock.now() + timedelta(hours=2), tick=False) as traveller:
        user_of_token(token, hub)
        first = ApiToken.objects.get().last_used_at
        traveller.shift(timedelta(minutes=59))
        user_of_token(token, hub)
        assert ApiToken.objects.get().last_used_at == first
        traveller.shift(timedelta(minutes=2))
        user_of_token(token, hub)
        assert ApiToken.objects.get().last_used_at == clock.now()


def test_a_revoked_token_is_closed_at_once_and_once(clerk: User, hub: Any) -> None:
    token = issue_token(user=clerk, hub=hub)
    row = ApiToken.objects.get()
    for _each in range(2):
        revoke_token(token=row, by=clerk, reason="display sold")
    assert user_of_token(token, hub) is None
    assert [line.reason for line in Line.objects.filter(verb="revoke_token")] == ["display sold"]


def test_a_token_opens_nothing_at_another_hub_nor_for_a_closed_account(clerk: User, hub: Any, second_hub: Any) -> None:
    token = issue_token(user=clerk, hub=hub)
    assert user_of_token(token, second_hub) is None
    User.objects.update(is_active=False)
    assert user_of_token(token, hub) is None


@pytest.mark.parametrize("token", ["", "hub_", "hub_x", "hub_" + "x" * 1_000_000, "hub_\x00", "hub_\ud800", "hub_ü", "Bearer hub_x", "' OR 1=1"])
def test_what_is_no_token_is_nobody(clerk: User, hub: Any, token: str) -> None:
    assert user_of_token(token, hub) is None


def test_a_token_revoked_before_it_was_made_cannot_be_stored(clerk: User, hub: Any) -> None:
    issue_token(user=clerk, hub=hub)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.update(revoked_at=clock.now() - timedelta(days=1))


def said_by(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue().strip()


def test_the_command_prints_a_token_that_works(clerk: User, hub: Any) -> None:
    token = said_by("api_token", "lin", "--label", "door display")
    assert user_of_token(token, hub) == clerk
    assert ApiToken.objects.get().label == "door display"


def test_the_command_names_the_hub_where_there_are_two(clerk: User, hub: Any, second_hub: Any) -> None:
    assert user_of_token(said_by("api_token", "lin"), hub) == clerk
    assert user_of_token(said_by("api_token", "lin", "--hub", "beiyuan"), second_hub) == clerk


@pytest.mark.parametrize(
    "command",
    [
        ("api_token", "nobody"),
        ("api_token", "lin", "--hub", "nowhere"),
        ("add_staff", "x", "--role", "clerk", "--hub", "nowhere"),
        ("add_staff", "no spaces allowed", "--role", "clerk"),
    ],
)
def test_a_command_that_cannot_says_so_and_does_nothing(clerk: User, hub: Any, command: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command(*command)
    assert (ApiToken.objects.count(), User.objects.count()) == (0, 1)


def test_the_first_director_is_printed_a_password_once(hub: Any, visitor: Client) -> None:
    said = said_by("add_staff", "director1", "--role", "director", "--name", "王主任")
    password = said.split("password: ")[1].split("\n")[0]
    assert len(password) == 24
    give_password(visitor, "director1", password)
    user = User.objects.get()
    assert (who(visitor), user.name, [role.role for role in Role.objects.all()]) == (str(user.pk), "王主任", ["director"])
    again = said_by("add_staff", "director1", "--role", "editor")
    assert "password:" not in again
    assert User.objects.get().check_password(password)
