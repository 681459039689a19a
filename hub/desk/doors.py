"""The desk opens to who serves residents at this hub."""

from hub.desk.permissions import user_can_serve_callers
from hub.people.signin.doors import View, opens_to

__all__ = ["View", "at_the_desk"]
at_the_desk = opens_to(user_can_serve_callers)
