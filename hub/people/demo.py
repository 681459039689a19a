"""People for the demo: invented, with ID numbers of an area that does not exist and telephone numbers that ring nowhere."""

from datetime import date, timedelta
from typing import Any

from hub.core import clock
from hub.hubs.models import Hub
from hub.people.actions.accounts import AT_THE_DESK, join_account_to_resident
from hub.people.actions.consents import record_consent
from hub.people.actions.entitlements import add_entitlement, verify_entitlement
from hub.people.actions.relatives import link_by_phone, link_relatives
from hub.people.actions.residents import add_resident
from hub.people.actions.roles import grant_role
from hub.people.demo_people import CAST, GIVEN, ORGANISATIONS, ROLES, SURNAMES, Player
from hub.people.identity import put_id
from hub.people.initials import initials_of
from hub.people.models import ContactPhone, Entitlement, Household, Organisation, OrganisationContact, Resident, User
from hub.people.rules import check_digit
from hub.people.states import CONSENT_TEXT_VERSION, ConsentPurposes, EntitlementKinds, Flags, ProofKinds
from hub.places.models import Building

ORDINARY = 120  # at scale 1


def seed(world: Any) -> None:
    """The logins with their roles, the people behind them, organisations, and ordinary residents; safe to call again."""
    users = {username: put_user(username, name, place) for place, (username, name, _role) in enumerate(ROLES, start=1)}
    for username, _name, role in ROLES:
        if role:
            grant_role(user=users[username], hub=world.second_hub if username == "stranger" else world.hub, role=role)
    clerk = users["clerk"]
    people = {player.key: put_player(world.hub, player, users, clerk) for player in CAST}
    link_the_cast(people, clerk)
    put_organisations(world.hub, users["organisation"])
    put_ordinary(world, clerk)
    world.notes["users"], world.notes["residents"] = users, people


def put_user(username: str, name: str, place: int) -> User:
    """A login whose password is its name; an existing one is left as it is."""
    user, made = User.objects.get_or_create(
        username=username, defaults={"name": name, "phone": f"1380000{place:04d}", "phone_verified": True}
    )
    if made:
        user.set_password(username)
        user.save(update_fields=["password"])
    return user


def demo_id(born: date, serial: int) -> str:
    """An ID number that adds up, of the unassigned area 990000."""
    first = f"990000{born:%Y%m%d}{serial % 1000:03d}"
    return first + check_digit(first)


def put_player(hub: Hub, player: Player, users: dict[str, User], clerk: User) -> Resident:
    """One person of the cast, entitled where it says so."""
    number = demo_id(player.born, player.serial)
    found = Resident.objects.at(hub).filter(name=player.name, birth_on=player.born).first()
    if found:
        return found
    user = users.get(player.key)
    phones = [player.phone or (user.phone if user and user.phone else "")]
    building = Building.objects.at(hub).order_by("pk")[player.house]
    resident = add_resident(
        hub=hub, name=player.name, by=clerk, id_kind="resident", id_number=number, building=building, door=player.door,
        flags=player.flags, phones=phones,
    )  # fmt: skip
    if not player.is_child:
        for purpose in (ConsentPurposes.BASIC, ConsentPurposes.SENSITIVE):
            record_consent(resident=resident, purpose=purpose, text_version=CONSENT_TEXT_VERSION, by=clerk)
    if user:
        join_account_to_resident(user=user, resident=resident, second_fact=AT_THE_DESK, by=clerk)
    if player.entitled:
        entitlement = add_entitlement(
            resident=resident, kind=player.entitled, proof=player.proof, document=player.document, valid_from=date(2026, 1, 1), by=clerk
        )
        verify_entitlement(entitlement=entitlement, by=clerk)
    return resident


def link_the_cast(people: dict[str, Resident], clerk: User) -> None:
    """Who stands by whom: the neighbour acts for the elder, the guardian for her son, a daughter far away is only rung."""
    if people["elder"].relatives.exists():
        return
    consent = record_consent(
        resident=people["elder"], purpose=ConsentPurposes.ACT_FOR_ME, text_version=CONSENT_TEXT_VERSION, by=clerk
    )
    link_relatives(person=people["elder"], relative=people["neighbour"], kind="proxy", note="邻居", may_act=True, consent=consent, by=clerk)
    link_by_phone(
        person=people["elder"], kind="emergency", relative_name="刘小燕", relative_phone="13800009001", note="侄女，在洛阳",
        text_version=CONSENT_TEXT_VERSION, by=clerk,
    )  # fmt: skip
    consent = record_consent(
        resident=people["child"], purpose=ConsentPurposes.CHILD, text_version=CONSENT_TEXT_VERSION, given_by=people["guardian"], by=clerk
    )
    link_relatives(person=people["child"], relative=people["guardian"], kind="guardian", note="母亲", may_act=True, consent=consent, by=clerk)
    consent = record_consent(resident=people["mother"], purpose=ConsentPurposes.ACT_FOR_ME, text_version=CONSENT_TEXT_VERSION, by=clerk)
    link_relatives(person=people["mother"], relative=people["resident"], kind="family", note="女儿", may_act=True, consent=consent, by=clerk)


