"""What comes onto the shelf and leaves it; a number is the sum of its movements, whatever is done in whatever order."""

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from hub.audit.models import Line
from hub.core.errors import RuleBroken
from hub.core.joins import integrity_checks
from hub.hubs.models import Hub
from hub.notifications.models import Message
from mutualaid.clothing import actions
from mutualaid.clothing.actions import Giver
from mutualaid.clothing.models import Garment, Intake, Movement, Parcel
from mutualaid.clothing.states import IS_OPEN
from mutualaid.clothing.stock_import import KEY
from tests.cast import user_with
from tests.factories.clothing import a_slot, asker, garment, intake, parcel, somebody

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]
CHECKS = [check for check in integrity_checks if check.name.startswith("clothing.")]


def faults() -> list[str]:
    return [fault for check in CHECKS for fault in check.find()]


def moves() -> list[tuple[str, int]]:
    return list(Movement.objects.order_by("id").values_list("kind", "change"))


def test_many_pieces_alike_at_once_and_again(hub: Any) -> None:
    clerk = user_with("clerk", hub)
    intake(hub, by=clerk, piece_count=3, shelf="B3")
    made = intake(hub, by=clerk, piece_count=2, refused_count=1, fault="torn", end="recycled")
    row = Garment.objects.get()
    assert (row.piece_count, row.shelf, row.words) == (5, "B3", str(row))
    assert (made.refused_count, made.fault, made.end, made.from_whom) == (1, "torn", "recycled", made.from_whom)
    assert (moves(), faults()) == ([("in", 3), ("in", 2)], [])
    assert Line.objects.filter(verb="take_in").count() == 2


def test_all_of_it_can_be_refused(hub: Any) -> None:
    made = intake(hub, piece_count=0, size="", refused_count=4, fault="mouldy", end="thrown_away")
    assert (made.garment, Garment.objects.count(), Movement.objects.count(), faults()) == (None, 0, 0, [])


def test_the_same_form_twice_is_one_intake(hub: Any) -> None:
    first, second = intake(hub, token="one-form"), intake(hub, token="one-form")
    assert (first.pk, Intake.objects.count(), Garment.objects.get().piece_count) == (second.pk, 1, 1)


def test_a_word_of_thanks_goes_out_once_a_bag(hub: Any) -> None:
    first = intake(hub, giver=Giver("梁大姐", "13800007701", wants_thanks=True))
    second = intake(hub, size="M", bag=first)
    third = intake(hub, size="S", bag=second)
    assert (second.bag, third.bag, third.donor_name, third.from_whom) == (first, first, "梁大姐", "梁**")
    assert (Message.objects.count(), Message.objects.get().phone) == (1, "13800007701")
    intake(hub, giver=Giver("老周", "13800007702"))
    assert Message.objects.count() == 1


def test_out_of_stock_and_counted_anew(hub: Any) -> None:
    clerk, row = user_with("clerk", hub), garment(hub, piece_count=5)
    actions.discard(garment=row, piece_count=2, fault="stained", by=clerk)
    actions.count_anew(garment=row, piece_count=4, reason="找到一件", by=clerk)
    row.refresh_from_db()
    assert (row.piece_count, moves(), faults()) == (4, [("in", 5), ("discarded", -2), ("correction", 1)], [])


@pytest.mark.parametrize(
    ("act", "given", "code"),
    [
        ("discard", {"piece_count": 0, "fault": "torn"}, "clothing_too_few_there"),
        ("discard", {"piece_count": 6, "fault": "torn"}, "clothing_too_few_there"),
        ("discard", {"piece_count": 1, "fault": ""}, "clothing_fault_missing"),
        ("count_anew", {"piece_count": 5, "reason": "x"}, "clothing_as_it_was"),
        ("count_anew", {"piece_count": 4, "reason": " "}, "clothing_reason_missing"),
        ("count_anew", {"piece_count": -1, "reason": "x"}, "clothing_count"),
        ("count_anew", {"piece_count": 501, "reason": "x"}, "clothing_count"),
    ],
)
def test_what_cannot_be_done_with_stock(hub: Any, act: str, given: dict[str, Any], code: str) -> None:
    row = garment(hub, piece_count=5)
    with pytest.raises(RuleBroken) as broken:
        getattr(actions, act)(garment=row, by=None, **given)
    assert (broken.value.code, Garment.objects.get().piece_count, Movement.objects.count()) == (code, 5, 1)
    assert "%" not in broken.value.sentence


