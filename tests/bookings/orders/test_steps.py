"""From the order to its rating, and every way off that road."""

from datetime import timedelta
from typing import Any

import pytest

from bookings.orders import actions
from bookings.orders.jobs import spare_return_calls
from bookings.orders.models import Order, OrderCall
from bookings.orders.rules import NEXT, may_follow
from bookings.orders.states import OrderStates
from bookings.payments.actions import record_payment
from bookings.payments.models import Charge, Payment
from hub.audit.models import Line
from hub.core.errors import RuleBroken
from hub.core.joins import integrity_checks
from hub.notifications.models import Message
from hub.promises.models import Promise
from hub.served.actions import use_code
from hub.served.models import ServiceEvent
from hub.served.queries import code_about
from tests.cast import user_with
from tests.factories.orders import MONDAY, ServiceFactory, asked, entitled, helper_of, order, past_order

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def charge_of(made: Order) -> Charge:
    return Charge.objects.get(subject_ref=made.reference)


def faults() -> list[str]:
    return [fault for check in integrity_checks if check.name.startswith("orders.") for fault in check.find()]


def refused(call: Any, **given: Any) -> str:
    with pytest.raises(RuleBroken) as broken:
        call(**given)
    return broken.value.code


def brought_to(state: str, made: Order, clerk: Any) -> Order:
    """Walk an order along the road up to a state."""
    road = [
        ("assigned", lambda: actions.assign(order=made, by=clerk, name="李师傅", phone="13800009999")),
        ("on_the_way", lambda: actions.go(order=made, by=clerk)),
        ("arrived", lambda: actions.arrive(order=made, by=clerk)),
        ("done", lambda: actions.finish(order=made, by=clerk)),
        ("rated", lambda: actions.rate(order=made, rating=5)),
    ]
    if state == "cancelled":
        actions.cancel(order=made, by=clerk, reason="不需要了", as_staff=True)
    elif state == "declined":
        actions.decline(order=made, by=clerk, reason="没有师傅")
    elif state != "taken":
        for name, step in road:
            step()
            if name == state:
                break
    made.refresh_from_db()
    assert made.state == state
    return made


@pytest.fixture
def made(hub: Any) -> Order:
    return order(hub, ServiceFactory(hub=hub))


@pytest.fixture
def clerk(hub: Any) -> Any:
    return user_with("clerk", hub)


def test_the_whole_road(hub: Any, clerk: Any, made: Order, frozen: Any) -> None:
    actions.assign(order=made, by=clerk, helper=helper_of(hub))
    frozen.shift(timedelta(hours=46))
    actions.go(order=made, by=clerk)
    frozen.shift(timedelta(minutes=20))
    actions.arrive(order=made, by=clerk)
    actions.finish(order=made, by=clerk, method="door_cash", amount_fen=3000, receipt_no="A-1")
    actions.rate(order=made, rating=4, words="擦得很干净")
    made.refresh_from_db()
    assert (made.state, made.rating, made.rating_words) == ("rated", 4, "擦得很干净")
    assert [step.state for step in made.steps.all()] == ["taken", "assigned", "on_the_way", "arrived", "done", "rated"]
    assert [line.verb for line in Line.objects.filter(subject_label="orders.order").order_by("id")] == [
        "place_order",
        "assign",
        "go",
        "arrive",
        "finish",
        "rate",
    ]
    kinds = ["order_made", "order_assigned", "order_on_the_way", "order_arrived", "order_done", "order_rated"]
    assert [message.kind for message in Message.objects.filter(subject_ref=made.reference).order_by("id")] == kinds
    assert (charge_of(made).state, Payment.objects.get().receipt_no) == ("settled", "A-1")
    event = ServiceEvent.objects.get(subject_ref=made.reference)
    assert (event.post, event.what, event.subject_label) == ("living", "家政保洁", "orders.order")
    assert faults() == []


