"""Asking helpers: sent, answered, taken back, lapsed."""

from datetime import date, timedelta
from typing import Any

import pytest

from bookings.dispatch import jobs
from bookings.dispatch.actions import accept, decline, lapse, offer, offer_next, withdraw
from bookings.dispatch.facts import proposals, proposals_for
from bookings.dispatch.models import Offer
from bookings.orders import actions as orders
from bookings.orders.models import Order
from hub.audit.models import Line
from hub.core.errors import RuleBroken
from hub.notifications.models import Message
from tests.cast import user_with
from tests.factories.dispatch import ProviderFactory, accepted, apart, helper_with_account, offered
from tests.factories.orders import MONDAY, ServiceFactory, asked, order, past_order
from tests.factories.people import ResidentFactory
from tests.factories.places import BuildingFactory, CommunityFactory, GridFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]


def refused(call: Any, **given: Any) -> str:
    with pytest.raises(RuleBroken) as broken:
        call(**given)
    assert "%(" not in broken.value.sentence
    return broken.value.code


@pytest.fixture
def service(hub: Any) -> Any:
    return ServiceFactory(hub=hub)


@pytest.fixture
def made(hub: Any, service: Any) -> Order:
    return order(hub, service)


@pytest.fixture
def operator(hub: Any) -> Any:
    return user_with("operator", hub)


def test_a_helper_is_asked_by_message_and_knows_no_door(made: Order, operator: Any) -> None:
    sent = offered(made)
    assert (sent.state, sent.by, sent.lapses_at - sent.offered_at) == ("offered", operator, timedelta(minutes=15))
    message = Message.objects.get(kind="offer_asked")
    assert (message.phone, message.channel) == (sent.provider.phone, "sms")
    assert f"/jobs/{sent.token}/" in message.text
    assert [words for words in ("王秀兰", "13800001234", "301") if words in message.text] == []
    assert Line.objects.get(verb="offer").changes["provider"] == sent.provider.pk


def test_a_helper_with_a_landline_is_rung(hub: Any, made: Order) -> None:
    offered(made, ProviderFactory(hub=hub, services=[made.service], phone="037166210000"))
    assert Message.objects.get(kind="offer_asked").channel == "call"


def test_the_second_operator_sees_who_sent_whom(hub: Any, made: Order) -> None:
    first = offered(made)
    with pytest.raises(RuleBroken) as broken:
        offer(order=made, provider=ProviderFactory(hub=hub, services=[made.service]), by=user_with("clerk", hub))
    assert (broken.value.code, Offer.objects.count()) == ("offer_living", 1)
    facts = broken.value.refusals[0].facts
    assert (facts["who"], facts["helper"]) == ("Operator", first.provider.name)


def test_accepting_gives_the_order_and_tells_the_resident_the_code(made: Order) -> None:
    taken = accepted(made)
    assert accept(offer=taken).state == "accepted"
    made.refresh_from_db()
    assert (made.state, made.helper_name, made.helper_phone) == ("assigned", taken.provider.name, taken.provider.phone)
    told = Message.objects.get(kind="order_assigned")
    assert made.door_code in told.text
    assert len(made.door_code) == 4
    assert Message.objects.filter(kind="order_assigned").count() == 1


def test_a_helper_with_an_account_is_assigned_by_it(hub: Any, made: Order) -> None:
    taken = accepted(made, helper_with_account(hub, services=[made.service]))
    made.refresh_from_db()
    assert (made.helper, made.helper_name, taken.helper) == (user_with("provider", hub), "", user_with("provider", hub))


def test_declining_needs_a_reason_and_frees_the_order(made: Order, hub: Any) -> None:
    sent = offered(made)
    assert refused(decline, offer=sent, reason="") == "offer_reason_missing"
    assert refused(decline, offer=sent, reason="\0") == "offer_reason_missing"
    for _each in range(2):
        assert decline(offer=sent, reason="busy").reason == "busy"
    assert refused(accept, offer=sent) == "offer_over"
    assert refused(offer, order=made, provider=sent.provider) == "offer_helper_cannot"
    offered(made, ProviderFactory(hub=hub, services=[made.service]))


