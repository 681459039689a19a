"""People for the demo."""

from typing import Any


def seed(world: Any) -> None:
    """To come."""
