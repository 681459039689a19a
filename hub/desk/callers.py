"""Finding a caller, and everything the card shows about one."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from hub.core import clock
from hub.core.joins import Caller, DeskRow, desk_cards, desk_finders
from hub.core.phones import normal_phone
from hub.core.references import clean_reference
from hub.core.wording import day_words
from hub.desk.models import Call
from hub.people.models import Entitlement, Relationship, Resident
from hub.people.queries import entitlements_on, search_residents
from hub.people.states import Flags
from hub.promises.models import Promise

MOST_FOUND = 9  # as many as there are number keys
MOST_OTHERS = 12
MOST_CALL_BACKS = 5
CALL_BACK, SUBJECT = "call_back", "desk.call"


@dataclass(frozen=True, slots=True)
class Found:
    """What the one box found: the number when it is one, people, and things by their reference (who it is about, the staff's page)."""

    number: str = ""
    people: list[Resident] = field(default_factory=list)
    things: list[tuple[Caller, str]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.people) + len(self.things)


def find(hub: Any, user: Any, typed: str) -> Found:
    """Phone, name, pinyin initials, last four of the ID, or a reference. Eight digits may be a local number and a reference: both are looked up."""
    typed = typed.strip()
    return Found(normal_phone(typed, area_code=hub.area_code), search_residents(hub, typed, limit=MOST_FOUND), things_by(hub, user, clean_reference(typed)))


def things_by(hub: Any, user: Any, reference: str) -> list[tuple[Caller, str]]:
    """What the domains have under a reference."""
    if not reference:
        return []
    found = (finder.find(hub, reference) for finder in desk_finders if finder.may(user))
    return [thing for thing in found if thing is not None]


def people_at(hub: Any, number: str) -> list[Resident]:
    """Everybody for whom this number is recorded: several elders share one landline."""
    if not number:
        return []
    rows = Resident.objects.at(hub).living().filter(phones__number=number).select_related("building__grid__community")
    return list(rows.distinct().order_by("id")[:MOST_FOUND])


def others_for(call: Call, behind: list[Resident]) -> tuple[Resident, ...]:
    """Whom the caller may be asking for: those at the same number, in the same household, and those a recorded link names."""
    person = call.person
    found = {row.pk: row for row in behind}
    if person is not None:
        links = Relationship.objects.standing().filter(Q(relative=person) | Q(person=person))
        asked = Q(pk__in=links.values("person")) | Q(pk__in=links.filter(relative__isnull=False).values("relative"))
        if person.household_id:
            asked |= Q(household=person.household_id)
        rows = Resident.objects.at(call.hub).living().filter(asked).select_related("building__grid__community").order_by("id")
        found |= {row.pk: row for row in rows[:MOST_OTHERS]}
        found.pop(person.pk, None)
    return tuple(found.values())[:MOST_OTHERS]


def caller_of(call: Call, behind: list[Resident] | None = None) -> Caller:
    """The call as the domains read it."""
    behind = people_at(call.hub, call.phone) if behind is None else behind
    name = call.person.name if call.person else call.name
    return Caller(call.person, name, call.phone, call.channel, others_for(call, behind), call.token)


@dataclass(frozen=True, slots=True)
class Card:
    """The left side of the desk."""

    caller: Caller
    behind: list[Resident]
    flags: list[tuple[str, str]]
    entitlements: list[Entitlement]
    links: list[Relationship]
    call_backs: list[Promise]
    panels: list[tuple[Any, list[DeskRow]]]


def card_of(call: Call, user: Any) -> Card:
    """Everything about the caller that this role may see, at most a handful of each."""
    behind = people_at(call.hub, call.phone)
    caller = caller_of(call, behind)
    person = call.person
    return Card(
        caller,
        behind,
        list(flags_of(person)) if person else [],
        entitlements_on(person.pk if person else None, clock.today()),
        links_of(person) if person else [],
        list(call_backs_of(call)[:MOST_CALL_BACKS]),
        [(card.label, list(card.rows(call.hub, caller, user))) for card in desk_cards if card.may(user)],
    )


def flags_of(person: Resident) -> Iterator[tuple[str, str]]:
    """What to mind, and what to do about it: the guidance stands behind the colon of the flag's own words."""
    known = dict(Flags.choices)
    for code in person.flags:
        if code in known:
            what, _colon, guidance = str(known[code]).replace("：", ":").partition(":")
            yield what, guidance.strip()
    if person.flag_note:
        yield "", person.flag_note


def links_of(person: Resident) -> list[Relationship]:
    """Who stands by the person, to be rung."""
    rows = person.relatives.filter(ended_at=None).select_related("relative").prefetch_related("relative__phones")
    return list(rows.order_by("id")[:MOST_CALL_BACKS])


def call_backs_of(call: Call) -> Any:
    """Open call-backs promised to this person or number."""
    same = Q(person=call.person) if call.person else Q(pk=call.pk)
    if call.phone:
        same |= Q(phone=call.phone)
    tokens = Call.objects.at(call.hub).filter(same).values("token")
    rows = Promise.objects.at(call.hub).open().filter(kind=CALL_BACK, subject_label=SUBJECT, subject_ref__in=tokens)
    return rows.select_related("owner").order_by("due_at", "id")


def until_words(entitlement: Entitlement) -> str:
    """The last day on which it counts; '' while nobody has set one."""
    return day_words(entitlement.valid_to, with_year=True) if entitlement.valid_to else ""
