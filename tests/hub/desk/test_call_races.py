"""Keys pressed at the same moment, with the protections taken away one by one; a gateway that hangs while an order is taken."""

import threading
from typing import Any

import pytest
from django.db import connections

from bookings.orders.models import Order
from hub.core.joins import desk_tasks
from hub.core.references import new_token
from hub.desk import actions
from hub.desk.callers import caller_of
from hub.desk.models import Call
from hub.notifications import channels
from hub.notifications.models import Message
from hub.notifications.sending import send_due
from hub.promises.models import Promise
from tests.cast import signed_in_as, user_with
from tests.factories.notifications import MessageFactory
from tests.hub.desk.calling import LANDLINE, MOBILE, a_call, a_caller, a_service, code_of, ordering, post
from tests.races.racing import LONG_ENOUGH, in_days, race

pytestmark = pytest.mark.django_db(transaction=True)
RIVALS = 4
A_MOMENT = 0.3


@pytest.fixture
def call(hub: Any) -> Call:
    return a_call(hub, person=a_caller(hub))


def typed_for(call: Call) -> dict[str, Any]:
    """What the order's form makes of an order, five days ahead."""
    given = ordering(a_service(call.hub), whom=call.person_id, matter="another", day=in_days(5).isoformat())
    form = desk_tasks["orders"].form(call.hub, caller_of(call), given, {})
    assert form.is_valid(), form.errors
    cleaned: dict[str, Any] = form.cleaned_data
    return cleaned


def hold_window_open(monkeypatch: pytest.MonkeyPatch, name: str, *, has_lock: bool) -> None:
    """Let every rival wait, once it has looked, until all have; under the lock nobody else can come."""
    meeting, real = threading.Barrier(RIVALS), getattr(actions, name)

    def look(*args: Any, **kwargs: Any) -> Any:
        found = real(*args, **kwargs)
        try:
            meeting.wait(A_MOMENT if has_lock else LONG_ENOUGH)
        except threading.BrokenBarrierError:
            assert has_lock, "a rival was held up: the window was not open"
        return found

    monkeypatch.setattr(actions, name, look)


def take_lock_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read the call without locking it, and without the transaction that is SQLite's lock."""
    rows = Call.objects.select_related("hub", "operator", "answers", "person__building__grid__community")
    monkeypatch.setattr(actions, "_locked", lambda call: rows.get(pk=call.pk))
    monkeypatch.setattr(actions, "do_task", actions.do_task.__wrapped__)  # type: ignore[attr-defined]  what transaction.atomic wraps


@pytest.mark.parametrize(
    ("has_lock", "has_token", "made"),
    [(True, True, 1), (False, True, 1), (True, False, 1), (False, False, RIVALS)],
    ids=["lock and token", "token alone", "lock alone", "neither"],
)
def test_pressed_at_once_it_is_one_order(call: Call, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_token: bool, made: int) -> None:
    typed, operator = typed_for(call), call.operator
    hold_window_open(monkeypatch, "caller_of", has_lock=has_lock)
    if not has_lock:
        take_lock_away(monkeypatch)
    if not has_token:
        monkeypatch.setattr(actions, "task_token", lambda *_which: new_token())
    pressed = [lambda: actions.do_task(call=call, task=desk_tasks["orders"], typed=typed, turn=0, digest="same", by=operator)] * RIVALS
    assert (race(*pressed), Order.objects.count()) == (["done"] * RIVALS, made)


@pytest.mark.parametrize(("has_lock", "made"), [(True, 1), (False, RIVALS)], ids=["lock", "none"])
def test_announced_at_once_it_is_one_call(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, made: int) -> None:
    operator = user_with("operator", hub)
    hold_window_open(monkeypatch, "only_one_at", has_lock=has_lock)
    if not has_lock:
        monkeypatch.setattr(actions, "lock_number", lambda _phone: None)
        monkeypatch.setattr(actions, "take_ring", actions.take_ring.__wrapped__)  # type: ignore[attr-defined]  what transaction.atomic wraps
    assert race(*[lambda: actions.take_ring(hub=hub, by=operator, phone=LANDLINE)] * RIVALS) == ["done"] * RIVALS
    assert Call.objects.count() == made


def test_two_operators_ring_one_person_back_and_the_second_is_told(hub: Any) -> None:
    first = a_call(hub)
    done = desk_tasks["call_back"].act(hub, caller_of(first), {"about": "回电", "due": 60, "owner": "team"}, first.operator, "t")
    owed = Promise.objects.get()
    assert done.reference == ""
    people = [user_with(role, hub) for role in ("operator", "clerk")]

    def reached(by: Any) -> None:
        call = actions.ring_back(promise=owed, by=by)
        actions.wrap_up(call=call, code=code_of(hub), by=by)

    outcomes = race(*[lambda by=by: reached(by) for by in people])  # type: ignore[misc]  the default is the loop's own
    owed.refresh_from_db()
    assert set(outcomes) <= {"done", "call_back_over"} and "done" in outcomes
    assert (owed.is_open, owed.outcome) == (False, "kept")


def test_an_order_is_taken_while_the_gateway_hangs(hub: Any, call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message waits in the outbox and goes out once, later."""
    is_hanging, may_go_on, sent = threading.Event(), threading.Event(), []

    def hangs(message: Message) -> None:
        is_hanging.set()
        assert may_go_on.wait(LONG_ENOUGH)
        sent.append(message.kind)

    def keep_sending() -> None:
        send_due()
        connections.close_all()

    monkeypatch.setitem(channels.SMS_PROVIDERS, "outbox", hangs)
    MessageFactory(hub=hub, kind="first")
    worker = threading.Thread(target=keep_sending)
    worker.start()
    assert is_hanging.wait(LONG_ENOUGH)
    typed = ordering(a_service(hub), whom=call.person_id, day=in_days(5).isoformat())
    answer = post(signed_in_as("operator", hub), call, "wrap", **typed, **{"wrap-code": code_of(hub, "ordered").pk})
    assert (answer.status_code, Order.objects.count(), sent) == (302, 1, [])
    told = Message.objects.get(subject_ref=Order.objects.get().reference)
    assert (told.state, told.phone) == ("waiting", MOBILE)
    may_go_on.set()
    worker.join(LONG_ENOUGH)
    send_due()
    send_due()
    assert sorted(sent) == ["first", told.kind]
