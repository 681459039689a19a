"""Charges and refunds on the staff's screens: every button, what it refuses, who may."""

import pytest

from bookings.payments.actions import ask_refund, record_payment
from bookings.payments.models import Charge, Payment, Refund
from bookings.payments.staff_forms import GiveBackForm, TakeMoneyForm
from tests.cast import signed_in_as
from tests.factories.people import OrganisationFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

CASH = {"method": "counter_cash", "amount": "20.50", "receipt_no": "A1"}
SEES, TAKES = {"operator", "clerk", "director"}, {"clerk", "director"}
ROLES = ("operator", "clerk", "coordinator", "reviewer", "editor", "publisher", "director", "admin", "provider", "volunteer")


def sums(charge):
    charge.refresh_from_db()
    return charge.state, charge.due_fen, charge.received_fen, charge.refunded_fen


@pytest.fixture
def paid(owe, clerk):
    """`paid(3000)`: a charge and its payment in cash."""
    numbers = iter(range(1, 1000))

    def paying(fen=3000, method="counter_cash"):
        charge = owe(fen)
        return charge, record_payment(charge=charge, method=method, amount_fen=fen, receipt_no=f"P{next(numbers)}", by=clerk)

    return paying


@pytest.fixture
def waiting(paid, clerk):
    """A refund of eighty yuan the clerk asked for: more than one person may decide."""
    charge, payment = paid(9000)
    return charge, ask_refund(payment=payment, amount_fen=8000, reason="没来", by=clerk)


# --- taking money
def test_money_is_written_down_in_yuan_with_its_receipt(owe, as_role, clerk):
    charge = owe(2050)
    page = as_role("clerk").get(f"/admin/charge/take-money/{charge.pk}/")
    assert 'value="20.50"' in page.content.decode()
    reply = as_role("clerk").post(f"/admin/charge/take-money/{charge.pk}/", CASH)
    assert (reply.status_code, reply["Location"]) == (302, f"/admin/charge/inspect/{charge.pk}/")
    payment = Payment.objects.get()
    assert (payment.method, payment.amount_fen, payment.receipt_no, payment.recorded_by, payment.state) == ("counter_cash", 2050, "A1", clerk, "received")
    assert sums(charge) == ("settled", 2050, 2050, 0)


