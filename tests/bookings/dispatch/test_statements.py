"""Months: drawn up by one, approved by another, locked; put right later by reversing lines; equal to payments and the ledger."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bookings.dispatch.actions import approve, draw_up, draw_up_all
from bookings.dispatch.models import Offer, Provider, Statement, StatementLine
from bookings.dispatch.queries import sums_of_lines
from bookings.dispatch.rules import Sums
from bookings.orders.models import Order
from bookings.payments.actions import record_payment, reverse_payment
from bookings.payments.models import Charge, Payment
from hub.core import clock, paper
from hub.core.errors import RuleBroken
from hub.core.joins import integrity_checks
from hub.served.models import ServiceEvent
from tests.cast import user_with
from tests.factories.dispatch import ProviderFactory, a_statement
from tests.factories.orders import ServiceFactory, past_order
from tests.papers import needs_pango

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
OCTOBER, NOVEMBER = date(2026, 10, 1), date(2026, 11, 1)


def refused(call: Any, **given: Any) -> str:
    with pytest.raises(RuleBroken) as broken:
        call(**given)
    assert "%(" not in broken.value.sentence
    return broken.value.code


def faults() -> list[str]:
    return [fault for check in integrity_checks if check.name.startswith(("orders.", "payments.", "dispatch.")) for fault in check.find()]


@pytest.fixture
def helper(hub: Any) -> Provider:
    return ProviderFactory(hub=hub)


@pytest.fixture
def service(hub: Any) -> Any:
    return ServiceFactory(hub=hub)


@pytest.fixture
def clerk(hub: Any) -> Any:
    return user_with("clerk", hub)


@pytest.fixture
def director(hub: Any) -> Any:
    return user_with("director", hub)


def done(helper: Provider, service: Any, days_ago: int, *, cash: int = 0, method: str = "door_cash", **given: Any) -> Order:
    """An order that helper did, with its ledger row and what was paid."""
    hub = helper.hub
    made = past_order(hub, service, days_ago=days_ago, state="done", helper_name=helper.name, helper_phone=helper.phone, **given)
    moment = made.starts_at
    Offer.objects.create(
        hub=hub, order=made, provider=helper, token=f"t{made.pk}", state="accepted", offered_at=moment, lapses_at=moment, answered_at=moment,
        helper_name=helper.name, helper_phone=helper.phone,
    )  # fmt: skip
    ServiceEvent.objects.create(
        hub=hub, post="living", what="家政保洁", subject_label="orders.order", subject_ref=made.reference, happened_at=moment, recorded_at=moment
    )
    if cash:
        charge = Charge.objects.get(subject_ref=made.reference)
        record_payment(charge=charge, method=method, amount_fen=cash, receipt_no=f"R{made.reference}", by=user_with("clerk", hub))
    return made


def approved(helper: Provider, month: date, clerk: Any, director: Any) -> Statement:
    return approve(statement=draw_up(provider=helper, month=month, by=clerk), by=director)


def lines(statement: Statement) -> list[tuple[str, int, int, int]]:
    return list(statement.lines.order_by("id").values_list("kind", "list_fen", "due_fen", "cash_fen"))


def test_a_month_has_its_orders_their_amounts_cash_and_what_the_house_gives(helper: Provider, service: Any, clerk: Any) -> None:
    done(helper, service, 40, cash=3000)
    done(helper, service, 41, price_fen=1000, price_reason="decision", decided_by=clerk, waived_for="decision", cash=1000, method="door_qr")
    done(helper, service, 3)
    done(ProviderFactory(hub=helper.hub), service, 42)
    statement = draw_up(provider=helper, month=OCTOBER, by=clerk)
    assert sorted(lines(statement)) == [("order", 3000, 1000, 0), ("order", 3000, 3000, 3000)]
    found = sums_of_lines(statement.lines.all())
    assert (found, found.subsidy_fen) == (Sums(6000, 4000, 3000), 2000)
    assert lines(draw_up(provider=helper, month=OCTOBER, by=clerk)) == lines(statement)


def test_the_last_second_of_a_month_belongs_to_it(helper: Provider, service: Any, clerk: Any) -> None:
    for moment in ("2026-10-31T23:59:59", "2026-11-01T00:00:00"):
        at = datetime.fromisoformat(moment).replace(tzinfo=clock.zone())
        Order.objects.filter(pk=done(helper, service, 1).pk).update(done_at=at)
    assert draw_up(provider=helper, month=OCTOBER, by=clerk).lines.count() == 1


def test_somebody_else_approves_and_then_it_is_locked(helper: Provider, service: Any, clerk: Any, director: Any) -> None:
    done(helper, service, 40, cash=3000)
    statement = draw_up(provider=helper, month=OCTOBER, by=clerk)
    assert refused(approve, statement=statement, by=clerk) == "statement_own"
    for _each in range(2):
        assert approve(statement=statement, by=director).state == "approved"
    assert refused(draw_up, provider=helper, month=OCTOBER, by=director) == "statement_locked"
    assert faults() == []


def test_what_changed_since_is_drawn_up_once_more(helper: Provider, service: Any, clerk: Any, director: Any) -> None:
    made = done(helper, service, 40)
    statement = draw_up(provider=helper, month=OCTOBER, by=clerk)
    record_payment(charge=Charge.objects.get(subject_ref=made.reference), method="door_cash", amount_fen=3000, receipt_no="A", by=clerk)
    assert refused(approve, statement=statement, by=director) == "statement_stale"
    assert approved(helper, OCTOBER, clerk, director).is_locked


@pytest.mark.parametrize("month", [date(2026, 12, 1), date(2019, 12, 1), date(1, 1, 1), date(9999, 12, 1)])
def test_a_month_that_is_none(helper: Provider, clerk: Any, month: date) -> None:
    assert refused(draw_up, provider=helper, month=month, by=clerk) == "statement_month_wrong"


def test_a_month_is_approved_when_it_is_over(helper: Provider, service: Any, clerk: Any, director: Any, frozen: Any) -> None:
    done(helper, service, 3)
    statement = draw_up(provider=helper, month=NOVEMBER, by=clerk)
    assert refused(approve, statement=statement, by=director) == "statement_month_open"
    frozen.shift(timedelta(days=4))
    assert approve(statement=statement, by=director).is_locked


def test_months_follow_one_another(helper: Provider, service: Any, clerk: Any) -> None:
    done(helper, service, 40)
    draw_up(provider=helper, month=OCTOBER, by=clerk)
    assert refused(draw_up, provider=helper, month=NOVEMBER, by=clerk) == "statement_earlier_open"
    assert refused(draw_up, provider=helper, month=date(2026, 9, 1), by=clerk) == "statement_later_there"


def test_what_was_wrong_is_put_right_by_reversing_lines_in_the_next_month(helper: Provider, service: Any, clerk: Any, director: Any) -> None:
    made = done(helper, service, 40, cash=3000)
    approved(helper, OCTOBER, clerk, director)
    reverse_payment(payment=Payment.objects.get(), reason="写错了单子", by=clerk)
    assert faults() == [f"order {made.reference}: its statement does not say what orders and payments say; the next month's statement puts it right"]
    november = draw_up(provider=helper, month=NOVEMBER, by=clerk)
    assert lines(november) == [("reversal", -3000, -3000, -3000), ("correction", 3000, 3000, 0)]
    assert (faults(), StatementLine.objects.filter(statement__month=OCTOBER).count()) == ([], 1)
    assert lines(draw_up(provider=helper, month=NOVEMBER, by=clerk)) == lines(november)


def test_an_order_left_out_of_a_locked_month_is_found_and_comes_into_the_next(helper: Provider, service: Any, clerk: Any, director: Any) -> None:
    done(helper, service, 40)
    approved(helper, OCTOBER, clerk, director)
    late = done(helper, service, 41)
    assert faults() == [f"order {late.reference} was done in a month that is locked, and no statement names it"]
    assert lines(draw_up(provider=helper, month=NOVEMBER, by=clerk)) == [("order", 3000, 3000, 0)]
    assert faults() == []


def test_an_order_that_somebody_else_did_is_found(helper: Provider, service: Any) -> None:
    made = done(helper, service, 3)
    Order.objects.filter(pk=made.pk).update(helper_name="别人")
    assert faults() == [f"order {made.reference} was done by somebody else than its accepted offer says"]


def test_every_helper_with_something_in_the_month(hub: Any, second_hub: Any, service: Any, helper: Provider, clerk: Any, director: Any) -> None:
    other = ProviderFactory(hub=hub)
    done(helper, service, 40)
    done(other, service, 41)
    done(ProviderFactory(hub=second_hub), ServiceFactory(hub=second_hub), 41)
    drawn, left = draw_up_all(hub=hub, month=OCTOBER, by=clerk)
    assert ([statement.provider for statement in drawn], left) == ([helper, other], 0)
    approve(statement=drawn[0], by=director)
    drawn, left = draw_up_all(hub=hub, month=OCTOBER, by=clerk)
    assert ([statement.provider for statement in drawn], left) == ([other], 1)


@pytest.mark.parametrize(
    "columns",
    [
        {"state": "approved"},
        {"state": "approved", "approved_at": "now"},
        {"state": "approved", "approved_at": "now", "approved_by": "clerk"},
        {"approved_at": "now", "approved_by": "director"},
        {"month": date(2026, 11, 2)},
    ],
)
def test_the_database_refuses_what_must_never_be(hub: Any, clerk: Any, director: Any, columns: dict[str, Any]) -> None:
    real = {"now": clock.now(), "clerk": clerk, "director": director}
    with pytest.raises(IntegrityError), transaction.atomic():
        a_statement(hub, **{name: real.get(value, value) if isinstance(value, str) else value for name, value in columns.items()})


def test_an_order_stands_in_one_month(hub: Any, service: Any, helper: Provider) -> None:
    made = done(helper, service, 40)
    first, second = a_statement(hub, provider=helper, month=OCTOBER), a_statement(hub, provider=helper, month=NOVEMBER)
    StatementLine.objects.create(statement=first, order=made, list_fen=1, due_fen=1, cash_fen=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        StatementLine.objects.create(statement=second, order=made, list_fen=1, due_fen=1, cash_fen=0)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["october", "paid", "reversed", "november"]), max_size=8))
def test_in_whatever_order_things_happen_lines_come_to_what_is_so(hub: Any, steps: list[str]) -> None:
    clerk, director = user_with("clerk", hub), user_with("director", hub)
    helper = ProviderFactory(hub=hub)
    made = done(helper, ServiceFactory(hub=hub), 40)
    charge = Charge.objects.get(subject_ref=made.reference)
    for place, step in enumerate(steps):
        if step == "paid" and charge.payments.filter(state="received").count() == 0:
            record_payment(charge=charge, method="door_cash", amount_fen=3000, receipt_no=f"P{made.reference}{place}", by=clerk)
        elif step == "reversed":
            for payment in charge.payments.filter(state="received"):
                reverse_payment(payment=payment, reason="x", by=clerk)
        elif step == "october" and not helper.statements.exists():
            approved(helper, OCTOBER, clerk, director)
        elif step == "november":
            draw_up(provider=helper, month=NOVEMBER, by=clerk)
    draw_up(provider=helper, month=NOVEMBER, by=clerk)
    cash = 3000 if charge.payments.filter(state="received").exists() else 0
    assert sums_of_lines(StatementLine.objects.filter(order=made)) == Sums(3000, 3000, cash)


# --- the screens ----------------------------------------------------------------------------------------------------
def test_from_drawing_up_to_paper_by_buttons(hub: Any, helper: Provider, service: Any, as_role: Any) -> None:
    done(helper, service, 40, cash=3000)
    clerk, director = as_role("clerk"), as_role("director")
    assert clerk.get(reverse("statement:draw_up")).status_code == 200
    assert clerk.post(reverse("statement:draw_up"), {"month": "2026-10-01"}).url == reverse("statement:index")
    statement = Statement.objects.get()
    assert clerk.post(reverse("statement:approve", args=[statement.pk])).status_code == 200
    assert reverse("statement:approve", args=[statement.pk]) in director.get(reverse("statement:inspect", args=[statement.pk])).content.decode()
    director.post(reverse("statement:approve", args=[statement.pk]))
    statement.refresh_from_db()
    assert statement.is_locked
    page = clerk.get(reverse("statement:paper", args=[statement.pk]))
    assert (page.status_code, "30元" in page.content.decode(), "PDF" in page.content.decode()) == (200, True, True)
    assert as_role("operator").get(reverse("statement:paper", args=[statement.pk])).status_code == 404


@pytest.mark.parametrize("month", ["", "x", "\0", "2026-13-01", "2030-01-01", "0001-01-01", "1" * 5000])
def test_a_month_that_cannot_be_is_refused(hub: Any, helper: Provider, service: Any, as_role: Any, month: str) -> None:
    done(helper, service, 40)
    assert as_role("clerk").post(reverse("statement:draw_up"), {"month": month}).status_code == 200
    assert Statement.objects.count() == 0


def test_the_spreadsheet_has_numbers_and_no_formula(hub: Any, helper: Provider, service: Any, clerk: Any, as_role: Any) -> None:
    Provider.objects.filter(pk=helper.pk).update(name="=HYPERLINK(1)")
    done(Provider.objects.get(pk=helper.pk), service, 40, cash=3000)
    statement = draw_up(provider=Provider.objects.get(pk=helper.pk), month=OCTOBER, by=clerk)
    answer = as_role("clerk").get(reverse("statement:xlsx", args=[statement.pk]))
    sheet = load_workbook(BytesIO(answer.content)).worksheets[0]
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("'=HYPERLINK(1)", "s")
    assert [sheet.cell(3, column).value for column in (5, 6, 7, 8)] == [30, 30, 30, 0]
    assert [sheet.cell(4, column).value for column in (5, 6, 7, 8)] == [30, 30, 30, 0]


@needs_pango
def test_a_month_is_given_as_pdf(hub: Any, helper: Provider, service: Any, clerk: Any, as_role: Any) -> None:
    done(helper, service, 40)
    statement = draw_up(provider=helper, month=OCTOBER, by=clerk)
    answer = as_role("clerk").get(reverse("statement:pdf", args=[statement.pk]))
    assert (answer.headers["Content-Type"], answer.content[:5], len(answer.content) > 3000) == ("application/pdf", b"%PDF-", True)


def test_where_no_pdf_can_be_made_the_page_to_print_is_shown(hub: Any, helper: Provider, clerk: Any, as_role: Any, monkeypatch: Any) -> None:
    statement = draw_up(provider=helper, month=OCTOBER, by=clerk)
    monkeypatch.setattr(paper, "makes_pdf", lambda: False)
    assert as_role("clerk").get(reverse("statement:pdf", args=[statement.pk])).url == reverse("statement:paper", args=[statement.pk])


@pytest.mark.parametrize("count", [10, 200])
def test_the_list_and_the_paper_are_one_number_of_statements(
    hub: Any, helper: Provider, service: Any, as_role: Any, count: int, django_assert_num_queries: Any
) -> None:
    statement = a_statement(hub, provider=helper)
    StatementLine.objects.bulk_create(
        StatementLine(statement=statement, order=past_order(hub, service, days_ago=1, state="done"), list_fen=1, due_fen=1, cash_fen=0) for _n in range(count)
    )
    for _n in range(count):
        a_statement(hub)
    client = as_role("clerk")
    client.get(reverse("statement:index"))
    with django_assert_num_queries(14):
        assert client.get(reverse("statement:index")).status_code == 200
    with django_assert_num_queries(10):
        assert client.get(reverse("statement:paper", args=[statement.pk])).status_code == 200
