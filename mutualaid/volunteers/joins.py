"""Where volunteers appear elsewhere."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hub.core import clock
from hub.core.errors import SENTENCES
from hub.core.joins import (
    ClosingKind,
    DemoSeed,
    DeskCard,
    DeskTask,
    Figure,
    IntegrityCheck,
    MyThings,
    PeriodicJob,
    PersonalFields,
    PromiseKind,
    ReviewPart,
    closing_kinds,
    demo_seeds,
    desk_cards,
    desk_tasks,
    figures,
    integrity_checks,
    my_things,
    periodic_jobs,
    personal_fields,
    promise_kinds,
    review_parts,
)
from hub.people.queries import resident_of
from hub.people.states import SERVES_RESIDENTS
from mutualaid.volunteers import demo, desk, jobs, queries, review, sentences
from mutualaid.volunteers.actions.months import HOURS_MONTH
from mutualaid.volunteers.actions.reversals import CORRECTION
from mutualaid.volunteers.models import Certificate, Contribution, HoursEntry, Member, Shift, Shown, SignUp, Training, VisitRound
from mutualaid.volunteers.permissions import user_can_close_months, user_can_reopen_months, user_can_see_hours
from mutualaid.volunteers.rules import minutes_of
from mutualaid.volunteers.states import HoursStates, SignUpStates, TakesTime
from mutualaid.volunteers.totals import minutes_by_person


def serves_at_the_desk(user: Any) -> bool:
    """Who sits at the desk."""
    return bool(user.is_at_work_as(SERVES_RESIDENTS))


def own_hours(user: Any, hub: Any) -> Any:
    """The book of who has signed in; others' books are nobody's."""
    person = resident_of(user, hub)
    return queries.hours_of(person) if person else HoursEntry.objects.none()


# --- what must never be ---------------------------------------------------------------------------------------------
def strayed() -> Iterator[str]:
    """Rows that belong to another hub than the people or things they are about."""
    kinds: list[tuple[Any, str]] = [
        (Member, "team"), (Member, "resident"), (Training, "team"), (VisitRound, "member"), (Shift, "opportunity"), (SignUp, "shift"), (SignUp, "for_person"),
        (HoursEntry, "resident"), (Certificate, "resident"), (Contribution, "resident"), (Shown, "resident"),
    ]  # fmt: skip
    for model, field in kinds:
        for pk in model.objects.exclude(hub=F(f"{field}__hub")).values_list("pk", flat=True):
            yield f"{model._meta.label} {pk} belongs to another hub than its {field}"


def other_minutes() -> Iterator[str]:
    """Entries whose minutes are not what lies between their times."""
    for pk, start, end, minutes in HoursEntry.objects.values_list("pk", "starts_at", "ends_at", "minutes").iterator(chunk_size=5000):
        if abs(minutes) != minutes_of((start, end)):
            yield f"hours {pk} say {minutes} minutes, their times say otherwise"


def half_reversed() -> Iterator[str]:
    """Reversals that are not the very opposite of what they reverse, and confirmed entries without their time that nobody reversed."""
    others = ~Q(minutes=-F("reverses__minutes")) | ~Q(resident=F("reverses__resident")) | ~Q(starts_at=F("reverses__starts_at"))
    for pk in HoursEntry.objects.filter(reverses__isnull=False).filter(others | Q(reverses__takes_time=TakesTime.YES)).values_list("pk", flat=True):
        yield f"hours {pk} do not reverse what they say they reverse"
    free = HoursEntry.objects.filter(state=HoursStates.CONFIRMED, takes_time=TakesTime.NO, reverses=None, reversal=None)
    for pk in free.values_list("pk", flat=True):
        yield f"hours {pk} have given up their time, and nobody reversed them"


def in_the_wrong_order() -> Iterator[str]:
    """Shifts to come with a free place while somebody waits."""
    to_come = Shift.objects.with_going().filter(called_off_at=None, starts_at__gt=clock.now(), waiting_count__gt=0, going_count__lt=F("places_count"))
    for pk in to_come.values_list("pk", flat=True):
        yield f"shift {pk} has a free place, and somebody waits"


# --- people ---------------------------------------------------------------------------------------------------------
def export_member(resident: Any) -> Iterable[dict[str, Any]]:
    """Which teams somebody is or was in."""
    for member in Member.objects.filter(resident=resident).select_related("team").order_by("pk"):
        yield {"team": member.team.name_zh, "party": member.is_party_member, "joined": member.joined_on.isoformat(), "left": str(member.left_on or "")}


def erase_member(resident: Any) -> int:
    """That somebody was there stays counted; what they believe in does not."""
    return int(Member.objects.filter(resident=resident).update(is_party_member=False))


def export_sign_ups(resident: Any) -> Iterable[dict[str, Any]]:
    """Every shift somebody signed up for."""
    for row in SignUp.objects.filter(for_person=resident).select_related("shift__opportunity").order_by("pk"):
        yield {
            "work": row.shift.opportunity.name_zh, "from": row.shift.starts_at.isoformat(), "state": row.state, "phone": row.contact_phone,
            "came": row.came_at.isoformat() if row.came_at else "", "left": row.left_at.isoformat() if row.left_at else "", "reason": row.reason,
        }  # fmt: skip


def erase_sign_ups(resident: Any) -> int:
    """Number and words go."""
    return int(SignUp.objects.filter(Q(for_person=resident) | Q(asked_by=resident)).update(contact_phone="", reason=""))


def export_hours(resident: Any) -> Iterable[dict[str, Any]]:
    """The whole book, and the certificates drawn from it."""
    for entry in HoursEntry.objects.filter(resident=resident).order_by("starts_at", "pk"):
        yield {
            "from": entry.starts_at.isoformat(), "until": entry.ends_at.isoformat(), "minutes": entry.minutes, "what": entry.what, "state": entry.state,
            "reason": entry.reason, "correction": entry.correction,
        }  # fmt: skip
    for certificate in Certificate.objects.filter(resident=resident).order_by("pk"):
        yield {"certificate": certificate.number, "minutes": certificate.minutes}


def erase_hours(resident: Any) -> int:
    """Words go, certificates go; the minutes stay counted."""
    Certificate.objects.filter(resident=resident).delete()
    rows = HoursEntry.objects.filter(resident=resident)
    rows.filter(state=HoursStates.REFUSED).update(reason="-")
    return int(rows.exclude(state=HoursStates.REFUSED).update(what="", reason="", correction="") + rows.update(what="", correction=""))


def export_thanks(resident: Any) -> Iterable[dict[str, Any]]:
    """What stands in the contribution book, and the name on the board."""
    for row in Contribution.objects.filter(resident=resident).order_by("given_at", "pk"):
        yield {"scheme": row.scheme, "what": row.what, "at": row.given_at.isoformat()}
    for shown in Shown.objects.filter(resident=resident):
        yield {"nickname": shown.nickname}


def erase_thanks(resident: Any) -> int:
    """Off the board; what was given stays counted, without words."""
    Shown.objects.filter(resident=resident).delete()
    return int(Contribution.objects.filter(resident=resident).update(what=""))


# --- the director's figures -----------------------------------------------------------------------------------------
def entry_url(owed: Any) -> str:
    """The hours that are said to be wrong."""
    return reverse("hoursentry:inspect", args=[owed.subject_ref])


def totals_address(first_day: date, last_day: date) -> str:
    """The page of sums over the same days."""
    return f"{reverse('hoursentry:totals')}?{urlencode({'first_on': first_day.isoformat(), 'last_on': last_day.isoformat()})}"


def places_address(first_day: date, last_day: date) -> str:
    """The sign-ups a figure counts."""
    asked = {"state": SignUpStates.GOING.value, "starts_at_from": first_day.isoformat(), "starts_at_to": last_day.isoformat()}
    return f"{reverse('signup:index')}?{urlencode(asked)}"


def visits_address(first_day: date, last_day: date) -> str:
    """The rounds of these days."""
    return f"{reverse('visitround:index')}?{urlencode({'made_on_from': first_day.isoformat(), 'made_on_to': last_day.isoformat()})}"


def count_volunteers(hub: Any, start: Any, end: Any) -> int:
    """People with confirmed hours."""
    return len(minutes_by_person(hub, start, end))


def count_minutes(hub: Any, start: Any, end: Any) -> int:
    """All of their confirmed minutes."""
    return sum(minutes_by_person(hub, start, end).values())


def count_places(hub: Any, start: Any, end: Any) -> int:
    """Places of these days' shifts that somebody has."""
    return int(queries.places_in(hub, start, end).count())


