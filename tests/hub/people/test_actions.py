"""The verbs of people."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from hub.audit.models import Line
from hub.core.errors import RuleBroken, sentence
from hub.hubs.models import Hub
from hub.people.actions.accounts import join_account, join_account_to_resident, leave_account
from hub.people.actions.consents import record_consent, withdraw_consent
from hub.people.actions.entitlements import add_entitlement, revoke_entitlement, verify_entitlement
from hub.people.actions.erasure import erase_resident
from hub.people.actions.phones import add_phone, remove_phone
from hub.people.actions.relatives import end_link, link_by_phone, link_relatives
from hub.people.actions.residents import add_resident, change_resident
from hub.people.actions.reveal import reveal_contacts, reveal_id
from hub.people.models import Entitlement, Relationship, Resident
from hub.people.queries import entitlements_on, people_user_may_act_for, resident_of
from hub.people.states import ConsentPurposes, EntitlementKinds, ProofKinds, RelationKinds
from tests.cast import user_with
from tests.factories.people import BORN, ConsentFactory, EntitlementFactory, ResidentFactory, UserFactory, id_number
from tests.factories.places import BuildingFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def fresh_tries() -> None:
    from django.core.cache import cache

    cache.clear()


def at_work(role: str, hub: Hub) -> Any:
    user = user_with(role, hub)
    user.acting_at = hub
    return user


def lines(verb: str) -> int:
    return Line.objects.filter(verb=verb).count()


def refused(**facts: Any) -> list[str]:
    with pytest.raises(RuleBroken) as broken:
        add_resident(**facts)
    assert all(sentence(refusal) for refusal in broken.value.refusals)
    return [refusal.code for refusal in broken.value.refusals]


# --- residents ---


def test_a_resident_is_written_down_with_name_and_phone_alone(hub: Hub) -> None:
    resident = add_resident(hub=hub, name=" 张桂兰 ", phones=["138 0000 1234", "+8613800001234", "66210001"], by=None)
    assert [resident.name, resident.initials, [phone.number for phone in resident.phones.all()], lines("add")] == [
        "张桂兰", "zgl", ["13800001234", "037166210001"], 1,
    ]  # fmt: skip


def test_the_id_number_brings_the_birthday_and_stays_sealed(hub: Hub) -> None:
    resident = add_resident(hub=hub, name="张桂兰", id_kind="resident", id_number=id_number())
    resident.refresh_from_db()
    assert (resident.birth_on, resident.id_tail, id_number() in resident.id_sealed, resident.masked_id) == (
        BORN, id_number()[-4:], False, "*" * 14 + id_number()[-4:],
    )  # fmt: skip
    assert id_number() not in str(list(Line.objects.values()))


@pytest.mark.parametrize(
    ("facts", "codes"),
    [
        ({"name": ""}, ["name_missing"]),
        ({"name": "字" * 41}, ["name_too_long"]),
        ({"name": "张", "phones": ["123"]}, ["phone_wrong"]),
        ({"name": "张", "birth_on": date(2099, 1, 1)}, ["birth_impossible"]),
        ({"name": "张", "birth_on": date(1956, 3, 9), "id_kind": "resident", "id_number": id_number()}, ["birth_not_as_id"]),
        ({"name": "张", "id_number": id_number()}, ["id_kind_missing"]),
        ({"name": "", "id_kind": "resident", "id_number": "1"}, ["name_missing", "id_not_18"]),
        ({"name": "张", "door": "2-301"}, ["door_without_building"]),
    ],
)
def test_what_cannot_be_written_down_says_why_and_saves_nothing(hub: Hub, facts: dict[str, Any], codes: list[str]) -> None:
    assert (refused(hub=hub, **facts), Resident.objects.count()) == (codes, 0)


def test_an_id_number_stands_once_a_hub(hub: Hub, second_hub: Hub) -> None:
    facts = {"name": "张桂兰", "id_kind": "resident", "id_number": id_number()}
    add_resident(hub=hub, **facts)
    add_resident(hub=second_hub, **facts)
    assert refused(hub=hub, **facts) == ["id_known"]


def test_the_database_itself_refuses_the_same_id_twice(hub: Hub) -> None:
    ResidentFactory(hub=hub, id_number=id_number())
    with pytest.raises(IntegrityError), transaction.atomic():
        ResidentFactory(hub=hub, id_number=id_number())


def test_a_change_names_fields_and_no_values(hub: Hub) -> None:
    resident = add_resident(hub=hub, name="张桂兰")
    change_resident(resident=resident, name="张桂花", flags=["wheelchair"])
    line = Line.objects.get(verb="change")
    assert (line.changes, line.for_person) == ({"name": None, "flags": ["wheelchair"]}, "张**")


def test_an_empty_id_number_leaves_the_one_that_stands(hub: Hub) -> None:
    resident = add_resident(hub=hub, name="张桂兰", id_kind="resident", id_number=id_number())
    changed = change_resident(resident=resident, id_kind="resident", id_number="", flag_note="听障")
    assert (changed.id_tail, changed.flag_note) == (id_number()[-4:], "听障")


def test_a_new_id_number_replaces_the_old_one(hub: Hub) -> None:
    resident = add_resident(hub=hub, name="张桂兰", id_kind="resident", id_number=id_number())
    changed = change_resident(resident=resident, id_kind="resident", id_number=id_number(serial=9))
    assert changed.id_tail == id_number(serial=9)[-4:]


def test_nothing_changed_writes_no_line(hub: Hub) -> None:
    change_resident(resident=add_resident(hub=hub, name="张桂兰"), name="张桂兰")
    assert lines("change") == 0


# --- phones ---


def test_a_number_is_shared_freely_but_stands_once_with_a_person(hub: Hub) -> None:
    first, second = ResidentFactory(hub=hub, phone="13800001234"), ResidentFactory(hub=hub, name="李秀英")
    add_phone(resident=second, number="１３８００００１２３４", note="丈夫的")
    with pytest.raises(RuleBroken, match="phone_there"):
        add_phone(resident=first, number="13800001234")
    assert [phone.note for phone in second.phones.all()] == ["丈夫的"]


def test_another_number_becomes_the_first_when_the_first_goes(hub: Hub) -> None:
    resident = ResidentFactory(hub=hub, phone="13800001234")
    add_phone(resident=resident, number="13800001235")
    remove_phone(phone=resident.phones.get(number="13800001234"))
    assert [(phone.number, phone.is_first) for phone in resident.phones.all()] == [("13800001235", True)]


# --- relatives and consents ---


def test_a_relative_who_is_no_resident_stands_as_name_and_phone(hub: Hub) -> None:
    link = link_by_phone(person=ResidentFactory(hub=hub), kind="emergency", relative_name="王芳", relative_phone="13900001111", text_version="1")
    assert (link.relative, link.relative_name, link.masked_relative, link.masked_phone) == (None, "王芳", "王*", "139****1111")


def test_a_resident_of_that_name_and_phone_is_linked_and_acts_by_recorded_consent(hub: Hub) -> None:
    mother, user = ResidentFactory(hub=hub), UserFactory()
    daughter = ResidentFactory(hub=hub, name="王芳", phone="13900001111", user=user)
    link = link_by_phone(person=mother, kind="family", relative_name="王芳", relative_phone="13900001111", text_version="1", may_act=True)
    assert (link.relative, link.consent.purpose, list(people_user_may_act_for(user, hub))) == (
        daughter, ConsentPurposes.ACT_FOR_ME, [mother, daughter],
    )  # fmt: skip


def test_withdrawing_the_consent_ends_the_acting(hub: Hub) -> None:
    mother, user = ResidentFactory(hub=hub), UserFactory()
    daughter = ResidentFactory(hub=hub, name="王芳", user=user)
    consent = ConsentFactory(resident=mother)
    link_relatives(person=mother, relative=daughter, kind="proxy", may_act=True, consent=consent)
    withdraw_consent(consent=consent)
    assert (Relationship.objects.get().may_act, list(people_user_may_act_for(user, hub))) == (False, [daughter])
    with pytest.raises(RuleBroken, match="consent_withdrawn"):
        withdraw_consent(consent=consent)


def test_an_ended_link_acts_no_more_and_may_be_made_again(hub: Hub) -> None:
    mother, daughter = ResidentFactory(hub=hub), ResidentFactory(hub=hub, name="王芳", user=UserFactory())
    end_link(link=link_relatives(person=mother, relative=daughter, kind="family", may_act=True, consent=ConsentFactory(resident=mother)))
    assert list(people_user_may_act_for(daughter.user, hub)) == [daughter]
    link_relatives(person=mother, relative=daughter, kind="family")
    with pytest.raises(RuleBroken, match="relative_there"):
        link_relatives(person=mother, relative=daughter, kind="family")


@pytest.mark.parametrize(
    ("kind", "consented", "code"),
    [("family", None, "act_needs_consent"), ("family", "messages", "act_needs_consent"), ("emergency", "act_for_me", "act_not_emergency")],
)
def test_acting_for_somebody_takes_the_right_consent(hub: Hub, kind: str, consented: str | None, code: str) -> None:
    mother, daughter = ResidentFactory(hub=hub), ResidentFactory(hub=hub, name="王芳")
    consent = ConsentFactory(resident=mother, purpose=consented) if consented else None
    with pytest.raises(RuleBroken, match=code):
        link_relatives(person=mother, relative=daughter, kind=kind, may_act=True, consent=consent)


def test_somebody_elses_consent_lets_nobody_act(hub: Hub) -> None:
    mother, daughter = ResidentFactory(hub=hub), ResidentFactory(hub=hub, name="王芳")
    with pytest.raises(RuleBroken, match="act_needs_consent"):
        link_relatives(person=mother, relative=daughter, kind="family", may_act=True, consent=ConsentFactory(resident=daughter))


def test_the_database_itself_refuses_acting_without_consent(hub: Hub) -> None:
    mother, daughter = ResidentFactory(hub=hub), ResidentFactory(hub=hub, name="王芳")
    with pytest.raises(IntegrityError), transaction.atomic():
        Relationship.objects.create(hub=hub, person=mother, relative=daughter, kind="family", may_act=True)


def test_nobody_is_their_own_relative(hub: Hub) -> None:
    mother = ResidentFactory(hub=hub)
    with pytest.raises(RuleBroken, match="relative_is_oneself"):
        link_relatives(person=mother, relative=mother, kind="family")


@pytest.mark.usefixtures("frozen")
def test_a_child_consents_through_a_guardian(hub: Hub) -> None:
    child, mother = ResidentFactory(hub=hub, name="小明", birth_on=date(2018, 6, 1)), ResidentFactory(hub=hub, phone="13800001234")
    with pytest.raises(RuleBroken, match="guardian_must_consent"):
        record_consent(resident=child, purpose="basic", text_version="1")
    with pytest.raises(RuleBroken, match="guardian_must_consent"):
        link_by_phone(person=child, kind="family", relative_name="张桂兰", relative_phone="13800001234", text_version="1", may_act=True)
    link = link_by_phone(person=child, kind="guardian", relative_name="张桂兰", relative_phone="13800001234", text_version="1", may_act=True)
    assert (link.consent.purpose, link.consent.given_by, link.kind) == (ConsentPurposes.CHILD, mother, RelationKinds.GUARDIAN)


def test_the_same_consent_twice_is_one(hub: Hub) -> None:
    resident = ResidentFactory(hub=hub)
    first, second = (record_consent(resident=resident, purpose="basic", text_version="1") for _time in range(2))
    assert (first, lines("consent"), first.is_sensitive) == (second, 1, False)


# --- entitlements ---


def entitled(hub: Hub, **facts: Any) -> Entitlement:
    given = {"kind": EntitlementKinds.LOW_INCOME, "proof": ProofKinds.COMMITTEE, "document": "居委会 11月1日", "valid_from": date(2026, 1, 1)}
    return add_entitlement(**{"resident": ResidentFactory(hub=hub), **given, **facts})


def test_an_entitlement_counts_once_verified_and_until_revoked(hub: Hub) -> None:
    clerk, entitlement = user_with("clerk", hub), entitled(hub, valid_to=date(2026, 12, 31))
    seen = [entitlements_on(entitlement.resident_id, DAY)]
    verify_entitlement(entitlement=entitlement, by=clerk)
    seen += [entitlements_on(entitlement.resident_id, day) for day in (DAY, date(2026, 12, 31), date(2027, 1, 1), date(2025, 12, 31))]
    revoke_entitlement(entitlement=entitlement, by=clerk, reason="搬走了")
    seen.append(entitlements_on(entitlement.resident_id, DAY))
    assert seen == [[], [entitlement], [entitlement], [], [], []]


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"document": " "}, "document_missing"),
        ({"valid_to": date(2025, 12, 31)}, "dates_not_in_order"),
    ],
)
def test_an_entitlement_needs_its_paper_and_its_dates(hub: Hub, facts: dict[str, Any], code: str) -> None:
    with pytest.raises(RuleBroken, match=code):
        entitled(hub, **facts)


def test_the_same_kind_does_not_stand_twice_for_one_time(hub: Hub) -> None:
    resident = ResidentFactory(hub=hub)
    entitled(hub, resident=resident, valid_to=date(2026, 6, 30))
    with pytest.raises(RuleBroken, match="entitlement_there"):
        entitled(hub, resident=resident, valid_from=date(2026, 6, 30))
    entitled(hub, resident=resident, valid_from=date(2026, 7, 1))
    assert Entitlement.objects.count() == 2


def test_verifying_and_revoking_happen_once(hub: Hub) -> None:
    clerk, entitlement = user_with("clerk", hub), entitled(hub)
    verify_entitlement(entitlement=entitlement, by=clerk)
    with pytest.raises(RuleBroken, match="entitlement_verified"):
        verify_entitlement(entitlement=entitlement, by=clerk)
    with pytest.raises(RuleBroken, match="staff_reason_missing"):
        revoke_entitlement(entitlement=entitlement, by=clerk, reason=" ")
    revoke_entitlement(entitlement=entitlement, by=clerk, reason="过期")
    with pytest.raises(RuleBroken, match="entitlement_revoked"):
        verify_entitlement(entitlement=entitlement, by=clerk)


@pytest.mark.parametrize("facts", [{"valid_to": date(2025, 1, 1)}, {"verified_at": "2026-01-01T00:00Z"}])
def test_the_database_itself_refuses_wrong_entitlements(hub: Hub, facts: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        EntitlementFactory(resident=ResidentFactory(hub=hub), **facts)


# --- what is masked ---


def test_revealing_an_id_number_is_a_line_with_the_reason(hub: Hub) -> None:
    resident = ResidentFactory(hub=hub, id_number=id_number())
    clerk = at_work("clerk", hub)
    assert reveal_id(resident=resident, by=clerk, reason="办理低保") == id_number()
    line = Line.objects.get(verb="reveal_id")
    assert (line.actor, line.reason, line.subject_ref, id_number() in str(line.changes)) == (clerk, "办理低保", str(resident.pk), False)


@pytest.mark.parametrize(
    ("role", "reason", "error"), [("clerk", "  ", RuleBroken), ("operator", "想看", PermissionDenied), ("admin", "想看", PermissionDenied)]
)
def test_an_id_number_is_shown_to_nobody_without_right_and_reason(hub: Hub, role: str, reason: str, error: type[Exception]) -> None:
    resident = ResidentFactory(hub=hub, id_number=id_number())
    with pytest.raises(error):
        reveal_id(resident=resident, by=at_work(role, hub), reason=reason)
    assert lines("reveal_id") == 0


def test_staff_of_another_hub_reveal_nothing(hub: Hub, second_hub: Hub) -> None:
    resident = ResidentFactory(hub=hub, id_number=id_number())
    with pytest.raises(PermissionDenied):
        reveal_id(resident=resident, by=at_work("director", second_hub), reason="想看")


def test_without_an_id_number_there_is_nothing_to_reveal(hub: Hub) -> None:
    with pytest.raises(RuleBroken, match="id_absent"):
        reveal_id(resident=ResidentFactory(hub=hub), by=at_work("clerk", hub), reason="办理")


def test_an_operator_sees_whom_to_ring_against_a_reason(hub: Hub) -> None:
    resident = ResidentFactory(hub=hub, phone="13800001234")
    link_relatives(person=resident, kind="emergency", relative_name="王芳", relative_phone="13900001111", note="女儿")
    assert reveal_contacts(resident=resident, by=at_work("operator", hub), reason="回电话") == [
        ("张桂兰", "13800001234"), ("王芳 女儿", "13900001111"),
    ]  # fmt: skip


# --- accounts ---


@pytest.mark.parametrize("fact", [{"birth_on": BORN}, {"id_tail": id_number()[-4:]}, {"id_tail": id_number()[-4:].lower() + " "}])
def test_a_known_number_joins_by_a_second_fact(hub: Hub, fact: dict[str, Any]) -> None:
    resident = ResidentFactory(hub=hub, phone="13900001111", birth_on=BORN, id_number=id_number())
    user = UserFactory(phone="13900001111")
    assert (join_account(user=user, hub=hub, **fact), resident_of(user, hub)) == (resident, resident)


@pytest.mark.parametrize(
    ("fact", "code"),
    [({}, "second_fact_missing"), ({"birth_on": date(1956, 3, 9)}, "second_fact_wrong"), ({"id_tail": "0000"}, "second_fact_wrong")],
)
def test_without_the_second_fact_nobody_is_joined(hub: Hub, fact: dict[str, Any], code: str) -> None:
    ResidentFactory(hub=hub, phone="13900001111", birth_on=BORN)
    user = UserFactory(phone="13900001111")
    with pytest.raises(RuleBroken, match=code):
        join_account(user=user, hub=hub, **fact)
    assert resident_of(user, hub) is None


def test_an_unverified_number_proves_nothing(hub: Hub) -> None:
    ResidentFactory(hub=hub, phone="13900001111", birth_on=BORN)
    with pytest.raises(RuleBroken, match="phone_not_verified"):
        join_account(user=UserFactory(phone="13900001111", phone_verified=False), hub=hub, birth_on=BORN)


def test_twins_with_one_number_are_sent_to_the_counter(hub: Hub) -> None:
    for name in ("大双", "小双"):
        ResidentFactory(hub=hub, name=name, phone="13900001111", birth_on=BORN)
    with pytest.raises(RuleBroken, match="second_fact_wrong"):
        join_account(user=UserFactory(phone="13900001111"), hub=hub, birth_on=BORN)


def test_five_tries_an_hour_then_even_the_right_fact_waits(hub: Hub) -> None:
    ResidentFactory(hub=hub, phone="13900001111", birth_on=BORN)
    user = UserFactory(phone="13900001111")
    for _try in range(5):
        with pytest.raises(RuleBroken, match="second_fact_wrong"):
            join_account(user=user, hub=hub, id_tail="0000")
    with pytest.raises(RuleBroken, match="too_many_tries"):
        join_account(user=user, hub=hub, birth_on=BORN)


def test_a_person_has_one_account_and_an_account_one_person_a_hub(hub: Hub, second_hub: Hub) -> None:
    user, first, second = UserFactory(), ResidentFactory(hub=hub), ResidentFactory(hub=hub, name="李秀英")
    join_account_to_resident(user=user, resident=first, second_fact="desk")
    with pytest.raises(RuleBroken, match="account_taken"):
        join_account_to_resident(user=user, resident=second, second_fact="desk")
    with pytest.raises(RuleBroken, match="resident_has_account"):
        join_account_to_resident(user=UserFactory(), resident=first, second_fact="desk")
    elsewhere = ResidentFactory(hub=second_hub)
    assert join_account_to_resident(user=user, resident=elsewhere, second_fact="desk") == elsewhere


def test_a_wrongly_joined_account_is_detached(hub: Hub) -> None:
    resident = ResidentFactory(hub=hub, user=UserFactory())
    leave_account(resident=resident, by=user_with("clerk", hub), reason="认错人了")
    resident.refresh_from_db()
    assert resident.user is None


# --- erasing ---


def test_erasing_leaves_a_tombstone_that_says_nothing(hub: Hub) -> None:
    user, director = UserFactory(name="张桂兰"), user_with("director", hub)
    resident = ResidentFactory(hub=hub, phone="13800001234", id_number=id_number(), birth_on=BORN, user=user, building=BuildingFactory(hub=hub))
    entitled(hub, resident=resident)
    link_relatives(person=resident, kind="emergency", relative_name="王芳", relative_phone="13900001111")
    touched = erase_resident(resident=resident, by=director, reason="本人要求")
    resident.refresh_from_db()
    user.refresh_from_db()
    assert (touched["people.phones"], touched["people.relatives"], touched["people.account"], touched["people.entitlements"]) == (1, 1, 1, 1)
    assert (resident.name, resident.birth_on, resident.id_hash, resident.id_sealed, resident.user, resident.building) == ("", None, None, "", None, None)
    assert (user.is_active, user.phone, user.name, Entitlement.objects.get().document) == (False, None, "", "")
    with pytest.raises(RuleBroken, match="already_erased"):
        erase_resident(resident=resident, by=director, reason="再来一次")


def test_staff_keep_their_account_when_their_card_is_erased(hub: Hub) -> None:
    clerk = user_with("clerk", hub)
    erase_resident(resident=ResidentFactory(hub=hub, user=clerk), by=user_with("director", hub), reason="本人要求")
    clerk.refresh_from_db()
    assert clerk.is_active
