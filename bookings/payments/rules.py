"""What the house says about money. Pure: fen in, fen and codes out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

CHECKOUT_LASTS = timedelta(minutes=35)  # a gateway keeps a page open for half an hour at least
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)
ONLINE = ("card", "alipay", "wechat_pay")
INSIDE_WECHAT = ("card", "wechat_pay")  # Alipay's page does not open there

# A gateway tells things twice, late and in any order: of two words the higher one stands.
PAYMENT_RANK = {"started": 0, "ended": 1, "received": 2, "reversed": 3}
REFUND_RANK = {"asked": 0, "ready": 1, "sent": 2, "done": 3, "failed": 4, "declined": 4}
DISPUTE_RANK = {"": 0, "open": 1, "won": 2, "lost": 2}


@dataclass(frozen=True, slots=True)
class Standing:
    """A charge in figures."""

    due_fen: int
    received_fen: int = 0
    refunded_fen: int = 0

    @property
    def kept_fen(self) -> int:
        return self.received_fen - self.refunded_fen

    @property
    def remaining_fen(self) -> int:
        return max(self.due_fen - self.kept_fen, 0)

    @property
    def surplus_fen(self) -> int:
        """What lies with the hub and is not owed."""
        return max(self.kept_fen - self.due_fen, 0)


def state_of(standing: Standing) -> str:
    """open, settled or waived; a cancelled charge is nobody's to compute."""
    if standing.due_fen == 0 and standing.received_fen == 0:
        return "waived"
    return "open" if standing.remaining_fen else "settled"


def lowered_by(standing: Standing, back_fen: int) -> int:
    """By how much a paid charge goes down when `back_fen` are given back: what is over is given back first. One that is still owed stays so."""
    return 0 if standing.remaining_fen else max(back_fen - standing.surplus_fen, 0)


def spread(amount_fen: int, can_go_back: Sequence[int]) -> list[int]:
    """`amount_fen` over payments that can each give back so much, the last one first; less when they hold less."""
    parts = [0] * len(can_go_back)
    for place in reversed(range(len(can_go_back))):
        parts[place] = min(amount_fen, can_go_back[place])
        amount_fen -= parts[place]
    return parts


def needs_second_person(amount_fen: int, already_alone_fen: int, alone_fen: int) -> bool:
    """Whether more goes back of one charge than one person may decide; what they gave back of it before counts."""
    return amount_fen + already_alone_fen > alone_fen


def try_again_at(now: datetime, tries: int) -> datetime:
    """When to ask the gateway again after so many tries: a minute, two, four … six hours."""
    wait: timedelta = min(FIRST_WAIT * (1 << min(tries, 20)), LONGEST_WAIT)
    return now + wait


def stands(new: str, old: str, rank: dict[str, int]) -> bool:
    """Whether `new` says more than `old`."""
    return rank[new] > rank[old]


def methods_for(*, is_wechat: bool) -> tuple[str, ...]:
    """Which ways to pay a browser is offered."""
    return INSIDE_WECHAT if is_wechat else ONLINE
