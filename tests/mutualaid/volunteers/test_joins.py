"""Sums, figures, the desk, what is kept about people: where volunteers appear elsewhere."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hub.core import clock
from hub.core.joins import Caller, desk_cards, desk_tasks, figures, integrity_checks, personal_fields
from hub.people.models import Consent
from hub.served.models import ServiceEvent
from mutualaid.volunteers import totals
from mutualaid.volunteers.actions import reverse as reverse_hours
from mutualaid.volunteers.actions import show, withdraw
from mutualaid.volunteers.models import Certificate, HoursEntry, Shown, SignUp
from tests.cast import user_with
from tests.factories.volunteers import (
    MemberFactory,
    VisitRoundFactory,
    a_certificate,
    a_child,
    a_contribution,
    a_shift,
    a_volunteer,
    at,
    confirmed,
    filed,
    joined,
)
from tests.mutualaid.volunteers.test_sign_ups import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


# --- sums -----------------------------------------------------------------------------------------------------------------------
entries = st.lists(
    st.tuples(st.integers(0, 2), st.integers(0, 60 * 24 * 27), st.integers(1, 600), st.sampled_from(["filed", "confirmed", "reversed"])), max_size=8
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(entries, st.integers(1, 27), st.integers(0, 10))
def test_what_volunteers_see_is_to_the_minute_what_the_coordinator_adds_up(hub: Any, as_role: Any, wishes: Any, first: int, length: int) -> None:
    """Over the whole month, and over any days cut at midnight."""
    HoursEntry.objects.filter(reverses__isnull=False).delete()
    HoursEntry.objects.all().delete()
    people, coordinator = [a_volunteer(hub) for _each in range(3)], user_with("coordinator", hub)
    expected: dict[int, int] = {}
    begin = at("2026-11-01", "00:00")
    cut = clock.day_bounds(begin.date().replace(day=first))[0], clock.day_bounds(begin.date().replace(day=min(first + length, 27)))[1]
    for place, start, minutes, state in wishes:
        span = begin + timedelta(minutes=start), begin + timedelta(minutes=start + minutes)
        if HoursEntry.objects.filter(resident=people[place]).meeting(*span).exists():
            continue
        entry = HoursEntry.objects.create(
            hub=hub, resident=people[place], starts_at=span[0], ends_at=span[1], minutes=minutes, source="own", filed_at=span[1],
            **({} if state == "filed" else {"state": "confirmed", "decided_by": coordinator, "decided_at": span[1]}),
        )  # fmt: skip
        if state == "reversed":
            reverse_hours(entry=entry, by=coordinator, reason="x")
        if state == "confirmed":
            inside = max(int((min(span[1], cut[1]) - max(span[0], cut[0])).total_seconds()) // 60, 0)
            expected[people[place].pk] = expected.get(people[place].pk, 0) + inside
    assert totals.minutes_by_person(hub, *cut) == {person: minutes for person, minutes in expected.items() if minutes}
    page = as_role("coordinator").get(reverse("hoursentry:totals"), {"first_on": "2026-01-01", "last_on": "2026-12-31"})
    own = [totals.own_totals(person).confirmed for person in people]
    assert (page.context["sum"], sum(minutes for person in people for _month, minutes in totals.months_of(person))) == (sum(own), sum(own))
    assert {row.resident_id: row.minutes for row in page.context["page"]} == {
        person.pk: minutes for person, minutes in zip(people, own, strict=True) if minutes
    }


def test_figures_lead_to_exactly_their_rows(hub: Any, as_role: Any) -> None:
    confirmed(a_volunteer(hub))
    confirmed(a_volunteer(hub), "2026-11-21", "09:00", "09:30")
    filed(a_volunteer(hub))
    joined(a_shift(hub, days=0, start="12:00", end="13:00"))
    withdraw(sign_up=joined(a_shift(hub, days=3)))
    VisitRoundFactory(member=MemberFactory(hub=hub))
    first, last = at("2026-11-01", "00:00"), at("2026-11-30", "23:59")
    bounds = clock.day_bounds(first.date())[0], clock.day_bounds(last.date())[1]
    names = ["volunteers.people", "volunteers.minutes", "volunteers.places", "volunteers.homes"]
    assert [figures[name].count(hub, *bounds) for name in names] == [2, 150, 1, 12]
    director = as_role("director")
    pages = [director.get(figures[name].url(first.date(), last.date())) for name in names]
    assert (pages[0].context["count"], pages[1].context["sum"]) == (2, 150)
    assert [page.context["object_list"].count() for page in pages[2:]] == [1, 1]


# --- the desk ---------------------------------------------------------------------------------------------------------------------
def test_the_desk_signs_a_caller_up_and_lets_them_off(hub: Any) -> None:
    operator, person, shift = user_with("operator", hub), a_volunteer(hub), a_shift(hub, places=1)
    operator.acting_at = hub
    child, guardian = a_child(hub)
    task, leave = desk_tasks["volunteers"], desk_tasks["volunteers.leave"]
    caller = Caller(guardian, guardian.name, "13800001234", "phone", (child,))
    typed = {"shift": shift.pk, "whom": str(child.pk), "name": "", "phone": ""}
    form = task.form(hub, caller, typed, {})
    assert (form.is_valid(), refused(lambda **_k: task.preview(hub, caller, form.cleaned_data))) == (True, "volunteer_needs_guardian")
    form = task.form(hub, caller, {**typed, "guardian_agrees": "on"}, {})
    assert form.is_valid()
    assert (len(task.preview(hub, caller, form.cleaned_data).read_back), Consent.objects.filter(purpose="volunteer_child").count()) == (2, 0)
    done = [task.act(hub, caller, form.cleaned_data, operator, "c" * 20) for _tap in range(2)]
    made = SignUp.objects.get()
    assert (done[0] == done[1], made.for_person, made.asked_by, made.taken_by, made.channel) == (True, child, guardian, operator, "phone")
    joined(shift, person)
    assert [row.what for row in desk_cards["volunteers"].rows(hub, Caller(child, "", "", "phone"), operator)] == [shift.opportunity.name]
    form = leave.form(hub, caller, {"sign_up": made.pk, "reason": ""}, {})
    assert form.is_valid()
    leave.act(hub, caller, form.cleaned_data, operator, "d" * 20)
    assert list(SignUp.objects.order_by("id").values_list("state", flat=True)) == ["withdrawn", "going"]
    stranger = Caller(None, "王秀兰", "13800009999", "phone")
    form = task.form(hub, stranger, {**typed, "whom": ""}, {})
    assert (form.is_valid(), refused(lambda **_k: task.act(hub, stranger, form.cleaned_data, operator, "e" * 20))) == (True, "volunteer_unknown")


# --- what is kept about a person ----------------------------------------------------------------------------------------------------
def test_everything_is_handed_over_and_blanked_and_the_sums_stay(hub: Any) -> None:
    person = a_volunteer(hub)
    MemberFactory(hub=hub, resident=person, is_party_member=True)
    joined(a_shift(hub), person)
    entry = confirmed(person)
    filed(person, "2026-11-21")
    a_certificate(entry)
    a_contribution(person)
    show(resident=person, nickname="老郑", by=person.user)
    ours = [row for row in personal_fields if row.name.startswith("volunteers.")]
    assert [len(list(row.export(person))) for row in ours] == [1, 1, 3, 2]
    for row in ours:
        row.erase(person)
    assert (Certificate.objects.count(), Shown.objects.count(), SignUp.objects.get().contact_phone) == (0, 0, "")
    assert set(HoursEntry.objects.values_list("what", "reason", "correction")) == {("", "", "")}
    assert totals.own_totals(person) == totals.Own(120, 120, 0)
    assert [fault for check in integrity_checks if check.name.startswith("volunteers.") for fault in check.find()] == []


def test_an_order_served_says_how_long_it_took(hub: Any, frozen: Any) -> None:
    from bookings.orders import actions as orders
    from tests.factories.orders import ServiceFactory, helper_of, past_order

    clerk, helper = user_with("clerk", hub), helper_of(hub)
    made = past_order(hub, ServiceFactory(hub=hub), state="assigned", helper=helper)
    orders.arrive(order=made, by=clerk)
    frozen.shift(timedelta(minutes=50))
    orders.finish(order=made, by=clerk)
    event = ServiceEvent.objects.get()
    assert (event.by, event.happened_at - event.started_at) == (helper, timedelta(minutes=50))