def test_a_form_sent_twice_is_one_payment(owe, as_role):
    charge, client = owe(5000), as_role("clerk")
    assert [client.post(f"/admin/charge/take-money/{charge.pk}/", CASH).status_code for _ in range(2)] == [302, 302]
    assert sums(charge) == ("open", 5000, 2050, 0)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"amount": ""}, "amount"),
        ({"amount": "0"}, "amount"),
        ({"amount": "-5"}, "amount"),
        ({"amount": "30.01"}, "amount"),
        ({"amount": "0.001"}, "amount"),
        ({"amount": "二十"}, "amount"),
        ({"amount": "NaN"}, "amount"),
        ({"amount": "Infinity"}, "amount"),
        ({"amount": "1e99999"}, "amount"),
        ({"amount": "9" * 40}, "amount"),
        ({"receipt_no": " "}, "receipt_no"),
        ({"receipt_no": "x" * 31}, "receipt_no"),
        ({"receipt_no": "used"}, "receipt_no"),
        ({"receipt_no": "a\x00b"}, "receipt_no"),
        ({"method": "online"}, "method"),
        ({"method": ""}, "method"),
        ({"method": "invoice"}, "organisation"),
        ({"method": "invoice", "organisation": "987654321"}, "organisation"),
        ({"method": "invoice", "organisation": "x"}, "organisation"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_kept(owe, as_role, clerk, change, field):
    record_payment(charge=owe(100), method="door_cash", amount_fen=100, receipt_no="used", by=clerk)
    charge = owe(3000)
    reply = as_role("clerk").post(f"/admin/charge/take-money/{charge.pk}/", {**CASH, **change})
    assert (reply.status_code, list(reply.context["form"].errors)) == (200, [field])
    assert sums(charge) == ("open", 3000, 0, 0)


@pytest.mark.parametrize("typed", ["20.50", "２０．５０", " 20.5 ", "20.50元"])
def test_an_amount_is_read_as_people_write_it(hub, typed):
    form = TakeMoneyForm({**CASH, "amount": typed}, hub=hub)
    assert (form.is_valid(), form.cleaned_data["amount"]) == (True, 2050)


def test_nothing_is_taken_for_what_is_paid(paid, as_role):
    charge, _payment = paid()
    reply = as_role("clerk").post(f"/admin/charge/take-money/{charge.pk}/", CASH)
    assert (reply.status_code, Payment.objects.filter(charge=charge).count()) == (200, 1)
    assert "take-money" not in as_role("clerk").get(f"/admin/charge/inspect/{charge.pk}/").content.decode()


def test_an_invoice_counts_when_its_money_has_come(hub, owe, as_role):
    charge, organisation, client = owe(3000), OrganisationFactory(hub=hub), as_role("clerk")
    typed = {"method": "invoice", "amount": "30", "receipt_no": "I1", "organisation": organisation.pk}
    assert client.post(f"/admin/charge/take-money/{charge.pk}/", typed).status_code == 302
    payment = Payment.objects.get()
    assert (payment.state, payment.organisation, sums(charge)) == ("started", organisation, ("open", 3000, 0, 0))
    assert f"/admin/charge/invoice-paid/{payment.pk}/" in client.get(f"/admin/charge/inspect/{charge.pk}/").content.decode()
    assert client.get(f"/admin/charge/invoice-paid/{payment.pk}/").status_code == 200
    assert sums(charge) == ("open", 3000, 0, 0)
    assert client.post(f"/admin/charge/invoice-paid/{payment.pk}/").status_code == 302
    assert sums(charge) == ("settled", 3000, 3000, 0)


def test_another_hubs_organisation_gets_no_invoice(second_hub, owe, as_role):
    organisation, charge = OrganisationFactory(hub=second_hub), owe(3000)
    typed = {"method": "invoice", "amount": "30", "receipt_no": "I1", "organisation": organisation.pk}
    reply = as_role("clerk").post(f"/admin/charge/take-money/{charge.pk}/", typed)
    assert (list(reply.context["form"].errors), Payment.objects.count()) == (["organisation"], 0)


def test_cash_is_no_invoice(paid, as_role):
    _charge, payment = paid()
    Payment.objects.filter(pk=payment.pk).update(state="reversed", reason="x")
    assert as_role("clerk").post(f"/admin/charge/invoice-paid/{payment.pk}/").status_code == 200
    assert Payment.objects.get().state == "reversed"


# --- giving back, taking back
def test_a_small_sum_goes_back_at_once_and_the_same_form_twice_is_one_refund(paid, as_role, clerk):
    charge, payment = paid(3000)
    client, typed = as_role("clerk"), {"amount": "12", "reason": "少用一小时", "token": "same"}
    assert [client.post(f"/admin/charge/give-back/{payment.pk}/", typed).status_code for _ in range(2)] == [302, 302]
    refund = Refund.objects.get()
    assert (refund.state, refund.amount_fen, refund.asked_by) == ("ready", 1200, clerk)
    assert sums(charge) == ("settled", 1800, 3000, 1200)


def test_every_form_for_giving_back_is_its_own_refund():
    assert GiveBackForm()["token"].value() != GiveBackForm()["token"].value()


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"amount": "30.01", "reason": "x"}, "amount"),
        ({"amount": "0", "reason": "x"}, "amount"),
        ({"amount": "1e3", "reason": "x"}, "amount"),
        ({"amount": "", "reason": "x"}, "amount"),
        ({"amount": "5", "reason": "  "}, "reason"),
        ({"amount": "5", "reason": "x" * 201}, "reason"),
        ({"amount": "5", "reason": "x", "token": "x" * 41}, "token"),
    ],
)
def test_what_cannot_go_back_is_refused(paid, as_role, typed, field):
    charge, payment = paid(3000)
    reply = as_role("clerk").post(f"/admin/charge/give-back/{payment.pk}/", typed)
    assert (reply.status_code, list(reply.context["form"].errors)) == (200, [field])
    assert (Refund.objects.count(), sums(charge)) == (0, ("settled", 3000, 3000, 0))


