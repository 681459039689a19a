"""The money of a day set beside the book, and what was waived."""

from datetime import timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook

from bookings.payments import queries
from bookings.payments.actions import ask_refund, open_charge, pay_out, record_payment
from bookings.payments.models import Charge
from hub.core import clock, joins
from hub.core.joins import MoneyBook
from hub.people.states import Roles
from tests.cast import user_with
from tests.hub.desk.conftest import PURPOSE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

PAGE, WAIVED = "/admin/money/day/", "/admin/money/waived/"


@pytest.fixture(autouse=True)
def the_book(monkeypatch):
    """Payments, and nothing else."""
    book = MoneyBook("payments", queries.booked, queries.opened, queries.oddities, queries.takings, queries.waived)
    monkeypatch.setattr(joins.money_books, "_rows", {"payments": book})


@pytest.fixture
def both(claim):
    """`both(hub, "1", 3000)`: claimed there and charged here."""

    def opening(hub, ref, due_fen, *, is_paid=False, **given):
        claim(hub, ref, due_fen, is_paid=is_paid)
        return open_charge(hub_id=hub.pk, purpose=PURPOSE, ref=ref, list_fen=3000 if given else due_fen, due_fen=due_fen, **given)

    return opening


def pay(charge, fen, receipt, method="counter_cash"):
    return record_payment(charge=charge, method=method, amount_fen=fen, receipt_no=receipt, by=user_with("clerk", charge.hub))


def found(page):
    """What differs: reference and codes."""
    return {pair.ref: pair.codes for sheet in page.context["sheets"] for pair in sheet.pairs if pair.codes}


@pytest.mark.parametrize("role", Roles.values)
def test_who_reads_the_money_pages(as_role, claim, role):
    client = as_role(role)
    answers = [client.get(path).status_code for path in (PAGE, WAIVED)]
    assert answers == [200 if role in {"clerk", "director"} else 404, 200 if role in {"clerk", "director", "admin"} else 404]


def test_a_day_on_which_both_sides_agree(hub, as_role, both):
    pay(both(hub, "10000001", 3000, is_paid=True), 3000, "A1")
    pay(both(hub, "10000002", 2000), 500, "A2", "door_qr")
    both(hub, "10000003", 0, waived_for="disabled")
    page = as_role("clerk").get(PAGE)
    sheet = page.context["sheets"][0]
    assert (found(page), page.context["difference_count"], sheet.is_equal) == ({}, 0, True)
    assert (sheet.claimed_fen, sheet.charged_fen, sheet.kept_fen) == (5000, 5000, 3500)
    assert sheet.kept_fen == page.context["takings"].fen


def test_what_was_given_back_of_a_payment_is_no_difference_and_stands_by_itself(hub, as_role, both):
    payment = pay(both(hub, "10000001", 3000, is_paid=True), 3000, "A1")
    both(hub, "10000002", 2000)
    ask_refund(payment=payment, amount_fen=1200, reason="少用一小时", by=user_with("clerk", hub))
    page = as_role("clerk").get(PAGE)
    sheet = page.context["sheets"][0]
    assert (found(page), sheet.claimed_fen, sheet.charged_fen, sheet.given_back_fen, sheet.kept_fen) == ({}, 5000, 3800, 1200, 1800)


def test_every_planted_difference_is_found_and_named(hub, as_role, both, claim):
    both(hub, "10000000", 3000)
    claim(hub, "10000001", 3000)
    open_charge(hub_id=hub.pk, purpose=PURPOSE, ref="10000002", list_fen=3000, due_fen=3000)
    changed = both(hub, "10000003", 3000)
    Charge.objects.filter(pk=changed.pk).update(due_fen=2500)
    both(hub, "10000004", 3000, is_paid=True)
    pay(both(hub, "10000005", 3000), 3000, "A5")
    page = as_role("clerk").get(PAGE)
    assert found(page) == {
        "10000001": ("no_charge",),
        "10000002": ("no_claim",),
        "10000003": ("due_differs",),
        "10000004": ("paid_there_only",),
        "10000005": ("paid_here_only",),
    }
    assert [pair.ref for pair in page.context["sheets"][0].pairs][-1] == "10000000"
    assert page.context["difference_count"] == 5
    assert 'href="/admin/thing/10000001/"' in page.content.decode()


def test_what_the_book_finds_wrong_about_itself_is_shown(hub, as_role, both):
    charge = both(hub, "10000001", 3000, is_paid=True)
    pay(charge, 3000, "A1")
    Charge.objects.filter(pk=charge.pk).update(received_fen=3100)
    page = as_role("director").get(PAGE)
    assert (page.context["difference_count"], len(page.context["oddities"])) == (2, 1)
    assert "10000001" in page.context["oddities"][0]


def test_charges_of_something_that_claims_nothing_are_differences(hub, as_role, claim, monkeypatch):
    monkeypatch.setattr(joins.money_claims, "_rows", {})
    open_charge(hub_id=hub.pk, purpose=PURPOSE, ref="10000001", list_fen=3000, due_fen=3000)
    assert found(as_role("clerk").get(PAGE)) == {"10000001": ("no_claim",)}