FORBIDDEN = [
    ("less than nothing", lambda row: Garment.objects.filter(pk=row.pk).update(piece_count=-1)),
    ("worn underwear", lambda row: Garment.objects.filter(pk=row.pk).update(kind="thermal")),
    ("the same row twice", lambda row: Garment.objects.create(hub=row.hub, **{name: getattr(row, name) for name in (*KEY, "size_order")})),
    ("a movement rewritten", lambda row: Movement.objects.update(change=7)),
    ("a movement deleted", lambda row: Movement.objects.all().delete()),
    ("in without an intake", lambda row: Movement.objects.create(hub=row.hub, garment=row, kind="in", change=1, at=row.intakes.get().at)),
    ("out without a parcel", lambda row: Movement.objects.create(hub=row.hub, garment=row, kind="out", change=-1, at=row.intakes.get().at)),
    ("the wrong sign", lambda row: Movement.objects.create(hub=row.hub, garment=row, kind="discarded", fault="torn", change=1, at=row.intakes.get().at)),
    ("no reason", lambda row: Movement.objects.create(hub=row.hub, garment=row, kind="correction", change=1, at=row.intakes.get().at)),
    ("an intake of nothing", lambda row: Intake.objects.create(hub=row.hub, token="x", at=row.intakes.get().at)),
    ("refused without why", lambda row: Intake.objects.create(hub=row.hub, token="x", at=row.intakes.get().at, refused_count=1)),
]  # fmt: skip


@pytest.mark.parametrize(("case", "act"), FORBIDDEN, ids=[case for case, _act in FORBIDDEN])
def test_what_the_database_forbids(hub: Any, case: str, act: Any) -> None:
    row = garment(hub)
    with pytest.raises(IntegrityError), transaction.atomic():
        act(row)


def test_a_number_that_is_not_its_sum_is_found(hub: Any) -> None:
    row, kept = garment(hub, piece_count=3), parcel(hub)
    Garment.objects.filter(pk=row.pk).update(piece_count=9)
    Parcel.objects.filter(pk=kept.pk).update(state="cancelled", closed_at=kept.created_at)
    assert [fault.split(":")[0].split(" ")[1] for fault in faults()] == ["garment", "parcel"]


class Shelf(RuleBasedStateMachine):
    """Whatever is done with one coat, in any order, refused or not."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.hub = Hub.objects.get(slug="xidajie")
        self.row = garment(self.hub)

    def teardown(self) -> None:
        connection.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def quietly(self, act: Any, **given: Any) -> None:
        try:
            with transaction.atomic():
                act(**given)
        except RuleBroken:
            pass

    @rule(pieces=st.integers(0, 4), refused=st.integers(0, 2))
    def take_in(self, pieces: int, refused: int) -> None:
        self.quietly(lambda: intake(self.hub, piece_count=pieces, refused_count=refused, fault="torn", end="recycled"))

    @rule(pieces=st.integers(-1, 4))
    def discard(self, pieces: int) -> None:
        self.quietly(actions.discard, garment=self.row, piece_count=pieces, fault="torn", by=None)

    @rule(pieces=st.integers(-1, 6))
    def count(self, pieces: int) -> None:
        self.quietly(actions.count_anew, garment=self.row, piece_count=pieces, reason="盘点", by=None)

    @rule(pieces=st.integers(1, 4))
    def choose(self, pieces: int) -> None:
        by, token = asker(somebody(self.hub)), f"token-{Parcel.objects.count():012d}"
        self.quietly(actions.choose, hub=self.hub, wanted={self.row.pk: pieces}, slot=a_slot(self.hub), by=by, token=token)

    @rule(place=st.integers(0, 3), act=st.sampled_from(["make_ready", "cancel", "put_back", "hand_out"]))
    def go_on(self, place: int, act: str) -> None:
        rows = list(Parcel.objects.filter(state__in=IS_OPEN).order_by("id"))
        if not rows:
            return
        kept = rows[place % len(rows)]
        if act == "put_back":
            Parcel.objects.filter(pk=kept.pk).update(
                starts_at=kept.starts_at.replace(year=2025), ends_at=kept.ends_at.replace(year=2025), collect_by=kept.ends_at.replace(year=2025)
            )
            self.quietly(actions.put_back, parcel=kept)
        elif act == "hand_out":
            self.quietly(actions.hand_out, hub=self.hub, reference=kept.reference, tail="1234", by=None)
        else:
            self.quietly(getattr(actions, act), parcel=kept, by=None)

    @invariant()
    def the_number_is_the_sum(self) -> None:
        assert (Garment.objects.get().piece_count >= 0, faults()) == (True, [])


def test_stock_equals_the_sum_of_movements_whatever_is_done(hub: Any) -> None:
    some = settings(max_examples=8, stateful_step_count=10, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    run_state_machine_as_test(Shelf, settings=some)
