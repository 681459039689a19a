"""Demo promises in every state. Nobody real is called back."""

from datetime import timedelta
from typing import Any

from hub.core import clock
from hub.promises.models import Promise
from hub.promises.states import Outcomes

KIND, SUBJECT = "call_back", "promises.demo"
# name, hours until it is due, hours since it was done (None: open), outcome, reason, note
ROWS = [
    ("overdue", -3, None, "", "", "问多功能厅能不能放投影"),
    ("soon", 2, None, "", "", "想给合唱队长期留排练室"),
    ("later", 30, None, "", "", "问书画班什么时候报名"),
    ("kept", -20, 22, Outcomes.KEPT, "", "问会议室怎么申请"),
    ("kept-late", -40, 10, Outcomes.KEPT, "", "忘在阅览室的水杯"),
    ("dropped", -60, 70, Outcomes.DROPPED, "居民已经自己来过了", "问健身房开放时间"),
]


def seed(world: Any) -> None:
    """One promise in every state; safe to call again. `world` has `hub` and `random`."""
    standing = set(Promise.objects.filter(subject_label=SUBJECT).values_list("subject_ref", flat=True))
    now = clock.now()
    rows = []
    for name, due_in, done_ago, outcome, reason, note in ROWS:
        ref = f"{world.hub.slug}-{name}"
        if ref in standing:
            continue
        due_at = now + timedelta(hours=due_in, minutes=world.random.randrange(50))
        done_at = None if done_ago is None else now - timedelta(hours=done_ago)
        made_at = min(due_at, done_at or now) - timedelta(days=2)
        rows.append(
            Promise(
                hub=world.hub, kind=KIND, subject_label=SUBJECT, subject_ref=ref, due_at=due_at, team="operator", note=note,
                made_at=made_at, done_at=done_at, outcome=outcome, reason=reason,
            )  # fmt: skip
        )
    Promise.objects.bulk_create(rows)
