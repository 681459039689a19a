"""Teams, shifts, hours and thanks for the demo, in every state. Every name is invented; the same seed gives the same demo."""

from datetime import date, datetime, time, timedelta
from typing import Any

from hub.core import clock
from hub.core.references import new_token
from hub.people.actions.consents import record_consent
from hub.people.actions.residents import add_resident
from hub.people.models import Resident
from hub.people.states import CONSENT_TEXT_VERSION, ConsentPurposes
from hub.places.models import Community
from mutualaid.volunteers.actions import ask_correction, confirm, draw_certificate, file_hours, plan_shift, refuse, reverse, show
from mutualaid.volunteers.actions.presence import hours_of
from mutualaid.volunteers.models import Honour, Member, Opportunity, Shift, SignUp, Team, Training, VisitRound
from mutualaid.volunteers.states import SignUpStates

# name, English, what they do, English
TEAMS = (
    ("锦里志愿服务队", "Jinli service team", "讲政策、走访居民、帮着网上办事", "Explains policies, visits homes, helps to apply online"),
    ("红马甲楼门队", "Red vest team", "守楼门、扶老人、清楼道", "Looks after doors, stairs and elders"),
    ("小蜜蜂青年队", "Young bees", "周末陪孩子读书、教老人用手机", "Reads with children, shows elders the phone"),
)
# team, name, English, what, English, where, English, youngest, starts, hours, places
WORK = (
    (0, "便民站引导", "Guide at the living station", "教老人用自助机，陪着排队", "Shows elders the machines and waits with them", "一楼便民站", "Ground floor, living station", 0, 9, 2, 4),
    (0, "政策小讲堂", "Policy talk", "一人讲，大家备课", "Prepared together, presented by one", "三楼会议室", "Third floor, meeting room", 18, 14, 2, 3),
    (1, "楼道清洁日", "Stairwell cleaning", "清杂物、擦扶手", "Clears the stairs, wipes the handrails", "南顺城街8号院", "Courtyard, 8 Nanshuncheng Street", 0, 8, 3, 10),
    (2, "4:30课堂助教", "Helper of the 4:30 class", "陪孩子写作业、读书", "Homework and reading with children", "二楼儿童课堂", "Second floor, children's class", 16, 16, 2, 2),
    (2, "手机课堂", "Phone class", "一对一教老人用手机", "Teaches elders the phone, one to one", "二楼阅览室", "Second floor, reading room", 0, 10, 2, 6),
)  # fmt: skip
TOPICS = ("医保异地就医备案", "老年人优待证怎么办", "新生儿一件事", "灵活就业社保缴费")


def seed(world: Any) -> None:
    """Three teams, five kinds of work, shifts of six weeks, a year of hours; safe to call again."""
    if Team.objects.at(world.hub).exists():
        return
    users = world.notes["users"]
    people = volunteers_of(world)
    teams = [put_team(world, place, people) for place in range(len(TEAMS))]
    put_trainings(world, teams)
    work = [put_work(world, teams, place) for place in range(len(WORK))]
    for place, opportunity in enumerate(work):
        put_shifts(world, opportunity, place, people, users["coordinator"])
    put_hours(world, people, users)
    put_a_child(world, work[-1], users["clerk"])


def volunteers_of(world: Any) -> list[Resident]:
    """The logins that have a person, and ordinary grown-ups; the login `volunteer` gets one."""
    user = world.notes["users"]["volunteer"]
    known = Resident.objects.at(world.hub).filter(user=user).first()
    own = known or add_resident(hub=world.hub, name=user.name, by=user, phones=[user.phone] if user.phone else [], user=user)
    cast = [world.notes["residents"][key] for key in ("resident", "neighbour", "guardian") if key in world.notes["residents"]]
    grown_up = Resident.objects.at(world.hub).living().filter(user=None, birth_on__lt=date(2000, 1, 1), birth_on__gt=date(1945, 1, 1))
    return [own, *cast, *grown_up.order_by("pk")[:30]]