def test_a_charge_opened_days_after_its_claim_is_no_difference(hub, as_role, claim):
    claim(hub, "10000001", 3000, at=clock.now() - timedelta(days=20))
    open_charge(hub_id=hub.pk, purpose=PURPOSE, ref="10000001", list_fen=3000, due_fen=3000)
    page = as_role("clerk").get(PAGE)
    assert (found(page), [pair.ref for pair in page.context["sheets"][0].pairs]) == ({}, ["10000001"])
    then = as_role("clerk").get(f"{PAGE}?day=2026-11-08")
    assert (found(then), [pair.ref for pair in then.context["sheets"][0].pairs]) == ({}, ["10000001"])


def test_a_day_ends_at_midnight_of_the_house(hub, as_role, both, frozen):
    frozen.move_to(clock.day_bounds(clock.today())[1] - timedelta(seconds=1))
    both(hub, "10000001", 3000)
    frozen.shift(1)
    both(hub, "10000002", 3000)
    refs = {day: [pair.ref for pair in as_role("clerk").get(f"{PAGE}?day={day}").context["sheets"][0].pairs] for day in ("2026-11-28", "2026-11-29")}
    assert refs == {"2026-11-28": ["10000001"], "2026-11-29": ["10000002"]}


def test_what_came_in_and_went_back_by_method(hub, as_role, both):
    payment = pay(both(hub, "10000001", 3000, is_paid=True), 3000, "A1")
    pay(both(hub, "10000002", 2000, is_paid=True), 2000, "A2", "door_cash")
    refund = ask_refund(payment=payment, amount_fen=1000, reason="x", by=user_with("clerk", hub))
    pay_out(refund=refund, receipt_no="R1", by=user_with("clerk", hub))
    sums = as_role("clerk").get(PAGE).context["takings"]
    assert (sorted((fen, count) for _label, fen, count in sums.rows), sums.fen, sums.count) == ([(-1000, 1), (2000, 1), (3000, 1)], 4000, 3)


@pytest.mark.parametrize("query", ["", "?day=", "?day=2026-11-28"])
def test_a_day_is_today_unless_somebody_says_otherwise(as_role, claim, query):
    page = as_role("clerk").get(PAGE + query)
    assert (page.context["day"].isoformat(), 'value="2026-11-28"' in page.content.decode()) == ("2026-11-28", True)


@pytest.mark.parametrize("day", ["2026-11-31", " ", "soon", "0001-01-01", "9999-12-31", "2026-11-28x", "26-11-28"])
def test_no_day_is_answered_in_a_sentence(as_role, claim, day):
    page = as_role("clerk").get(f"{PAGE}?day={day}")
    assert (page.status_code, list(page.context["form"].errors), "sheets" in page.context) == (200, ["day"], False)


def test_the_other_hubs_money_is_not_here(hub, second_hub, as_role, both):
    both(second_hub, "10000001", 0, waived_for="disabled")
    client = as_role("director")
    assert (client.get(PAGE).context["sheets"][0].pairs, client.get(WAIVED).context["sums"].rows) == ([], [])


@pytest.mark.parametrize("count", [10, 200])
def test_a_day_asks_as_often_at_ten_rows_as_at_two_hundred(hub, as_role, both, django_assert_num_queries, count):
    for n in range(count):
        both(hub, f"1{n:07d}", 3000)
    clerk = as_role("clerk")
    clerk.get(PAGE)
    with django_assert_num_queries(QUERIES_OF_A_DAY):
        page = clerk.get(PAGE)
    assert len(page.context["sheets"][0].pairs) == count


QUERIES_OF_A_DAY = 16


# --- the funder's statement
@pytest.fixture
def given(hub, both, frozen):
    """Waived today: three, for two reasons."""
    both(hub, "10000001", 0, waived_for="lone_elder")
    both(hub, "10000002", 1000, waived_for="low_income")
    both(hub, "10000003", 500, waived_for="low_income")


@pytest.mark.usefixtures("given")
def test_the_statement_counts_by_reason_and_its_sum_is_that_of_the_charges(as_role):
    sums = as_role("admin").get(f"{WAIVED}?from=2026-11-28&to=2026-11-28").context["sums"]
    assert [(fen, count) for _label, fen, count in sums.rows] == [(4500, 2), (3000, 1)]
    assert (sums.fen, sums.count) == (sum(Charge.objects.values_list("waived_fen", flat=True)), 3)
    assert as_role("admin").get(f"{WAIVED}?from=2026-11-01&to=2026-11-27").context["sums"].rows == []


@pytest.mark.usefixtures("given")
def test_the_statement_as_a_sheet(as_role):
    reply = as_role("director").get(f"{WAIVED}?from=2026-11-28&to=2026-11-28&sheet=xlsx")
    rows = list(load_workbook(BytesIO(reply.content)).active.iter_rows(min_row=2, values_only=True))
    assert [row[1:] for row in rows] == [(2, 45), (1, 30), (3, 75)]
    assert reply["Content-Disposition"] == 'attachment; filename="waived-2026-11-28-2026-11-28.xlsx"'


@pytest.mark.usefixtures("given")
def test_the_figure_of_the_directors_page_is_the_sum_of_the_statement(hub, as_role):
    figure = joins.figures["desk.waived"]
    first = last = clock.today()
    page = as_role("director").get(figure.url(first, last))
    assert page.context["sums"].fen == figure.count(hub, clock.day_bounds(first)[0], clock.day_bounds(last)[1]) == 7500
