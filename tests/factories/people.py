"""People for tests: invented, with ID numbers of an unassigned area code."""

from datetime import date
from typing import Any

import factory

from hub.core import clock
from hub.people.identity import put_id
from hub.people.initials import initials_of
from hub.people.models import (
    Consent,
    ContactPhone,
    Entitlement,
    Household,
    Organisation,
    OrganisationContact,
    Relationship,
    Resident,
    User,
)
from hub.people.rules import check_digit
from hub.people.states import Channels, ConsentPurposes, EntitlementKinds, OrganisationKinds, ProofKinds, RelationKinds
from tests.factories.places import BuildingFactory

BORN = date(1956, 3, 8)


def id_number(born: date = BORN, serial: int = 1) -> str:
    """A number that adds up, of area 990000, which nobody is registered in."""
    first = f"990000{born:%Y%m%d}{serial:03d}"
    return first + check_digit(first)


class UserFactory(factory.django.DjangoModelFactory):
    """An account with a verified number."""

    class Meta:
        model = User

    username = factory.Sequence(lambda number: f"user{number}")
    phone = factory.Sequence(lambda number: f"1390000{number:04d}")
    phone_verified = True


class ResidentFactory(factory.django.DjangoModelFactory):
    """`ResidentFactory(hub=hub, phone="13800001234", id_number="…")`."""

    class Meta:
        model = Resident

    name = "张桂兰"

    @classmethod
    def _create(cls, model_class: Any, *args: Any, phone: str = "", id_number: str = "", **facts: Any) -> Resident:
        resident = Resident(**facts, initials=initials_of(facts["name"]))
        put_id(resident, id_number, "resident")
        resident.save()
        if phone:
            ContactPhone.objects.create(hub=resident.hub, resident=resident, number=phone, is_first=True)
        return resident


class HouseholdFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Household

    building = factory.SubFactory(BuildingFactory, hub=factory.SelfAttribute("..hub"))
    door = "2-301"


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    name_zh = factory.Sequence(lambda number: f"第{number}小学")
    kind = OrganisationKinds.PUBLIC


class OrganisationContactFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrganisationContact


class ConsentFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Consent

    hub = factory.SelfAttribute("resident.hub")
    purpose = ConsentPurposes.ACT_FOR_ME
    text_version = "2026-11"
    channel = Channels.COUNTER
    given_at = factory.LazyFunction(clock.now)


class RelationshipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Relationship

    hub = factory.SelfAttribute("person.hub")
    kind = RelationKinds.FAMILY


class EntitlementFactory(factory.django.DjangoModelFactory):
    """Unverified unless `verified_by` and `verified_at` are given."""

    class Meta:
        model = Entitlement

    hub = factory.SelfAttribute("resident.hub")
    kind = EntitlementKinds.LOW_INCOME
    proof = ProofKinds.CERTIFICATE
    document = "低保证 0001"
    valid_from = date(2026, 1, 1)

