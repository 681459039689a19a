"""What pages ask about teams, shifts and sign-ups."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Q, Sum

from hub.core import clock
from hub.core.sql import nearest_first
from hub.hubs.models import Hub
from hub.people.models import Resident
from hub.people.queries import people_user_may_act_for
from mutualaid.volunteers import rules
from mutualaid.volunteers.models import Contribution, HoursEntry, Member, Shift, Shown, SignUp, Team, Training, VisitRound
from mutualaid.volunteers.states import SignUpStates
from mutualaid.volunteers.texts import SIGN_UP
from mutualaid.volunteers.totals import minutes_by_person

MOST_ON_BOARD = 60
FIRST_DAY = datetime(2000, 1, 1, tzinfo=clock.zone())


def open_shifts(hub: Hub) -> Any:
    """What one can sign up for, the next first, with how many places are taken."""
    return Shift.objects.at(hub).open(clock.now()).with_going().select_related("opportunity__team").order_by("starts_at", "id")


@dataclass(frozen=True, slots=True)
class TeamCard:
    """A team as the public reads it: how many, how many of them in the party or on the way there, what its members did."""

    team: Team
    members_count: int
    party_percent: int
    leader: str
    trainings_count: int
    listeners_count: int
    homes_count: int
    helped_count: int
    honours: list[Any]


def team_cards(hub: Hub) -> list[TeamCard]:
    """Every team at work. Four statements, however many teams."""
    teams = list(Team.objects.at(hub).active().prefetch_related("honours"))
    now_in = Member.objects.at(hub).on(clock.today())
    party = Count("id", filter=Q(is_party_member=True))
    members = {row["team"]: row for row in now_in.order_by("team").values("team").annotate(all=Count("id"), party=party)}
    leaders = {member.team_id: member.masked_name for member in now_in.filter(is_leader=True).select_related("resident")}
    visits = {row["member__team"]: row for row in sums_of_visits(VisitRound.objects.at(hub)).order_by("member__team")}
    held = {row["team"]: row for row in Training.objects.at(hub).order_by("team").values("team").annotate(all=Count("id"), heard=Sum("listeners_count"))}
    return [team_card(team, members.get(team.pk, {}), leaders.get(team.pk, ""), visits.get(team.pk, {}), held.get(team.pk, {})) for team in teams]


def sums_of_visits(rows: Any) -> Any:
    """Homes visited and helped, by team."""
    return rows.values("member__team").annotate(homes=Sum("homes_count"), helped=Sum("helped_count"))


def team_card(team: Team, members: Any, leader: str, visits: Any, held: Any) -> TeamCard:
    """One team with its sums."""
    everybody = members.get("all", 0)
    return TeamCard(
        team, everybody, rules.share_percent(members.get("party", 0), everybody), leader, held.get("all", 0), held.get("heard", 0) or 0,
        visits.get("homes", 0), visits.get("helped", 0), list(team.honours.all()),
    )  # fmt: skip


def sign_ups_of(user: Any, hub: Hub) -> Any:
    """Sign-ups of this account and those it may act for, what comes next first."""
    people = people_user_may_act_for(user, hub).values("pk")
    rows = SignUp.objects.at(hub).filter(for_person__in=people).select_related("shift__opportunity", "for_person", "hub")
    return rows.annotate(starts_at=F("shift__starts_at"), ends_at=F("shift__ends_at")).order_by(*nearest_first(clock.now()))


def place_in_line(sign_up: SignUp) -> int:
    """1 for who moves up next."""
    return SignUp.objects.in_turn().filter(shift_id=sign_up.shift_id, pk__lte=sign_up.pk).count()


def to_check_in(person: Resident) -> list[SignUp]:
    """Today's shifts of a volunteer that one can check in or out of now, the next first."""
    start, end = clock.day_bounds(clock.today())
    now = clock.now()
    rows = SignUp.objects.going().filter(for_person=person, shift__called_off_at=None, shift__starts_at__lt=end, shift__ends_at__gt=start)
    found = rows.select_related("shift__opportunity", "for_person").order_by("shift__starts_at", "id")
    return [row for row in found if row.left_at is None and (row.came_at is not None or now < row.shift.ends_at)]


def hours_of(person: Resident) -> Any:
    """A volunteer's book, the latest first."""
    return HoursEntry.objects.filter(resident=person).select_related("reversal", "reverses").order_by("-starts_at", "-id")


def hours_of_sign_ups(sign_ups: list[SignUp]) -> dict[int, HoursEntry]:
    """The entries that came from these sign-ups, by the sign-up's id."""
    refs = {str(sign_up.pk): sign_up.pk for sign_up in sign_ups}
    rows = HoursEntry.objects.filter(subject_label=SIGN_UP, subject_ref__in=refs, reverses=None)
    return {refs[entry.subject_ref]: entry for entry in rows}


@dataclass(frozen=True, slots=True)
class Thanked:
    """One name on the public board: only of who wants to stand there."""

    called: str
    minutes: int
    given: tuple[tuple[str, int], ...]


def thanked(hub: Hub) -> list[Thanked]:
    """Who is thanked in public, the most hours first; under a nickname or a masked name."""
    shown = list(Shown.objects.at(hub).filter(consent__withdrawn_at=None, resident__erased_at=None).select_related("resident")[: MOST_ON_BOARD * 5])
    sums = minutes_by_person(hub, FIRST_DAY, clock.now()) if shown else {}
    gave: dict[int, dict[str, int]] = {}
    for row in Contribution.objects.at(hub).filter(resident__in=[each.resident_id for each in shown]):
        of_them = gave.setdefault(row.resident_id, {})
        of_them[row.scheme_words] = of_them.get(row.scheme_words, 0) + 1
    board = [Thanked(each.called, sums.get(each.resident_id, 0), tuple(sorted(gave.get(each.resident_id, {}).items()))) for each in shown]
    return sorted(board, key=lambda row: (-row.minutes, row.called))[:MOST_ON_BOARD]


# --- the director's figures: each counts rows that a list can show --------------------------------------------------
def places_in(hub: Hub, start: datetime, end: datetime) -> Any:
    """Sign-ups that had a place in shifts of these days."""
    return SignUp.objects.at(hub).going().filter(shift__starts_at__gte=start, shift__starts_at__lt=end)


def to_decide(hub: Hub) -> Any:
    """What waits to be confirmed, the oldest first."""
    return HoursEntry.objects.at(hub).filed().select_related("resident", "team", "filed_by").order_by("filed_at", "id")


STATES_ON_A_SHEET = (SignUpStates.GOING, SignUpStates.ABSENT)
