"""The coordinator's screens: every button does its one thing, for this hub's rows alone; lists ask the same few questions; names are masked."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from hub.audit.models import Line
from hub.core import clock
from hub.notifications.models import Message
from hub.people.importing.flow import HasProblems, apply_rows, table_of
from mutualaid.volunteers.actions import ask_correction, check_in
from mutualaid.volunteers.hours_import import HoursResource
from mutualaid.volunteers.models import Certificate, HoursEntry, Member, Opportunity, Shift, SignUp, Team, Training, VisitRound
from tests.cast import user_with
from tests.factories.volunteers import (
    MemberFactory,
    OpportunityFactory,
    TeamFactory,
    TrainingFactory,
    a_contribution,
    a_shift,
    a_volunteer,
    confirmed,
    filed,
    joined,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def press(client: Any, button: str, pk: int | None = None, /, **typed: Any) -> int:
    """Open the button's page, then press it: the answer to the post."""
    address = reverse(button, args=[pk] if pk is not None else [])
    assert client.get(address).status_code == 200
    return int(client.post(address, typed).status_code)


@pytest.fixture
def coordinator(as_role: Any) -> Any:
    return as_role("coordinator")


# --- shifts -------------------------------------------------------------------------------------------------------------
def test_a_shift_is_planned_repeated_changed_and_called_off(hub: Any, coordinator: Any) -> None:
    work, day = OpportunityFactory(hub=hub), "2026-12-05"
    sent = {"opportunity": work.pk, "starts_at": f"{day} 09:00", "ends_at": f"{day} 11:00", "places_count": "1"}
    assert press(coordinator, "shift:add", **sent) == 302
    shift = Shift.objects.get()
    assert (shift.span[0].isoformat(), len(shift.code), len(shift.ref)) == ("2026-12-05T09:00:00+08:00", 6, 8)
    assert coordinator.post(reverse("shift:add"), {**sent, "ends_at": f"{day} 08:00"}).status_code == 200
    assert (press(coordinator, "shift:repeat", shift.pk, weeks="3"), Shift.objects.count()) == (302, 4)
    assert (press(coordinator, "shift:repeat", shift.pk, weeks="3"), Shift.objects.count()) == (302, 4)
    for _each in range(2):
        joined(shift)
    assert (press(coordinator, "shift:edit", shift.pk, **{**sent, "places_count": "2"}), SignUp.objects.going().count()) == (302, 2)
    assert press(coordinator, "shift:edit", shift.pk, **sent) == 200
    assert press(coordinator, "shift:edit", shift.pk, **{**sent, "places_count": "2", "ends_at": f"{day} 12:00"}) == 200
    assert press(coordinator, "shift:call_off", shift.pk, reason="") == 200
    assert (press(coordinator, "shift:call_off", shift.pk, reason="下大雪"), Message.objects.filter(kind="shift_called_off").count()) == (302, 2)


def test_staff_sign_somebody_up_by_name_and_number_and_let_them_off(hub: Any, as_role: Any) -> None:
    shift, person = a_shift(hub), a_volunteer(hub, "周新")
    operator, number = as_role("operator"), person.phones.get().number
    assert press(operator, "shift:join", shift.pk, name="周新新", phone=number) == 200
    assert press(operator, "shift:join", shift.pk, name="周新", phone=f"{number[:3]} {number[3:]}") == 302
    made = SignUp.objects.get()
    assert (made.for_person, made.taken_by, made.channel) == (person, user_with("operator", hub), "counter")
    assert press(operator, "signup:withdraw", made.pk, reason="") == 200
    assert press(operator, "signup:withdraw", made.pk, reason="病了") == 302
    assert SignUp.objects.get().state == "withdrawn"