def test_a_disputed_payment_is_left_to_the_bank(paid, as_role):
    charge, payment = paid(3000)
    Payment.objects.filter(pk=payment.pk).update(dispute="open")
    assert as_role("clerk").post(f"/admin/charge/give-back/{payment.pk}/", {"amount": "5", "reason": "x"}).status_code == 200
    assert f"give-back/{payment.pk}" not in as_role("clerk").get(f"/admin/charge/inspect/{charge.pk}/").content.decode()
    assert Refund.objects.count() == 0


def test_a_mistake_is_taken_back_with_its_reason_and_can_be_written_anew(paid, as_role):
    charge, payment = paid(3000)
    client = as_role("clerk")
    assert client.post(f"/admin/charge/reverse-payment/{payment.pk}/", {"reason": " "}).status_code == 200
    assert sums(charge) == ("settled", 3000, 3000, 0)
    assert client.post(f"/admin/charge/reverse-payment/{payment.pk}/", {"reason": "记到别家了"}).status_code == 302
    payment.refresh_from_db()
    assert (payment.state, payment.reason, sums(charge)) == ("reversed", "记到别家了", ("open", 3000, 0, 0))
    assert client.post(f"/admin/charge/take-money/{charge.pk}/", {**CASH, "receipt_no": payment.receipt_no}).status_code == 302


def test_what_went_back_in_part_is_no_mistake_any_more(paid, clerk, as_role):
    charge, payment = paid(3000)
    ask_refund(payment=payment, amount_fen=100, reason="x", by=clerk)
    assert as_role("clerk").post(f"/admin/charge/reverse-payment/{payment.pk}/", {"reason": "x"}).status_code == 200
    assert f"reverse-payment/{payment.pk}" not in as_role("clerk").get(f"/admin/charge/inspect/{charge.pk}/").content.decode()
    assert sums(charge) == ("settled", 2900, 3000, 100)


# --- the second person
def test_a_second_person_agrees_and_the_money_is_handed_over(waiting, as_role, director):
    charge, refund = waiting
    client = as_role("director")
    assert f"/admin/refund/agree/{refund.pk}/" in client.get(f"/admin/refund/inspect/{refund.pk}/").content.decode()
    assert client.post(f"/admin/refund/agree/{refund.pk}/").status_code == 302
    refund.refresh_from_db()
    assert (refund.state, refund.decided_by) == ("ready", director)
    assert client.post(f"/admin/refund/pay-out/{refund.pk}/", {"receipt_no": ""}).status_code == 200
    assert client.post(f"/admin/refund/pay-out/{refund.pk}/", {"receipt_no": "R1"}).status_code == 302
    refund.refresh_from_db()
    assert (refund.state, refund.receipt_no, sums(charge)) == ("done", "R1", ("settled", 1000, 9000, 8000))


def test_a_second_person_declines_with_a_reason(waiting, as_role):
    charge, refund = waiting
    client = as_role("director")
    assert client.post(f"/admin/refund/decline/{refund.pk}/", {"reason": ""}).status_code == 200
    assert client.post(f"/admin/refund/decline/{refund.pk}/", {"reason": "来过了"}).status_code == 302
    refund.refresh_from_db()
    assert (refund.state, refund.said, sums(charge)) == ("declined", "来过了", ("settled", 9000, 9000, 0))


