"""What staff see and press."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hub.audit.models import Line
from hub.hubs.models import Hub
from hub.people.models import Consent, Entitlement, Organisation, OrganisationContact, Relationship, Resident, Role
from hub.people.states import Roles
from tests.cast import user_with
from tests.factories.people import (
    BORN,
    EntitlementFactory,
    HouseholdFactory,
    OrganisationContactFactory,
    OrganisationFactory,
    ResidentFactory,
    UserFactory,
    id_number,
)
from tests.factories.places import BuildingFactory

pytestmark = pytest.mark.django_db
SECRETS = ("张桂兰", "13800001234", id_number(), "1956-03-08", "王芳", "13900001111")


@pytest.fixture
def resident(hub: Hub) -> Resident:
    row: Resident = ResidentFactory(hub=hub, phone="13800001234", id_number=id_number(), birth_on=BORN, building=BuildingFactory(hub=hub), door="2-301")
    Relationship.objects.create(hub=hub, person=row, relative_name="王芳", relative_phone="13900001111", kind="emergency")
    EntitlementFactory(resident=row)
    return row


def text_of(response: Any) -> str:
    return str(response.content.decode())


def posted(client: Client, path: str, **facts: Any) -> Any:
    return client.post(path, facts)


SCREENS = {
    "/admin/residents/": {"operator", "clerk", "director"},
    "/admin/residents/find/": {"operator", "clerk", "director"},
    "/admin/residents/new/": {"operator", "clerk", "director"},
    "/admin/residents/inspect/{pk}/": {"operator", "clerk", "director"},
    "/admin/residents/edit/{pk}/": {"operator", "clerk", "director"},
    "/admin/residents/add-phone/{pk}/": {"operator", "clerk", "director"},
    "/admin/residents/add-relative/{pk}/": {"operator", "clerk", "director"},
    "/admin/residents/add-consent/{pk}/": {"operator", "clerk", "director"},
    "/admin/residents/set-household/{pk}/": {"operator", "clerk", "director"},
    "/admin/residents/reveal-contacts/{pk}/": {"operator", "clerk", "director"},
    "/admin/residents/reveal-id/{pk}/": {"clerk", "director"},
    "/admin/residents/add-entitlement/{pk}/": {"clerk", "director"},
    "/admin/residents/erase/{pk}/": {"director"},
    "/admin/residents/export/": {"director"},
    "/admin/residents/delete/{pk}/": set(),
    "/admin/resident_import/": {"clerk", "director"},
    "/admin/resident_import/sample/": {"clerk", "director"},
    "/admin/households/": {"operator", "clerk", "director"},
    "/admin/entitlements/": {"clerk", "director"},
    "/admin/organisations/": {"operator", "clerk", "coordinator", "director"},
    "/admin/organisations/new/": {"clerk", "director"},
    "/admin/organisation_contacts/": {"clerk", "director"},
    "/admin/staff/": {"director", "admin"},
    "/admin/staff/new/": {"director", "admin"},
}


@pytest.mark.parametrize("path", SCREENS)
def test_each_screen_opens_to_its_roles_and_to_nobody_else(path: str, as_role: Any, resident: Resident) -> None:
    opened = {role for role in Roles.values if as_role(role).get(path.format(pk=resident.pk)).status_code == 200}
    assert opened == SCREENS[path]


@pytest.mark.parametrize("path", [path for path in SCREENS if "{pk}" in path])
def test_staff_of_another_hub_open_nobodys_card(path: str, as_role: Any, second_hub: Hub, resident: Resident) -> None:
    assert as_role("director", at=second_hub).get(path.format(pk=resident.pk)).status_code == 404


@pytest.mark.parametrize("path", ["/admin/residents/", "/admin/residents/inspect/{pk}/", "/admin/entitlements/"])
def test_lists_and_cards_are_masked(path: str, as_role: Any, resident: Resident) -> None:
    page = text_of(as_role("clerk").get(path.format(pk=resident.pk)))
    assert ([secret for secret in SECRETS if secret in page], "张**" in page) == ([], True)


def test_the_edit_form_never_shows_the_id_number(as_role: Any, resident: Resident) -> None:
    page = text_of(as_role("clerk").get(f"/admin/residents/edit/{resident.pk}/"))
    assert (id_number() in page, id_number()[-4:] + '"' in page) == (False, False)


def test_a_resident_is_entered_by_the_form(as_role: Any, hub: Hub) -> None:
    response = posted(
        as_role("operator"), "/admin/residents/new/", name="阿卜杜拉·买买提", phone="０３７１ 66210001", language="zh-hans", flags=["wheelchair"],
        id_kind="resident", id_number=id_number(),
    )  # fmt: skip
    row = Resident.objects.get()
    assert (response.status_code, row.name, row.hub, row.flags, [phone.number for phone in row.phones.all()], row.id_tail) == (
        302, "阿卜杜拉·买买提", hub, ["wheelchair"], ["037166210001"], id_number()[-4:],
    )  # fmt: skip


def test_what_the_form_refuses_stands_at_its_field_with_what_was_typed(as_role: Any, hub: Hub) -> None:
    response = posted(as_role("clerk"), "/admin/residents/new/", name="张桂兰", phone="12", language="zh-hans", id_kind="resident", id_number="123")
    form = response.context["form"]
    assert (response.status_code, sorted(form.errors), form["name"].value(), Resident.objects.count()) == (200, ["id_number", "phone"], "张桂兰", 0)


def test_editing_changes_plain_facts_and_keeps_the_id(as_role: Any, resident: Resident) -> None:
    posted(as_role("clerk"), f"/admin/residents/edit/{resident.pk}/", name="张桂花", language="en", id_kind="resident", birth_on="1956-03-08")
    resident.refresh_from_db()
    assert (resident.name, resident.initials, resident.language, resident.id_tail) == ("张桂花", "zgh", "en", id_number()[-4:])
    assert Line.objects.filter(verb="change", subject_ref=str(resident.pk)).count() == 1


@pytest.mark.parametrize("asked", ["张桂", "zgl", "ZGL", "13800001234", "138 0000 1234", "1234", id_number(), id_number().lower(), id_number()[-4:]])
def test_a_resident_is_found_by_whatever_is_known(as_role: Any, resident: Resident, asked: str) -> None:
    response = posted(as_role("operator"), "/admin/residents/find/", asked=asked)
    assert (response.context["found"], [secret for secret in SECRETS if secret in text_of(response) and secret != asked]) == ([resident], [])


@pytest.mark.parametrize("asked", ["%", "_", "李", "9999", "x' OR 1=1 --", "１２", "."])
def test_nobody_is_found_by_nothing(as_role: Any, resident: Resident, asked: str) -> None:
    assert posted(as_role("operator"), "/admin/residents/find/", asked=asked).context["found"] == []


def test_revealing_takes_a_reason_and_shows_once(as_role: Any, resident: Resident) -> None:
    client, path = as_role("clerk"), f"/admin/residents/reveal-id/{resident.pk}/"
    without = text_of(posted(client, path, reason=" "))
    shown = posted(client, path, reason="办理低保")
    assert (id_number() in without, id_number() in text_of(shown), id_number() in text_of(client.get(path))) == (False, True, False)
    assert (Line.objects.filter(verb="reveal_id").count(), "no-store" in shown["Cache-Control"]) == (1, True)


def test_the_buttons_of_a_card(as_role: Any, hub: Hub, resident: Resident) -> None:
    clerk, card = as_role("clerk"), f"/admin/residents/{{}}/{resident.pk}/"
    posted(clerk, card.format("add-phone"), number="13800001235", note="女儿的")
    ResidentFactory(hub=hub, name="李秀英", phone="13900002222")
    posted(clerk, card.format("add-relative"), kind="family", relative_name="李秀英", relative_phone="13900002222", may_act="on")
    posted(clerk, card.format("add-consent"), purpose="basic")
    posted(clerk, card.format("add-entitlement"), kind="disabled", proof="committee", document="居委会", valid_from="2026-01-01")
    added = Entitlement.objects.get(kind="disabled")
    posted(clerk, f"/admin/entitlements/verify/{added.pk}/")
    household = HouseholdFactory(hub=hub, building=resident.building)
    posted(clerk, card.format("set-household"), household=household.pk)
    added.refresh_from_db()
    resident.refresh_from_db()
    assert (
        resident.phones.count(), resident.relatives.filter(may_act=True).count(), sorted(resident.consents.values_list("purpose", flat=True)),
        added.verified_by, resident.household,
    ) == (2, 1, ["act_for_me", "basic"], user_with("clerk", hub), household)  # fmt: skip


def test_what_is_on_a_card_is_taken_off_again(as_role: Any, resident: Resident) -> None:
    clerk = as_role("clerk")
    posted(clerk, f"/admin/residents/remove-phone/{resident.phones.get().pk}/")
    posted(clerk, f"/admin/residents/end-link/{resident.relatives.get().pk}/", reason="搬走了")
    posted(clerk, f"/admin/entitlements/revoke/{resident.entitlements.get().pk}/", reason="过期")
    posted(clerk, f"/admin/residents/add-consent/{resident.pk}/", purpose="basic")
    posted(clerk, f"/admin/residents/withdraw-consent/{Consent.objects.get().pk}/")
    assert (
        resident.phones.count(), resident.relatives.filter(ended_at=None).count(), resident.entitlements.filter(revoked_at=None).count(),
        Consent.objects.standing().count(),
    ) == (0, 0, 0, 0)  # fmt: skip


def test_a_get_presses_no_button(as_role: Any, resident: Resident) -> None:
    lines = Line.objects.count()
    clerk = as_role("director")
    lines = Line.objects.count()
    for path in SCREENS:
        clerk.get(path.format(pk=resident.pk))
    assert Line.objects.count() == lines


def test_the_director_erases(as_role: Any, resident: Resident) -> None:
    posted(as_role("director"), f"/admin/residents/erase/{resident.pk}/", reason="本人要求")
    resident.refresh_from_db()
    assert (resident.is_erased, resident.name) == (True, "")
    card = as_role("director").get(f"/admin/residents/inspect/{resident.pk}/")
    assert (card.status_code, as_role("director").get(f"/admin/residents/edit/{resident.pk}/").status_code) == (200, 404)


# --- organisations ---


def test_organisations_are_kept(as_role: Any, hub: Hub) -> None:
    posted(as_role("clerk"), "/admin/organisations/new/", name_zh="第一小学", kind="public", is_of_the_area="on", is_council_member="on", is_active="on")
    row = Organisation.objects.get()
    assert (row.hub, row.has_free_rooms, row.is_council_member) == (hub, True, True)


def test_a_contact_is_an_account_or_a_name_and_a_phone(as_role: Any, hub: Hub) -> None:
    organisation, clerk, path = OrganisationFactory(hub=hub), as_role("clerk"), "/admin/organisation_contacts/new/"
    UserFactory(username="xiaoxue")
    nobody = posted(clerk, path, organisation=organisation.pk, is_active="on")
    unknown = posted(clerk, path, organisation=organisation.pk, account="nobody", is_active="on")
    posted(clerk, path, organisation=organisation.pk, account="xiaoxue", is_active="on")
    posted(clerk, path, organisation=organisation.pk, name="王芳", phone="13900001111", is_active="on")
    found = [(contact.user.username if contact.user else "", contact.phone) for contact in OrganisationContact.objects.order_by("id")]
    assert (nobody.status_code, sorted(unknown.context["form"].errors), found) == (200, ["account"], [("xiaoxue", ""), ("", "13900001111")])


def test_an_organisation_of_another_hub_is_no_choice(as_role: Any, second_hub: Hub) -> None:
    theirs = OrganisationFactory(hub=second_hub)
    response = posted(as_role("clerk"), "/admin/organisation_contacts/new/", organisation=theirs.pk, name="王芳", phone="13900001111")
    assert (sorted(response.context["form"].errors)[-1], OrganisationContact.objects.count()) == ("organisation", 0)


# --- roles ---


def test_the_director_grants_and_revokes(as_role: Any, hub: Hub) -> None:
    director, user = as_role("director"), UserFactory(username="xiaowang")
    posted(director, "/admin/staff/new/", account="xiaowang", role="clerk")
    role = Role.objects.get(user=user)
    granted = (role.hub, role.role)
    posted(director, f"/admin/staff/revoke/{role.pk}/", reason="离职")
    assert (granted, Role.objects.filter(user=user).count(), Line.objects.filter(verb="revoke_role").get().reason) == ((hub, "clerk"), 0, "离职")


def test_nobody_changes_a_role_of_their_own(as_role: Any, hub: Hub) -> None:
    director = as_role("director")
    own = Role.objects.get(role="director")
    refused = posted(director, "/admin/staff/new/", account=own.user.username, role="admin")
    revoked = posted(director, f"/admin/staff/revoke/{own.pk}/", reason="试试")
    assert (sorted(refused.context["form"].errors), revoked.status_code, Role.objects.filter(user=own.user).count()) == (["account"], 404, 1)


def test_an_unknown_account_is_told_at_the_field(as_role: Any) -> None:
    response = posted(as_role("admin"), "/admin/staff/new/", account="nobody", role="clerk")
    assert sorted(response.context["form"].errors) == ["account"]


# --- what lists cost ---


def fill(hub: Hub, count: int) -> None:
    for place in range(count):
        row = ResidentFactory(hub=hub, phone="13800001234", building=BuildingFactory(hub=hub))
        EntitlementFactory(resident=row, valid_from=date(2026, 1, 1 + place))
        HouseholdFactory(hub=hub, building=row.building)
        organisation = OrganisationFactory(hub=hub)
        OrganisationContactFactory(hub=hub, organisation=organisation, name="王芳", phone="13900001111")
        user_with("volunteer", hub, f"volunteer{row.pk}")


@pytest.mark.parametrize(
    "path",
    ["/admin/residents/", "/admin/households/", "/admin/entitlements/", "/admin/organisations/", "/admin/organisation_contacts/", "/admin/staff/"],
)
def test_a_list_asks_as_often_for_three_rows_as_for_one(path: str, as_role: Any, hub: Hub) -> None:
    director = as_role("director")
    fill(hub, 1)
    director.get(path)
    with CaptureQueriesContext(connection) as one:
        director.get(path)
    fill(hub, 2)
    with CaptureQueriesContext(connection) as three:
        director.get(path)
    assert len(three) == len(one)