def test_a_sheet_is_printed_signed_and_typed(hub: Any, coordinator: Any, as_role: Any, frozen: Any) -> None:
    shift = a_shift(hub, days=1, places=4)
    one, two, three = (joined(shift) for _each in range(3))
    frozen.move_to(shift.starts_at + timedelta(minutes=5))
    check_in(sign_up=three, code=shift.code, by=three.for_person.user)
    card, sheet = (coordinator.get(reverse(f"shift:{name}", args=[shift.pk])).content.decode() for name in ("card", "sheet"))
    assert (f"{shift.code[:3]} {shift.code[3:]}" in card, "<svg" in card, sheet.count("张桂兰"), sheet.count("郑勇")) == (True, True, 0, 3)
    frozen.move_to(shift.ends_at + timedelta(hours=1))
    guest = a_volunteer(hub, "钱大爷")
    assert press(coordinator, "shift:came_too", shift.pk, name="钱大爷", phone=guest.phones.get().number) == 302
    came = SignUp.objects.get(for_person=guest)
    typed = {f"came_{one.pk}": "9:00", f"left_{one.pk}": "10:30", f"absent_{two.pk}": "on", f"came_{came.pk}": "０９：３０"}
    assert press(coordinator, "shift:attendance", shift.pk, **{**typed, f"left_{one.pk}": "08:00"}) == 200
    assert HoursEntry.objects.count() == 0
    assert press(coordinator, "shift:attendance", shift.pk, **typed) == 302
    assert sorted(HoursEntry.objects.values_list("minutes", flat=True)) == [90, 90]
    entry = HoursEntry.objects.first()
    assert (coordinator.post(reverse("hoursentry:confirm", args=[entry.pk])).status_code, HoursEntry.objects.counted().count()) == (200, 0)
    assert (press(as_role("director"), "hoursentry:confirm", entry.pk), HoursEntry.objects.counted().count()) == (302, 1)


# --- the hours book --------------------------------------------------------------------------------------------------------
def test_waiting_hours_are_confirmed_together_but_not_ones_own(hub: Any, coordinator: Any) -> None:
    own = filed(a_volunteer(hub, user=user_with("coordinator", hub)))
    others = [filed(a_volunteer(hub), f"2026-11-{20 + n}") for n in range(3)]
    page = coordinator.get(reverse("hoursentry:decide"))
    assert [value for value, _label in page.context["form"].fields["entries"].choices] == [str(entry.pk) for entry in others]
    assert press(coordinator, "hoursentry:decide") == 200
    assert press(coordinator, "hoursentry:decide", entries=[own.pk]) == 200
    assert press(coordinator, "hoursentry:decide", entries=[entry.pk for entry in others[:2]]) == 302
    assert set(HoursEntry.objects.counted()) == set(others[:2])


def test_one_entry_is_refused_reversed_or_left_as_it_is(hub: Any, coordinator: Any) -> None:
    person = a_volunteer(hub)
    waiting, sound, wrong = filed(person), confirmed(person, "2026-11-21"), confirmed(person, "2026-11-22")
    assert press(coordinator, "hoursentry:refuse", waiting.pk, reason="没有活动") == 302
    for entry in (sound, wrong):
        ask_correction(entry=entry, words="不对", by=person.user)
    listed = coordinator.get(f"{reverse('hoursentry:index')}?asked=true").context["object_list"]
    assert listed.count() == 2
    assert press(coordinator, "hoursentry:keep", sound.pk, reason="签到表无误") == 302
    assert press(coordinator, "hoursentry:reverse", wrong.pk, reason="早走了") == 302
    assert sorted(HoursEntry.objects.counted().values_list("minutes", flat=True)) == [-120, 120, 120]
    page = coordinator.get(reverse("hoursentry:inspect", args=[sound.pk]))
    assert [button.url for button in page.context["header_buttons"]] == [reverse("hoursentry:reverse", args=[sound.pk])]


