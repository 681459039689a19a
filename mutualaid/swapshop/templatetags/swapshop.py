"""How things and barters look in words."""

from typing import Any

from django import template

from hub.people.queries import people_user_may_act_for
from mutualaid.swapshop.states import BarterStates, ItemStates

register = template.Library()
ITEM_STATUS = {ItemStates.LISTED: "free", ItemStates.PROMISED: "full", ItemStates.CHECKING: "closed"}
BARTER_STATUS = {BarterStates.PROMISED: "free"}


@register.filter
def item_status(item: Any) -> str:
    """Which of the status signs a thing gets."""
    return ITEM_STATUS.get(item.state, "past")


@register.filter
def barter_status(barter: Any) -> str:
    """Which of the status signs a barter gets."""
    return BARTER_STATUS.get(barter.state, "past")


@register.filter
def titles(things: Any) -> str:
    """What they are, one after the other."""
    return "、".join(str(thing.title) for thing in things)


@register.simple_tag(takes_context=True)
def my_barter_url(context: Any, barter: Any) -> str:
    """The reader's own link of a barter: the owner's side where it is theirs or their child's, else the taker's. Whose they are is asked once a list."""
    kept = context.render_context
    if "swap_people" not in kept:
        kept["swap_people"] = set(people_user_may_act_for(context["request"].user, barter.hub).values_list("pk", flat=True))
    return str(barter.url_for("owner" if barter.owner_id in kept["swap_people"] else "taker"))
