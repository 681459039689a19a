"""One code, one voice, one box, one closing, however many press at once: each race with its lock and its guard taken away."""

import threading
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.db import connection

from hub.closings.models import Closing
from hub.hubs.models import Hub
from hub.served.models import RatingCode
from mutualaid.vanguard import actions
from mutualaid.vanguard.actions import Came
from mutualaid.vanguard.models import BoxCount, Post, Rating
from tests.factories.people import ResidentFactory
from tests.factories.vanguard import a_code, a_post, at_work, past_ratings
from tests.races.racing import LONG_ENOUGH, race, without_constraints

pytestmark = pytest.mark.django_db(transaction=True)
served = import_module("hub.served.actions")
rating = import_module("mutualaid.vanguard.actions.rating")
boxes = import_module("mutualaid.vanguard.actions.boxes")
closing = import_module("mutualaid.vanguard.actions.closing")
closings = import_module("hub.closings.actions")
OCTOBER = date(2026, 10, 1)
RIVALS, A_MOMENT = 4, 0.3
FOUR = [(True, True), (False, True), (True, False), (False, False)]
NAMES = ["lock and guard", "guard alone", "lock alone", "neither"]
four_ways = pytest.mark.parametrize(("has_lock", "has_guard"), FOUR, ids=NAMES)


def hold_window_open(monkeypatch: pytest.MonkeyPatch, module: Any, after: str, *, has_lock: bool, rivals: int = RIVALS) -> None:
    """Let every rival wait after its first look (by `after`) until all have looked."""
    meeting, looked, real_look = threading.Barrier(rivals), threading.local(), getattr(module, after)

    def look(*args: Any, **kwargs: Any) -> Any:
        found = real_look(*args, **kwargs)
        if not getattr(looked, "has_met", False):
            looked.has_met = True
            try:
                meeting.wait(A_MOMENT if has_lock else LONG_ENOUGH)
            except threading.BrokenBarrierError:
                assert has_lock, "a rival was held up: the window was not open"
        return found

    monkeypatch.setattr(module, after, look)


def without_transactions(monkeypatch: pytest.MonkeyPatch, *doors: tuple[Any, str]) -> None:
    """On SQLite BEGIN is the lock: do without it."""
    if connection.vendor == "sqlite":
        for module, name in doors:
            monkeypatch.setattr(module, name, getattr(module, name).__wrapped__)


@four_ways
def test_one_code_used_by_four_at_once_is_one_rating(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool) -> None:
    a_post(hub, number=1, takes_rest=True)
    code = a_code(hub)
    hold_window_open(monkeypatch, served, "locked_code", has_lock=has_lock)
    if not has_lock:
        unlocked = lambda code_hash: RatingCode.objects.select_related("event__for_person").filter(code_hash=code_hash).first()  # noqa: E731  as the real one
        monkeypatch.setattr(served, "locked_code", unlocked)
        hold_window_open(monkeypatch, served, "locked_code", has_lock=has_lock)
        without_transactions(monkeypatch, (rating, "use_code"), (rating, "_rate"))
        monkeypatch.setattr(rating, "lock_post", lambda post: None)
        monkeypatch.setattr(rating, "silence_earlier", lambda voice: None)
    if not has_guard:
        careless = lambda held, now: held.used_at is None and RatingCode.objects.filter(pk=held.pk).update(used_at=now)  # noqa: E731  without the condition
        monkeypatch.setattr(served, "use_up", careless)
        without_constraints(Rating, {"vanguard_rating_once_a_service", "vanguard_one_voice_counts"})
    outcomes = race(*[lambda: actions.rate(hub=hub, code=code, grade=5, came=Came())] * RIVALS)
    made = RIVALS if not has_lock and not has_guard else 1
    assert (outcomes.count("done"), outcomes.count("code_used"), Rating.objects.count()) == (made, RIVALS - made, made)