def test_hours_are_filed_and_certificates_drawn_for_who_does_not_manage_the_phone(hub: Any, coordinator: Any, as_role: Any) -> None:
    person = a_volunteer(hub, "周新", user=None)
    who = {"name": "周新", "phone": person.phones.get().number}
    span = {"day": "2026-11-20", "starts": "9:00", "ends": "11:00", "what": "买菜"}
    assert press(coordinator, "hoursentry:file_for", **who, **{**span, "day": "2026-11-29"}) == 200
    assert press(coordinator, "hoursentry:file_for", **who, **span) == 302
    entry = HoursEntry.objects.get()
    assert (entry.resident, entry.filed_by) == (person, user_with("coordinator", hub))
    assert press(as_role("director"), "hoursentry:confirm", entry.pk) == 302
    dates = {"first_on": "2026-11-01", "last_on": "2026-11-28"}
    assert press(coordinator, "certificate:draw_for", **who, **{**dates, "last_on": "2026-10-01"}) == 200
    assert (press(coordinator, "certificate:draw_for", **who, **dates), Certificate.objects.get().minutes) == (302, 120)
    assert coordinator.get(f"{Certificate.objects.get().url}paper/").status_code == 200


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_sums_leave_the_house_masked_and_with_a_line(hub: Any, coordinator: Any, kind: str) -> None:
    confirmed(a_volunteer(hub, "郑大勇"))
    reply = coordinator.get(reverse("hoursentry:totals"), {"first_on": "2026-01-01", "last_on": "2026-11-28", "kind": kind})
    assert (reply.status_code, "郑大勇".encode() in reply.content, Line.objects.filter(verb="export").count()) == (200, False, 1)
    assert kind != "csv" or "郑**,120" in reply.content.decode()


@pytest.mark.parametrize("change", [{"first_on": ""}, {"last_on": "x"}, {"first_on": "2026-12-01"}, {"last_on": "9999-12-31"}, {"first_on": "0001-01-01"}])
def test_a_period_that_cannot_be(coordinator: Any, change: dict[str, str]) -> None:
    page = coordinator.get(reverse("hoursentry:totals"), {"first_on": "2026-01-01", "last_on": "2026-11-28", **change})
    assert page.status_code == 422


# --- teams --------------------------------------------------------------------------------------------------------------------
def test_teams_members_trainings_and_visits_are_kept(hub: Any, coordinator: Any) -> None:
    honours = {"honours-TOTAL_FORMS": "1", "honours-INITIAL_FORMS": "0", "honours-MIN_NUM_FORMS": "0", "honours-MAX_NUM_FORMS": "1000"}
    honour = {"honours-0-given_on": "2025-12-05", "honours-0-title_zh": "优秀志愿服务队", "honours-0-title_en": "", "honours-0-ORDER": "1"}
    assert press(coordinator, "team:add", name_zh="锦里志愿服务队", is_active="on", **honours, **honour) == 302
    team, person = Team.objects.get(), a_volunteer(hub, "周新")
    sent = {"name": "周新", "phone": person.phones.get().number, "team": team.pk, "is_leader": "on", "is_party_member": "on", "joined_on": "2026-01-01"}
    assert press(coordinator, "member:add", **{**sent, "name": "周旧"}) == 200
    assert press(coordinator, "member:add", **sent) == 302
    assert press(coordinator, "member:add", **sent) == 200
    member = Member.objects.get()
    assert press(coordinator, "member:edit", member.pk, **{**sent, "left_on": "2025-01-01"}) == 200
    assert (member.resident, team.honours.get().title_zh) == (person, "优秀志愿服务队")
    talk = {"team": team.pk, "held_on": "2026-11-20", "topic": "医保备案", "presenter": member.pk, "attendees": [member.pk], "listeners_count": "40"}
    assert (press(coordinator, "training:add", **talk), Training.objects.get().attendees.get()) == (302, member)
    round_ = {"member": member.pk, "made_on": "2026-11-20", "homes_count": "5", "helped_count": "6"}
    assert press(coordinator, "visitround:add", **round_) == 200
    assert (press(coordinator, "visitround:add", **{**round_, "helped_count": "2"}), VisitRound.objects.get().homes_count) == (302, 5)
    work = {"name_zh": "便民站引导", "about_zh": "陪着排队", "where_zh": "一楼", "youngest": "0", "withdraw_hours": "24", "is_published": "on", "team": team.pk}
    assert (press(coordinator, "opportunity:add", **work), Opportunity.objects.get().team) == (302, team)


