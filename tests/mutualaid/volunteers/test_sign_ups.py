"""Places, the waiting list, who moves up, who is told; and who may not join."""

from datetime import timedelta
from typing import Any

import pytest

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.notifications.models import Message
from hub.people.models import Consent
from mutualaid.volunteers import jobs
from mutualaid.volunteers.actions import Joiner, call_off, fill_places, sign_up, withdraw
from mutualaid.volunteers.models import Shift, SignUp
from tests.cast import user_with
from tests.factories.volunteers import OpportunityFactory, a_child, a_shift, a_volunteer, joined

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def refused(call: Any, **given: Any) -> str:
    with pytest.raises(RuleBroken) as broken:
        call(**given)
    assert "%(" not in broken.value.sentence
    return broken.value.code


def standing(shift: Shift) -> list[tuple[str, int | None]]:
    return list(SignUp.objects.filter(shift=shift).order_by("id").values_list("state", "place_no"))


def kinds() -> list[str]:
    return list(Message.objects.order_by("id").values_list("kind", flat=True))


def test_places_then_the_waiting_list_in_order(hub: Any) -> None:
    shift = a_shift(hub, places=2)
    for _each in range(4):
        joined(shift)
    assert standing(shift) == [("going", 1), ("going", 2), ("waiting", None), ("waiting", None)]
    assert kinds() == ["shift_going", "shift_going", "shift_waiting", "shift_waiting"]


def test_who_leaves_lets_the_first_waiting_up_who_is_told_once(hub: Any) -> None:
    shift = a_shift(hub, places=1)
    first, second, third = (joined(shift) for _each in range(3))
    for _again in range(2):
        withdraw(sign_up=first)
    assert standing(shift) == [("withdrawn", None), ("going", 1), ("waiting", None)]
    withdraw(sign_up=third)
    assert standing(shift)[1:] == [("going", 1), ("withdrawn", None)]
    assert kinds() == ["shift_going", "shift_waiting", "shift_waiting", "shift_withdrawn", "shift_promoted", "shift_withdrawn"]
    assert Message.objects.get(kind="shift_promoted").subject_ref == str(second.pk)


def test_who_comes_back_stands_at_the_end(hub: Any) -> None:
    shift = a_shift(hub, places=1)
    first, _second = joined(shift), joined(shift)
    withdraw(sign_up=first)
    joined(shift, first.for_person)
    assert standing(shift) == [("withdrawn", None), ("going", 1), ("waiting", None)]


def test_the_same_form_twice_is_one_sign_up(hub: Any) -> None:
    shift, person = a_shift(hub), a_volunteer(hub)
    rows = [sign_up(shift=shift, by=Joiner(person), token="one-form-token-1") for _tap in range(2)]
    assert rows[0] == rows[1]
    assert refused(sign_up, shift=shift, by=Joiner(person), token="another-token-12") == "volunteer_there"


def test_until_the_stated_time_by_oneself_then_by_telephone(hub: Any, frozen: Any) -> None:
    shift = a_shift(hub, places=1, withdraw_hours=24)
    first, _waiting = joined(shift), joined(shift)
    frozen.move_to(shift.starts_at - timedelta(hours=24))
    assert first.can_withdraw(clock.now())
    frozen.move_to(shift.starts_at - timedelta(hours=24) + timedelta(minutes=1))
    assert refused(withdraw, sign_up=first) == "signup_too_late"
    coordinator = user_with("coordinator", hub)
    assert refused(withdraw, sign_up=first, by=coordinator, as_staff=True) == "reason_missing"
    withdraw(sign_up=first, by=coordinator, as_staff=True, reason="病了")
    assert standing(shift) == [("withdrawn", None), ("going", 1)]
    frozen.move_to(shift.starts_at)
    assert refused(withdraw, sign_up=first.shift.sign_ups.get(state="going"), by=coordinator, as_staff=True, reason="x") == "shift_has_begun"


def test_more_places_let_those_who_wait_up(hub: Any) -> None:
    shift = a_shift(hub, places=1)
    for _each in range(3):
        joined(shift)
    Shift.objects.filter(pk=shift.pk).update(places_count=2)
    assert len(fill_places(shift=shift)) == 1
    assert standing(shift) == [("going", 1), ("going", 2), ("waiting", None)]


