"""Which month is meant."""

from datetime import date

import pytest

from hub.core.months import last_month, next_month
from hub.review.rules import month_from

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", date(2026, 10, 1)), ("2026-10", date(2026, 10, 1)), ("2026-11", date(2026, 11, 1)), ("2026-12", None), ("2026-13", None), ("2026-00", None),
        ("0000-10", None), ("1999-12", None), ("2000-01", date(2000, 1, 1)), ("26-10", None), ("2026-10-01", None), ("二〇二六年", None), ("9999-12", None),
    ],
)  # fmt: skip
def test_a_month_is_read(asked: str, found: date | None) -> None:
    assert month_from(asked, TODAY) == found


def test_months_follow_each_other_over_the_year() -> None:
    found = last_month(date(2026, 1, 1)), next_month(date(2026, 12, 1)), next_month(date(2026, 1, 1))
    assert found == (date(2025, 12, 1), date(2027, 1, 1), date(2026, 2, 1))
