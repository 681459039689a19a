"""What is due without anybody pressing a key."""

from bookings.orders.actions.steps import RETURN_CALL
from bookings.orders.actions.writing import PURPOSE
from hub.core import clock
from hub.promises.actions import keep_about
from hub.promises.models import Promise
from hub.served.queries import rated_before

AT_ONCE = 500


def spare_return_calls() -> int:
    """Who has said with the service's code how it was need not be rung and asked. The order learns no grade; and it learns on a later day than it was said."""
    owed = list(Promise.objects.open().filter(kind=RETURN_CALL, subject_label=PURPOSE).order_by("due_at", "id").values_list("subject_ref", flat=True))
    said = [ref for start in range(0, len(owed), AT_ONCE) for ref in sorted(rated_before(PURPOSE, owed[start : start + AT_ONCE], clock.today()))]
    return sum(keep_about(kind=RETURN_CALL, subject=PURPOSE, ref=ref) is not None for ref in said)