def put_organisations(hub: Hub, speaker: User) -> None:
    """Council members, others of the area, one from elsewhere; the login `organisation` speaks for the first."""
    for name, english, kind, address, is_member, is_of_the_area in ORGANISATIONS:
        organisation, _made = Organisation.objects.get_or_create(
            hub=hub, name_zh=name,
            defaults={"name_en": english, "kind": kind, "address_zh": address, "is_council_member": is_member, "is_of_the_area": is_of_the_area},
        )  # fmt: skip
    first = Organisation.objects.get(hub=hub, name_zh=ORGANISATIONS[0][0])
    OrganisationContact.objects.get_or_create(hub=hub, organisation=first, user=speaker, defaults={"name": speaker.name, "phone": speaker.phone or ""})


def put_ordinary(world: Any, clerk: User) -> None:
    """Everybody else: households, shared phones, every tenth entitled, some of those still waiting to be verified."""
    wanted = ORDINARY * world.scale
    hub, chance = world.hub, world.random
    if Resident.objects.at(hub).count() >= wanted:
        return
    buildings = list(Building.objects.at(hub).order_by("pk"))
    households, residents, numbers = [], [], []
    for place in range(wanted):
        if place % 3 == 0:
            door = f"{chance.randint(1, 3)}-{chance.randint(1, 6)}0{chance.randint(1, 4)}"
            households.append(Household(hub=hub, building=chance.choice(buildings), door=door))
            phone = f"1380{place // 3:07d}"
        residents.append(ordinary(hub, households[-1], place, chance))
        numbers.append(phone)
    Household.objects.bulk_create(households, batch_size=500)
    Resident.objects.bulk_create(residents, batch_size=500)
    ContactPhone.objects.bulk_create(
        (ContactPhone(hub=hub, resident=row, number=number, is_first=True) for row, number in zip(residents, numbers, strict=True)), batch_size=500
    )
    Entitlement.objects.bulk_create((entitled(row, clerk, place, world.now) for place, row in enumerate(residents[::10])), batch_size=500)


def ordinary(hub: Hub, household: Household, place: int, chance: Any) -> Resident:
    """One resident, unsaved; every seventh without an ID number, as it is in the lists that centres really have."""
    born = date(1935, 1, 1) + timedelta(days=chance.randint(0, 80 * 365))
    name = chance.choice(SURNAMES) + chance.choice(GIVEN) + (chance.choice(GIVEN) if chance.random() < 0.7 else "")
    resident = Resident(
        hub=hub, name=name, initials=initials_of(name), birth_on=born, building=household.building, door=household.door, household=household,
        flags=[chance.choice(Flags.values)] if chance.random() < 0.1 else [],
    )  # fmt: skip
    if place % 7:
        resident.birth_on = born = born + timedelta(days=place // 1000)  # the serial has three digits; the day keeps the rest apart
        put_id(resident, demo_id(born, place), "resident")
    return resident


def entitled(resident: Resident, clerk: User, place: int, now: Any) -> Entitlement:
    """An entitlement, unsaved; every fourth waits for somebody to see the paper."""
    kind = EntitlementKinds.values[place % len(EntitlementKinds.values)]
    proof = ProofKinds.COMMITTEE if place % 3 == 0 else ProofKinds.CERTIFICATE
    is_verified = place % 4 != 3
    return Entitlement(
        hub=resident.hub, resident=resident, kind=kind, proof=proof, document="居委会证明" if proof == ProofKinds.COMMITTEE else f"证 {place:04d}",
        valid_from=date(2026, 1, 1), valid_to=clock.local(now).date() + timedelta(days=200), entered_by=clerk,
        verified_by=clerk if is_verified else None, verified_at=now if is_verified else None,
    )  # fmt: skip
