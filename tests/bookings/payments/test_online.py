"""Paying online over the real client: begun, told of from three sides, late, twice, in silence."""

import json
from datetime import timedelta

import pytest

from bookings.payments import jobs
from bookings.payments.actions import ask_refund, begin_online, cancel_charge, open_charge, record_payment, send_refund
from bookings.payments.gateway import BadSignature
from bookings.payments.gateways.pretend import make
from bookings.payments.models import GatewayEvent, Payment, Refund
from bookings.payments.queries import takings
from bookings.payments.webhooks import take_event
from hub.core.clock import day_bounds, today
from hub.core.errors import RuleBroken
from hub.promises.models import Promise
from tests.bookings.payments.test_charges import all_is_well, sums

pytestmark = pytest.mark.django_db(transaction=True)  # pages are shut after commit
WEBHOOK = "/payments/stripe/webhook/"


def begin(charge, **given):
    return begin_online(charge=charge, back_url="http://testserver/payments/x/back/", away_url="http://testserver/payments/x/", **given)


def session_of(charge):
    return Payment.objects.filter(charge=charge, method="online").latest("pk").session_id


def deliver(far, event):
    """Over the wire, as signed bytes."""
    return take_event(gateway="stripe", event=make().read_event(*far.signed(event)))


def post(client, far, event, **changed):
    body, signature = far.signed(event)
    return client.post(
        WEBHOOK, data=changed.get("body", body), content_type="application/json", headers={"stripe-signature": changed.get("signature", signature)}
    )


def test_a_message_settles_the_charge_once(client, hub, owe, far, thing):
    charge = owe()
    begin(charge)
    event = far.pay(session_of(charge))
    answers = [post(client, far, event) for _time in range(3)]
    assert [(answer.status_code, answer.json()["outcome"]) for answer in answers] == [(200, "applied"), (200, "nothing_new"), (200, "nothing_new")]
    assert (sums(charge), thing.fulfilled, GatewayEvent.objects.count(), all_is_well()) == (("settled", 3000, 3000, 0), [charge.subject_ref], 1, True)


def test_who_returns_before_the_message_is_looked_up_and_paid_once(client, owe, far, thing):
    charge = owe()
    begin(charge)
    event = far.pay(session_of(charge))
    back = f"/payments/{charge.token}/back/"
    assert [client.get(back).headers.get("Location") for _time in range(2)] == [f"/things/{charge.subject_ref}/"] * 2
    assert post(client, far, event).json()["outcome"] == "nothing_new"
    assert (sums(charge), thing.fulfilled) == (("settled", 3000, 3000, 0), [charge.subject_ref])


def test_who_never_returns_and_of_whom_no_message_comes_is_found_by_the_job(owe, far, thing, frozen):
    charge = owe()
    begin(charge)
    far.pay(session_of(charge))
    assert jobs.look_at_the_silent() == 0
    frozen.shift(timedelta(minutes=6))
    assert (jobs.look_at_the_silent(), jobs.look_at_the_silent()) == (1, 0)
    assert (sums(charge), thing.fulfilled) == (("settled", 3000, 3000, 0), [charge.subject_ref])


def test_paid_after_it_was_gone_goes_back_by_itself(owe, far, thing):
    charge = owe()
    begin(charge)
    event = far.pay(session_of(charge))
    thing.is_there = False
    deliver(far, event)
    assert (sums(charge), jobs.send_refunds()) == (("cancelled", 0, 3000, 3000), 1)
    deliver(far, far.settle_refund(Refund.objects.get().gateway_id))
    assert (Refund.objects.get().state, all_is_well()) == ("done", True)


def test_paid_on_a_page_that_was_open_while_it_was_cancelled_goes_back(owe, far):
    charge = owe()
    begin(charge)
    event = far.pay(session_of(charge))
    cancel_charge(charge=charge, reason="not wanted")
    deliver(far, event)
    assert (sums(charge), Refund.objects.get().amount_fen, all_is_well()) == (("cancelled", 0, 3000, 3000), 3000, True)


def test_paid_by_hand_shuts_the_page(owe, far, clerk):
    charge = owe()
    begin(charge)
    session = session_of(charge)
    record_payment(charge=charge, method="counter_qr", amount_fen=3000, receipt_no="A1", by=clerk)
    assert (far.session(session)["status"], far.pay(session), sums(charge)) == ("expired", None, ("settled", 3000, 3000, 0))


def test_paid_by_hand_and_online_at_once_gives_the_second_back(owe, far, clerk):
    charge = owe()
    begin(charge)
    event = far.pay(session_of(charge))
    record_payment(charge=charge, method="counter_qr", amount_fen=3000, receipt_no="A1", by=clerk)
    deliver(far, event)
    refund = Refund.objects.select_related("payment").get()
    assert (sums(charge), refund.amount_fen, refund.payment.method, all_is_well()) == (("settled", 3000, 6000, 3000), 3000, "online", True)