@four_ways
def test_one_person_rating_one_post_four_times_at_once_has_one_voice(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool) -> None:
    a_post(hub, number=1, takes_rest=True)
    person = ResidentFactory(hub=hub)
    codes = [a_code(hub, person=person) for _each in range(RIVALS)]
    hold_window_open(monkeypatch, rating, "silence_earlier", has_lock=has_lock)
    monkeypatch.setattr(rating, "TRIES", RIVALS + 1)
    if not has_lock:
        monkeypatch.setattr(rating, "lock_post", lambda post: Post.objects.get(pk=post.pk))
        without_transactions(monkeypatch, (rating, "use_code"), (rating, "_rate"))
        if connection.vendor == "sqlite":
            # Its BEGIN is gone, so it may be asked twice.
            monkeypatch.setattr(rating, "use_code", lambda code, hub_id: served.locked_code(served.hash_of(code)).event)
    if not has_guard:
        without_constraints(Rating, {"vanguard_one_voice_counts"})
    outcomes = race(*((lambda code=code: actions.rate(hub=hub, code=code, grade=4, came=Came())) for code in codes))
    counting = Rating.objects.filter(counts=True).count()
    if not has_lock and not has_guard:
        assert (outcomes.count("done"), counting) == (RIVALS, RIVALS)
        return
    assert (outcomes, Rating.objects.count(), counting) == (["done"] * RIVALS, RIVALS, 1)


@four_ways
def test_four_who_close_a_month_at_once_freeze_it_once(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool) -> None:
    past_ratings(a_post(hub, number=1), OCTOBER, (20, 0, 0, 0, 0))
    reviewers = [at_work("reviewer", hub, f"reviewer{n}") for n in range(RIVALS)]
    hold_window_open(monkeypatch, closing, "locked_hub", has_lock=has_lock)
    if not has_lock:
        monkeypatch.setattr(closing, "locked_hub", lambda hub: Hub.objects.get(pk=hub.pk))
        monkeypatch.setattr(Hub.objects, "select_for_update", lambda: Hub.objects.all())
        hold_window_open(monkeypatch, closings, "standing_of", has_lock=has_lock)
        without_transactions(monkeypatch, (closing, "close_month"), (closings, "close"))
        careless(monkeypatch)
    if not has_guard:
        without_constraints(Closing, {"closing_version_once"})
    outcomes = race(*((lambda by=by: closing.close_month(hub=hub, month=OCTOBER, by=by)) for by in reviewers))
    made = Closing.objects.count()
    if has_lock:
        assert (outcomes, made) == (["done"] * RIVALS, 1)
    elif has_guard:
        assert (outcomes.count("done") >= 1, made) == (True, 1)
    else:
        assert made == RIVALS


def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Freeze as the first version whatever was frozen meanwhile."""

    def close(*, hub: Any, kind: str, period: str, result: Any, by: Any = None) -> Closing:
        made: Closing = Closing.objects.create(hub=hub, kind=kind, period=period, version=1, result=result, closed_at="2026-11-01T00:00:00Z", closed_by=by)
        return made

    monkeypatch.setattr(closings, "close", close)


@four_ways
def test_four_who_type_the_box_at_once_write_the_cards_once(hub: Any, monkeypatch: pytest.MonkeyPatch, has_lock: bool, has_guard: bool) -> None:
    post = a_post(hub, number=1)
    people = [at_work("reviewer", hub, f"reviewer{n}") for n in range(RIVALS)]
    hold_window_open(monkeypatch, boxes, "turn_of", has_lock=has_lock)
    if not has_lock:
        monkeypatch.setattr(boxes, "lock_month", lambda hub_id, month: None)
        without_transactions(monkeypatch, (boxes, "_type_box"))
    if not has_guard:
        without_constraints(BoxCount, {"vanguard_box_place_once"})
    outcomes = race(*((lambda by=by: boxes.type_box(post=post, month=OCTOBER, cards=(3, 1, 0, 0, 0), by=by)) for by in people))
    found = (Rating.objects.count(), BoxCount.objects.filter(settled_at__isnull=False).count())
    if has_lock:
        assert (sorted(outcomes), found) == (["box_done", "box_done", "done", "done"], (4, 2))
    elif has_guard:
        places = list(BoxCount.objects.values_list("turn", "place"))
        # no place twice, and no card: how many rows say "agreed" is the lock's to keep (a third and fourth may find two unsettled and begin a new turn)
        assert (len(places), len(set(places)), found[0] in {0, 4}) == (len(places), len(places), True)
    else:
        assert (outcomes, BoxCount.objects.filter(turn=1, place=1).count(), found) == (["done"] * RIVALS, RIVALS, (0, 0))  # four firsts, and no second
