"""Close, open again, close anew: every version stays as it was frozen."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from hub.audit.models import Line
from hub.closings import actions
from hub.closings.joins import out_of_order
from hub.closings.models import Closing, Reopening
from hub.core import clock
from hub.core.errors import RuleBroken
from tests.cast import user_with

pytestmark = pytest.mark.django_db
A_MONTH = {"kind": "tests.month", "period": "2026-10"}


@pytest.fixture
def reviewer(hub: Any) -> Any:
    return user_with("reviewer", hub)


def test_a_month_is_closed_once_and_stays_as_it_was(hub: Any, second_hub: Any, reviewer: Any, frozen: Any) -> None:
    first = actions.close(hub=hub, **A_MONTH, result={"five": [1, 2]}, by=reviewer)
    again = actions.close(hub=hub, **A_MONTH, result={"five": [3]}, by=reviewer)
    elsewhere = actions.close(hub=second_hub, **A_MONTH, result={"five": []})

    assert (again.pk, again.result, again.version, again.closed_by, again.closed_at) == (first.pk, {"five": [1, 2]}, 1, reviewer, clock.now())
    assert (elsewhere.version, elsewhere.closed_by, actions.standing_of(hub=hub, **A_MONTH)) == (1, None, first)
    assert list(Line.objects.filter(subject_label="closings.closing").values_list("hub", "verb")) == [(second_hub.pk, "close"), (hub.pk, "close")]


def test_opened_again_with_a_reason_both_versions_stay(hub: Any, reviewer: Any) -> None:
    first = actions.close(hub=hub, **A_MONTH, result={"five": [1]}, by=reviewer)
    with pytest.raises(RuleBroken) as refused:
        actions.reopen(closing=first, reason="  ", by=reviewer)
    assert (refused.value.code, actions.standing_of(hub=hub, **A_MONTH)) == ("closing_reason_missing", first)

    actions.reopen(closing=first, reason="漏录一箱纸质评价", by=reviewer)
    assert actions.standing_of(hub=hub, **A_MONTH) is None
    with pytest.raises(RuleBroken) as refused:
        actions.reopen(closing=first, reason="又一次", by=reviewer)
    assert refused.value.code == "closing_open_already"

    second = actions.close(hub=hub, **A_MONTH, result={"five": [2]}, by=reviewer)
    found = [(row.version, row.result, Reopening.objects.filter(closing=row).exists()) for row in Closing.objects.at(hub).of("tests.month", "2026-10")]
    assert (found, actions.standing_of(hub=hub, **A_MONTH)) == ([(1, {"five": [1]}, True), (2, {"five": [2]}, False)], second)
    assert list(Line.objects.filter(verb="reopen").values_list("reason", flat=True)) == ["漏录一箱纸质评价"]


@pytest.mark.parametrize("spoil", [lambda row: row.delete(), lambda row: type(row).objects.filter(pk=row.pk).update(result={})], ids=["delete", "update"])
def test_the_database_keeps_what_was_frozen(hub: Any, reviewer: Any, spoil: Any) -> None:
    closing = actions.close(hub=hub, **A_MONTH, result={"five": [1]}, by=reviewer)
    with pytest.raises(IntegrityError), transaction.atomic():
        spoil(closing)
    assert Closing.objects.get().result == {"five": [1]}


def test_versions_that_do_not_follow_each_other_are_found(hub: Any, reviewer: Any) -> None:
    first = actions.close(hub=hub, **A_MONTH, result={}, by=reviewer)
    assert list(out_of_order()) == []
    Closing.objects.create(hub=hub, **A_MONTH, version=3, result={}, closed_at=first.closed_at)
    assert list(out_of_order()) == [
        "closings.Closing tests.month 2026-10: its versions are not 1 to 2",
        "closings.Closing tests.month 2026-10: an earlier version was never opened again",
    ]