def test_asked_twice_it_is_the_same_page(owe, far):
    charge = owe()
    assert begin(charge) == begin(charge)
    assert (Payment.objects.count(), len(far.calls)) == (1, 1)


def test_a_page_whose_time_is_over_makes_way_for_a_new_one(owe, far, frozen):
    charge = owe()
    first = begin(charge)
    frozen.shift(timedelta(minutes=40))
    assert begin(charge) != first
    assert list(Payment.objects.order_by("pk").values_list("state", flat=True)) == ["ended", "started"]


def test_inside_wechat_alipay_is_not_offered(client, owe, far):
    charge = owe()
    client.post(f"/payments/{charge.token}/", headers={"user-agent": "Mozilla/5.0 MicroMessenger/8.0"})
    assert far.session(session_of(charge))["payment_method_types"] == ["card", "wechat_pay"]
    client.post(f"/payments/{charge.token}/", headers={"user-agent": "Mozilla/5.0"})
    assert far.session(session_of(charge))["payment_method_types"] == ["card", "alipay", "wechat_pay"]


def test_the_gateway_learns_an_amount_and_a_token_alone(owe, far):
    charge = owe()
    begin(charge)
    session = far.session(session_of(charge))
    assert (session["client_reference_id"], session["amount_total"], session["currency"]) == (charge.token, 3000, "cny")
    assert charge.subject_ref not in json.dumps(session)


@pytest.mark.parametrize("mood", ["hang", "broken", "reset"])
def test_a_gateway_that_fails_leaves_it_open_and_is_asked_again_with_the_same_key(owe, far, mood, thing):
    charge = owe()
    far.mood = lambda method, path: mood
    with pytest.raises(RuleBroken) as broken:
        begin(charge)
    assert (broken.value.code, sums(charge)) == ("gateway_away", ("open", 3000, 0, 0))
    far.mood = None
    begin(charge)
    keys = {key for _method, _path, key in far.calls}
    deliver(far, far.pay(session_of(charge)))
    assert (len(far.calls), len(keys), sums(charge), thing.fulfilled) == (2, 1, ("settled", 3000, 3000, 0), [charge.subject_ref])


@pytest.mark.parametrize("mood", ["hang", "broken", "reset"])
def test_a_refund_that_gets_no_answer_is_sent_again_and_paid_back_once(owe, far, clerk, mood, frozen):
    charge = owe()
    begin(charge)
    deliver(far, far.pay(session_of(charge)))
    payment = Payment.objects.get()
    refund = ask_refund(payment=payment, amount_fen=1000, reason="late", by=clerk)
    far.mood = lambda method, path: mood
    assert [jobs.send_refunds(), jobs.send_refunds()] == [1, 0]  # not again at once
    far.mood = None
    frozen.shift(timedelta(minutes=3))
    assert jobs.send_refunds() == 1
    keys = {key for method, path, key in far.calls if (method, path) == ("post", "/refunds")}
    refund.refresh_from_db()
    assert (len(keys), refund.state, far.load(f"intent:{payment.intent_id}")["refunded"]) == (1, "sent", 1000)


def test_a_look_that_gets_no_answer_changes_nothing(client, owe, far):
    charge = owe()
    begin(charge)
    far.mood = lambda method, path: "hang"
    page = client.get(f"/payments/{charge.token}/back/")
    assert (page.status_code, sums(charge)) == (200, ("open", 3000, 0, 0))


def test_a_refund_the_bank_sends_back_is_followed_up(owe, far, clerk):
    charge = owe()
    begin(charge)
    deliver(far, far.pay(session_of(charge)))
    refund = ask_refund(payment=Payment.objects.get(), amount_fen=1000, reason="late", by=clerk)
    send_refund(refund.pk)
    number = Refund.objects.get().gateway_id
    deliver(far, far.settle_refund(number))
    deliver(far, far.settle_refund(number, "failed"))
    deliver(far, far.settle_refund(number))  # the first word once more, late
    assert (Refund.objects.get().state, sums(charge)) == ("failed", ("settled", 2000, 3000, 0))
    assert (Promise.objects.get().kind, all_is_well()) == ("payments.follow_up", True)


