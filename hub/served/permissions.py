"""Who may read the service ledger."""

from typing import Any

from hub.people.states import SERVES_RESIDENTS, Roles

READ_THE_LEDGER = frozenset({*SERVES_RESIDENTS, Roles.COORDINATOR})


def user_can_see_services(user: Any, event: Any = None) -> bool:
    """Those who serve residents see what was done, names masked."""
    return bool(user.is_at_work_as(READ_THE_LEDGER))
