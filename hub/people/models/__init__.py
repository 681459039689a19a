"""Who there is. One module a noun; import from here."""

from hub.people.models.role import Role
from hub.people.models.user import User

__all__ = ["Role", "User"]
