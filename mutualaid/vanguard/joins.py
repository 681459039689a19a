"""Where vanguard posts appear elsewhere."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hub.core.errors import SENTENCES
from hub.core.joins import (
    BoardPanel,
    ClosingKind,
    DemoSeed,
    DeskCard,
    DeskTask,
    Figure,
    HubOpener,
    IntegrityCheck,
    MyThings,
    PeriodicJob,
    PersonalFields,
    PromiseKind,
    Rating,
    RatingTaker,
    ReviewPart,
    board_panels,
    closing_kinds,
    demo_seeds,
    desk_cards,
    desk_tasks,
    figures,
    hub_openers,
    integrity_checks,
    my_things,
    periodic_jobs,
    personal_fields,
    promise_kinds,
    rating_takers,
    review_parts,
)
from mutualaid.vanguard import checks, demo, desk, jobs, months, queries, review, sentences
from mutualaid.vanguard.actions import take_rating
from mutualaid.vanguard.actions.writing import CLOSE_MONTH, CORRECTION, MONTH
from mutualaid.vanguard.defaults import open_tags
from mutualaid.vanguard.frozen import result_text
from mutualaid.vanguard.models import CounterVisit
from mutualaid.vanguard.models import Rating as PostRating
from mutualaid.vanguard.permissions import rows_to_correct, user_can_close_visits, user_can_review
from mutualaid.vanguard.rules import satisfied_percent
from mutualaid.vanguard.tallies import by_grade


def take(event: Any, rating: Rating) -> None:
    """What a domain was told on its own slip counts for the post as well."""
    take_rating(event=event, rating=rating)


# --- people: a rating leads to nobody, so only visits are theirs ------------------------------------------------------
def export_visits(resident: Any) -> Iterable[dict[str, Any]]:
    """Visits at the counter that the desk closed for them."""
    for visit in CounterVisit.objects.filter(for_person=resident).order_by("closed_at", "pk"):
        yield {"at": visit.closed_at.isoformat(), "centre": visit.station, "what": visit.what}


def erase_visits(resident: Any) -> int:
    """Words and name go; that there was a visit stays counted."""
    return int(CounterVisit.objects.filter(for_person=resident).update(what="", name=""))


# --- the director's figures -----------------------------------------------------------------------------------------
def listed(**more: str) -> Any:
    """The address of the list of the very rows a figure counts."""

    def address(first_day: date, last_day: date) -> str:
        dates = {"received_at_from": first_day.isoformat(), "received_at_to": last_day.isoformat()}
        return f"{reverse('vanguard_rating:index')}?{urlencode({**dates, **more})}"

    return address


def count_ratings(hub: Any, start: Any, end: Any) -> int:
    """Ratings that count."""
    return int(queries.received_in(hub, start, end).count())


def percent_satisfied(hub: Any, start: Any, end: Any) -> int:
    """How many of a hundred chose one of the first three grades."""
    return satisfied_percent(by_grade(queries.received_in(hub, start, end)))


def count_open(hub: Any, start: Any, end: Any) -> int:
    """Low grades of these days about which nothing was put right yet."""
    return int(queries.to_correct(hub).filter(received_at__gte=start, received_at__lt=end).count())


def month_url(closing: Any) -> str:
    """Where staff look at it."""
    return reverse("vanguard_rating:month", args=[closing.period])


def correction_url(owed: Any) -> str:
    """Where one says what was put right."""
    return reverse("vanguard_rating:done", args=[owed.subject_ref])


def may_correct(user: Any, owed: Any) -> bool:
    """Of one's own post; who reviews, of all."""
    return rows_to_correct(user, PostRating.objects.filter(hub=owed.hub_id, pk=owed.subject_ref)).exists()


def owed_month_url(owed: Any) -> str:
    """The month of `xidajie:2026-10`."""
    return reverse("vanguard_rating:month", args=[owed.subject_ref.partition(":")[2]])


def period_words(closing: Any) -> str:
    """2026年10月."""
    month = months.month_from(closing.period)
    return months.month_words(month) if month else str(closing.period)


SENTENCES.update(sentences.SENTENCES)
hub_openers.register(HubOpener("vanguard", open_tags, order=60))
rating_takers.register(RatingTaker("vanguard", take))
promise_kinds.register(PromiseKind(CORRECTION, _("Put right what was badly rated"), correction_url, may_correct))
promise_kinds.register(PromiseKind(CLOSE_MONTH, _("Close a month of ratings"), owed_month_url, lambda user, _owed: user_can_review(user)))
closing_kinds.register(ClosingKind(MONTH, _("Vanguard posts of a month"), result_text, period_words, month_url))
review_parts.register(ReviewPart("vanguard", _("Vanguard posts"), review.steps, user_can_review, (MONTH,), order=20))
my_things.register(MyThings("vanguard.to_rate", _("How was it?"), queries.codes_for, "vanguard/mine.html", order=60))
figures.register(Figure("vanguard.ratings", _("Ratings of posts"), count_ratings, listed(counted="true"), order=70))
figures.register(Figure("vanguard.satisfied", _("Satisfied with the posts"), percent_satisfied, listed(counted="true"), "percent", 71))
figures.register(Figure("vanguard.corrections", _("Low grades still to be put right"), count_open, listed(to_correct="true"), order=72))
desk_cards.register(DeskCard("vanguard", _("Can still be rated"), desk.card, user_can_close_visits, order=60))
desk_tasks.register(DeskTask("visit", _("Close a visit"), desk.visit_form, desk.visit_preview, desk.visit_act, user_can_close_visits, order=60))
desk_tasks.register(DeskTask("rate", _("Rate for a caller"), desk.rate_form, desk.rate_preview, desk.rate_act, user_can_close_visits, order=61))
board_panels.register(BoardPanel("vanguard_corrections", _("Low grades to be put right"), desk.to_put_right, user_can_close_visits, order=60))
integrity_checks.register(IntegrityCheck("vanguard.strayed", checks.strayed))
integrity_checks.register(IntegrityCheck("vanguard.months", checks.in_another_month))
integrity_checks.register(IntegrityCheck("vanguard.terms", checks.held_by_two))
integrity_checks.register(IntegrityCheck("vanguard.cards", checks.cards_miscounted))
periodic_jobs.register(PeriodicJob("vanguard.forget", jobs.forget_browsers, 24 * 60, "Blanks what browsers left with ratings of months long over."))
periodic_jobs.register(PeriodicJob("vanguard.remind", jobs.remind_to_close, 60, "Promises that a month of ratings is closed; closes nothing."))
personal_fields.register(PersonalFields("vanguard.countervisit", ("name", "what"), export_visits, erase_visits))
demo_seeds.register(DemoSeed("vanguard", demo.seed, order=80))
