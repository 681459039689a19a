"""The staff's screens: helpers, who goes, offers, pairs kept apart, the board."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse

from bookings.dispatch import jobs
from bookings.dispatch.actions import accept, decline
from bookings.dispatch.models import KeptApart, Offer, Provider
from bookings.orders import actions as orders
from bookings.orders.models import Order
from hub.audit.models import Line
from hub.core.joins import board_panels, figures, personal_fields
from hub.promises.models import Promise
from tests.cast import user_with
from tests.factories.dispatch import ProviderFactory, accepted, apart, offered
from tests.factories.orders import MONDAY, ServiceFactory, asked, order, past_order
from tests.factories.people import ResidentFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def service(hub: Any) -> Any:
    return ServiceFactory(hub=hub)


@pytest.fixture
def made(hub: Any, service: Any) -> Order:
    resident = ResidentFactory(hub=hub)
    return order(hub, service, asked_by=resident, for_person=resident)


def page_of(client: Any, made: Order) -> str:
    page = client.get(reverse("dispatching:order", args=[made.pk]))
    assert page.status_code == 200
    said: str = page.content.decode()
    return said


# --- who goes -------------------------------------------------------------------------------------------------------
def test_the_page_ranks_with_reasons_and_a_key_each(hub: Any, service: Any, made: Order, as_role: Any) -> None:
    free = ProviderFactory(hub=hub, services=[service], name="王师傅")
    ProviderFactory(hub=hub, services=[service], name="赵师傅", leave=(MONDAY, MONDAY))
    operator = as_role("operator")
    said = page_of(operator, made)
    assert (said.count('accesskey="1"'), said.count('accesskey="2"'), said.index("王师傅") < said.index("赵师傅")) == (1, 0, True)
    answer = operator.post(reverse("dispatching:send", args=[made.pk]), {"provider": free.pk})
    assert answer.url == reverse("dispatching:order", args=[made.pk])
    assert (Offer.objects.get().provider, Offer.objects.get().by) == (free, user_with("operator", hub))
    said = page_of(as_role("clerk"), made)
    assert (said.count("accesskey="), "Operator" in said) == (0, True)


def test_the_second_operator_is_told_and_nothing_is_sent(hub: Any, service: Any, made: Order, as_role: Any) -> None:
    second = ProviderFactory(hub=hub, services=[service])
    offered(made)
    page = as_role("clerk").post(reverse("dispatching:send", args=[made.pk]), {"provider": second.pk}, follow=True)
    assert ("Operator" in page.content.decode(), Offer.objects.count()) == (True, 1)


@pytest.mark.parametrize("provider", ["", "0", "987654321", "x", "\0", "9" * 400, "theirs"])
def test_a_helper_who_is_none_is_refused_in_words(hub: Any, second_hub: Any, made: Order, as_role: Any, provider: str) -> None:
    given = str(ProviderFactory(hub=second_hub).pk) if provider == "theirs" else provider
    assert as_role("operator").post(reverse("dispatching:send", args=[made.pk]), {"provider": given}, follow=True).status_code == 200
    assert Offer.objects.count() == 0


def test_the_helper_answers_by_telephone(hub: Any, service: Any, made: Order, as_role: Any) -> None:
    operator, sent = as_role("operator"), offered(made)
    for name in ("accept", "decline", "withdraw"):
        assert operator.get(reverse(f"offer:{name}", args=[sent.pk])).status_code == 200
    assert operator.get(reverse("offer:inspect", args=[sent.pk])).status_code == 200
    operator.post(reverse("offer:accept", args=[sent.pk]))
    made.refresh_from_db()
    assert (made.state, Line.objects.get(verb="accept").actor) == ("assigned", user_with("operator", hub))
    assert operator.post(reverse("offer:withdraw", args=[sent.pk]), {"why": ""}).status_code == 200
    operator.post(reverse("offer:withdraw", args=[sent.pk]), {"why": "师傅病了"})
    made.refresh_from_db()
    assert made.state == "taken"
    second = offered(made)
    operator.post(reverse("offer:decline", args=[second.pk]), {"reason": "too_far"})
    second.refresh_from_db()
    assert (second.state, second.reason) == ("declined", "too_far")


@pytest.mark.parametrize("role", ["editor", "coordinator", "reviewer", "admin"])
def test_others_see_nothing_of_it(hub: Any, made: Order, as_role: Any, role: str) -> None:
    sent, client = offered(made), as_role(role)
    pages = [reverse("dispatching:order", args=[made.pk]), reverse("offer:accept", args=[sent.pk]), reverse("provider:index"), reverse("statement:index")]
    assert [client.get(page).status_code for page in pages] == [404] * 4
    assert client.post(reverse("dispatching:send", args=[made.pk]), {"provider": sent.provider.pk}).status_code == 404


def test_another_hubs_order_and_offer_are_not_there(hub: Any, second_hub: Any, as_role: Any) -> None:
    theirs = order(second_hub, ServiceFactory(hub=second_hub))
    sent, director = offered(theirs), as_role("director")
    assert director.get(reverse("dispatching:order", args=[theirs.pk])).status_code == 404
    assert director.get(reverse("offer:withdraw", args=[sent.pk])).status_code == 404
    assert director.get(reverse("provider:inspect", args=[sent.provider.pk])).status_code == 404


def test_an_orders_own_page_leads_there(made: Order, as_role: Any) -> None:
    assert reverse("dispatching:order", args=[made.pk]) in as_role("operator").get(reverse("order:inspect", args=[made.pk])).content.decode()


# --- kept apart -----------------------------------------------------------------------------------------------------
def test_a_pair_is_kept_apart_and_let_together(hub: Any, service: Any, made: Order, as_role: Any) -> None:
    helper, clerk = ProviderFactory(hub=hub, services=[service]), as_role("clerk")
    address = reverse("dispatching:keep_apart", args=[made.pk])
    assert (clerk.get(address).status_code, as_role("operator").get(address).status_code) == (200, 404)
    assert clerk.post(address, {"provider": helper.pk, "reason": ""}).status_code == 200
    for _each in range(2):
        clerk.post(address, {"provider": helper.pk, "reason": "上次吵过"})
    pair = KeptApart.objects.get()
    assert (pair.resident, pair.by) == (made.for_person, user_with("clerk", hub))
    assert 'accesskey="1"' not in page_of(clerk, made)
    assert clerk.get(reverse("keptapart:index")).content.decode().count("张桂兰") == 0
    assert clerk.get(reverse("keptapart:inspect", args=[pair.pk])).status_code == 200
    clerk.post(reverse("keptapart:let_together", args=[pair.pk]))
    assert (KeptApart.objects.count(), Line.objects.filter(verb="let_together").count()) == (0, 1)


def test_nobody_is_kept_apart_from_somebody_unknown(hub: Any, service: Any, as_role: Any) -> None:
    made = order(hub, service)
    address = reverse("dispatching:keep_apart", args=[made.pk])
    assert as_role("clerk").post(address, {"provider": ProviderFactory(hub=hub).pk, "reason": "x"}).status_code == 200
    assert KeptApart.objects.count() == 0


def test_what_is_kept_about_a_person_is_handed_over_and_goes(hub: Any, made: Order) -> None:
    apart(ProviderFactory(hub=hub), made.for_person)
    row = personal_fields["dispatch.keptapart"]
    (given,) = row.export(made.for_person)
    assert (given["reason"], row.erase(made.for_person), KeptApart.objects.count()) == ("上次吵过", 1, 0)


def test_a_helper_who_is_a_resident_is_blanked_once_nothing_is_to_be_done(hub: Any, service: Any, made: Order) -> None:
    user = user_with("provider", hub)
    resident = ResidentFactory(hub=hub, user=user)
    helper = ProviderFactory(hub=hub, services=[service], user=user, note="膝盖不好")
    job, row = accepted(made, helper), personal_fields["dispatch.provider"]
    (given,) = row.export(resident)
    assert (given["note"], row.erase(resident)) == ("膝盖不好", 0)
    orders.arrive(order=made, by=user)
    orders.finish(order=made, by=user)
    assert row.erase(resident) == 1
    helper.refresh_from_db()
    job.refresh_from_db()
    assert (helper.name, helper.phone, helper.note, helper.user, helper.is_active, job.helper_name) == (f"#{helper.pk}", "-", "", None, False, "")


# --- helpers --------------------------------------------------------------------------------------------------------
def helper_form(hub: Any, service: Any, **given: Any) -> dict[str, Any]:
    """What the edit screen posts."""
    columns = {
        "name": "王师傅", "phone": "137 0000 0001", "kind": "single", "is_active": "on", "user": "", "answered_for_by": user_with("clerk", hub).pk, "note": "",
        "services": [service.pk], "most_a_day": "4", "communities": [], "grids": [],
        "hours-TOTAL_FORMS": "1", "hours-INITIAL_FORMS": "0", "hours-MIN_NUM_FORMS": "0", "hours-MAX_NUM_FORMS": "1000",
        "hours-0-weekday": "0", "hours-0-starts_at": "08:00", "hours-0-ends_at": "12:00", "hours-0-id": "",
        "leaves-TOTAL_FORMS": "1", "leaves-INITIAL_FORMS": "0", "leaves-MIN_NUM_FORMS": "0", "leaves-MAX_NUM_FORMS": "1000",
        "leaves-0-first_on": "2026-12-01", "leaves-0-last_on": "2026-12-03", "leaves-0-reason": "回老家", "leaves-0-id": "",
    }  # fmt: skip
    return {**columns, **given}


def test_a_helper_is_written_down_with_hours_and_leave(hub: Any, service: Any, as_role: Any) -> None:
    clerk = as_role("clerk")
    assert clerk.get(reverse("provider:add")).status_code == 200
    assert clerk.post(reverse("provider:add"), helper_form(hub, service)).status_code == 302
    helper = Provider.objects.get()
    assert (helper.phone, list(helper.services.all()), helper.hours.count(), helper.leaves.count()) == ("13700000001", [service], 1, 1)
    assert clerk.get(reverse("provider:edit", args=[helper.pk])).status_code == 200
    assert clerk.get(reverse("provider:inspect", args=[helper.pk])).status_code == 200
    line = Line.objects.get(subject_label="dispatch.provider", verb="create")
    assert "王师傅" not in str(line.changes)


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "王" * 41},
        {"name": "王\0"},
        {"phone": "1380"},
        {"phone": "\0"},
        {"phone": "1" * 100_000},
        {"most_a_day": "0"},
        {"most_a_day": "31"},
        {"most_a_day": "-1"},
        {"services": ["987654321"]},
        {"hours-0-ends_at": "07:00"},
        {"hours-0-weekday": "7"},
        {"leaves-0-last_on": "2026-11-01"},
        {"leaves-0-first_on": "x"},
        {"answered_for_by": ""},
        {"user": "987654321"},
    ],
)
def test_a_helper_that_cannot_be_is_refused(hub: Any, service: Any, as_role: Any, change: dict[str, Any]) -> None:
    assert as_role("clerk").post(reverse("provider:add"), helper_form(hub, service, **change)).status_code == 200
    assert Provider.objects.count() == 0


def test_the_same_helper_is_written_once(hub: Any, service: Any, as_role: Any) -> None:
    clerk = as_role("clerk")
    assert [clerk.post(reverse("provider:add"), helper_form(hub, service)).status_code for _each in range(2)] == [302, 200]
    assert Provider.objects.count() == 1


@pytest.mark.parametrize("count", [10, 200])
@pytest.mark.parametrize(("screen", "statements"), [("provider", 14), ("offer", 14), ("keptapart", 13)])
def test_lists_are_one_number_of_statements(
    hub: Any, service: Any, as_role: Any, django_assert_num_queries: Any, screen: str, statements: int, count: int
) -> None:
    helper, resident = ProviderFactory(hub=hub), ResidentFactory(hub=hub)
    for n in range(count):
        if screen == "keptapart":
            apart(ProviderFactory(hub=hub), resident)
        elif screen == "provider":
            ProviderFactory(hub=hub)
        else:
            moment = past_order(hub, service, days_ago=n + 1)
            Offer.objects.create(
                hub=hub, order=moment, provider=helper, token=f"t{n}", offered_at=moment.created_at, lapses_at=moment.created_at, state="lapsed",
                answered_at=moment.created_at,
            )  # fmt: skip
    clerk = as_role("clerk")
    clerk.get(reverse(f"{screen}:index"))
    with django_assert_num_queries(statements):
        page = clerk.get(reverse(f"{screen}:index")).content.decode()
    assert helper.phone not in page


# --- the board ------------------------------------------------------------------------------------------------------
def rows(name: str, hub: Any) -> list[Any]:
    return board_panels[name].rows(hub, user_with("operator", hub))


def test_a_lapsed_order_stands_first_with_the_next_helper_and_one_key(hub: Any, service: Any, made: Order, as_role: Any, frozen: Any) -> None:
    earlier = order(hub, service, asked(day=MONDAY - timedelta(days=1)), phone="13800000009")
    first, second = (ProviderFactory(hub=hub, services=[service], name=name) for name in ("王师傅", "赵师傅"))
    offered(made, first)
    assert [row.url for row in rows("dispatch.waiting", hub)] == [reverse("dispatching:order", args=[earlier.pk])]
    assert [(row.is_late, first.name in row.state) for row in rows("dispatch.asked", hub)] == [(False, True)]
    frozen.shift(timedelta(minutes=15))
    assert rows("dispatch.asked", hub)[0].is_late is True
    jobs.lapse_overdue()
    found = rows("dispatch.waiting", hub)
    assert [row.is_late for row in found] == [True, False]
    assert (found[0].press, second.name in str(found[0].press_label)) == (reverse("dispatching:next", args=[made.pk]), True)
    as_role("operator").post(found[0].press)
    assert Offer.objects.living().get().provider == second


def test_after_a_no_the_order_stands_first_too(hub: Any, service: Any, made: Order) -> None:
    order(hub, service, asked(day=MONDAY - timedelta(days=1)), phone="13800000009")
    decline(offer=offered(made), reason="busy")
    found = rows("dispatch.waiting", hub)
    assert ([row.is_late for row in found], found[0].press) == ([True, False], "")


@pytest.mark.parametrize("referer", ["", "http://testserver/desk/", "https://elsewhere.example/"])
def test_a_key_leads_back_to_where_it_was_pressed(hub: Any, service: Any, made: Order, as_role: Any, referer: str) -> None:
    ProviderFactory(hub=hub, services=[service])
    answer = as_role("operator").post(reverse("dispatching:next", args=[made.pk]), headers={"referer": referer})
    assert answer.url == (referer if "testserver" in referer else reverse("dispatching:order", args=[made.pk]))


@pytest.mark.parametrize("count", [10, 200])
@pytest.mark.parametrize(("name", "statements"), [("dispatch.waiting", 11), ("dispatch.asked", 1), ("dispatch.return_calls", 2)])
def test_the_board_is_one_number_of_statements(hub: Any, service: Any, django_assert_num_queries: Any, name: str, statements: int, count: int) -> None:
    helper = ProviderFactory(hub=hub, services=[service])
    moment = order(hub, service, phone="13800007777")
    for n in range(count):
        row = past_order(hub, service, days_ago=n + 1, state="done" if name.endswith("calls") else "taken", helper_name="王师傅")
        if name.endswith("asked"):
            Offer.objects.create(hub=hub, order=row, provider=helper, token=f"t{n}", offered_at=moment.created_at, lapses_at=moment.created_at)
        if name.endswith("calls"):
            Promise.objects.create(
                hub=hub, kind="return_call", subject_label="orders.order", subject_ref=row.reference, due_at=row.ends_at, made_at=row.starts_at
            )
    operator = user_with("operator", hub)
    with django_assert_num_queries(statements):
        found = board_panels[name].rows(hub, operator)
    assert len(found) == min(count + (name.endswith("waiting")), 20)


# --- afterwards -----------------------------------------------------------------------------------------------------
def brought_to_done(made: Order) -> Order:
    operator = user_with("operator", made.hub)
    accepted(made)
    orders.arrive(order=made, by=operator)
    orders.finish(order=made, by=operator)
    made.refresh_from_db()
    return made


def test_a_return_call_is_owed_in_two_working_days_and_one_key_keeps_it(hub: Any, made: Order, as_role: Any) -> None:
    brought_to_done(made)
    promise = Promise.objects.get()
    assert (promise.kind, promise.team, promise.due_at.date()) == ("return_call", "operator", date(2026, 12, 1))
    (row,) = rows("dispatch.return_calls", hub)
    assert (row.press, row.url) == (reverse("dispatching:satisfied", args=[made.pk]), reverse("order:rate", args=[made.pk]))
    as_role("operator").post(row.press)
    made.refresh_from_db()
    promise.refresh_from_db()
    assert (made.rating, promise.outcome, rows("dispatch.return_calls", hub)) == (4, "kept", [])


def test_not_satisfied_reopens_by_itself(hub: Any, made: Order, client: Any) -> None:
    brought_to_done(made)
    page = client.get(f"{made.url}rate/").content.decode()
    assert (page.count('name="rating" value="4" type="submit"'), page.count('name="rating" value="2" type="submit"')) == (1, 1)
    assert client.post(f"{made.url}rate/", {"rating": "2"}).status_code == 302
    put_right = Promise.objects.open().get()
    assert (put_right.kind, put_right.subject_ref, put_right.due_at.date()) == ("put_right", made.reference, date(2026, 11, 30))
    assert Promise.objects.get(kind="return_call").outcome == "kept"
    (row,) = rows("dispatch.return_calls", hub)
    assert (row.is_late, row.press) == (True, "")


def test_staff_write_down_what_was_said_on_the_return_call(hub: Any, made: Order, as_role: Any) -> None:
    brought_to_done(made)
    operator = as_role("operator")
    assert operator.get(reverse("order:rate", args=[made.pk])).status_code == 200
    operator.post(reverse("order:rate", args=[made.pk]), {"rating": "1", "words": "水管又漏了"})
    made.refresh_from_db()
    assert (made.rating, made.rating_words, Promise.objects.open().get().kind) == (1, "水管又漏了", "put_right")


# --- figures --------------------------------------------------------------------------------------------------------
def test_the_directors_figures_lead_to_their_rows(hub: Any, service: Any, made: Order, as_role: Any, frozen: Any) -> None:
    for rating in (5, 4, 2):
        past_order(hub, service, state="rated", rating=rating)
    offered(made)
    frozen.shift(timedelta(minutes=15))
    jobs.lapse_overdue()
    accept(offer=offered(order(hub, service, asked("14:00", "16:00"), phone="13800000008")))
    start, end = made.created_at - timedelta(days=20), made.created_at + timedelta(days=20)
    found = {name: figures[f"dispatch.{name}"].count(hub, start, end) for name in ("open", "lapsed", "satisfied")}
    assert found == {"open": 2, "lapsed": 1, "satisfied": 67}
    director = as_role("director")
    for name, count in (("open", 2), ("lapsed", 1)):
        page = director.get(figures[f"dispatch.{name}"].url(start.date(), end.date()))
        assert (page.status_code, page.context["paginator"].count) == (200, count)
