"""Being on time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.promises.rules import is_overdue, on_time_rate

NOON = datetime(2026, 11, 28, 4, tzinfo=UTC)
counts = st.integers(min_value=0, max_value=10_000)


@pytest.mark.parametrize(
    ("met", "closed", "overdue", "rate"),
    [(0, 0, 0, None), (3, 4, 0, 0.75), (3, 4, 2, 0.5), (0, 0, 5, 0.0), (7, 7, 0, 1.0)],
)
def test_the_rate_is_met_over_closed_and_overdue(met: int, closed: int, overdue: int, rate: float | None) -> None:
    assert on_time_rate(met_count=met, closed_count=closed, open_overdue_count=overdue) == rate


@given(counts, counts, counts)
def test_the_rate_is_a_share_and_an_overdue_promise_never_mends_it(met: int, late: int, overdue: int) -> None:
    rate = on_time_rate(met_count=met, closed_count=met + late, open_overdue_count=overdue)
    worse = on_time_rate(met_count=met, closed_count=met + late, open_overdue_count=overdue + 1)
    assert worse is not None
    assert 0 <= worse <= 1
    assert rate is None or worse <= rate <= 1


@pytest.mark.parametrize(
    ("done_after", "now_after", "overdue"),
    [(None, -1, False), (None, 0, False), (None, 1, True), (-1, 5, False), (1, 5, True)],
)
def test_overdue_is_later_than_due(done_after: int | None, now_after: int, overdue: bool) -> None:
    done_at = None if done_after is None else NOON + timedelta(hours=done_after)
    assert is_overdue(due_at=NOON, done_at=done_at, now=NOON + timedelta(hours=now_after)) is overdue