def test_nothing_goes_back_beside_a_dispute(owe, far, clerk):
    charge = owe()
    begin(charge)
    deliver(far, far.pay(session_of(charge)))
    payment = Payment.objects.get()
    opened, won = far.dispute(payment.intent_id), far.dispute(payment.intent_id, "won")
    deliver(far, opened)
    with pytest.raises(RuleBroken) as broken:
        ask_refund(payment=payment, amount_fen=100, reason="late", by=clerk)
    assert broken.value.code == "payment_disputed"
    deliver(far, won)
    deliver(far, opened | {"id": "evt_again"})  # late
    assert ask_refund(payment=payment, amount_fen=100, reason="late", by=clerk).state == "ready"


@pytest.mark.parametrize("is_told_first", [True, False], ids=["asked before", "lost at once"])
def test_what_the_bank_took_is_gone_and_owed_again(hub, owe, far, is_told_first):
    charge = owe()
    begin(charge)
    deliver(far, far.pay(session_of(charge)))
    intent = Payment.objects.get().intent_id
    opened, lost = far.dispute(intent), far.dispute(intent, "lost")
    told = [opened, lost, lost | {"id": "evt_again"}] if is_told_first else [lost, opened, lost]
    for event in told:
        deliver(far, event)
    refund = Refund.objects.get()
    assert (sums(charge), refund.state, refund.amount_fen, refund.asked_by) == (("open", 3000, 3000, 3000), "done", 3000, None)
    assert (Promise.objects.get().kind, all_is_well()) == ("payments.follow_up", True)
    assert sum(fen for _method, fen, _count in takings(hub, *day_bounds(today()))) == 0


def test_nothing_owed_never_touches_the_gateway(hub, client, far):
    charge = open_charge(hub_id=hub.pk, purpose="tests.thing", ref="1", list_fen=3000, due_fen=0, waived_for="lone_elder")
    page = client.post(f"/payments/{charge.token}/")
    assert (page.status_code, far.calls, Payment.objects.count()) == (422, [], 0)


def tampered(body):
    return body.replace(b"3000", b"3001")


def reserialised(body):
    return json.dumps(json.loads(body)).encode()


@pytest.mark.parametrize(
    "bad",
    [
        lambda far, body, event: (tampered(body), far.signed(event)[1]),
        lambda far, body, event: (reserialised(body), far.signed(event)[1]),
        lambda far, body, event: (body, far.signed(event, at=1_700_000_000)[1]),
        lambda far, body, event: (body, ""),
        lambda far, body, event: (body, "t=1,v1=abc"),
        lambda far, body, event: (body, "\x00nonsense"),
        lambda far, body, event: (b"\xff\xfe", far.signed(event)[1]),
        lambda far, body, event: (b"", far.signed(event)[1]),
        lambda far, body, event: far.signed({"id": "evt_1"}),
        lambda far, body, event: far.signed(["not", "an", "object"]),
        lambda far, body, event: far.signed({"id": "evt_1", "type": "checkout.session.completed", "data": {"object": "text"}}),
    ],
    ids=["tampered", "written anew", "stale", "none", "wrong", "rubbish", "no text", "empty", "no type", "a list", "no object"],
)
def test_what_is_not_signed_by_the_gateway_is_400_and_changes_nothing(client, owe, far, bad):
    charge = owe()
    begin(charge)
    event = far.pay(session_of(charge))
    body, signature = bad(far, far.signed(event)[0], event)
    answer = post(client, far, event, body=body, signature=signature)
    assert (answer.status_code, sums(charge), GatewayEvent.objects.count()) == (400, ("open", 3000, 0, 0), 0)


@pytest.mark.parametrize(
    ("kind", "thing_told"),
    [
        ("checkout.session.completed", {"id": "cs_of_strangers", "payment_status": "paid", "amount_total": 1}),
        ("refund.updated", {"id": "re_of_strangers", "status": "succeeded"}),
        ("charge.dispute.created", {"id": "dp_1", "payment_intent": "pi_of_strangers", "amount": 1}),
        ("customer.created", {"id": "cus_1"}),
    ],
)
def test_what_is_about_strangers_is_200_and_changes_nothing(client, owe, far, kind, thing_told):
    charge = owe()
    answer = post(client, far, far.event(kind, thing_told))
    assert (answer.status_code, answer.json()["outcome"], sums(charge)) == (200, "stranger", ("open", 3000, 0, 0))


def test_another_amount_is_never_taken_for_the_payment(client, owe, far):
    charge = owe()
    begin(charge)
    event = far.pay(session_of(charge))
    event["data"]["object"]["amount_total"] = 1
    assert (post(client, far, event).json()["outcome"], sums(charge), Promise.objects.count()) == ("odd", ("open", 3000, 0, 0), 1)


def test_the_message_of_another_gateway_s_secret_is_refused(far):
    with pytest.raises(BadSignature):
        make().read_event(b"{}", "t=1,v1=00")