def test_done_twice_is_done_once(clerk: Any, made: Order) -> None:
    brought_to("arrived", made, clerk)
    for _each in range(2):
        actions.finish(order=made, by=clerk, method="door_cash", amount_fen=3000, receipt_no="A-1")
    assert (ServiceEvent.objects.count(), Payment.objects.count(), made.steps.filter(state="done").count()) == (1, 1, 1)


ACTIONS: dict[str, Any] = {
    "on_the_way": actions.go,
    "arrived": actions.arrive,
    "done": actions.finish,
}


@pytest.mark.parametrize("state", OrderStates.values)
@pytest.mark.parametrize("following", list(ACTIONS))
def test_only_what_may_follow_follows(clerk: Any, made: Order, state: str, following: str) -> None:
    brought_to(state, made, clerk)
    before = made.steps.count()
    if may_follow(state, following):
        assert ACTIONS[following](order=made, by=clerk).state == following
    elif state == following or (state, following) == ("rated", "done"):
        assert ACTIONS[following](order=made, by=clerk).state == state
        assert made.steps.count() == before
    else:
        assert refused(ACTIONS[following], order=made, by=clerk) == "order_wrong_step"
        assert made.steps.count() == before
    assert faults() == []


def test_every_state_stands_in_the_table() -> None:
    assert set(NEXT) == set(OrderStates.values)
    assert {state for following in NEXT.values() for state in following} <= set(NEXT)


def test_a_helper_is_a_helper_of_this_hub_or_a_name_and_a_phone(hub: Any, second_hub: Any, clerk: Any, made: Order) -> None:
    assert refused(actions.assign, order=made, by=clerk) == "order_helper_missing"
    assert refused(actions.assign, order=made, by=clerk, name="李师傅") == "order_helper_missing"
    assert refused(actions.assign, order=made, by=clerk, helper=clerk) == "order_helper_missing"
    assert refused(actions.assign, order=made, by=clerk, helper=helper_of(second_hub)) == "order_helper_missing"
    assert actions.assign(order=made, by=clerk, helper=helper_of(hub)).helper == helper_of(hub)
    again = actions.assign(order=made, by=clerk, name="李师傅", phone="13800009999")
    assert (again.helper, again.helper_words, made.steps.count()) == (None, "李师傅 13800009999", 3)


# --- price and extra parts ------------------------------------------------------------------------------------------
def test_a_decided_price(clerk: Any, made: Order) -> None:
    decided = actions.decide_price(order=made, price_fen=1000, reason="刚出院", by=clerk)
    assert (decided.list_fen, decided.price_fen, decided.price_reason, decided.decided_by, decided.decision) == (3000, 1000, "decision", clerk, "刚出院")
    charge = charge_of(made)
    assert (charge.due_fen, charge.waived_fen, charge.waived_for) == (1000, 2000, "decision")
    assert faults() == []


def test_a_decision_over_an_entitlement_keeps_both(hub: Any, clerk: Any) -> None:
    entitlement = entitled(hub)
    made = order(hub, ServiceFactory(hub=hub, waivers={"low_income": 50}), for_person=entitlement.resident)
    actions.decide_price(order=made, price_fen=0, reason="刚出院", by=clerk)
    made.refresh_from_db()
    assert (made.price_fen, made.entitlement, made.waived_for, charge_of(made).state) == (0, entitlement, "decision", "waived")


@pytest.mark.parametrize(("fen", "reason", "code"), [(3001, "x", "order_price_too_high"), (-1, "x", "order_price_too_high"), (100, " ", "reason_missing")])
def test_a_price_that_cannot_be_decided(clerk: Any, made: Order, fen: int, reason: str, code: str) -> None:
    assert refused(actions.decide_price, order=made, price_fen=fen, reason=reason, by=clerk) == code
    assert charge_of(made).due_fen == 3000