def count_homes(hub: Any, start: Any, end: Any) -> int:
    """Homes visited on these days."""
    first, last = clock.local(start).date(), clock.local(end).date()
    rows = VisitRound.objects.at(hub).filter(made_on__gte=first, made_on__lt=last)
    return int(rows.aggregate(sum=Sum("homes_count"))["sum"] or 0)


SENTENCES.update(sentences.SENTENCES)
review_parts.register(ReviewPart("volunteers.hours", _("Volunteer hours"), review.steps, user_can_close_months, (HOURS_MONTH,), order=30))
closing_kinds.register(
    ClosingKind(HOURS_MONTH, _("Volunteer hours"), review.words, review.period_words, review.url, review.open_again, user_can_reopen_months)
)
figures.register(Figure("volunteers.people", _("Volunteers with confirmed hours"), count_volunteers, totals_address, "people", 50))
figures.register(Figure("volunteers.minutes", _("Confirmed volunteer hours"), count_minutes, totals_address, "minutes", 51))
figures.register(Figure("volunteers.places", _("Places in shifts taken"), count_places, places_address, order=52))
figures.register(Figure("volunteers.homes", _("Homes visited"), count_homes, visits_address, order=53))
my_things.register(MyThings("volunteers.signup", _("My shifts"), queries.sign_ups_of, "volunteers/mine_shifts.html", order=30))
my_things.register(MyThings("volunteers.hours", _("My volunteer hours"), own_hours, "volunteers/mine_hours.html", order=31))
promise_kinds.register(
    PromiseKind(CORRECTION, _("Look into volunteer hours that are said to be wrong"), entry_url, lambda user, _owed: user_can_see_hours(user))
)
integrity_checks.register(IntegrityCheck("volunteers.strayed", strayed))
integrity_checks.register(IntegrityCheck("volunteers.minutes", other_minutes))
integrity_checks.register(IntegrityCheck("volunteers.reversals", half_reversed))
integrity_checks.register(IntegrityCheck("volunteers.waiting", in_the_wrong_order))
periodic_jobs.register(PeriodicJob("volunteers.remind", jobs.remind_of_tomorrow, 15, "Volunteers are reminded of tomorrow's shift."))
periodic_jobs.register(PeriodicJob("volunteers.settle", jobs.settle_over, 10, "Who did not check out of a shift is taken to have left at its end."))
periodic_jobs.register(PeriodicJob("volunteers.credit", jobs.credit_services, 10, "Services done by volunteers are filed in their hours book."))
personal_fields.register(PersonalFields("volunteers.member", ("is_party_member",), export_member, erase_member))
personal_fields.register(PersonalFields("volunteers.signup", ("contact_phone", "reason"), export_sign_ups, erase_sign_ups))
personal_fields.register(PersonalFields("volunteers.hours", ("what", "reason", "correction"), export_hours, erase_hours))
personal_fields.register(PersonalFields("volunteers.thanks", ("what", "nickname"), export_thanks, erase_thanks))
demo_seeds.register(DemoSeed("volunteers", demo.seed, order=60))
desk_cards.register(DeskCard("volunteers", _("Shifts as a volunteer"), desk.card, serves_at_the_desk, order=30))
desk_tasks.register(DeskTask("volunteers", _("Sign up to help"), desk.form, desk.preview, desk.act, serves_at_the_desk, order=40))
desk_tasks.register(DeskTask("volunteers.leave", _("Leave a shift"), desk.leave_form, desk.leave_preview, desk.leave, serves_at_the_desk, order=41))
