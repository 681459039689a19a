"""Where clothes and parcels appear elsewhere. Whatever others read is neutral: a parcel, a number, how many pieces."""

from datetime import date, time
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from hub.core import errors
from hub.core.joins import (
    BoardPanel,
    DemoSeed,
    DeskCard,
    DeskFinder,
    DeskTask,
    Figure,
    Finder,
    HubOpener,
    IntegrityCheck,
    MyThings,
    PeriodicJob,
    PersonalFields,
    PromiseKind,
    board_panels,
    demo_seeds,
    desk_cards,
    desk_finders,
    desk_tasks,
    figures,
    finders,
    hub_openers,
    integrity_checks,
    my_things,
    periodic_jobs,
    personal_fields,
    promise_kinds,
)
from mutualaid.clothing import checks, demo, desk, personal, queries
from mutualaid.clothing.actions import forget_names
from mutualaid.clothing.actions.stock import INTAKE
from mutualaid.clothing.actions.writing import MAKE_READY, SUBJECT
from mutualaid.clothing.jobs import put_back_uncollected, remind_of_parcels
from mutualaid.clothing.models import CollectionHour, Parcel
from mutualaid.clothing.permissions import user_can_serve_parcels
from mutualaid.clothing.sentences import SENTENCES

FIRST_HOURS = ((1, time(9), time(11)), (3, time(14, 30), time(16, 30)), (5, time(9), time(11)))  # Tuesday, Thursday, Saturday; staff change them


def find(hub: Any, reference: str, phone: str) -> str | None:
    """A parcel's private page, by its number and the phone it was made with."""
    found = Parcel.objects.at(hub).filter(reference=reference, contact_phone=phone).first()
    return found.url if found else None


def parcel_url(owed: Any) -> str:
    """The parcel to be made ready; '' when it is gone."""
    found = Parcel.objects.filter(hub=owed.hub_id, reference=owed.subject_ref).values_list("pk", flat=True).first()
    return reverse("parcel:inspect", args=[found]) if found else ""


def open_hours(hub: Any) -> None:
    """Three times a week to begin with, unless the hub has its own."""
    if not CollectionHour.objects.at(hub).exists():
        CollectionHour.objects.bulk_create(CollectionHour(hub=hub, weekday=day, starts_at=start, ends_at=end) for day, start, end in FIRST_HOURS)


def listed(screen: str, field: str, **more: str) -> Any:
    """The address of the list whose rows a figure adds up."""

    def address(first_day: date, last_day: date) -> str:
        dates = {f"{field}_from": first_day.isoformat(), f"{field}_to": last_day.isoformat()}
        return f"{reverse(f'{screen}:index')}?{urlencode([*dates.items(), *more.items()])}"

    return address


def no_list(first_day: date, last_day: date) -> str:
    """Nobody is listed."""
    return ""


errors.SENTENCES.update(SENTENCES)
hub_openers.register(HubOpener("clothing.hours", open_hours, order=40))
figures.register(Figure("clothing.taken_in", _("Pieces taken in"), queries.taken_in, listed("movement", "at", kind="in"), "pieces", 60))
figures.register(Figure("clothing.refused", _("Pieces that could not be worn"), queries.refused, listed("intake", "at", refused="true"), "pieces", 61))
figures.register(Figure("clothing.handed_out", _("Pieces handed out"), queries.handed_out, listed("parcel", "handed_at"), "pieces", 62))
figures.register(Figure("clothing.people", _("People helped"), queries.people_helped, no_list, "people", 63))
finders.register(Finder(SUBJECT, find))
my_things.register(MyThings(SUBJECT, _("Parcels"), queries.parcels_of_person, "clothing/mine.html", order=40))
promise_kinds.register(PromiseKind(MAKE_READY, _("Make a parcel ready"), parcel_url, lambda user, _owed: user_can_serve_parcels(user)))
integrity_checks.register(IntegrityCheck("clothing.sums", checks.other_sums))
integrity_checks.register(IntegrityCheck("clothing.lines", checks.other_lines))
integrity_checks.register(IntegrityCheck("clothing.intakes", checks.other_intakes))
integrity_checks.register(IntegrityCheck("clothing.ledger", checks.without_ledger_row))
integrity_checks.register(IntegrityCheck("clothing.strayed", checks.strayed))
periodic_jobs.register(PeriodicJob("clothing.remind", remind_of_parcels, 60, "Tells people the day before their parcel goes back on the shelf."))
periodic_jobs.register(PeriodicJob("clothing.put_back", put_back_uncollected, 60, "Puts parcels that nobody collected in time back on the shelf."))
periodic_jobs.register(
    PeriodicJob("clothing.forget", forget_names, 24 * 60, "Blanks givers after a month, and whose a parcel was half a year after it was over.")
)
personal_fields.register(PersonalFields(SUBJECT, personal.PARCEL_FIELDS, personal.export_parcels, personal.erase_parcels))
personal_fields.register(PersonalFields(INTAKE, personal.INTAKE_FIELDS, personal.export_intakes, personal.erase_intakes))
demo_seeds.register(DemoSeed("clothing", demo.seed, order=55))
desk_cards.register(DeskCard("clothing", _("Parcels"), desk.card, user_can_serve_parcels, order=40))
desk_tasks.register(DeskTask("clothing", _("Clothes"), desk.form, desk.preview, desk.act, user_can_serve_parcels, order=40))
desk_finders.register(DeskFinder("clothing", desk.find, user_can_serve_parcels))
board_panels.register(BoardPanel("clothing", _("Parcels to make ready"), desk.board, user_can_serve_parcels, order=40))