DAYS = [("2026-11-28", 302), ("2026-11-29", 200), ("2027-11-20", 200), ("1999-12-31", 200), ("0001-01-01", 200), ("9999-12-31", 200)]


@pytest.mark.parametrize(("day", "answer"), DAYS)
def test_what_has_not_been_is_no_record(hub: Any, coordinator: Any, day: str, answer: int) -> None:
    member = MemberFactory(hub=hub)
    talk = {"team": member.team.pk, "held_on": day, "topic": "x", "presenter": member.pk, "listeners_count": "0"}
    visits = {"member": member.pk, "made_on": day, "homes_count": "5", "helped_count": "1"}
    assert (press(coordinator, "training:add", **talk), press(coordinator, "visitround:add", **visits)) == (answer, answer)
    assert (Training.objects.count(), VisitRound.objects.count()) == ((1, 1) if answer == 302 else (0, 0))


def test_members_to_choose_are_told_apart_and_have_not_left(hub: Any, coordinator: Any) -> None:
    first, second = MemberFactory(hub=hub, resident=a_volunteer(hub, "周新")), MemberFactory(hub=hub, resident=a_volunteer(hub, "周旧"))
    gone = MemberFactory(hub=hub, resident=a_volunteer(hub, "周走"), left_on=date(2026, 11, 1))
    training = TrainingFactory(hub=hub, team=gone.team, presenter=gone)
    shown = coordinator.get(reverse("training:add")).content.decode()
    for member in (first, second):
        number = member.resident.phones.get().number
        assert f"周* {number[:3]}****{number[-4:]} · {member.team.name_zh}" in shown
    assert "周*" in shown and gone.resident.phones.get().masked_number not in shown
    assert gone.resident.phones.get().masked_number in coordinator.get(reverse("training:edit", args=[training.pk])).content.decode()


def test_several_are_ticked(hub: Any, coordinator: Any) -> None:
    member = MemberFactory(hub=hub)
    assert f'<input type="checkbox" name="attendees" value="{member.pk}"' in coordinator.get(reverse("training:add")).content.decode()


def test_another_hubs_members_are_no_choice(hub: Any, second_hub: Any, coordinator: Any) -> None:
    theirs = MemberFactory(hub=second_hub)
    sent = {"team": theirs.team.pk, "held_on": "2026-11-20", "topic": "x", "presenter": theirs.pk, "listeners_count": "0"}
    assert (press(coordinator, "training:add", **sent), Training.objects.count()) == (200, 0)


# --- lists ----------------------------------------------------------------------------------------------------------------------
LISTS = ["shift", "signup", "hoursentry", "opportunity", "team", "member", "training", "visitround", "certificate", "contribution"]


@pytest.mark.parametrize("name", LISTS)
def test_lists_ask_the_same_few_questions_and_mask_names(hub: Any, coordinator: Any, name: str, django_assert_max_num_queries: Any) -> None:
    from tests.factories.volunteers import VisitRoundFactory, a_certificate

    def put() -> None:
        person = a_volunteer(hub, "郑大勇")
        member = MemberFactory(hub=hub, resident=person)
        TrainingFactory(presenter=member)
        VisitRoundFactory(member=member)
        joined(a_shift(hub), person)
        a_certificate(confirmed(person))
        a_contribution(person)

    counts = []
    for rows in (1, 2):
        for _each in range(rows):
            put()
        coordinator.get(reverse(f"{name}:index"))
        with django_assert_max_num_queries(40) as asked:
            page = coordinator.get(reverse(f"{name}:index"))
        counts.append(len(asked))
        assert "郑大勇" not in page.content.decode()
    assert counts[0] == counts[1]


# --- past hours from a list -----------------------------------------------------------------------------------------------------
GOOD = {"name": "周新", "phone": "138 0000 7777", "day": "2025-03-08", "starts": "9:00", "ends": "11点半", "what": "便民站引导", "team": ""}


def take(hub: Any, *rows: dict[str, Any], leave_out: bool = False) -> Any:
    table = table_of(HoursResource, list(rows))
    return apply_rows(HoursResource, hub=hub, by=user_with("coordinator", hub), table=table, leave_out_problems=leave_out)


