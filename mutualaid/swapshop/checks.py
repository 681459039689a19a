"""What must never be so in the swap shop: one sentence for each."""

from collections.abc import Iterator

from django.db.models import Count, Exists, F, OuterRef, Q

from hub.served.models import ServiceEvent
from mutualaid.swapshop import reaching
from mutualaid.swapshop.actions.writing import BARTER
from mutualaid.swapshop.models import Barter, BarterItem, Item
from mutualaid.swapshop.states import HAS_GONE, BarterStates, ItemStates


def promised_without_barter() -> Iterator[str]:
    """Promised things in no living barter, things of a living barter that are not promised, barters that are over and hold something."""
    living = BarterItem.objects.filter(item=OuterRef("pk"), is_living=True)
    for reference in Item.objects.filter(~Exists(living), state=ItemStates.PROMISED).values_list("reference", flat=True):
        yield f"swapshop.Item {reference}: promised, but in no living barter"
    for reference in Item.objects.filter(Exists(living)).exclude(state=ItemStates.PROMISED).values_list("reference", flat=True):
        yield f"swapshop.Item {reference}: in a living barter, but not promised"
    wrong = BarterItem.objects.filter(~Q(barter__state=BarterStates.PROMISED), is_living=True) | BarterItem.objects.filter(
        barter__state=BarterStates.PROMISED, is_living=False
    )
    for reference in wrong.values_list("barter__reference", flat=True).distinct():
        yield f"swapshop.Barter {reference}: its things say otherwise than it does whether it lives"


def half_done() -> Iterator[str]:
    """Barters that are done while one of their things is still there, and things gone without a barter that is done."""
    for reference in (
        BarterItem.objects.filter(barter__state=BarterStates.DONE).exclude(item__state__in=HAS_GONE).values_list("barter__reference", flat=True).distinct()
    ):
        yield f"swapshop.Barter {reference}: done, but one of its things is still there"
    done = BarterItem.objects.filter(item=OuterRef("pk"), barter__state=BarterStates.DONE)
    for reference in Item.objects.filter(~Exists(done), state__in=HAS_GONE).values_list("reference", flat=True):
        yield f"swapshop.Item {reference}: gone without a barter that is done"


def without_ledger_row() -> Iterator[str]:
    """Barters done that the ledger does not know, and rows of it about others."""
    its_row = ServiceEvent.objects.filter(subject_label=BARTER, subject_ref=OuterRef("reference"))
    for reference in Barter.objects.filter(~Exists(its_row), state=BarterStates.DONE).values_list("reference", flat=True):
        yield f"swapshop.Barter {reference}: done and not in the ledger"
    for reference in Barter.objects.filter(Exists(its_row)).exclude(state=BarterStates.DONE).values_list("reference", flat=True):
        yield f"swapshop.Barter {reference}: in the ledger and not done"


def children_on_their_own() -> Iterator[str]:
    """Shown things of people under eighteen for whom no guardian agrees."""
    rows = reaching.children_without_consent(Item.objects.shown().filter(guardian_was_there=False), "for_person")
    for reference in rows.values_list("reference", flat=True):
        yield f"swapshop.Item {reference}: of somebody under eighteen, and no guardian has agreed"


def strayed() -> Iterator[str]:
    """Things, offers and barters whose parts belong to different hubs, and barters that hold somebody else's thing."""
    wrong = Item.objects.exclude(hub=F("kind__hub")) | Item.objects.exclude(hub=F("for_person__hub"))
    for reference in wrong.values_list("reference", flat=True).distinct():
        yield f"swapshop.Item {reference}: of another hub than its kind or its owner"
    others = BarterItem.objects.filter(side="owner").exclude(item__for_person=F("barter__owner")) | BarterItem.objects.filter(side="taker").exclude(
        item__for_person=F("barter__taker")
    )
    for reference in others.values_list("barter__reference", flat=True).distinct():
        yield f"swapshop.Barter {reference}: holds a thing that is not its side's"
    firsts = Barter.objects.annotate(owned=Count("rows", filter=Q(rows__side="owner"))).exclude(owned=1)
    for reference in firsts.values_list("reference", flat=True):
        yield f"swapshop.Barter {reference}: has not exactly one thing of the owner's"