def test_called_off_tells_everybody_why_once(hub: Any) -> None:
    shift, by = a_shift(hub, places=1), user_with("coordinator", hub)
    for _each in range(2):
        joined(shift)
    assert refused(call_off, shift=shift, by=by, reason=" ") == "reason_missing"
    for _again in range(2):
        call_off(shift=shift, by=by, reason="下大雪")
    assert standing(shift) == [("called_off", None)] * 2
    assert [("下大雪" in message.text) for message in Message.objects.filter(kind="shift_called_off")] == [True, True]
    assert refused(sign_up, shift=shift, by=Joiner(a_volunteer(hub)), token="x" * 20) == "shift_called_off"


def test_nobody_is_in_two_places_at_once(hub: Any) -> None:
    person = a_volunteer(hub)
    joined(a_shift(hub), person)
    other = a_shift(hub, start="10:59", end="12:00")
    assert refused(sign_up, shift=other, by=Joiner(person), token="x" * 20) == "volunteer_is_elsewhere"
    joined(a_shift(hub, start="11:00", end="12:00", opportunity=OpportunityFactory(hub=hub)), person)


def test_who_is_under_18_needs_a_guardians_word(hub: Any) -> None:
    shift = a_shift(hub, places=5)
    child, guardian = a_child(hub)
    assert refused(sign_up, shift=shift, by=Joiner(child), token="a" * 20) == "volunteer_needs_guardian"
    stranger = a_volunteer(hub)
    says_so = Joiner(child, asked_by=stranger, guardian_agrees=True)
    assert (refused(sign_up, shift=shift, by=says_so, token="a" * 20), Consent.objects.filter(purpose="volunteer_child").count()) == (
        "volunteer_needs_guardian",
        0,
    )
    assert sign_up(shift=shift, by=Joiner(child, asked_by=guardian, guardian_agrees=True), token="a" * 20).is_going
    word = Consent.objects.get(purpose="volunteer_child")
    assert (word.given_by, word.text_version) == (guardian, "2026-11")
    brother, _guardian = a_child(hub, with_word=True)
    assert joined(shift, brother).is_going


def test_a_youngest_age(hub: Any) -> None:
    shift = a_shift(hub, youngest=16)
    child, guardian = a_child(hub, with_word=True)
    assert refused(sign_up, shift=shift, by=Joiner(child, asked_by=guardian), token="a" * 20) == "volunteer_too_young"
    assert refused(sign_up, shift=shift, by=Joiner(a_volunteer(hub, birth_on=None)), token="a" * 20) == "volunteer_age_unknown"


@pytest.mark.parametrize(
    ("way", "phone", "has_account", "channel"),
    [
        ("", "13800001234", True, "sms"),
        ("", "037166218834", True, "call"),
        ("call", "13800001234", True, "call"),
        ("onsite", "13800001234", True, "onsite"),
        ("onsite", "13800001234", False, "sms"),
        ("sms", "037166218834", True, "call"),
        ("", "", True, "onsite"),
        ("", "", False, None),
    ],
)
def test_everybody_is_told_the_way_they_like(hub: Any, way: str, phone: str, has_account: bool, channel: str | None) -> None:
    given = {"phone": "", "way_to_reach": way} | ({} if has_account else {"user": None})
    sign_up(shift=a_shift(hub), by=Joiner(a_volunteer(hub, **given), phone=phone), token="a" * 20)
    assert list(Message.objects.values_list("channel", flat=True)) == ([channel] if channel else [])


def test_the_day_before_everybody_with_a_place_is_reminded_once(hub: Any, frozen: Any) -> None:
    shift = a_shift(hub, days=2, places=2)
    for _each in range(3):
        joined(shift)
    assert jobs.remind_of_tomorrow() == 0
    frozen.shift(timedelta(hours=22))
    assert (clock.local(clock.now()).hour, jobs.remind_of_tomorrow()) == (8, 0)
    frozen.shift(timedelta(hours=2))
    assert [jobs.remind_of_tomorrow(), jobs.remind_of_tomorrow()] == [2, 0]
    assert kinds().count("shift_reminder") == 2