def test_past_hours_come_in_as_filed_and_once(hub: Any) -> None:
    person = a_volunteer(hub, "周新", phone="13800007777")
    TeamFactory(hub=hub, name_zh="锦里志愿服务队")
    night = {**GOOD, "day": "2025/3/9", "starts": "22:30", "ends": "1:15", "team": "锦里志愿服务队"}
    assert [(found.new, found.unchanged) for found in (take(hub, GOOD, night), take(hub, GOOD, night))] == [(2, 0), (0, 2)]
    entries = HoursEntry.objects.order_by("starts_at")
    assert [(entry.resident, entry.minutes, entry.state, entry.source) for entry in entries] == [
        (person, 150, "filed", "imported"),
        (person, 165, "filed", "imported"),
    ]
    assert entries[1].team.name_zh == "锦里志愿服务队"


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "周旧"},
        {"phone": ""},
        {"phone": "1380"},
        {"day": ""},
        {"day": "2025-02-30"},
        {"day": "2026-11-29"},
        {"day": "1999-12-31"},
        {"starts": ""},
        {"starts": "25:00"},
        {"starts": "上午"},
        {"starts": "9:00", "ends": "9:00"},
        {"ends": "x"},
        {"starts": "6:00", "ends": "23:00"},
        {"day": "2025-03-10", "starts": "8:00", "ends": "9:01"},
        {"what": "a" * 101},
        {"team": "月亮队"},
    ],
)
def test_a_row_that_cannot_be_is_named_and_nothing_is_written(hub: Any, change: dict[str, str]) -> None:
    a_volunteer(hub, "周新", phone="13800007777")
    other = {**GOOD, "day": "2025-03-10"}
    with pytest.raises(HasProblems) as problems:
        take(hub, other, {**GOOD, **change})
    assert ([problem.row for problem in problems.value.outcome.problems], HoursEntry.objects.count()) == ([3], 0)
    assert take(hub, other, {**GOOD, **change}, leave_out=True).new == 1


def test_rows_of_one_list_may_not_meet_each_other(hub: Any) -> None:
    a_volunteer(hub, "周新", phone="13800007777")
    with pytest.raises(HasProblems):
        take(hub, GOOD, {**GOOD, "starts": "10:00"})


def test_the_pages_look_before_they_write(hub: Any, coordinator: Any, as_role: Any) -> None:
    a_volunteer(hub, "周新", phone="13800007777")
    assert [coordinator.get(reverse(f"hours_import:{name}")).status_code for name in ("index", "sample")] == [200, 200]
    upload = SimpleUploadedFile("x.csv", "姓名,电话,日期,开始,结束\n周新,13800007777,2025-03-08,9:00,11:00\n".encode())
    page = coordinator.post(reverse("hours_import:index"), {"file": upload})
    assert (page.status_code, HoursEntry.objects.count()) == (200, 0)
    coordinator.post(reverse("hours_import:confirm"), {"token": page.context["token"]})
    assert (HoursEntry.objects.get().minutes, as_role("clerk").get(reverse("hours_import:index")).status_code) == (120, 404)


# --- the demo -------------------------------------------------------------------------------------------------------------------
def test_the_demo_has_everything_and_is_sound(hub: Any, second_hub: Any) -> None:
    import random

    from hub.core.demo import World
    from hub.core.joins import demo_seeds, integrity_checks

    world = World(hub=hub, second_hub=second_hub, now=clock.now(), random=random.Random(1))
    for name in ("places", "people", "volunteers", "volunteers"):
        demo_seeds[name].seed(world)
    assert set(SignUp.objects.values_list("state", flat=True)) >= {"going", "waiting", "called_off", "absent"}
    assert set(HoursEntry.objects.values_list("state", flat=True)) == {"filed", "confirmed", "refused"}
    assert (Team.objects.count(), Certificate.objects.count()) == (3, 1)
    assert [fault for check in integrity_checks if check.name.startswith("volunteers.") for fault in check.find()] == []