@pytest.mark.parametrize("verb", ["agree", "decline"])
def test_nobody_decides_their_own(paid, director, as_role, verb):
    _charge, payment = paid(9000)
    refund = ask_refund(payment=payment, amount_fen=8000, reason="没来", by=director)
    client = as_role("director")
    assert client.post(f"/admin/refund/{verb}/{refund.pk}/", {"reason": "x"}).status_code == 404
    assert f"/{verb}/{refund.pk}/" not in client.get(f"/admin/refund/inspect/{refund.pk}/").content.decode()
    refund.refresh_from_db()
    assert refund.state == "asked"


@pytest.mark.parametrize(("verb", "typed"), [("agree", {}), ("decline", {"reason": "x"})])
def test_what_is_decided_stays_decided(waiting, as_role, verb, typed):
    _charge, refund = waiting
    client = as_role("director")
    client.post(f"/admin/refund/agree/{refund.pk}/")
    assert client.post(f"/admin/refund/{verb}/{refund.pk}/", typed).status_code == 200
    refund.refresh_from_db()
    assert refund.state == "ready"


def test_what_waits_is_not_handed_over(waiting, as_role):
    _charge, refund = waiting
    assert as_role("clerk").post(f"/admin/refund/pay-out/{refund.pk}/", {"receipt_no": "R1"}).status_code == 200
    refund.refresh_from_db()
    assert refund.state == "asked"


def test_looking_changes_nothing(waiting, as_role):
    charge, refund = waiting
    before, client = sums(charge), as_role("director")
    for address in (f"charge/take-money/{charge.pk}", f"charge/give-back/{refund.payment_id}", f"charge/reverse-payment/{refund.payment_id}"):
        assert client.get(f"/admin/{address}/").status_code == 200
    for verb in ("agree", "decline", "pay-out"):
        assert client.get(f"/admin/refund/{verb}/{refund.pk}/").status_code == 200
    refund.refresh_from_db()
    assert (sums(charge), refund.state) == (before, "asked")


# --- who may
@pytest.mark.parametrize("role", ROLES)
def test_who_sees_money_and_who_moves_it(waiting, as_role, role):
    charge, refund = waiting
    client, payment = as_role(role), refund.payment_id
    looked = [f"charge/inspect/{charge.pk}/", f"refund/inspect/{refund.pk}/", "charge/", "refund/"]
    moved = [f"charge/{verb}/{payment}/" for verb in ("invoice-paid", "give-back", "reverse-payment")]
    moved += [f"charge/take-money/{charge.pk}/", f"refund/pay-out/{refund.pk}/"]
    decided = [f"refund/{verb}/{refund.pk}/" for verb in ("agree", "decline")]
    answers = [{client.get(f"/admin/{path}").status_code for path in paths} for paths in (looked, moved, decided)]
    assert answers == [{200 if role in who else 404} for who in (SEES, TAKES, {"director"})]


@pytest.mark.parametrize("verb", ["new/", "edit/{pk}/", "delete/{pk}/"])
@pytest.mark.parametrize("kind", ["charge", "refund"])
def test_nobody_edits_money(waiting, as_role, kind, verb):
    row = dict(zip(("charge", "refund"), waiting, strict=True))[kind]
    assert as_role("director").post(f"/admin/{kind}/{verb.format(pk=row.pk)}", {"reason": "x"}).status_code == 404
    assert (Charge.objects.count(), Refund.objects.count()) == (1, 1)


def test_another_hubs_money_is_absent(second_hub, waiting):
    charge, refund = waiting
    client = signed_in_as("director", second_hub)
    paths = [f"charge/{verb}/{charge.pk}/" for verb in ("inspect", "take-money")] + [f"refund/{verb}/{refund.pk}/" for verb in ("inspect", "agree", "decline")]
    paths += [f"charge/{verb}/{refund.payment_id}/" for verb in ("invoice-paid", "give-back", "reverse-payment")] + [f"refund/pay-out/{refund.pk}/"]
    assert {client.post(f"/admin/{path}", {**CASH, "reason": "x"}).status_code for path in paths} == {404}
    assert [len(client.get(f"/admin/{path}/").context["object_list"]) for path in ("charge", "refund")] == [0, 0]
    assert sums(charge) == ("settled", 1000, 9000, 8000)
