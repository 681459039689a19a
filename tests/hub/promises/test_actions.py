"""Promise, take, keep, drop."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hub.audit.models import Line
from hub.core import clock
from hub.core.errors import RuleBroken
from hub.promises import actions, queries
from hub.promises.models import Promise
from hub.promises.states import Outcomes
from tests.cast import user_with
from tests.factories.promises import PromiseFactory

pytestmark = pytest.mark.django_db


def make(hub: Any, **more: Any) -> Promise:
    due_at = clock.now() + timedelta(hours=2)
    return actions.promise(**{"hub_id": hub.pk, "kind": "call_back", "subject": "tests.thing", "ref": "1", "due_at": due_at, **more})


def verbs() -> list[str]:
    return list(Line.objects.filter(subject_label="promises.promise").order_by("id").values_list("verb", flat=True))


def test_a_promise_says_what_is_owed_and_until_when(hub: Any, frozen: Any) -> None:
    clerk = user_with("clerk", hub)
    made = make(hub, team="operator", note="问会议室", by=clerk)
    assert (made.hub, made.made_at, made.due_at, made.team, made.note) == (hub, clock.now(), clock.now() + timedelta(hours=2), "operator", "问会议室")
    assert (made.owner, made.taken_at, made.done_at, made.outcome) == (None, None, None, "")
    line = Line.objects.get(verb="promise")
    assert (line.actor, line.changes["kind"], line.changes["about"]) == (clerk, "call_back", "tests.thing 1")


def test_the_same_is_promised_once_while_it_is_open(hub: Any) -> None:
    first = make(hub)
    assert make(hub, due_at=clock.now() + timedelta(days=9)) == first
    assert Promise.objects.get().due_at == first.due_at
    actions.keep(promise=first)
    assert make(hub) != first
    assert verbs() == ["promise", "keep", "promise"]


def test_the_database_refuses_a_second_open_one(hub: Any) -> None:
    PromiseFactory(hub=hub, subject_ref="1")
    with pytest.raises(IntegrityError), transaction.atomic():
        PromiseFactory(hub=hub, subject_ref="1")
    PromiseFactory(hub=hub, subject_ref="1", done_at=clock.now(), outcome=Outcomes.KEPT)


@pytest.mark.parametrize(
    "broken",
    [{"outcome": "kept"}, {"outcome": "dropped", "reason": ""}, {"outcome": ""}],
    ids=["an outcome while open", "dropped without a reason", "done without an outcome"],
)
def test_the_database_refuses_half_an_ending(hub: Any, broken: dict[str, str]) -> None:
    done_at = None if broken.get("outcome") == "kept" else clock.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        PromiseFactory(hub=hub, done_at=done_at, **broken)


def test_it_is_taken_and_taken_over(hub: Any, frozen: Any) -> None:
    clerk, operator, made = user_with("clerk", hub), user_with("operator", hub), make(hub)
    assert actions.take(promise=made, by=clerk).owner == clerk
    taken_at = Promise.objects.get().taken_at
    frozen.shift(60)
    assert actions.take(promise=made, by=clerk).taken_at == taken_at
    assert actions.take(promise=made, by=operator).owner == operator
    assert verbs() == ["promise", "take", "take"]


def test_it_is_kept_once(hub: Any, frozen: Any) -> None:
    clerk, made = user_with("clerk", hub), make(hub)
    actions.keep(promise=made, by=clerk)
    frozen.shift(60)
    kept = actions.keep(promise=made, by=clerk)
    assert (kept.outcome, kept.done_at) == (Outcomes.KEPT, clock.now() - timedelta(seconds=60))
    assert verbs() == ["promise", "keep"]


def test_it_is_dropped_with_a_reason(hub: Any) -> None:
    dropped = actions.drop(promise=make(hub), reason=" 居民自己来过了 ")
    assert (dropped.outcome, dropped.reason) == (Outcomes.DROPPED, "居民自己来过了")
    assert Line.objects.get(verb="drop").reason == "居民自己来过了"


@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_dropped(hub: Any, reason: str) -> None:
    with pytest.raises(RuleBroken) as refused:
        actions.drop(promise=make(hub), reason=reason)
    assert (refused.value.code, refused.value.refusals[0].field) == ("reason_missing", "reason")
    assert Promise.objects.get().is_open


def test_an_ending_is_not_turned_into_another(hub: Any) -> None:
    kept, dropped = PromiseFactory(hub=hub), PromiseFactory(hub=hub)
    actions.keep(promise=kept)
    actions.drop(promise=dropped, reason="x")
    clerk = user_with("clerk", hub)
    for again in (
        lambda: actions.drop(promise=kept, reason="y"),
        lambda: actions.keep(promise=dropped),
        lambda: actions.take(promise=kept, by=clerk),
    ):
        with pytest.raises(RuleBroken) as refused:
            again()
        assert refused.value.code == "already_decided"
    assert set(Promise.objects.values_list("outcome", "reason")) == {("kept", ""), ("dropped", "x")}


def test_domains_keep_and_drop_by_what_it_is_about(hub: Any) -> None:
    make(hub, ref="1")
    make(hub, ref="2")
    assert actions.keep_about(kind="call_back", subject="tests.thing", ref="1").outcome == Outcomes.KEPT
    assert actions.drop_about(kind="call_back", subject="tests.thing", ref="2", reason="x").outcome == Outcomes.DROPPED
    assert actions.keep_about(kind="call_back", subject="tests.thing", ref="1") is None
    assert actions.drop_about(kind="other", subject="tests.thing", ref="2", reason="x") is None


def test_due_next_is_the_most_urgent_first_and_this_hubs_alone(hub: Any, second_hub: Any, django_assert_num_queries: Any) -> None:
    now, clerk = clock.now(), user_with("clerk", hub)
    later = PromiseFactory(hub=hub, due_at=now + timedelta(hours=5), team="operator")
    mine = PromiseFactory(hub=hub, due_at=now + timedelta(hours=1), owner=clerk, taken_at=now)
    overdue = PromiseFactory(hub=hub, due_at=now - timedelta(hours=1), kind="other")
    PromiseFactory(hub=hub, done_at=now, outcome=Outcomes.KEPT)
    PromiseFactory(hub=second_hub)
    with django_assert_num_queries(1):
        assert [str(row.owner) for row in queries.due_next(hub)] == ["None", "Clerk", "None"]
    assert list(queries.due_next(hub)) == [overdue, mine, later]
    assert list(queries.due_next(hub, limit=1)) == [overdue]
    assert list(queries.due_next(hub, owner_id=clerk.pk)) == [mine]
    assert list(queries.due_next(hub, team="operator")) == [later]
    assert list(queries.due_next(hub, kind="other")) == [overdue]


def test_the_rate_counts_met_late_dropped_and_overdue(hub: Any, frozen: Any) -> None:
    now, hour = clock.now(), timedelta(hours=1)
    ended = {"hub": hub, "due_at": now - 2 * hour}
    PromiseFactory.create_batch(2, **ended, done_at=now - 3 * hour, outcome=Outcomes.KEPT)
    PromiseFactory(**ended, done_at=now - hour, outcome=Outcomes.KEPT)
    PromiseFactory(**ended, done_at=now - 3 * hour, outcome=Outcomes.DROPPED, reason="x")
    PromiseFactory(**ended)
    PromiseFactory(hub=hub, due_at=now + hour)
    assert queries.rate_of(hub, since=now - timedelta(days=1)) == 2 / 5
    assert queries.rate_of(hub, since=now - timedelta(days=1), kind="nothing") is None
