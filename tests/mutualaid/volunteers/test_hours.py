"""The hours book: filed, confirmed by somebody else, counted; put right by reversing. The database says no where the action would."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.joins import integrity_checks
from hub.notifications.models import Message
from hub.promises.models import Promise
from mutualaid.volunteers import jobs, totals
from mutualaid.volunteers.actions import (
    ask_correction,
    change_hours,
    check_in,
    check_out,
    confirm,
    draw_certificate,
    keep_as_it_is,
    refuse,
    reverse,
    take_back,
    write_in,
)
from mutualaid.volunteers.actions.presence import Row, add_who_came
from mutualaid.volunteers.models import Certificate, HoursEntry, SignUp
from tests.cast import user_with
from tests.factories.served import ServiceEventFactory
from tests.factories.volunteers import MemberFactory, a_shift, a_volunteer, at, confirmed, filed, joined
from tests.mutualaid.volunteers.test_sign_ups import refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


@pytest.fixture
def coordinator(hub: Any) -> Any:
    return user_with("coordinator", hub)


@pytest.fixture
def person(hub: Any) -> Any:
    return a_volunteer(hub)


def faults() -> list[str]:
    return [fault for check in integrity_checks if check.name.startswith("volunteers.") for fault in check.find()]


def minutes(person: Any, first: str = "2026-01-01", last: str = "2026-11-28") -> int:
    bounds = clock.day_bounds(date.fromisoformat(first))[0], clock.day_bounds(date.fromisoformat(last))[1]
    return totals.minutes_by_person(person.hub, *bounds, resident_id=person.pk).get(person.pk, 0)


# --- filed, decided ---------------------------------------------------------------------------------------------------
def test_hours_count_once_somebody_else_has_confirmed_them(person: Any, coordinator: Any) -> None:
    entry = filed(person)
    assert (minutes(person), totals.own_totals(person)) == (0, totals.Own(0, 120, 0))
    for _again in range(2):
        confirm(entry=entry, by=coordinator)
    assert (minutes(person), totals.own_totals(person)) == (120, totals.Own(120, 0, 0))
    assert refused(refuse, entry=entry, by=coordinator, reason="x") == "hours_decided"


def test_a_refusal_says_why_and_frees_the_time(person: Any, coordinator: Any) -> None:
    entry = filed(person)
    assert refused(refuse, entry=entry, by=coordinator, reason=" ") == "hours_reason_missing"
    refuse(entry=entry, by=coordinator, reason="那天没有活动")
    assert "那天没有活动" in Message.objects.get(kind="hours_refused").text
    filed(person)
    assert totals.own_totals(person) == totals.Own(0, 120, 120)
    assert faults() == []


def test_nobody_decides_about_their_own_or_about_what_they_filed(hub: Any, coordinator: Any) -> None:
    mine = a_volunteer(hub, user=coordinator)
    own, typed = filed(mine), filed(a_volunteer(hub), by=coordinator)
    for decide in (confirm, lambda **given: refuse(reason="x", **given)):
        assert [refused(decide, entry=entry, by=coordinator) for entry in (own, typed)] == ["hours_own", "hours_filed_by_you"]
    director = user_with("director", hub)
    assert [confirm(entry=entry, by=director).state for entry in (own, typed)] == ["confirmed"] * 2
    assert refused(reverse, entry=own, by=coordinator, reason="x") == "hours_own"


def test_waiting_hours_are_changed_and_taken_back_by_their_volunteer_alone(hub: Any, person: Any, coordinator: Any) -> None:
    entry, other = filed(person), a_volunteer(hub)
    span = {"starts_at": at("2026-11-20", "08:00"), "ends_at": at("2026-11-20", "10:30"), "what": "陪老人看病"}
    assert refused(change_hours, entry=entry, by=other.user, **span) == "hours_not_yours"
    change_hours(entry=entry, by=person.user, **span)
    filed(person, "2026-11-20", "10:30", "11:00")
    span["ends_at"] = at("2026-11-20", "10:31")
    assert refused(change_hours, entry=entry, by=person.user, **span) == "hours_overlap"
    confirm(entry=entry, by=coordinator)
    assert [refused(change_hours, entry=entry, by=person.user, **span), refused(take_back, entry=entry, by=person.user)] == ["hours_locked"] * 2
    assert minutes(person) == 150
    again = filed(person, "2026-11-21")
    take_back(entry=again, by=person.user)
    assert not HoursEntry.objects.filter(pk=again.pk).exists()


@pytest.mark.parametrize(
    ("day", "start", "end", "what", "code"),
    [
        ("2026-11-28", "09:00", "10:01", "买菜", "hours_future"),
        ("2026-11-29", "09:00", "10:00", "买菜", "hours_future"),
        ("2026-11-20", "11:00", "09:00", "买菜", "hours_end_before_start"),
        ("2026-11-19", "10:59", "12:00", "买菜", "hours_overlap"),
        ("2024-11-20", "09:00", "11:00", "买菜", "hours_too_old"),
        ("2026-11-20", "09:00", "11:00", " ", "hours_what_missing"),
    ],
)
def test_what_the_book_refuses(person: Any, day: str, start: str, end: str, what: str, code: str) -> None:
    filed(person, "2026-11-19", "09:00", "11:00")
    with pytest.raises(RuleBroken) as broken:
        filed(person, day, start, end, what=what)
    assert (broken.value.code, "%(" in broken.value.sentence, HoursEntry.objects.count()) == (code, False, 1)


def test_the_days_cap_is_a_setting_and_looks_at_local_days(person: Any, settings: Any) -> None:
    settings.VOLUNTEER_HOURS_A_DAY = 4
    filed(person, "2026-11-19", "20:00", "23:00")
    night = {"starts_at": at("2026-11-19", "23:00"), "ends_at": at("2026-11-20", "02:00")}
    filed(person, **night)
    with pytest.raises(RuleBroken) as broken:
        filed(person, "2026-11-20", "09:00", "11:01")
    assert (broken.value.code, "11月20日" in broken.value.sentence) == ("hours_cap", True)
    filed(person, "2026-11-20", "09:00", "11:00")


def test_hours_over_midnight_and_month_end_count_in_their_own_month(person: Any, coordinator: Any) -> None:
    confirm(entry=filed(person, starts_at=at("2026-10-31", "22:30"), ends_at=at("2026-11-01", "01:15")), by=coordinator)
    assert (minutes(person, last="2026-10-31"), minutes(person, first="2026-11-01"), minutes(person)) == (90, 75, 165)
    assert totals.months_of(person) == [("2026-11", 75), ("2026-10", 90)]
    reverse(entry=HoursEntry.objects.get(), by=coordinator, reason="记错了")
    assert (minutes(person, last="2026-10-31"), minutes(person, first="2026-11-01"), totals.months_of(person)) == (0, 0, [])


# --- what the database itself forbids -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "change",
    [
        {"decided_by": "filer"},
        {"decided_by": "owner"},
        {"state": "filed"},
        {"decided_by": None},
        {"minutes": 0},
        {"minutes": -120},
        {"ends_at": at("2026-11-20", "09:00")},
        {"ends_at": at("2026-11-21", "09:01")},
        {"state": "refused", "reason": "", "takes_time": "no"},
        {"state": "refused", "reason": "x"},
        {"starts_at": at("2026-11-20", "08:59")},
    ],
)
def test_what_the_database_refuses(hub: Any, person: Any, coordinator: Any, change: dict[str, Any]) -> None:
    clerk = user_with("clerk", hub)
    confirmed(person, "2026-11-20", "08:00", "09:00")
    entry = confirm(entry=filed(person, by=clerk), by=coordinator)
    people = {"filer": clerk, "owner": person.user}
    with pytest.raises(IntegrityError), transaction.atomic():
        HoursEntry.objects.filter(pk=entry.pk).update(**{name: people.get(value, value) if name == "decided_by" else value for name, value in change.items()})


def test_one_source_row_and_one_reversal_is_what_the_database_lets_in(person: Any, coordinator: Any) -> None:
    entry = confirmed(person, subject="tests.thing", ref="1")
    reversal = reverse(entry=entry, by=coordinator, reason="x")
    assert reverse(entry=entry, by=coordinator, reason="y") == reversal
    for pk, change in ((None, {"reverses": entry, "subject_ref": ""}), (None, {"minutes": 120, "reverses": None, "state": "filed", "takes_time": "yes"})):
        twin = HoursEntry.objects.get(pk=reversal.pk)
        twin.pk, twin.token = pk, f"another-{len(change)}"
        twin.subject_label, twin.subject_ref = "tests.thing", "1"
        if change.get("state"):
            twin.decided_by = twin.decided_at = None
        for name, value in change.items():
            setattr(twin, name, value)
        with pytest.raises(IntegrityError), transaction.atomic():
            twin.save(force_insert=True)


# --- put right ----------------------------------------------------------------------------------------------------------
def test_a_correction_is_asked_for_reversed_and_filed_anew(person: Any, coordinator: Any) -> None:
    entry = confirmed(person)
    assert refused(ask_correction, entry=entry, words=" ", by=person.user) == "hours_correction_missing"
    assert refused(ask_correction, entry=entry, words="早走了", by=coordinator) == "hours_not_yours"
    for words in ("早走了半小时", "别的话"):
        ask_correction(entry=entry, words=words, by=person.user)
    assert (HoursEntry.objects.get().correction, Promise.objects.open().get().team) == ("早走了半小时", "coordinator")
    reverse(entry=entry, by=coordinator, reason="早走了半小时")
    assert (minutes(person), Promise.objects.get().outcome, "早走了半小时" in Message.objects.get(kind="hours_reversed").text) == (0, "kept", True)
    confirmed(person, "2026-11-20", "09:00", "10:30")
    assert (minutes(person), totals.own_totals(person).confirmed, faults()) == (90, 90, [])
    assert refused(ask_correction, entry=entry, words="x", by=a_volunteer(person.hub).user) == "hours_not_yours"


def test_a_correction_that_is_not_made_is_answered(person: Any, coordinator: Any) -> None:
    entry = confirmed(person)
    ask_correction(entry=entry, words="我多做了一小时", by=person.user)
    keep_as_it_is(entry=entry, by=coordinator, reason="签到表上是11点")
    assert (minutes(person), HoursEntry.objects.get().correction, Promise.objects.get().outcome) == (120, "", "kept")
    ask_correction(entry=entry, words="请再看看", by=person.user)
    assert Promise.objects.open().count() == 1


def test_only_confirmed_hours_are_reversed(person: Any, coordinator: Any) -> None:
    entry = filed(person)
    assert refused(reverse, entry=entry, by=coordinator, reason="x") == "hours_not_confirmed"
    reversal = reverse(entry=confirm(entry=entry, by=coordinator), by=coordinator, reason="x")
    assert refused(reverse, entry=reversal, by=coordinator, reason="x") == "hours_not_confirmed"


# --- certificates -------------------------------------------------------------------------------------------------------
def test_a_certificate_counts_what_is_confirmed_and_stands_until_something_of_it_is_reversed(person: Any, coordinator: Any) -> None:
    entry = confirmed(person)
    confirm(entry=filed(person, starts_at=at("2026-10-31", "22:30"), ends_at=at("2026-11-01", "01:15")), by=coordinator)
    filed(person, "2026-11-22")
    given = {"resident": person, "first_on": date(2026, 11, 1), "last_on": date(2026, 11, 28), "by": person.user}
    certificate = draw_certificate(**given)
    assert (certificate.minutes, certificate.stands(), draw_certificate(**given), len(certificate.number)) == (195, True, certificate, 16)
    reverse(entry=entry, by=coordinator, reason="x")
    certificate.refresh_from_db()
    assert (certificate.minutes, certificate.stands()) == (195, False)
    assert draw_certificate(**given).minutes == 75


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [
        (date(2026, 11, 20), date(2026, 11, 19), "certificate_dates"),
        (date(2026, 11, 20), date(2026, 11, 29), "certificate_dates"),
        (date(1, 1, 1), date(2026, 11, 20), "certificate_dates"),
        (date(2026, 11, 1), date(2026, 11, 19), "certificate_empty"),
    ],
)
def test_a_certificate_of_nothing(person: Any, first: date, last: date, code: str) -> None:
    confirmed(person)
    assert (refused(draw_certificate, resident=person, first_on=first, last_on=last, by=person.user), Certificate.objects.count()) == (code, 0)


# --- there or not -------------------------------------------------------------------------------------------------------
def test_in_by_code_and_out_again_files_the_hours(hub: Any, frozen: Any) -> None:
    sign_up = joined(a_shift(hub, days=1))
    shift, user = sign_up.shift, sign_up.for_person.user
    assert refused(check_in, sign_up=sign_up, code=shift.code, by=user) == "here_not_now"
    frozen.move_to(shift.starts_at - timedelta(minutes=60))
    assert refused(check_out, sign_up=sign_up, by=user) == "here_not_in"
    assert refused(check_in, sign_up=sign_up, code="x", by=user) == "here_code_wrong"
    for _again in range(2):
        check_in(sign_up=sign_up, code=shift.code, by=user)
    frozen.move_to(shift.ends_at - timedelta(minutes=15, seconds=30))
    entries = [check_out(sign_up=sign_up, by=user) for _again in range(2)]
    assert entries[0] == entries[1] == HoursEntry.objects.get()
    assert (entries[0].minutes, entries[0].filed_by, entries[0].source, entries[0].is_end_assumed) == (104, user, "shift", False)


def test_five_wrong_codes_shut_the_phone_not_the_sheet(hub: Any, frozen: Any) -> None:
    sign_up = joined(a_shift(hub, days=1))
    frozen.move_to(sign_up.shift.starts_at)
    said = [refused(check_in, sign_up=sign_up, code="nein", by=sign_up.for_person.user) for _try in range(6)]
    assert said == ["here_code_wrong"] * 4 + ["here_code_shut"] * 2
    assert refused(check_in, sign_up=sign_up, code=sign_up.shift.code, by=sign_up.for_person.user) == "here_code_shut"


def test_who_does_not_check_out_left_at_the_end_and_that_is_marked(hub: Any, frozen: Any) -> None:
    shift = a_shift(hub, days=1, places=3)
    came, _never = joined(shift), joined(shift)
    frozen.move_to(shift.starts_at + timedelta(minutes=10))
    check_in(sign_up=came, code=shift.code, by=came.for_person.user)
    frozen.move_to(shift.ends_at + timedelta(minutes=30))
    assert jobs.settle_over() == 0
    frozen.shift(timedelta(minutes=1))
    assert [jobs.settle_over(), jobs.settle_over()] == [1, 0]
    entry = HoursEntry.objects.get()
    assert (entry.minutes, entry.is_end_assumed, entry.ends_at) == (110, True, shift.ends_at)
    assert list(SignUp.objects.order_by("id").values_list("is_leaving_assumed", flat=True)) == [True, False]


def test_a_signed_sheet_is_typed_by_one_and_confirmed_by_another(hub: Any, coordinator: Any, frozen: Any) -> None:
    shift = a_shift(hub, days=1, places=3)
    rows = [joined(shift) for _each in range(3)]
    assert refused(write_in, shift=shift, rows=[], by=coordinator) == "here_not_now"
    frozen.move_to(shift.ends_at + timedelta(hours=1))
    stranger = add_who_came(shift=shift, person=a_volunteer(hub, "钱大爷"), by=coordinator)
    assert add_who_came(shift=shift, person=stranger.for_person, by=coordinator) == stranger
    sheet = [
        Row(rows[0], came_at=shift.starts_at, left_at=shift.ends_at - timedelta(minutes=30)),
        Row(rows[1], came_at=shift.starts_at),
        Row(rows[2], was_absent=True),
        Row(stranger),
    ]
    for _again in range(2):
        write_in(shift=shift, rows=sheet, by=coordinator)
    entries = HoursEntry.objects.order_by("id")
    assert [(entry.minutes, entry.is_end_assumed, entry.filed_by) for entry in entries] == [(90, False, coordinator), (120, True, coordinator)]
    assert list(SignUp.objects.order_by("id").values_list("state", flat=True)) == ["going", "going", "absent", "going"]
    assert refused(confirm, entry=entries[0], by=coordinator) == "hours_filed_by_you"


@pytest.mark.parametrize(
    ("came", "left", "code"),
    [(0, 0, "here_times_wrong"), (30, 10, "here_times_wrong"), (130, 140, "here_outside"), (-90, -30, "here_outside"), (0, 600, "here_outside")],
)
def test_times_on_a_sheet_that_cannot_be(hub: Any, coordinator: Any, frozen: Any, came: int, left: int, code: str) -> None:
    sign_up = joined(a_shift(hub, days=1))
    start = sign_up.shift.starts_at
    frozen.move_to(sign_up.shift.ends_at + timedelta(hours=1))
    row = Row(sign_up, start + timedelta(minutes=came), start + timedelta(minutes=left))
    assert (refused(write_in, shift=sign_up.shift, rows=[row], by=coordinator), HoursEntry.objects.count()) == (code, 0)


def test_hours_that_meet_others_leave_the_check_out_as_it_is(hub: Any, frozen: Any) -> None:
    sign_up = joined(a_shift(hub, days=1))
    frozen.move_to(sign_up.shift.starts_at)
    check_in(sign_up=sign_up, code=sign_up.shift.code, by=None)
    frozen.move_to(sign_up.shift.starts_at + timedelta(minutes=30))
    day = clock.today().isoformat()
    filed(sign_up.for_person, day, "09:10", "09:20")
    assert check_out(sign_up=sign_up, by=None) is None
    sign_up.refresh_from_db()
    assert (sign_up.left_at is not None, HoursEntry.objects.count()) == (True, 1)


# --- served elsewhere -----------------------------------------------------------------------------------------------------
def test_who_served_has_not_to_file_it(hub: Any, coordinator: Any) -> None:
    member = MemberFactory(hub=hub, resident=a_volunteer(hub))
    by_role = a_volunteer(hub, "孙丽", user=user_with("volunteer", hub))
    given = {"hub": hub, "started_at": at("2026-11-27", "09:00"), "happened_at": at("2026-11-27", "10:10")}
    for user in (member.resident.user, by_role.user, user_with("provider", hub), user_with("operator", hub)):
        ServiceEventFactory(**given, by=user)
    ServiceEventFactory(hub=hub, by=member.resident.user, happened_at=at("2026-11-26", "10:00"))
    ServiceEventFactory(hub=hub, by=member.resident.user, started_at=at("2026-11-24", "09:00"), happened_at=at("2026-11-25", "10:00"))
    assert [jobs.credit_services(), jobs.credit_services()] == [2, 0]
    entries = HoursEntry.objects.order_by("id")
    assert [(entry.resident, entry.minutes, entry.team, entry.filed_by) for entry in entries] == [
        (member.resident, 70, member.team, None),
        (by_role, 70, None, None),
    ]
    assert confirm(entry=entries[0], by=coordinator).state == "confirmed"
