"""One service is rated once, one known person has one voice a post and month, nobody rates the own post."""

import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from bookings.orders.actions import finish
from bookings.orders.actions import rate as rate_order
from hub.audit.models import Line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.people.models import Resident
from hub.promises.models import Promise
from hub.served.models import RatingCode, ServiceEvent
from hub.served.queries import code_about
from mutualaid.vanguard import actions
from mutualaid.vanguard.actions import Came
from mutualaid.vanguard.models import Rating
from mutualaid.vanguard.rules import MOST_OF_ONE_BROWSER
from mutualaid.vanguard.tallies import month_at
from tests.cast import user_with
from tests.factories.orders import ServiceFactory, past_order
from tests.factories.people import ResidentFactory, UserFactory
from tests.factories.vanguard import PostFactory, TagFactory, a_code, a_post, a_term, at_work, many_codes, past_ratings, rated

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(hub: Any, frozen: Any) -> Any:
    """A post of the living station that takes what nobody's is."""
    return a_post(hub, number=1, takes_rest=True)


def refusal(work: Any) -> str:
    with pytest.raises(RuleBroken) as refused, transaction.atomic():
        work()
    return refused.value.code


def test_one_tap_is_written_once_and_leads_to_nobody(hub: Any, post: Any) -> None:
    person = ResidentFactory(hub=hub)
    code = a_code(hub, person=person)
    made = actions.rate(hub=hub, code=code.lower(), grade=5, came=Came(source="link"))
    assert (made.post, made.term.name, made.grade, made.source, f"{made.month}", made.received_at) == (post, "赵玉兰", 5, "link", "2026-11-01", clock.now())
    assert refusal(lambda: actions.rate(hub=hub, code=code, grade=1, came=Came())) == "code_used"
    assert (Rating.objects.count(), RatingCode.objects.get().used_at) == (1, clock.day_bounds(clock.today())[0])
    kept = {str(value) for value in Rating.objects.values_list()[0]}
    assert not kept & {ServiceEvent.objects.get().subject_ref, code}
    leads_to = {field.related_model for field in Rating._meta.get_fields() if field.is_relation}
    assert not leads_to & {Resident, ServiceEvent, RatingCode}
    assert list(Line.objects.filter(verb="rate").values_list("actor", "for_person")) == [(None, "")]


@pytest.mark.parametrize("code", ["", "7KQ2M9XA", "用过的码", "7" * 200, "\u0000"])
def test_a_code_nobody_gave_out_rates_nothing(hub: Any, post: Any, code: str) -> None:
    a_code(hub)
    assert refusal(lambda: actions.rate(hub=hub, code=code, grade=5, came=Came())) == "code_unknown"


def test_a_code_of_another_hub_or_run_out_rates_nothing(hub: Any, second_hub: Any, post: Any, frozen: Any) -> None:
    code = a_code(hub)
    assert refusal(lambda: actions.rate(hub=second_hub, code=code, grade=5, came=Came())) == "code_unknown"
    frozen.shift(timedelta(days=30))
    assert refusal(lambda: actions.rate(hub=hub, code=code, grade=5, came=Came())) == "code_unknown"
    assert Rating.objects.count() == 0


@pytest.mark.parametrize("grade", [0, 6, -1])
def test_there_are_five_grades(hub: Any, post: Any, grade: int) -> None:
    code = a_code(hub)
    assert refusal(lambda: actions.rate(hub=hub, code=code, grade=grade, came=Came())) == "rating_grade_missing"
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(hub=hub, token="t", event_mark="e", voice="v", month=clock.today().replace(day=1), received_at=clock.now(), grade=grade)
    assert RatingCode.objects.get().used_at is None


def test_whose_post_it_is(hub: Any, post: Any) -> None:
    """The holder's who did it, in that centre and then; else the one that takes the rest; else nobody's."""
    clerk, plumber = user_with("clerk", hub), user_with("provider", hub)
    window = a_post(hub, number=2, station="acceptance", account=clerk)
    tools = a_post(hub, number=3, account=plumber)
    found = [
        rated(hub, by=plumber).post, rated(hub, by=clerk).post, rated(hub, by=clerk, station="acceptance").post, rated(hub, station="acceptance").post,
        rated(hub, station="culture").post,
    ]  # fmt: skip
    assert found == [tools, post, window, None, None]
    assert month_at(hub, clock.today().replace(day=1)).house == (2, 0, 0, 0, 0)