def test_extra_parts_need_a_yes(clerk: Any, made: Order) -> None:
    given = {"order": made, "extra_fen": 2500, "what": "水龙头", "agreed_by": "王秀兰", "by": clerk}
    assert refused(actions.agree_extra, **given) == "order_wrong_step"
    brought_to("arrived", made, clerk)
    assert refused(actions.agree_extra, **{**given, "agreed_by": " "}) == "order_extra_missing"
    assert refused(actions.agree_extra, **{**given, "extra_fen": 10**9}) == "order_extra_too_much"
    agreed = actions.agree_extra(**given)
    assert (agreed.extra_fen, agreed.due_fen, agreed.extra_agreed_by, agreed.extra_agreed_at is None) == (2500, 5500, "王秀兰", False)
    assert (charge_of(made).due_fen, faults()) == (5500, [])
    assert refused(actions.decide_price, order=made, price_fen=0, reason="x", by=clerk) == "order_extra_first"
    assert actions.agree_extra(**{**given, "extra_fen": 0}).extra_agreed_at is None
    assert (charge_of(made).due_fen, faults()) == (3000, [])


def test_extra_parts_of_a_free_order_are_owed_and_the_rest_stays_waived(hub: Any, clerk: Any) -> None:
    made = order(hub, ServiceFactory(hub=hub, waivers={"low_income": 0}), for_person=entitled(hub).resident)
    brought_to("arrived", made, clerk)
    actions.agree_extra(order=made, extra_fen=2500, what="水龙头", agreed_by="本人", by=clerk)
    charge = charge_of(made)
    assert (charge.state, charge.due_fen, charge.waived_fen, charge.waived_for, faults()) == ("open", 2500, 3000, "low_income", [])


# --- off the road ---------------------------------------------------------------------------------------------------
def test_a_resident_cancels_until_the_deadline(made: Order, frozen: Any) -> None:
    frozen.move_to(made.cancel_by)
    actions.cancel(order=made)
    actions.cancel(order=made)
    made.refresh_from_db()
    assert (made.state, charge_of(made).state, made.steps.count(), faults()) == ("cancelled", "cancelled", 2, [])


def test_after_the_deadline_only_staff_cancel_with_a_reason(made: Order, clerk: Any, frozen: Any) -> None:
    frozen.move_to(made.cancel_by + timedelta(seconds=1))
    assert refused(actions.cancel, order=made) == "too_late_to_cancel"
    assert refused(actions.cancel, order=made, by=clerk, as_staff=True) == "reason_missing"
    assert actions.cancel(order=made, by=clerk, as_staff=True, reason="老人住院").reason == "老人住院"


@pytest.mark.parametrize("state", ["on_the_way", "arrived", "done", "rated", "declined"])
def test_what_is_under_way_or_over_is_not_cancelled_by_a_resident(clerk: Any, made: Order, state: str) -> None:
    brought_to(state, made, clerk)
    assert refused(actions.cancel, order=made) == "order_wrong_step"


def test_what_was_paid_goes_back_when_it_is_cancelled(clerk: Any, made: Order) -> None:
    record_payment(charge=charge_of(made), method="counter_cash", amount_fen=3000, receipt_no="A-1", by=clerk)
    actions.cancel(order=made)
    assert Payment.objects.get().refunds.get().amount_fen == 3000
    assert faults() == []


def test_rescheduling_keeps_number_and_price_and_lets_the_helper_go(hub: Any, clerk: Any, made: Order) -> None:
    brought_to("assigned", made, clerk)
    made.service.prices.update(fen=9900)
    moved = actions.reschedule(order=made, asked=asked("14:00", "16:00"))
    assert (moved.reference, moved.price_fen, moved.state, moved.helper_words) == (made.reference, 3000, "taken", "")
    assert [step.kind for step in moved.steps.all()] == ["state", "state", "moved"]
    assert moved.cancel_by == moved.starts_at - timedelta(hours=2)
    assert refused(actions.reschedule, order=made, asked=asked("09:00", "11:00")) == "order_window_unknown"
    assert refused(actions.reschedule, order=made, asked=asked(day=MONDAY + timedelta(days=60))) == "order_beyond_horizon"


