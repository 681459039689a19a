"""The shop's cast."""

from typing import Any

import pytest

from hub.people.models import User
from tests.cast import user_with


@pytest.fixture
def clerk(hub: Any) -> User:
    return user_with("clerk", hub)
