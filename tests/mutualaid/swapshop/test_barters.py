"""Offers, promises, the queue behind them, the hand-over: everything of a barter goes together or not at all."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hub.core import clock
from hub.core.errors import RuleBroken
from hub.notifications.models import Message
from hub.served.models import ServiceEvent
from mutualaid.swapshop import actions, checks, queries
from mutualaid.swapshop.actions import Side
from mutualaid.swapshop.models import Barter, BarterItem, Item, Offer
from tests.factories.swapshop import a_child, a_swapper, a_thing, an_offer, in_the_shop, promised

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
CHECKS = (checks.promised_without_barter, checks.half_done, checks.without_ledger_row, checks.children_on_their_own, checks.strayed)


def refused(act: Any) -> str:
    with pytest.raises(RuleBroken) as broken:
        act()
    return broken.value.code


def states(*rows: Any) -> list[str]:
    """As the database has them."""
    for row in rows:
        row.refresh_from_db()
    return [row.state for row in rows]


@pytest.fixture
def sound() -> Any:
    """Nothing is left behind that must never be so."""
    yield
    assert [sentence for find in CHECKS for sentence in find()] == []


@pytest.fixture
def book(hub):
    return in_the_shop(a_swapper(hub))


@pytest.fixture
def rope(hub):
    return in_the_shop(a_swapper(hub), title="跳绳")


pytestmark.append(pytest.mark.usefixtures("sound"))


def test_from_the_offer_to_both_words(hub, book, rope):
    chess = in_the_shop(rope.for_person, title="象棋")
    offer = an_offer(book, rope, chess)
    barter = actions.accept_offer(offer=offer)
    assert actions.accept_offer(offer=offer) == barter
    assert states(book, rope, chess, offer, barter) == ["promised", "promised", "promised", "accepted", "promised"]
    slot = queries.free_slots(hub, with_child=False)[0]
    actions.choose_slot(barter=barter, slot_at=slot)
    actions.confirm(barter=barter, sides=["owner"])
    actions.confirm(barter=barter, sides=["owner"])
    assert states(book, rope, chess, barter) == ["promised", "promised", "promised", "promised"]
    actions.confirm(barter=barter, sides=["taker"])
    assert states(book, rope, chess, offer, barter) == ["swapped", "swapped", "swapped", "done", "done"]
    assert actions.confirm(barter=barter, sides=["taker"]).state == "done"
    event = ServiceEvent.objects.get(subject_label="swapshop.barter")
    assert (event.subject_ref, event.post, event.for_person) == (barter.reference, "mutual_aid", rope.for_person)
    kinds = list(Message.objects.filter(subject_label="swapshop.barter").order_by("id").values_list("kind", flat=True))
    assert kinds == ["swap_promised"] * 2 + ["swap_slot"] * 2 + ["swap_one_side"] + ["swap_done"] * 2


def test_no_message_tells_a_name_or_a_number(hub, book, rope):
    barter = promised(book, rope)
    actions.confirm(barter=barter, sides=["owner", "taker"])
    words = " ".join(Message.objects.values_list("text", flat=True))
    people = (book.for_person, rope.for_person)
    assert [person.pk for person in people if person.name in words or person.phones.get().number in words] == []


def test_a_give_away_asks_for_nothing(hub):
    gift, taker = in_the_shop(a_swapper(hub), is_give_away=True), a_swapper(hub)
    barter = promised(gift, person=taker)
    actions.confirm(barter=barter, sides=["owner", "taker"])
    assert (states(gift, barter), barter.is_give_away) == (["given", "done"], True)


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("nothing", "swap_offer_nothing"),
        ("one's own", "swap_own_thing"),
        ("another's thing", "swap_offer_not_yours"),
        ("not looked at", "swap_offer_not_yours"),
        ("six things", "swap_offer_many"),
        ("twice", "swap_offer_twice"),
        ("gone", "swap_item_gone"),
        ("another hub", "swap_item_gone"),
        ("a child alone", "swap_guardian_missing"),
        ("too valuable for a child", "swap_child_band"),
        ("too valuable a thing of a grown-up's", "swap_child_band"),
    ],
)
def test_offers_that_cannot_be(hub, second_hub, book, rope, case, code):
    me = rope.for_person
    acts = {
        "nothing": lambda: an_offer(book, person=me),
        "one's own": lambda: an_offer(rope, rope),
        "another's thing": lambda: an_offer(book, in_the_shop(a_swapper(hub)), person=me),
        "not looked at": lambda: an_offer(book, actions.change_item(item=rope, thing=a_thing(hub, title="新绳"))),
        "six things": lambda: an_offer(book, *[in_the_shop(me) for _each in range(6)]),
        "twice": lambda: an_offer(book, rope) and an_offer(book, rope),
        "gone": lambda: an_offer(actions.withdraw_item(item=book), rope),
        "another hub": lambda: an_offer(book, in_the_shop(a_swapper(second_hub))),
        "a child alone": lambda: an_offer(in_the_shop(a_swapper(hub), is_give_away=True), person=a_child(hub, agreed=False)),
        "too valuable for a child": lambda: an_offer(in_the_shop(a_swapper(hub), band="middle"), in_the_shop(a_child(hub))),
        "too valuable a thing of a grown-up's": lambda: an_offer(in_the_shop(a_child(hub)), in_the_shop(a_swapper(hub), band="large")),
    }
    assert refused(acts[case]) == code


def test_the_others_queue_and_the_next_is_proposed(hub, book, rope):
    first, second, third = an_offer(book, rope), an_offer(book, in_the_shop(a_swapper(hub))), an_offer(book, in_the_shop(a_swapper(hub)))
    barter = actions.accept_offer(offer=first)
    late = an_offer(book, in_the_shop(a_swapper(hub)))  # behind the promise, too
    assert refused(lambda: actions.accept_offer(offer=second)) == "swap_promised_already"
    promised(in_the_shop(a_swapper(hub)), second.things.get())  # what the second offered is promised elsewhere by now
    actions.renege(barter=barter, side="taker", reason="changed_mind")
    assert states(book, rope, first, second, third, late) == ["listed", "listed", "reneged", "waiting", "waiting", "waiting"]
    assert list(Offer.objects.exclude(proposed_at=None)) == [third]
    assert (barter.__class__.objects.get(pk=barter.pk).broken_by, Message.objects.filter(kind="swap_proposed").count()) == ("taker", 1)
    assert actions.accept_offer(offer=third).state == "promised"


def test_a_thing_that_is_gone_leaves_with_the_promise(hub, book, rope):
    barter, waiting = promised(book, rope), an_offer(book, in_the_shop(a_swapper(hub)))
    actions.renege(barter=barter, side="owner", reason="gone")
    assert states(book, rope, waiting) == ["withdrawn", "listed", "lapsed"]


def test_done_ends_every_other_offer_with_these_things(hub, book, rope):
    other = in_the_shop(a_swapper(hub))
    for_book, with_rope, elsewhere = an_offer(book, other), an_offer(other, rope), an_offer(other, in_the_shop(a_swapper(hub)))
    actions.confirm(barter=promised(book, rope), sides=["owner", "taker"])
    assert states(for_book, with_rope, elsewhere) == ["lapsed", "lapsed", "waiting"]


@pytest.mark.parametrize("way", ["withdraw", "decline"])
def test_an_offer_is_answered_once(hub, book, rope, way):
    offer = an_offer(book, rope)
    act, other = (actions.withdraw_offer, actions.decline_offer) if way == "withdraw" else (actions.decline_offer, actions.withdraw_offer)
    act(offer=offer)
    act(offer=offer)
    assert (refused(lambda: other(offer=offer)), refused(lambda: actions.accept_offer(offer=offer))) == ("swap_offer_over", "swap_offer_over")
    assert an_offer(book, rope).state == "waiting"


def test_what_is_over_is_over(hub, book, rope):
    barter = promised(book, rope)
    assert refused(lambda: actions.renege(barter=barter, side="owner", reason="nonsense")) == "swap_reason_missing"
    assert refused(lambda: actions.confirm(barter=barter, sides=[])) == "swap_nobody_stands_here"
    assert refused(lambda: actions.call_off(barter=barter, words=" ")) == "reason_missing"
    assert refused(lambda: actions.withdraw_item(item=book)) == "swap_reason_missing"
    actions.renege(barter=barter, side="owner", reason="no_show")
    actions.renege(barter=barter, side="owner", reason="no_show")
    slot = queries.free_slots(hub, with_child=False)[0]
    for act in (
        lambda: actions.confirm(barter=barter, sides=["owner"]),
        lambda: actions.choose_slot(barter=barter, slot_at=slot),
        lambda: actions.call_off(barter=barter, words="停电"),
    ):
        assert refused(act) == "swap_barter_over"


def test_a_childs_hand_over_lies_in_the_daytime(hub, rope):
    barter = promised(in_the_shop(a_child(hub)), rope)
    by_day, all_slots = queries.free_slots(hub, with_child=True), queries.free_slots(hub, with_child=False)
    evening = [slot for slot in all_slots if slot not in by_day]
    assert (barter.with_child, {clock.local(slot).hour for slot in evening}) == (True, {18, 19})
    assert refused(lambda: actions.choose_slot(barter=barter, slot_at=evening[0])) == "swap_slot_wrong"
    assert actions.choose_slot(barter=barter, slot_at=by_day[0]).slot_at == by_day[0]


@pytest.mark.parametrize("offset", [timedelta(days=-1), timedelta(days=60), timedelta(minutes=7)])
def test_a_time_nobody_offers_is_none(hub, book, rope, offset):
    slot = queries.free_slots(hub, with_child=False)[0] + offset
    assert refused(lambda: actions.choose_slot(barter=promised(book, rope), slot_at=slot)) == "swap_slot_wrong"


def side(person: Any, title: str = "", *, item: Item | None = None, there: bool = False, band: str = "small") -> Side:
    return Side(person, [item] if item else [], a_thing(person.hub, title=title) if title else None, band if title else "", there)


def test_two_swap_on_the_spot_in_one_step(hub, clerk, rope):
    waiting = an_offer(rope, in_the_shop(a_swapper(hub)))
    child = a_child(hub, agreed=False)
    barter = actions.swap_on_the_spot(hub=hub, owner=side(child, "连环画", there=True), taker=side(rope.for_person, item=rope), by=clerk)
    assert (states(rope, waiting, barter), barter.is_on_the_spot, barter.with_child) == (["swapped", "lapsed", "done"], True, True)
    assert {row.item.state for row in barter.rows.all()} == {"swapped"}
    assert (barter.owner_recorded_by, ServiceEvent.objects.count()) == (clerk, 1)


@pytest.mark.parametrize(
    ("case", "code"),
    [
        ("one person twice", "swap_same_person"),
        ("a child alone", "swap_guardian_missing"),
        ("nothing brought", "swap_side_empty"),
        ("banned", "swap_banned"),
        ("too valuable", "swap_child_band"),
        ("promised elsewhere", "swap_promised_already"),
        ("another's", "swap_offer_not_yours"),
        ("no value", "swap_band_missing"),
    ],
)
def test_on_the_spot_all_of_it_or_nothing(hub, clerk, book, rope, case, code):
    me, you = book.for_person, rope.for_person
    child = a_child(hub, agreed=False)
    if case == "promised elsewhere":
        promised(rope, in_the_shop(a_swapper(hub)))
    owner, taker = {
        "one person twice": (side(me, item=book), side(me, "赛车")),
        "a child alone": (side(child, "赛车"), side(you, item=rope)),
        "nothing brought": (side(me), side(you, item=rope)),
        "banned": (side(me, "两瓶白酒"), side(you, item=rope)),
        "too valuable": (side(child, "二胡", there=True, band="large"), side(you, item=rope)),
        "promised elsewhere": (side(me, item=book), side(you, item=rope)),
        "another's": (side(me, item=rope), side(you, "赛车")),
        "no value": (side(me, "赛车", band=""), side(you, item=rope)),
    }[case]
    before = (Item.objects.count(), Barter.objects.count())
    assert refused(lambda: actions.swap_on_the_spot(hub=hub, owner=owner, taker=taker, by=clerk)) == code
    assert (Item.objects.count(), Barter.objects.count()) == before


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "done"},
        {"state": "reneged", "ended_at": "2026-11-28T12:00Z"},
        {"broken_by": "owner"},
        {"ended_at": "2026-11-28T12:00Z"},
        {"owner_confirmed_at": "2026-11-28T12:00Z", "taker_confirmed_at": "2026-11-28T12:00Z"},
    ],
)
def test_the_database_keeps_a_barter_whole(hub, book, rope, wrong):
    barter = promised(book, rope)
    with pytest.raises(IntegrityError), transaction.atomic():
        Barter.objects.filter(pk=barter.pk).update(**wrong)


def test_the_database_keeps_a_thing_in_one_living_barter(hub, book, rope):
    promised(book, rope)
    other = promised(in_the_shop(a_swapper(hub)), in_the_shop(a_swapper(hub)))
    with pytest.raises(IntegrityError), transaction.atomic():
        BarterItem.objects.create(barter=other, item=book, side="owner")