@pytest.mark.parametrize("who", ["rater", "leader", "person", "typist"])
def test_nobody_rates_the_own_post(hub: Any, post: Any, who: str) -> None:
    holder, leader = user_with("clerk", hub), user_with("director", hub)
    own = PostFactory(hub=hub, number=5, leader=leader)
    a_term(own, account=holder)
    code = a_code(hub, by=holder, person=ResidentFactory(hub=hub, user=holder) if who == "person" else None)
    came = {"rater": Came(user=holder), "leader": Came(user=leader), "person": Came(), "typist": Came(source="desk", taken_by=holder)}[who]
    assert refusal(lambda: actions.rate(hub=hub, code=code, grade=5, came=came)) == "rating_own"
    assert (Rating.objects.count(), RatingCode.objects.get().used_at) == (0, None)
    assert actions.rate(hub=hub, code=code, grade=5, came=Came(user=UserFactory())).post == own if who != "person" else True


def test_the_last_voice_of_a_month_counts(hub: Any, post: Any, frozen: Any) -> None:
    person = ResidentFactory(hub=hub, user=UserFactory())
    first, second, stranger = rated(hub, 1, person=person), rated(hub, 4, came=Came(user=person.user)), rated(hub, 5)
    frozen.shift(timedelta(days=10))  # December
    later = rated(hub, 3, person=person)
    found = [(row.counts, row.why_not) for row in Rating.objects.filter(pk__in=[first.pk, second.pk, stranger.pk, later.pk]).order_by("pk")]
    assert found == [(False, "later"), (True, ""), (True, ""), (True, "")]
    assert [month_at(hub, datetime(2026, month, 1).date()).posts[0].tally.grades for month in (11, 12)] == [(1, 1, 0, 0, 0), (0, 0, 1, 0, 0)]
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.filter(pk=first.pk).update(counts=True, why_not="")


@pytest.mark.parametrize(("moment", "month"), [("2026-10-31T15:59:59+00:00", "2026-10-01"), ("2026-10-31T16:00:00+00:00", "2026-11-01")])
@pytest.mark.parametrize("server", ["UTC", "America/New_York"])
def test_a_month_ends_at_midnight_in_the_house(hub: Any, post: Any, frozen: Any, monkeypatch: Any, moment: str, month: str, server: str) -> None:
    monkeypatch.setenv("TZ", server)
    time.tzset()
    try:
        frozen.move_to(datetime.fromisoformat(moment).astimezone(UTC))
        assert f"{rated(hub).month}" == month
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_low_grade_is_owed_to_be_put_right(hub: Any, post: Any, frozen: Any) -> None:
    holder, leader = user_with("provider", hub), user_with("operator", hub)
    own = a_post(hub, number=2, account=holder)
    led = PostFactory(hub=hub, number=3, leader=leader, station="culture", takes_rest=True)
    low, led_low, nobodys, good = rated(hub, 2, by=holder), rated(hub, 1, station="culture"), rated(hub, 1), rated(hub, 3)
    found = {row.subject_ref: (row.owner, row.team, row.due_at.date().isoformat()) for row in Promise.objects.filter(kind="vanguard.correction")}
    assert (own.pk, led.pk) == (low.post_id, led_low.post_id)
    assert found == {
        str(low.pk): (holder, "", "2026-12-02"), str(led_low.pk): (leader, "", "2026-12-02"), str(nobodys.pk): (None, "director", "2026-12-02"),
    }  # fmt: skip
    assert refusal(lambda: actions.put_right(rating=low, words=" ", by=at_work("reviewer", hub))) == "rating_done_missing"
    assert refusal(lambda: actions.put_right(rating=low, words="x", by=at_work("editor", hub))) == "rating_not_yours_to_decide"
    assert refusal(lambda: actions.put_right(rating=good, words="x", by=at_work("reviewer", hub))) == "rating_nothing_owed"
    holder.acting_at = hub
    done = actions.put_right(rating=low, words="已向您道歉并重新维修", by=holder)
    kept = Promise.objects.get(subject_ref=str(low.pk))
    assert (done.done_words, done.done_by, kept.outcome) == ("已向您道歉并重新维修", holder, "kept")


