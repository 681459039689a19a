"""What pages and actions ask about the shop."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Prefetch, Q

from hub.core import clock
from hub.core.sql import holding
from hub.hubs.models import Hub
from hub.people.queries import people_user_may_act_for
from hub.workdays.calendar import calendar_of
from mutualaid.swapshop.models import Barter, BarterItem, HandoverHour, Item, Offer, Report, Wish
from mutualaid.swapshop.rules import SLOT_DAYS, Hours, slots_of
from mutualaid.swapshop.states import BarterStates, ItemStates, OfferStates, ReportStates

A_PAGE = 20
LONGEST_SEARCH = 30
ON_A_CARD = (
    "reference", "title", "wish", "is_give_away", "state", "condition", "listed_at", "kind__name_zh", "kind__name_en", "kind__drawing",
    "for_person__swapper__nickname",
)  # fmt: skip


# --- the shop -------------------------------------------------------------------------------------------------------
def shop(hub: Hub, *, kind: int | None = None, asked: str = "", only_gifts: bool = False) -> Any:
    """The numbers (ids) of what everybody sees, the latest first: what is skipped to a late page is read without its owner and kind.

    With words a list, else a query: words are sought in every row, and counting first would seek them twice.
    """
    rows = Item.objects.at(hub).shown()
    if kind is not None:
        rows = rows.filter(kind_id=kind)
    if only_gifts:
        rows = rows.filter(is_give_away=True)
    for word in asked[:LONGEST_SEARCH].split():
        rows = rows.filter(holding("title", word) | holding("about", word) | holding("wish", word))
    numbers = rows.order_by("-listed_at", "-id").values_list("pk", flat=True)
    return list(numbers) if asked.strip() else numbers


def cards(page: Any) -> Any:
    """The things of one page of `shop`; of each and its owner only what a card shows."""
    return Item.objects.filter(pk__in=page).with_cards().only(*ON_A_CARD).order_by("-listed_at", "-id")


def with_things(offers: Any) -> Any:
    """Offers with all that a page shows of them."""
    things = Prefetch("things", Item.objects.select_related("kind", "for_person__swapper").prefetch_related("photos"))
    return offers.select_related("item__kind", "item__for_person__swapper", "for_person__swapper").prefetch_related(things)


def with_rows(barters: Any) -> Any:
    """Barters with all that a page shows of them."""
    rows = Prefetch("rows", BarterItem.objects.select_related("item__kind", "item__for_person__swapper").prefetch_related("item__photos"))
    return barters.select_related("hub", "owner__swapper", "taker__swapper", "offer").prefetch_related(rows)


# --- mine -----------------------------------------------------------------------------------------------------------
def people_of(user: Any, hub: Hub) -> Any:
    """The account's own person and those it may act for: a guardian sees the child's."""
    return people_user_may_act_for(user, hub).values("pk")


def items_of(user: Any, hub: Hub) -> Any:
    """Things of this account and those it acts for, the living first, with how many offers wait."""
    waiting = Count("offers", filter=Q(offers__state=OfferStates.WAITING))
    rows = Item.objects.at(hub).filter(for_person__in=people_of(user, hub)).with_cards().annotate(offers_count=waiting)
    return rows.order_by("-asked_at", "-id")


def offers_by(user: Any, hub: Hub) -> Any:
    """Offers this account has made, or made for somebody."""
    return with_things(Offer.objects.at(hub).filter(for_person__in=people_of(user, hub))).order_by("-made_at", "-id")


def barters_of(user: Any, hub: Hub) -> Any:
    """Barters of this account and those it acts for, the latest first."""
    people = people_of(user, hub)
    return with_rows(Barter.objects.at(hub).filter(Q(owner__in=people) | Q(taker__in=people))).order_by("-made_at", "-id")


def wishes_of(user: Any, hub: Hub) -> Any:
    """What this account looks for, also for those it acts for."""
    return Wish.objects.at(hub).standing().filter(person__in=people_of(user, hub)).select_related("kind", "person__swapper").order_by("-id")


# --- the hand-over --------------------------------------------------------------------------------------------------
def hours_of(hub: Hub) -> list[Hours]:
    """When things change hands."""
    return [Hours(*row) for row in HandoverHour.objects.at(hub).values_list("weekday", "starts_at", "ends_at")]


def free_slots(hub: Hub, *, with_child: bool) -> list[datetime]:
    """The times of the next days at which something can be handed over, from an hour ahead."""
    calendar, hours, now = calendar_of(hub), hours_of(hub), clock.now()
    found: list[datetime] = []
    for ahead in range(SLOT_DAYS + 1):
        day = clock.today() + timedelta(days=ahead)
        what = calendar.day(day)
        found += [clock.at(day, start) for start in slots_of(day, what.hours_of, what.is_closed, hours, with_child=with_child)]
    return [slot for slot in found if slot > now + timedelta(hours=1)]


def sheet_of(hub: Hub, day: date) -> Any:
    """What is handed over on a day, in the order of the clock."""
    start, end = clock.day_bounds(day)
    return with_rows(
        Barter.objects.at(hub).filter(slot_at__gte=start, slot_at__lt=end).exclude(state__in=[BarterStates.RENEGED, BarterStates.CALLED_OFF])
    ).order_by("slot_at", "id")


# --- what waits for the house ---------------------------------------------------------------------------------------
def reported(hub: Hub) -> Any:
    """Things with a report nobody has decided, the hidden ones first."""
    open_report = Report.objects.filter(item=OuterRef("pk"), state=ReportStates.OPEN)
    return Item.objects.at(hub).filter(Exists(open_report)).order_by("-hidden_at", "id")


# --- the director's figures: each counts rows that a list can show --------------------------------------------------
def listed_in(hub: Hub, start: datetime, end: datetime) -> Any:
    return Item.objects.at(hub).filter(listed_at__gte=start, listed_at__lt=end)


def swapped_in(hub: Hub, start: datetime, end: datetime) -> Any:
    return Barter.objects.at(hub).filter(state=BarterStates.DONE, is_give_away=False, ended_at__gte=start, ended_at__lt=end)


def given_in(hub: Hub, start: datetime, end: datetime) -> Any:
    return Barter.objects.at(hub).filter(state=BarterStates.DONE, is_give_away=True, ended_at__gte=start, ended_at__lt=end)


def waiting_in(hub: Hub, start: datetime, end: datetime) -> Any:
    return Item.objects.at(hub).filter(state=ItemStates.CHECKING, asked_at__gte=start, asked_at__lt=end)