def put_team(world: Any, place: int, people: list[Resident]) -> Team:
    """A team with a leader, ten members, two in three in the party or on the way there, paired with communities."""
    name_zh, name_en, about_zh, about_en = TEAMS[place]
    team: Team = Team.objects.create(hub=world.hub, name_zh=name_zh, name_en=name_en, about_zh=about_zh, about_en=about_en)
    if place < 2:
        Honour.objects.create(team=team, given_on=date(2025, 12, 5), title_zh="年度优秀志愿服务队", title_en="Volunteer team of the year")
    communities = list(Community.objects.filter(hub=world.hub).order_by("pk"))
    for number, person in enumerate(people[place::3][:11]):
        member = Member.objects.create(
            hub=world.hub, team=team, resident=person, is_leader=number == 0, is_party_member=number % 3 != 2, joined_on=date(2026, 1, 1 + number),
            left_on=date(2026, 6, 30) if number == 10 else None,
        )  # fmt: skip
        if communities:
            member.communities.set([communities[number % len(communities)]])
            member.save()
    return team


def put_trainings(world: Any, teams: list[Team]) -> None:
    """Four trainings and a month of home visits of the first team."""
    members = list(Member.objects.filter(team=teams[0], left_on=None).order_by("pk"))
    today = clock.local(world.now).date()
    communities = list(Community.objects.filter(hub=world.hub).order_by("pk"))
    for place, topic in enumerate(TOPICS):
        training = Training.objects.create(
            hub=world.hub, team=teams[0], held_on=today - timedelta(days=10 + 14 * place), topic=topic, presenter=members[place % len(members)],
            listeners_count=world.random.randint(20, 90),
        )  # fmt: skip
        training.attendees.set(members[: 6 + place % 3])
        training.save()
    for place in range(24):
        homes = world.random.randint(8, 30)
        VisitRound.objects.create(
            hub=world.hub, member=members[place % len(members)], community=communities[place % len(communities)] if communities else None,
            made_on=today - timedelta(days=2 + place), homes_count=homes, helped_count=homes // 4,
        )  # fmt: skip


def put_work(world: Any, teams: list[Team], place: int) -> Opportunity:
    """One kind of work."""
    team, name_zh, name_en, about_zh, about_en, where_zh, where_en, youngest, *_times = WORK[place]
    made: Opportunity = Opportunity.objects.create(
        hub=world.hub, team=teams[team], name_zh=name_zh, name_en=name_en, about_zh=about_zh, about_en=about_en, where_zh=where_zh, where_en=where_en,
        needs_zh="会说普通话" if place == 1 else "", needs_en="Speaks Mandarin" if place == 1 else "", youngest=youngest,
    )  # fmt: skip
    return made


def put_shifts(world: Any, opportunity: Opportunity, place: int, people: list[Resident], coordinator: Any) -> None:
    """Three weeks back, today, three weeks ahead; the next one full with a waiting list, one called off."""
    hour, hours, places = WORK[place][8:11]
    today = clock.local(world.now).date()
    for week in range(-3, 4):
        day = today + timedelta(days=7 * week + place)
        start = clock.at(day, time(hour))
        shift = plan_shift(opportunity=opportunity, starts_at=start, ends_at=start + timedelta(hours=hours), places_count=places, by=coordinator)
        count = places if start < world.now else places + 2 if week == 1 else places // 2
        rows = [put_sign_up(shift, person, number) for number, person in enumerate(people[place : place + count])]
        if shift.ends_at < world.now:
            put_presence(shift, rows, coordinator)
        elif week == 3 and place == 2:
            Shift.objects.filter(pk=shift.pk).update(called_off_at=world.now, reason="天气预报有大雪，改期再办")
            SignUp.objects.filter(shift=shift).update(state=SignUpStates.CALLED_OFF, place_no=None, ended_at=world.now, reason="天气预报有大雪，改期再办")


