"""Dates, times and money as a good clerk says them."""

from datetime import date, datetime, time

import pytest
from django.utils.translation import override

from hub.core import clock, wording

SATURDAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("start", "end", "printed", "spoken", "english"),
    [
        (time(9), time(11), "上午9:00–11:00", "上午9点到11点", "9:00–11:00 am"),
        (time(11, 30), time(14), "上午11:30–下午2:00", "上午11点半到下午2点", "11:30 am–2:00 pm"),
        (time(14), time(16), "下午2:00–4:00", "下午2点到4点", "2:00–4:00 pm"),
        (time(16, 30), time(20), "下午4:30–晚上8:00", "下午4点半到晚上8点", "4:30–8:00 pm"),
        (time(12), time(13, 15), "中午12:00–下午1:15", "中午12点到下午1点15分", "12 noon–1:15 pm"),
        (time(10), time(12), "上午10:00–中午12:00", "上午10点到中午12点", "10:00 am–12 noon"),
        (time(19), time(20, 30), "晚上7:00–8:30", "晚上7点到8点半", "7:00–8:30 pm"),
    ],
)
def test_two_times_are_said_with_the_part_of_the_day_once(start: time, end: time, printed: str, spoken: str, english: str) -> None:
    with override("zh-hans"):
        assert wording.span_words(start, end) == printed
        assert wording.span_words(start, end, spoken=True) == spoken
    with override("en"):
        assert wording.span_words(start, end) == english


def test_a_confirmation_carries_the_year_and_the_weekday() -> None:
    start, end = clock.at(SATURDAY, time(9)), clock.at(SATURDAY, time(11))
    with override("zh-hans"):
        assert wording.when_words(start, end, with_year=True) == "2026年11月28日 星期六 上午9:00–11:00"
    with override("en"):
        assert wording.when_words(start, end, with_year=True) == "Saturday 28 November 2026 9:00–11:00 am"


def test_midnight_to_midnight_is_all_day() -> None:
    start, end = clock.day_bounds(SATURDAY)
    with override("zh-hans"):
        assert (wording.when_words(start, end), wording.when_words(start, start)) == ("11月28日 星期六 全天", "11月28日 星期六 凌晨0:00–0:00")
    with override("en"):
        assert wording.when_words(start, end) == "Saturday 28 November all day"


def test_an_instant_is_said_on_the_wall_clock_of_the_house() -> None:
    half_past_one_in_london = datetime.fromisoformat("2026-11-28T01:30:00+00:00")
    with override("zh-hans"):
        assert wording.moment_words(half_past_one_in_london) == "11月28日 星期六 上午9:30"


def test_a_reference_is_read_out_in_two_halves() -> None:
    with override("zh-hans"):
        assert wording.spoken_reference("66210259") == "六六二一，停一下，〇二五九"
        assert wording.spoken_reference("7KQ2 M9XA") == "七 K Q 二，停一下，M 九 X A"
