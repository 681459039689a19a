"""Where the swap shop appears elsewhere."""

from datetime import date
from typing import Any

from django.db.models import Q
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
from mutualaid.swapshop import checks, demo, desk, jobs, personal, queries
from mutualaid.swapshop.actions.listing import CHECK
from mutualaid.swapshop.actions.writing import BARTER, ITEM, OFFER
from mutualaid.swapshop.defaults import open_shop
from mutualaid.swapshop.models import Barter, Item
from mutualaid.swapshop.permissions import user_can_check_things, user_can_serve_swaps
from mutualaid.swapshop.sentences import SENTENCES
from mutualaid.swapshop.states import Sides

errors.SENTENCES.update(SENTENCES)


def find_item(hub: Any, reference: str, phone: str) -> str | None:
    """A thing's own page, by its number and a phone of its owner's, or of a guardian's who listed it."""
    whose = Q(for_person__phones__number=phone) | Q(for_person__user__phone=phone) | Q(asked_by__phones__number=phone) | Q(asked_by__user__phone=phone)
    found = Item.objects.at(hub).filter(whose, reference=reference).first()
    return found.own_url if found else None


def find_barter(hub: Any, reference: str, phone: str) -> str | None:
    """A barter, from the side whose phone it is."""
    rows = Barter.objects.at(hub).filter(reference=reference)
    for side in Sides:
        found = rows.filter(Q(**{f"{side}__phones__number": phone}) | Q(**{f"{side}__user__phone": phone})).first()
        if found:
            return found.url_for(side)
    return None


def item_url(owed: Any) -> str:
    """Where the house looks at the thing; '' when it is gone."""
    found = Item.objects.filter(hub=owed.hub_id, reference=owed.subject_ref).values_list("pk", flat=True).first()
    return reverse("swap_item:inspect", args=[found]) if found else ""


def counted(rows: Any) -> Any:
    """How many of a figure's rows."""
    return lambda hub, start, end: int(rows(hub, start, end).count())


def listed(screen: str, field: str, **more: str) -> Any:
    """The address of the list of the very rows a figure counts."""

    def address(first_day: date, last_day: date) -> str:
        dates = {f"{field}_from": first_day.isoformat(), f"{field}_to": last_day.isoformat()}
        return f"{reverse(f'{screen}:index')}?{urlencode([*dates.items(), *more.items()])}"

    return address


hub_openers.register(HubOpener("swapshop", open_shop, order=50))
figures.register(Figure("swapshop.listed", _("Things put into the swap shop"), counted(queries.listed_in), listed("swap_item", "listed_at"), order=60))
figures.register(
    Figure("swapshop.swapped", _("Swaps done"), counted(queries.swapped_in), listed("swap_barter", "ended_at", state="done", is_give_away="false"), order=61)
)
figures.register(
    Figure("swapshop.given", _("Things given away"), counted(queries.given_in), listed("swap_barter", "ended_at", state="done", is_give_away="true"), order=62)
)
finders.register(Finder(ITEM, find_item))
finders.register(Finder(BARTER, find_barter))
my_things.register(MyThings(BARTER, _("Swaps"), queries.barters_of, "swapshop/mine_barters.html", order=50))
my_things.register(MyThings(ITEM, _("Things in the swap shop"), queries.items_of, "swapshop/mine_items.html", order=51))
my_things.register(MyThings(OFFER, _("Offers I have made"), queries.offers_by, "swapshop/mine_offers.html", order=52))
promise_kinds.register(PromiseKind(CHECK, _("Look at a thing for the swap shop"), item_url, lambda user, _owed: user_can_check_things(user)))
integrity_checks.register(IntegrityCheck("swapshop.promised", checks.promised_without_barter))
integrity_checks.register(IntegrityCheck("swapshop.half_done", checks.half_done))
integrity_checks.register(IntegrityCheck("swapshop.ledger", checks.without_ledger_row))
integrity_checks.register(IntegrityCheck("swapshop.children", checks.children_on_their_own))
integrity_checks.register(IntegrityCheck("swapshop.strayed", checks.strayed))
periodic_jobs.register(PeriodicJob("swapshop.remind", jobs.remind, 60, "Tells owners some days before a thing leaves the swap shop."))
periodic_jobs.register(PeriodicJob("swapshop.expire", jobs.expire, 60, "Takes things whose time is over out of the swap shop."))
periodic_jobs.register(
    PeriodicJob("swapshop.children", jobs.take_down_children, 60, "Takes down what is in the shop of a child for whom no guardian agrees any more.")
)
periodic_jobs.register(PeriodicJob("swapshop.photos", jobs.clear_stash, 60, "Removes photos of forms nobody finished."))
personal_fields.register(PersonalFields("swapshop.item", personal.FIELDS, personal.export, personal.erase))
demo_seeds.register(DemoSeed("swapshop", demo.seed, order=60))
desk_cards.register(DeskCard("swapshop", _("Swap shop"), desk.card, user_can_serve_swaps, order=40))
desk_tasks.register(DeskTask("swap_list", _("Thing to swap"), desk.list_form, desk.list_preview, desk.list_act, user_can_serve_swaps, order=40))
desk_tasks.register(DeskTask("swap_offer", _("Offer to swap"), desk.offer_form, desk.offer_preview, desk.offer_act, user_can_serve_swaps, order=41))
desk_finders.register(DeskFinder("swapshop", desk.find, user_can_serve_swaps))
board_panels.register(BoardPanel("swap_checks", _("Swap shop: to be looked at"), desk.checks, user_can_check_things, order=40))
board_panels.register(BoardPanel("swap_handovers", _("Swap shop: handed over today"), desk.handovers, user_can_serve_swaps, order=41))
