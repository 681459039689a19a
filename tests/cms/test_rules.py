"""When the house is open today."""

from datetime import time

import pytest

from cms.rules import Hours, open_today

HALL = Hours("hall", frozenset({0, 1, 2, 3, 4}), time(9), time(17))
ROOMS = Hours("rooms", frozenset({0, 5, 6, 7}), time(8), time(20, 30))


@pytest.mark.parametrize(
    ("hours_of", "is_closed", "names", "until"),
    [
        (0, False, ["hall", "rooms"], time(20, 30)),
        (2, False, ["hall"], time(17)),
        (7, False, ["rooms"], time(20, 30)),
        (0, True, [], None),
    ],
)
def test_the_hours_of_a_day(hours_of, is_closed, names, until):
    found = open_today([HALL, ROOMS], hours_of=hours_of, is_closed=is_closed)

    assert ([row.name for row in found.hours], found.until) == (names, until)