def put_sign_up(shift: Shift, person: Resident, number: int) -> SignUp:
    """As it would stand: a place, or the waiting list."""
    has_place = number < shift.places_count
    made: SignUp = SignUp.objects.create(
        hub=shift.hub, shift=shift, token=new_token(), for_person=person, asked_by=person, asked_at=shift.starts_at - timedelta(days=6),
        state=SignUpStates.GOING if has_place else SignUpStates.WAITING, place_no=number + 1 if has_place else None,
    )  # fmt: skip
    return made


def put_presence(shift: Shift, rows: list[SignUp], coordinator: Any) -> None:
    """Who came and left; one did not check out, one did not come; the hours are confirmed but for the last shift's."""
    for number, row in enumerate(rows):
        if number == 3:
            SignUp.objects.filter(pk=row.pk).update(state=SignUpStates.ABSENT, place_no=None, ended_at=shift.ends_at)
            continue
        row.came_at, row.is_leaving_assumed = shift.starts_at - timedelta(minutes=5), number == 1
        row.left_at = shift.ends_at
        row.save(update_fields=["came_at", "left_at", "is_leaving_assumed"])
        entry = hours_of(row, by=row.person.user)
        if entry is not None and shift.ends_at < clock.now() - timedelta(days=7):
            confirm(entry=entry, by=coordinator)
    Shift.objects.filter(pk=shift.pk).update(settled_at=shift.ends_at + timedelta(minutes=40))


def put_hours(world: Any, people: list[Resident], users: Any) -> None:
    """A year of own hours; of the login `volunteer` in every state, with a correction asked for, a reversal and a certificate."""
    coordinator, today = users["coordinator"], clock.local(world.now).date()
    for number, person in enumerate(people[:12]):
        for step in range(6):
            put_entry(person, today - timedelta(days=40 + 45 * step + number), 19, 90, coordinator)
    own = people[0]
    put_entry(own, today - timedelta(days=3), 19, 60, None)
    refused = put_entry(own, today - timedelta(days=5), 19, 240, None)
    refuse(entry=refused, by=coordinator, reason="那天晚上没有安排，请再核对")
    ask_correction(entry=put_entry(own, today - timedelta(days=20), 13, 120, coordinator), words="其实三点半就走了", by=own.user)
    reverse(entry=put_entry(own, today - timedelta(days=25), 13, 180, coordinator), by=coordinator, reason="记成了别人的时间")
    draw_certificate(resident=own, first_on=today.replace(month=1, day=1), last_on=today, by=own.user)
    for person, nickname in ((own, "老郑"), (people[1], "")):
        show(resident=person, nickname=nickname, by=person.user)


def put_entry(person: Resident, day: date, hour: int, minutes: int, coordinator: Any) -> Any:
    """Own hours, confirmed where a coordinator is given."""
    start: datetime = clock.at(day, time(hour))
    entry = file_hours(resident=person, starts_at=start, ends_at=start + timedelta(minutes=minutes), what="帮邻居取药、买菜", by=person.user)
    return confirm(entry=entry, by=coordinator) if coordinator else entry


def put_a_child(world: Any, opportunity: Opportunity, clerk: Any) -> None:
    """The child of the cast comes along, with the mother's word."""
    people = world.notes["residents"]
    child, guardian = people.get("child"), people.get("guardian")
    if child is None or guardian is None:
        return
    record_consent(resident=child, purpose=ConsentPurposes.VOLUNTEER_CHILD, text_version=CONSENT_TEXT_VERSION, by=clerk, given_by=guardian)
    shift = Shift.objects.filter(opportunity=opportunity, starts_at__gt=world.now + timedelta(days=8)).order_by("starts_at").first()
    if shift is not None and SignUp.objects.living().filter(shift=shift).count() < shift.places_count:
        put_sign_up(shift, child, SignUp.objects.living().filter(shift=shift).count())
