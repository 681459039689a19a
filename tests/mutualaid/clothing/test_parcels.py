"""A parcel from choosing to its end, for whom and by which right; nothing that others read says what it is, or whose."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hub.audit.models import Line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.core.joins import finders, my_things, periodic_jobs, personal_fields
from hub.notifications.models import Message
from hub.people.actions.entitlements import revoke_entitlement
from hub.people.models import Entitlement
from hub.promises.models import Promise
from hub.served.models import ServiceEvent
from mutualaid.clothing import actions
from mutualaid.clothing.actions import Asker, Giver, choose
from mutualaid.clothing.models import Garment, Intake, Movement, Parcel
from mutualaid.clothing.rules import Slot
from tests.cast import user_with
from tests.factories.clothing import PHONE, a_slot, asker, garment, intake, parcel, somebody
from tests.factories.people import ResidentFactory
from tests.mutualaid.clothing.test_stock import faults

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def refused(hub: Any, *, code: str, wanted: Any = None, slot: Slot | None = None, by: Asker | None = None) -> RuleBroken:
    """Choosing is refused with that code, and nothing was written."""
    before = (Parcel.objects.count(), Movement.objects.count())
    with pytest.raises(RuleBroken) as broken:
        choose(hub=hub, wanted=wanted or {garment(hub).pk: 1}, slot=slot or a_slot(hub), by=by or asker(somebody(hub)), token="a-token-of-its-own")
    assert (broken.value.code, Parcel.objects.count()) == (code, before[0])
    assert "%(" not in broken.value.sentence
    return broken.value


# --- choosing -------------------------------------------------------------------------------------------------------
def test_an_entitled_person_chooses(hub: Any) -> None:
    coat, hat = garment(hub, piece_count=2), garment(hub, kind="accessories", fit="anybody", size="one")
    made = parcel(hub, coat, hat)
    assert (made.reference[0], made.state, made.piece_count, made.entitlement is not None) == ("5", "chosen", 2, True)
    assert list(Garment.objects.order_by("id").values_list("piece_count", flat=True)) == [1, 0]
    assert list(Movement.objects.filter(parcel=made).values_list("kind", "change")) == [("out", -1)] * 2
    promise = Promise.objects.get()
    assert (promise.kind, promise.due_at, promise.team, faults()) == ("parcel_ready", made.starts_at, "clerk", [])
    assert (clock.local(made.starts_at).strftime("%m-%d %H:%M"), clock.local(made.collect_by).strftime("%m-%d %H:%M")) == ("12-01 09:00", "12-04 11:00")


def test_the_same_token_is_the_same_parcel_and_other_wishes_are_refused(hub: Any) -> None:
    coat, person = garment(hub, piece_count=3), somebody(hub)
    first = parcel(hub, coat, person=person, token="one-form-token")
    assert parcel(hub, coat, person=person, token="one-form-token").pk == first.pk
    with pytest.raises(RuleBroken, match="done_otherwise"):
        parcel(hub, coat, garment(hub, size="M"), person=person, token="one-form-token")
    assert (Parcel.objects.count(), Garment.objects.get(pk=coat.pk).piece_count) == (1, 2)


def test_what_is_gone_names_what_is_near_in_size(hub: Any) -> None:
    coat = garment(hub)
    garment(hub, size="M", piece_count=2), garment(hub, size="2XL"), garment(hub, size="XL", fit="anybody"), garment(hub, size="XL", fit="men")
    parcel(hub, coat)
    said = refused(hub, code="clothing_gone_near", wanted={coat.pk: 1}).refusals[0].facts["near"]
    assert said == "XL ×1、M ×2、2XL ×1"


def test_what_is_gone_with_nothing_near(hub: Any) -> None:
    coat = garment(hub)
    refused(hub, code="clothing_gone", wanted={coat.pk: 2})


def test_another_hubs_shelf_is_not_this_ones(hub: Any, second_hub: Any) -> None:
    refused(hub, code="clothing_nothing", wanted={garment(second_hub).pk: 1})


@pytest.mark.parametrize("wanted", [{987654321: 1}, {1: 0}, {1: -1}])
def test_wishes_for_what_is_not_there(hub: Any, wanted: dict[int, int]) -> None:
    refused(hub, code="clothing_nothing", wanted=wanted)


def test_seven_pieces_are_too_many(hub: Any) -> None:
    refused(hub, code="clothing_too_many", wanted={garment(hub, piece_count=9).pk: 7})


def test_a_time_that_is_not_offered(hub: Any) -> None:
    slot = a_slot(hub)
    refused(hub, code="clothing_slot", slot=Slot(slot.starts_at + timedelta(minutes=1), slot.ends_at))


# --- by which right -------------------------------------------------------------------------------------------------
def test_nobody_chooses_without_a_right(hub: Any) -> None:
    refused(hub, code="clothing_not_entitled", by=asker(ResidentFactory(hub=hub)))
    refused(hub, code="clothing_not_entitled", by=asker())
    refused(hub, code="clothing_not_entitled", by=asker(ResidentFactory(hub=hub), decision="说自己困难"))


def test_an_entitlement_counts_while_it_holds(hub: Any) -> None:
    person = somebody(hub)
    revoke_entitlement(entitlement=Entitlement.objects.get(), by=user_with("clerk", hub), reason="到期")
    refused(hub, code="clothing_not_entitled", by=asker(person))


def test_the_counter_may_let_anybody_choose_with_a_reason_but_not_itself(hub: Any) -> None:
    clerk = user_with("clerk", hub)
    made = parcel(hub, person=ResidentFactory(hub=hub), taken_by=clerk, decision="家中刚遭水浸")
    assert (made.entitlement, made.decided_by, made.decision) == (None, clerk, "家中刚遭水浸")
    unknown = choose(
        hub=hub, wanted={garment(hub).pk: 1}, slot=a_slot(hub), by=asker(phone="13800005555", taken_by=clerk, decision="外地来的"), token="unknown-caller-1"
    )
    assert (unknown.for_person, unknown.decided_by) == (None, clerk)
    refused(hub, code="clothing_decision_own", by=asker(ResidentFactory(hub=hub, user=clerk), taken_by=clerk, decision="给我自己"))
    assert "水浸" not in "".join(str(row) for row in Line.objects.values_list("changes", "reason"))


def test_one_parcel_at_a_time(hub: Any) -> None:
    person, clerk = somebody(hub), user_with("clerk", hub)
    first = parcel(hub, person=person)
    refused(hub, code="clothing_open_already", by=asker(person, phone="13800009999"))
    actions.cancel(parcel=first)
    parcel(hub, person=person)
    stranger = {"phone": "13800005555", "taken_by": clerk, "decision": "外地来的"}
    choose(hub=hub, wanted={garment(hub).pk: 1}, slot=a_slot(hub), by=asker(**stranger), token="unknown-caller-1")
    refused(hub, code="clothing_open_already", by=asker(**stranger))


def test_the_database_forbids_a_second_open_parcel_and_one_without_a_right(hub: Any) -> None:
    made = parcel(hub)
    facts = {"hub": hub, "starts_at": made.starts_at, "ends_at": made.ends_at, "collect_by": made.collect_by, "created_at": made.created_at}
    for wrong in ({"for_person": made.for_person, "entitlement": made.entitlement}, {"for_person": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Parcel.objects.create(**facts, reference="29999999", token="x", **wrong)
    for wrong in ({"state": "handed_out"}, {"state": "cancelled"}, {"collect_by": made.starts_at}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Parcel.objects.filter(pk=made.pk).update(**wrong)


# --- to its end -----------------------------------------------------------------------------------------------------
def test_made_ready_and_handed_out_to_who_says_both(hub: Any) -> None:
    clerk, made = user_with("clerk", hub), parcel(hub)
    actions.make_ready(parcel=made, by=clerk)
    actions.make_ready(parcel=made, by=clerk)
    for reference, tail in ((made.reference, "4321"), (made.reference, ""), ("20000000", "1234"), ("nonsense", "1234")):
        with pytest.raises(RuleBroken, match="parcel_unknown"):
            actions.hand_out(hub=hub, reference=reference, tail=tail, by=clerk)
    given = actions.hand_out(hub=hub, reference=f"{made.reference[:4]} {made.reference[4:]}", tail="１２３４", by=clerk)
    assert (given.state, given.handed_by, Promise.objects.get().outcome, faults()) == ("handed_out", clerk, "kept", [])
    event = ServiceEvent.objects.get()
    assert (event.post, event.for_person, event.subject_ref) == ("living", made.for_person, made.reference)
    with pytest.raises(RuleBroken, match="parcel_wrong_step"):
        actions.hand_out(hub=hub, reference=made.reference, tail="1234", by=clerk)
    with pytest.raises(RuleBroken, match="parcel_wrong_step"):
        actions.cancel(parcel=made, by=clerk)


def test_another_hubs_parcel_is_not_handed_out_here(hub: Any, second_hub: Any) -> None:
    made = parcel(hub)
    with pytest.raises(RuleBroken, match="parcel_unknown"):
        actions.hand_out(hub=second_hub, reference=made.reference, tail="1234", by=None)


def test_cancelled_pieces_lie_on_the_shelf_again(hub: Any) -> None:
    coat = garment(hub)
    made = parcel(hub, coat)
    actions.cancel(parcel=made)
    actions.cancel(parcel=made)
    assert (Garment.objects.get().piece_count, Promise.objects.get().outcome, faults()) == (1, "dropped", [])
    with pytest.raises(RuleBroken, match="parcel_wrong_step"):
        actions.make_ready(parcel=made, by=None)


def test_what_nobody_collects_goes_back_in_time(hub: Any, frozen: Any) -> None:
    first, second = parcel(hub), parcel(hub, slot=a_slot(hub, 3))
    actions.make_ready(parcel=first, by=None)
    job = periodic_jobs["clothing.put_back"]
    frozen.move_to(first.collect_by)
    assert job.run() == 0
    frozen.shift(timedelta(seconds=1))
    assert (job.run(), job.run()) == (1, 0)
    assert list(Parcel.objects.order_by("id").values_list("state", flat=True)) == ["put_back", "chosen"]
    assert (Garment.objects.get().piece_count, second.state, faults()) == (1, "chosen", [])


def test_somebody_hears_once_more_the_day_before_a_parcel_goes_back(hub: Any, frozen: Any) -> None:
    waits, brought, unpacked = (parcel(hub, slot=a_slot(hub, 0), phone=f"1380000{n:04d}", is_brought=n == 1) for n in range(3))
    for made in (waits, brought):
        actions.make_ready(parcel=made, by=None)
    job, said = periodic_jobs["clothing.remind"], Message.objects.filter(kind="parcel_waits")
    frozen.move_to(waits.collect_by - timedelta(days=1))
    assert (job.run(), said.count()) == (0, 0)
    frozen.shift(timedelta(seconds=1))
    assert (job.run(), job.run(), list(said.values_list("subject_ref", flat=True))) == (1, 1, [waits.reference])
    assert actions.remind(parcel=unpacked) is False
    frozen.move_to(waits.collect_by + timedelta(seconds=1))
    assert (job.run(), actions.remind(parcel=waits), said.count()) == (0, False, 1)


# --- what others read -----------------------------------------------------------------------------------------------
TELLING = ("衣", "鞋", "外套", "cloth", "coat", "garment", "低保", "救助", "low_income", "水浸")


def test_no_message_ledger_row_promise_or_audit_line_says_what_or_why(hub: Any) -> None:
    clerk = user_with("clerk", hub)
    for n, end in enumerate(("hand_out", "cancel", "put_back")):
        made = parcel(hub, person=ResidentFactory(hub=hub), taken_by=clerk, decision="家中刚遭水浸", phone=f"1380000{n:04d}", is_brought=n == 1)
        actions.make_ready(parcel=made, by=clerk)
        if end == "hand_out":
            actions.hand_out(hub=hub, reference=made.reference, tail=f"{n:04d}", by=clerk)
        elif end == "cancel":
            actions.cancel(parcel=made, by=clerk)
        else:
            Parcel.objects.filter(pk=made.pk).update(
                starts_at=made.created_at - timedelta(days=9), ends_at=made.created_at - timedelta(days=8), collect_by=made.created_at - timedelta(days=7)
            )
            actions.put_back(parcel=made)
    said = [
        *Message.objects.values_list("kind", "key", "text", "subject_label"),
        *ServiceEvent.objects.values_list("what", "subject_label"),
        *Promise.objects.values_list("kind", "subject_label", "note", "reason"),
        *Line.objects.exclude(subject_label__startswith="clothing.").values_list("verb", "subject_label", "changes", "reason"),
    ]  # fmt: skip
    assert (Message.objects.count(), [word for word in TELLING for row in said if word in str(row)]) == (8, [])


def test_whose_it_is_is_written_down_when_somebody_looks(hub: Any) -> None:
    made, clerk = parcel(hub), user_with("clerk", hub)
    clerk.acting_at = hub
    assert actions.look_whose(parcel=made, by=clerk).contact_name == made.contact_name
    assert Line.objects.filter(verb="look_whose", subject_ref=made.reference, actor=clerk).count() == 1


def test_found_by_number_and_phone_and_under_my_things(hub: Any) -> None:
    person = somebody(hub, resident=ResidentFactory(hub=hub, user=user_with("volunteer", hub)))
    made = parcel(hub, person=person)
    find = finders["parcels.parcel"].find
    assert [find(hub, made.reference, PHONE), find(hub, made.reference, "13800009999")] == [made.url, None]
    assert list(my_things["parcels.parcel"].rows(person.user, hub)) == [made]
    assert "clothing" not in made.url


def test_a_persons_data_is_handed_over_and_blanked_and_their_pieces_go_back(hub: Any) -> None:
    person = somebody(hub)
    made = parcel(hub, person=person, note="孙女来取")
    given = intake(hub, size="M", giver=Giver("张桂兰", PHONE, person=person))
    parcels, intakes = personal_fields["parcels.parcel"], personal_fields["clothing.intake"]
    assert [row["note"] for row in parcels.export(person)] == ["孙女来取"]
    assert [row["name"] for row in intakes.export(person)] == ["张桂兰"]
    messages = Message.objects.count()
    assert (parcels.erase(person), intakes.erase(person)) == (1, 1)
    made.refresh_from_db()
    given.refresh_from_db()
    assert [getattr(made, name) for name in parcels.fields] == [""] * 4
    assert (made.state, given.donor, given.donor_phone, Message.objects.count(), faults()) == ("cancelled", None, "", messages, [])


def test_names_go_when_nobody_needs_them_any_more(hub: Any, frozen: Any) -> None:
    made = parcel(hub)
    actions.hand_out(hub=hub, reference=made.reference, tail="1234", by=None)
    intake(hub, size="M", giver=Giver("老周", PHONE))
    job = periodic_jobs["clothing.forget"]
    frozen.shift(timedelta(days=31))
    assert (job.run(), job.run(), Intake.objects.latest("id").donor_name) == (1, 0, "")
    frozen.shift(timedelta(days=150))
    assert (job.run(), job.run(), Parcel.objects.get().contact_phone) == (1, 0, "")