@pytest.mark.parametrize("was", ["offered", "accepted", "on_the_way"])
def test_taken_back_the_order_waits_again_and_the_helper_is_told(made: Order, operator: Any, was: str) -> None:
    sent = offered(made) if was == "offered" else accepted(made)
    if was == "on_the_way":
        orders.go(order=made, by=operator)
    assert refused(withdraw, offer=sent, by=operator, why=" ") == "reason_missing"
    for _each in range(2):
        assert withdraw(offer=sent, by=operator, why="换人").state == "withdrawn"
    made.refresh_from_db()
    assert (made.state, made.helper_name) == ("taken", "")
    assert Message.objects.filter(kind="offer_withdrawn").count() == 1
    assert Message.objects.filter(kind="order_released").count() == (was != "offered")
    assert refused(accept, offer=sent) == "offer_over"


def test_whoever_has_arrived_is_not_taken_back(made: Order, operator: Any) -> None:
    sent = accepted(made)
    orders.arrive(order=made, by=operator)
    assert refused(withdraw, offer=sent, by=operator, why="换人") == "order_wrong_step"


def test_an_offer_lapses_when_its_time_is_over_and_not_before(made: Order, frozen: Any) -> None:
    sent = offered(made)
    assert (jobs.lapse_overdue(), lapse(offer=sent).state) == (0, "offered")
    frozen.shift(timedelta(minutes=15))
    assert refused(accept, offer=sent) == "offer_lapsed"
    assert (jobs.lapse_overdue(), jobs.lapse_overdue()) == (1, 0)
    sent.refresh_from_db()
    assert (sent.state, Offer.objects.count()) == ("lapsed", 1)
    assert refused(accept, offer=sent) == "offer_over"


def test_the_switch_asks_the_next_who_was_not_asked_yet(hub: Any, made: Order, frozen: Any, settings: Any) -> None:
    settings.OFFERS_GO_ON_ALONE = True
    helpers = [ProviderFactory(hub=hub, services=[made.service]) for _each in range(2)]
    offered(made, helpers[0])
    for count in (2, 2):
        frozen.shift(timedelta(minutes=15))
        jobs.lapse_overdue()
        assert Offer.objects.count() == count
    assert list(Offer.objects.order_by("pk").values_list("provider", "state")) == [(helpers[0].pk, "lapsed"), (helpers[1].pk, "lapsed")]


def test_the_switch_goes_on_after_a_no(hub: Any, made: Order, settings: Any) -> None:
    settings.OFFERS_GO_ON_ALONE = True
    helpers = [ProviderFactory(hub=hub, services=[made.service]) for _each in range(2)]
    decline(offer=offered(made, helpers[0]), reason="unwell")
    living = Offer.objects.living().get()
    assert (living.provider, living.by) == (helpers[1], None)


def test_one_press_asks_the_helper_proposed_first(hub: Any, made: Order, operator: Any) -> None:
    assert refused(offer_next, order=made, by=operator) == "offer_nobody"
    helper = ProviderFactory(hub=hub, services=[made.service])
    ProviderFactory(hub=hub)
    assert offer_next(order=made, by=operator).provider == helper


def elsewhere(made: Order, how: str, operator: Any) -> None:
    """The order goes another way than by an offer."""
    if how == "cancelled":
        orders.cancel(order=made, by=operator, reason="x", as_staff=True)
    elif how == "moved":
        orders.reschedule(order=made, asked=asked("14:00", "16:00"), by=operator, reason="x", as_staff=True)
    else:
        orders.assign(order=made, by=operator, name="李师傅", phone="13800009999")


@pytest.mark.parametrize("was", ["offered", "accepted"])
@pytest.mark.parametrize("how", ["cancelled", "moved", "by hand"])
def test_an_order_that_goes_another_way_takes_its_offer_along(made: Order, operator: Any, was: str, how: str) -> None:
    sent = offered(made) if was == "offered" else accepted(made)
    elsewhere(made, how, operator)
    strays = 0 if (was, how) == ("offered", "moved") else 1  # the question is still open: whoever answers sees the new time
    assert (jobs.let_strayed_go(), jobs.let_strayed_go()) == (strays, 0)
    sent.refresh_from_db()
    assert (sent.state, Message.objects.filter(kind="offer_withdrawn").count()) == ("withdrawn" if strays else "offered", strays)


