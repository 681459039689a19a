"""Who may see the outbox, read texts, ring."""

from typing import Any

import pytest

from hub.notifications import permissions
from hub.notifications.models import Message
from hub.people.states import Roles
from tests.cast import user_with

TELL = {Roles.OPERATOR, Roles.CLERK, Roles.DIRECTOR}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("question", "roles"),
    [
        (permissions.user_can_see_messages, TELL | {Roles.ADMIN}),
        (permissions.user_can_read_text, TELL),
        (permissions.user_can_ring, TELL),
        (permissions.user_can_send_again, TELL),
    ],
)
def test_each_question_has_its_roles(hub: Any, question: Any, roles: set[str]) -> None:
    users = {role: user_with(role, hub) for role in Roles.values}
    for user in users.values():
        user.acting_at = hub
    assert {role for role, user in users.items() if question(user)} == roles


@pytest.mark.django_db
def test_a_secret_is_read_by_nobody(hub: Any) -> None:
    clerk = user_with("clerk", hub)
    clerk.acting_at = hub
    assert permissions.user_can_read_text(clerk, Message(kind="sign_in_code")) is False
    assert permissions.user_can_read_text(clerk, Message(kind="booking_confirmed")) is True
