"""Something that costs money, and a gateway that takes none."""

from types import SimpleNamespace

import pytest

from bookings.payments.actions import open_charge
from bookings.payments.gateways.pretend import far_end
from bookings.payments.models import Charge
from hub.core.joins import PaymentPurpose, payment_purposes
from tests.cast import user_with

PURPOSE = "tests.thing"


@pytest.fixture(autouse=True)
def thing(monkeypatch, settings):
    """What is paid for: `thing.is_there` says whether it can still be had, `thing.fulfilled` what it was told."""
    settings.PAYMENT_GATEWAY = "pretend"
    settings.REFUND_ALONE_FEN = 5_000
    found = SimpleNamespace(is_there=True, fulfilled=[])

    def fulfil(ref):
        found.fulfilled.append(ref)
        return found.is_there

    row = PaymentPurpose(PURPOSE, "Thing", lambda ref: None, fulfil, lambda ref: f"Thing {ref}", lambda ref: f"/things/{ref}/")
    monkeypatch.setitem(payment_purposes._rows, PURPOSE, row)
    return found


@pytest.fixture
def far(monkeypatch):
    """The gateway's far end, in a good mood."""
    there = far_end()
    monkeypatch.setattr(there, "mood", None)
    monkeypatch.setattr(there, "tell", None)
    monkeypatch.setattr(there, "calls", [])
    return there


@pytest.fixture
def clerk(hub):
    return user_with("clerk", hub)


@pytest.fixture
def director(hub):
    return user_with("director", hub)


@pytest.fixture
def owe(hub):
    """`owe(3000)`: a charge of thirty yuan."""
    numbers = iter(range(1, 10_000))

    def owing(due_fen=3000, *, list_fen=None, **given) -> Charge:
        ref = f"3000{next(numbers):04d}"
        return open_charge(hub_id=hub.pk, purpose=PURPOSE, ref=ref, list_fen=due_fen if list_fen is None else list_fen, due_fen=due_fen, **given)

    return owing