def test_a_strayed_offer_does_not_stand_in_the_way(hub: Any, made: Order, operator: Any) -> None:
    accepted(made)
    elsewhere(made, "moved", operator)
    made.refresh_from_db()
    assert offered(made, ProviderFactory(hub=hub, services=[made.service])).state == "offered"


def test_an_order_somebody_has_is_offered_to_nobody(made: Order, operator: Any, hub: Any) -> None:
    elsewhere(made, "by hand", operator)
    assert refused(offer, order=made, provider=ProviderFactory(hub=hub, services=[made.service]), by=operator) == "offer_not_waiting"


# --- who can be asked, against the tables ---------------------------------------------------------------------------
def why(made: Order, provider: Any) -> str:
    return proposals_for(made.hub, [made], only=[provider.pk])[made.pk][0].ranked.why_not


def test_helpers_as_the_tables_have_them(hub: Any, second_hub: Any, service: Any) -> None:
    community, other = CommunityFactory(hub=hub), CommunityFactory(hub=hub)
    grid = GridFactory(hub=hub, community=community)
    resident = ResidentFactory(hub=hub, building=BuildingFactory(hub=hub, grid=grid))
    made = order(hub, service, asked(community=community.pk), for_person=resident, asked_by=resident)
    given: dict[str, dict[str, Any]] = {
        "": {"grids": [grid]},
        "not_active": {"is_active": False},
        "no_skill": {"services": [ServiceFactory(hub=hub)]},
        "on_leave": {"leave": (date(2026, 11, 30), date(2026, 11, 30))},
        "not_there": {"communities": [other]},
        "not_at_work": {"hours": [(1, "08:00", "18:00")]},
    }
    found = {code: why(made, ProviderFactory(hub=hub, **{"services": [service], **facts})) for code, facts in given.items()}
    assert found == {code: code for code in given}
    kept = ProviderFactory(hub=hub, services=[service])
    apart(kept, resident)
    assert (why(made, kept), why(order(hub, service, phone="13800009876"), kept)) == ("kept_apart", "")
    busy = ProviderFactory(hub=hub, services=[service], most_a_day=1)
    accepted(order(hub, service, phone="13800000002"), busy)
    assert why(made, busy) == "busy"
    assert why(order(hub, service, asked("14:00", "16:00"), phone="13800000003"), busy) == "full"
    assert refused(offer, order=made, provider=ProviderFactory(hub=second_hub)) == "offer_helper_unknown"
    assert proposals(made)[0].ranked.reasons[2] == ("knows_grid", 30)


def test_a_helper_on_leave_is_refused_in_clear_words(hub: Any, made: Order) -> None:
    away = ProviderFactory(hub=hub, services=[made.service], name="李师傅", leave=(MONDAY, MONDAY))
    with pytest.raises(RuleBroken) as broken:
        offer(order=made, provider=away)
    assert broken.value.refusals[0].facts["helper"] == "李师傅"


def test_ratings_and_jobs_are_counted_for_whom_they_belong_to(hub: Any, service: Any, made: Order) -> None:
    good, bad = (ProviderFactory(hub=hub, services=[service]) for _each in range(2))
    for days, helper, rating in ((1, good, 5), (2, good, 5), (1, bad, 1)):
        done = past_order(hub, service, days_ago=days, state="taken", helper_name="")
        offered(done, helper).refresh_from_db()
        accept(offer=Offer.objects.living().get(order=done))
        Order.objects.filter(pk=done.pk).update(state="rated", rating=rating, done_at=done.starts_at)
    found = {proposed.provider.pk: proposed.facts for proposed in proposals(made)}
    assert {pk: (facts.rating_sum, facts.rating_count, facts.month_count) for pk, facts in found.items()} == {good.pk: (10, 2, 2), bad.pk: (1, 1, 1)}


@pytest.mark.parametrize("count", [1, 30])
def test_a_suggestion_is_one_number_of_statements(hub: Any, made: Order, count: int, django_assert_num_queries: Any) -> None:
    for _each in range(count):
        ProviderFactory(hub=hub, services=[made.service], hours=[(0, "08:00", "18:00")], leave=(date(2026, 12, 5), date(2026, 12, 6)))
    with django_assert_num_queries(10):
        assert len(proposals(made)) == count