def test_rescheduling_too_late(made: Order, clerk: Any, frozen: Any) -> None:
    frozen.move_to(made.cancel_by + timedelta(seconds=1))
    wanted = asked("16:00", "18:00")
    assert refused(actions.reschedule, order=made, asked=wanted) == "too_late_to_move"
    assert refused(actions.reschedule, order=made, asked=wanted, by=clerk, as_staff=True) == "reason_missing"
    assert actions.reschedule(order=made, asked=wanted, by=clerk, as_staff=True, reason="师傅病了").starts_at == wanted.starts_at


def test_rating_once(clerk: Any, made: Order) -> None:
    assert refused(actions.rate, order=made, rating=5) == "order_wrong_step"
    brought_to("done", made, clerk)
    assert refused(actions.rate, order=made, rating=6) == "order_rating_missing"
    actions.rate(order=made, rating=2)
    assert actions.rate(order=made, rating=2).rating == 2
    assert refused(actions.rate, order=made, rating=5) == "order_wrong_step"


def test_a_repeated_call_hangs_on_the_first_order(clerk: Any, made: Order) -> None:
    actions.attach_call(order=made, channel="phone", by=clerk, words="问师傅什么时候来")
    call = OrderCall.objects.get()
    assert (call.order, call.channel, call.taken_by, call.words) == (made, "phone", clerk, "问师傅什么时候来")
    assert [step.kind for step in made.steps.all()] == ["state", "called"]
    actions.cancel(order=made)
    assert refused(actions.attach_call, order=made, channel="phone", by=clerk) == "order_wrong_step"


def test_money_that_comes_after_it_fell_away_goes_back(hub: Any, clerk: Any) -> None:
    made = past_order(hub, ServiceFactory(hub=hub), state="taken")
    Order.objects.filter(pk=made.pk).update(state="cancelled", closed_at=made.created_at)
    record_payment(charge=charge_of(made), method="counter_cash", amount_fen=3000, receipt_no="A-1", by=clerk)
    assert (charge_of(made).state, Payment.objects.get().refunds.get().amount_fen) == ("cancelled", 3000)


# --- the checks find what was planted -------------------------------------------------------------------------------
def test_each_check_finds_its_fault(hub: Any, second_hub: Any, clerk: Any) -> None:
    lost, dear, given, done, strayed = (order(hub, ServiceFactory(hub=hub), phone=f"1380000120{n}") for n in range(5))
    Charge.objects.filter(subject_ref=lost.reference).delete()
    Charge.objects.filter(subject_ref=dear.reference).update(due_fen=1)
    Charge.objects.filter(subject_ref=given.reference).update(waived_fen=1, waived_for="decision")
    ServiceEvent.objects.filter(subject_ref=brought_to("done", done, clerk).reference).delete()
    Order.objects.filter(pk=strayed.pk).update(service=ServiceFactory(hub=second_hub))
    assert sorted(faults()) == sorted(
        [
            f"order {lost.reference} has no charge",
            f"order {dear.reference} and its charge do not say the same amount",
            f"order {given.reference} and its charge do not waive the same sum",
            f"order {done.reference} is done and not in the ledger",
            f"order {strayed.reference} belongs to another hub than its service, person or community",
        ]
    )


def test_who_said_by_code_how_it_was_is_not_rung_and_asked(hub: Any, clerk: Any, frozen: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bookings.orders.jobs.AT_ONCE", 1)  # who waits behind many that nobody rated is found too
    silent, said = (order(hub, ServiceFactory(hub=hub)) for _each in range(2))
    for made in (silent, said):
        brought_to("done", made, clerk)
    use_code(code=code_about("orders.order", said.reference), hub_id=hub.pk)
    assert (spare_return_calls(), Promise.objects.open().filter(kind="return_call").count()) == (0, 2)  # on the day itself it would lead to what was said
    frozen.shift(timedelta(days=1))
    assert (spare_return_calls(), spare_return_calls()) == (1, 0)
    assert [row.subject_ref for row in Promise.objects.open().filter(kind="return_call")] == [silent.reference]
    said.refresh_from_db()
    assert (said.state, said.rating) == ("done", None)
