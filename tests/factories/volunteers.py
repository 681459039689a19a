"""Teams, shifts, sign-ups and hours for tests."""

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any

import factory

from hub.core import clock
from hub.core.references import new_token
from hub.people.models import Resident, User
from hub.people.states import ConsentPurposes
from mutualaid.volunteers.actions import Joiner, confirm, draw_certificate, file_hours, plan_shift, sign_up
from mutualaid.volunteers.models import Certificate, Contribution, HoursEntry, Member, Opportunity, Shift, SignUp, Team, Training, VisitRound
from tests.cast import user_with
from tests.factories.people import ConsentFactory, RelationshipFactory, ResidentFactory, UserFactory

IN_A_FORTNIGHT = 14
_number = count(1)


class TeamFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Team

    name_zh = factory.Sequence(lambda n: f"第{n}服务队")
    name_en = "Service team"
    about_zh = "讲政策，帮着办"
    about_en = "Explains, and helps to apply"


class MemberFactory(factory.django.DjangoModelFactory):
    """Give it a `hub`."""

    class Meta:
        model = Member

    team = factory.SubFactory(TeamFactory, hub=factory.SelfAttribute("..hub"))
    resident = factory.SubFactory(ResidentFactory, hub=factory.SelfAttribute("..hub"))
    joined_on = date(2026, 1, 1)


class TrainingFactory(factory.django.DjangoModelFactory):
    """Give it a `presenter`."""

    class Meta:
        model = Training

    hub = factory.SelfAttribute("presenter.hub")
    team = factory.SelfAttribute("presenter.team")
    held_on = date(2026, 11, 20)
    topic = "医保异地备案"


class VisitRoundFactory(factory.django.DjangoModelFactory):
    """Give it a `member`."""

    class Meta:
        model = VisitRound

    hub = factory.SelfAttribute("member.hub")
    made_on = date(2026, 11, 20)
    homes_count = 12
    helped_count = 3


class OpportunityFactory(factory.django.DjangoModelFactory):
    """Work for everybody, which can be left until a day before."""

    class Meta:
        model = Opportunity

    name_zh = factory.Sequence(lambda n: f"便民站引导{n}")
    name_en = "Guide at the living station"
    about_zh = "教老人用自助机，陪着排队"
    about_en = "Shows elders the machines, waits with them"
    where_zh = "一楼便民站"
    where_en = "Ground floor, living station"


def a_volunteer(hub: Any, name: str = "郑勇", **given: Any) -> Resident:
    """A resident with an account and a mobile."""
    number = next(_number)
    made: Resident = ResidentFactory(
        **{"hub": hub, "name": name, "phone": f"1371000{number:04d}", "user": UserFactory(), "birth_on": date(1990, 1, 1), **given}
    )
    return made


def a_child(hub: Any, *, with_word: bool = False, **given: Any) -> tuple[Resident, Resident]:
    """Somebody of fifteen, and the guardian recorded with them; `with_word`: the guardian has agreed to volunteering."""
    child = a_volunteer(hub, **{"name": "陈小明", "birth_on": date(2011, 5, 1), "user": None, **given})
    guardian = a_volunteer(hub, "陈丽")
    consent = ConsentFactory(resident=child, purpose=ConsentPurposes.CHILD, given_by=guardian)
    RelationshipFactory(person=child, relative=guardian, kind="guardian", may_act=True, consent=consent)
    if with_word:
        ConsentFactory(resident=child, purpose=ConsentPurposes.VOLUNTEER_CHILD, given_by=guardian)
    return child, guardian


def a_shift(hub: Any, *, days: int = IN_A_FORTNIGHT, start: str = "09:00", end: str = "11:00", places: int = 2, **given: Any) -> Shift:
    """So many days from today."""
    opportunity = given.pop("opportunity", None) or OpportunityFactory(hub=hub, **given)
    day = clock.today() + timedelta(days=days)
    starts_at, ends_at = clock.at(day, time.fromisoformat(start)), clock.at(day, time.fromisoformat(end))
    return plan_shift(opportunity=opportunity, starts_at=starts_at, ends_at=ends_at, places_count=places)


def joined(shift: Shift, person: Resident | None = None, **given: Any) -> SignUp:
    """Somebody signs up by themselves."""
    person = person or a_volunteer(shift.hub)
    phone = person.phones.first()
    by = Joiner(**{"person": person, "phone": phone.number if phone else "", "asked_by": person, "user": person.user, **given})
    return sign_up(shift=shift, by=by, token=new_token())


def at(day: str, clock_time: str) -> datetime:
    """`at("2026-11-20", "09:00")` on the wall clock of the house."""
    return clock.at(date.fromisoformat(day), time.fromisoformat(clock_time))


def filed(person: Resident, day: str = "2026-11-20", start: str = "09:00", end: str = "11:00", **given: Any) -> HoursEntry:
    """Own hours, waiting."""
    return file_hours(**{"resident": person, "starts_at": at(day, start), "ends_at": at(day, end), "what": "帮邻居买菜", "by": person.user, **given})


def confirmed(person: Resident, *span: str, by: User | None = None, **given: Any) -> HoursEntry:
    """Own hours the coordinator has confirmed."""
    return confirm(entry=filed(person, *span, **given), by=by or user_with("coordinator", person.hub))


def a_certificate(entry: HoursEntry) -> Certificate:
    """Of the whole year of this entry."""
    last_on = clock.today()
    return draw_certificate(resident=entry.resident, first_on=last_on.replace(month=1, day=1), last_on=last_on, by=entry.resident.user)


def a_contribution(person: Resident, ref: str = "1") -> Contribution:
    """What some scheme would have written."""
    made: Contribution = Contribution.objects.create(
        hub=person.hub,
        resident=person,
        scheme="tests",
        what="找出报纸差错",
        given_at=clock.now(),
        subject_label="tests.thing",
        subject_ref=f"{person.pk}-{ref}",
    )
    return made