def test_five_hundred_from_one_browser_count_no_more_than_ten(hub: Any, post: Any, frozen: Any) -> None:
    """Five hundred real codes, cookies cleared each time: the score moves within the bound the page states."""
    past_ratings(post, clock.today().replace(day=1), (0, 0, 40, 0, 0))
    before = month_at(hub, clock.today().replace(day=1)).posts[0].tally
    came = Came(source="link", mark="m" * 32, address="a" * 32)
    made = 0
    for code in many_codes(hub, 500):
        actions.rate(hub=hub, code=code, grade=5, came=came)
        made += 1
        frozen.shift(timedelta(seconds=20))
    found = month_at(hub, clock.today().replace(day=1)).posts[0]
    extra = found.tally.grades[0] - before.grades[0]
    assert (made, extra <= MOST_OF_ONE_BROWSER, found.aside + extra, found.tally.grades[1:]) == (500, True, 500, before.grades[1:])
    one = Rating.objects.filter(suspicion="browser").first()
    reviewer = at_work("reviewer", hub)
    assert refusal(lambda: actions.put_back(rating=one, reason="", by=reviewer)) == "rating_reason_missing"
    back = actions.put_back(rating=one, reason="社区开放日同一部平板", by=reviewer)
    rated(hub, 5, came=came)
    assert (back.is_aside, Rating.objects.get(pk=one.pk).is_aside, Rating.objects.get(pk=one.pk).suspicion) == (False, False, "browser")
    assert list(Line.objects.filter(verb="put_back").values_list("reason", "actor")) == [("社区开放日同一部平板", reviewer.pk)]
    assert Line.objects.filter(verb="set_aside_by_rule").exists()


def test_an_order_that_is_rated_on_its_own_slip_is_not_asked_again(hub: Any, post: Any) -> None:
    made = finish(order=past_order(hub, ServiceFactory(hub=hub), state="arrived"), by=user_with("operator", hub))
    rate_order(order=made, rating=2, words="没修好")
    found = Rating.objects.get()
    assert (found.grade, found.words, found.words_state, found.source, found.post) == (2, "没修好", "waiting", "web", post)
    assert RatingCode.objects.get(event__subject_ref=made.reference).used_at is not None
    assert Promise.objects.filter(kind="vanguard.correction").count() == 1


def test_what_a_code_said_first_is_not_said_twice_by_the_order(hub: Any, post: Any) -> None:
    made = finish(order=past_order(hub, ServiceFactory(hub=hub), state="arrived"), by=user_with("operator", hub))
    actions.rate(hub=hub, code=code_about("orders.order", made.reference) or "", grade=5, came=Came())
    rate_order(order=made, rating=4)
    assert [row.grade for row in Rating.objects.all()] == [5]


def test_words_wait_are_shown_and_answered(hub: Any, post: Any, frozen: Any) -> None:
    holder = user_with("provider", hub)
    own, tag = a_post(hub, number=2, account=holder), TagFactory(hub=hub)
    made = rated(hub, by=holder)
    actions.add_words(rating=made, words="很细心", tags=[tag])
    reviewer, stranger = at_work("reviewer", hub), at_work("editor", hub)
    assert refusal(lambda: actions.decide_words(rating=made, is_shown=True, by=stranger)) == "rating_not_yours_to_decide"
    holder.acting_at = hub
    assert refusal(lambda: actions.answer(rating=made, words="谢谢", by=holder)) == "rating_reply_hidden"
    actions.decide_words(rating=made, is_shown=True, by=reviewer)
    assert refusal(lambda: actions.add_words(rating=made, words="改一改")) == "rating_words_decided"
    assert refusal(lambda: actions.answer(rating=made, words="谢谢", by=reviewer)) == "rating_not_yours_to_decide"
    assert refusal(lambda: actions.answer(rating=made, words=" ", by=holder)) == "rating_reply_missing"
    done = actions.answer(rating=made, words="谢谢您", by=holder)
    assert (done.post, done.reply, done.words_state, list(done.tags.all())) == (own, "谢谢您", "shown", [tag])
    assert refusal(lambda: actions.add_words(rating=rated(hub), words="长" * 301)) == "rating_words_long"
    late = rated(hub)
    frozen.shift(timedelta(days=8))
    assert refusal(lambda: actions.add_words(rating=late, words="迟到的话")) == "rating_words_late"


def test_holders_do_not_decide_about_their_own_post(hub: Any, post: Any) -> None:
    reviewer = at_work("reviewer", hub)
    own = a_post(hub, number=2, account=reviewer)
    made, other = rated(hub, by=reviewer), rated(hub)
    assert made.post == own
    for work in (
        lambda: actions.set_aside(rating=made, reason="不像真的", by=reviewer),
        lambda: actions.decide_words(rating=made, is_shown=True, by=reviewer),
        lambda: actions.put_back(rating=made, reason="x", by=reviewer),
    ):
        assert refusal(work) == "rating_not_yours_to_decide"
    aside = actions.set_aside(rating=other, reason="同一人反复点", by=reviewer)
    assert (aside.is_aside, refusal(lambda: actions.set_aside(rating=other, reason="x", by=reviewer))) == (True, "rating_aside_already")
    assert actions.put_back(rating=other, reason="核对过", by=reviewer).is_aside is False
    assert refusal(lambda: actions.put_back(rating=other, reason="x", by=reviewer)) == "rating_not_aside"
