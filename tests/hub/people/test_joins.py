"""Where people appear elsewhere: the demo, the checks, what is handed over."""

import random
from typing import Any

import pytest

from hub.core import clock
from hub.core.demo import World
from hub.core.joins import demo_seeds, integrity_checks, periodic_jobs, personal_fields
from hub.hubs.models import Hub
from hub.people.models import ContactPhone, Entitlement, Organisation, Resident, Role, User
from hub.people.queries import (
    doors_of,
    entitlements_on,
    likely_same,
    organisations_of,
    people_user_may_act_for,
    personal_data_of,
    relatives_in_building,
    resident_of,
)
from hub.places.models import Building, Community, Grid
from tests.factories.people import OrganisationContactFactory, OrganisationFactory, RelationshipFactory, ResidentFactory, UserFactory, id_number
from tests.factories.places import BuildingFactory

pytestmark = pytest.mark.django_db
CHECKS = [check for check in integrity_checks if check.name.startswith("people.")]


@pytest.fixture
def world(hub: Hub, second_hub: Hub) -> World:
    built = World(hub=hub, second_hub=second_hub, now=clock.now(), random=random.Random(7))
    for name in ("places", "people"):
        demo_seeds[name].seed(built)
    return built


def found(name: str) -> list[str]:
    return list(integrity_checks[name].find())


def test_the_demo_has_its_area_and_its_people(world: World) -> None:
    assert (Community.objects.at(world.hub).count(), Grid.objects.at(world.hub).count(), Building.objects.at(world.hub).count()) == (5, 18, 54)
    assert (User.objects.count(), Role.objects.count(), Role.objects.filter(hub=world.second_hub).count()) == (18, 13, 1)
    assert (Resident.objects.count(), Organisation.objects.filter(is_council_member=True).count()) == (129, 4)
    assert [found(check.name) for check in CHECKS] == [[]] * len(CHECKS)
    assert not User.objects.filter(is_superuser=True).exists()


def test_the_demo_may_be_called_again(world: World) -> None:
    before = [model._default_manager.count() for model in (User, Role, Resident, ContactPhone, Entitlement, Organisation, Building)]
    for name in ("places", "people"):
        demo_seeds[name].seed(world)
    assert [model._default_manager.count() for model in (User, Role, Resident, ContactPhone, Entitlement, Organisation, Building)] == before


def test_the_cast_of_the_demo_can_do_what_its_story_says(world: World) -> None:
    neighbour, guardian, elder = (User.objects.get(username=name) for name in ("neighbour", "guardian", "elder"))
    acts = [[person.name for person in people_user_may_act_for(user, world.hub)] for user in (neighbour, guardian)]
    person = resident_of(elder, world.hub)
    assert person is not None
    assert (acts, [row.kind for row in entitlements_on(person.pk, clock.today())]) == (
        [["王建国", "刘桂兰"], ["陈丽", "陈小明"]], ["lone_elder"],
    )  # fmt: skip
    assert elder.check_password("elder")


def test_each_check_finds_what_it_looks_for(hub: Hub, second_hub: Hub, settings: Any) -> None:
    resident = ResidentFactory(hub=hub, id_number=id_number())
    ContactPhone.objects.create(hub=second_hub, resident=resident, number="13800001234")
    settings.INDEX_KEY = "lost"
    assert (len(found("people.hubs")), len(found("people.sealed"))) == (1, 1)


def test_everything_kept_about_a_person_is_handed_over(hub: Hub) -> None:
    resident = ResidentFactory(hub=hub, phone="13800001234", id_number=id_number(), user=UserFactory())
    RelationshipFactory(person=resident, relative_name="王芳", relative_phone="13900001111")
    data = personal_data_of(resident)
    assert (data["people.resident"][0]["id_number"], len(data["people.phones"]), len(data["people.relatives"]), len(data["people.account"])) == (
        id_number(), 1, 1, 1,
    )  # fmt: skip
    assert set(data) == {row.name for row in personal_fields}


def test_who_lives_in_a_building_and_whom_to_ring(hub: Hub, second_hub: Hub, as_role: Any, django_assert_num_queries: Any) -> None:
    building, theirs = BuildingFactory(hub=hub), BuildingFactory(hub=second_hub)
    for door in ("1-102", "1-101"):
        person = ResidentFactory(hub=hub, building=building, door=door, name=f"周{door[-1]}新", phone=f"1380000123{door[-1]}")
        RelationshipFactory(person=person, relative_name="王芳", relative_phone="13900001111")
    ResidentFactory(hub=hub, name="别处人")
    with django_assert_num_queries(3):  # the links, the people, their phones; of a link that leads to no resident there are no phones to ask for
        assert [person.door for person, _links in doors_of(building)] == ["1-101", "1-102"]
    page = as_role("operator").get("/admin/residents/building/", {"building": building.pk}).content.decode()
    assert (page.count("王*"), page.count("139****1111"), "138****1231" in page, "13800001231" in page, "别" in page) == (2, 2, True, False, False)
    for asked, answer in ((theirs.pk, 200), ("x", 200), ("", 200), ("9" * 30, 200)):
        page = as_role("operator").get("/admin/residents/building/", {"building": asked})
        assert (page.status_code, "请选楼栋。" in page.content.decode()) == (answer, True)
    assert as_role("volunteer").get("/admin/residents/building/").status_code in {302, 404}


def test_relatives_are_found_from_a_building(hub: Hub) -> None:
    building = BuildingFactory(hub=hub)
    inside, outside = ResidentFactory(hub=hub, building=building), ResidentFactory(hub=hub)
    link = RelationshipFactory(person=inside, relative_name="王芳", relative_phone="13900001111")
    RelationshipFactory(person=outside, relative_name="王芳", relative_phone="13900001111")
    assert list(relatives_in_building(building)) == [link]


def test_an_account_speaks_for_the_organisations_that_named_it(hub: Hub, second_hub: Hub) -> None:
    user, ours, theirs = UserFactory(), OrganisationFactory(hub=hub), OrganisationFactory(hub=second_hub)
    for organisation in (ours, theirs):
        OrganisationContactFactory(hub=organisation.hub, organisation=organisation, user=user)
    OrganisationContactFactory(hub=hub, organisation=OrganisationFactory(hub=hub), user=user, is_active=False)
    assert list(organisations_of(user, hub)) == [ours]


def test_who_is_about_to_be_added_twice_is_seen(hub: Hub) -> None:
    by_phone, by_name = ResidentFactory(hub=hub, name="李秀英", phone="13800001234"), ResidentFactory(hub=hub)
    assert likely_same(hub, name="张桂兰", phones=["13800001234"]) == [by_phone, by_name]


def test_uploaded_lists_are_forgotten_by_a_job() -> None:
    assert periodic_jobs["people.forget_imports"].every_minutes == 10
