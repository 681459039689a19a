"""Lists of staff as files: what people read, and nothing a spreadsheet runs."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from django.db.models import Model
from openpyxl import load_workbook

from bookings.rooms.models import Booking
from hub.core import clock
from hub.core.spreadsheets import BYTE_ORDER_MARK
from hub.hubs.exported import as_read
from mutualaid.woodpecker.models import PastWinner
from tests.factories.rooms import RoomFactory, past_booking
from tests.factories.vanguard import a_post

pytestmark = pytest.mark.django_db


def csv_of(client: Any, address: str) -> list[list[str]]:
    """The rows below the headings."""
    answer = client.get(f"{address}?export=csv")
    text = b"".join(answer.streaming_content).decode()
    assert (text[0], answer["Content-Type"]) == (BYTE_ORDER_MARK, "text/csv; charset=utf-8")
    return [line.split(",") for line in text.splitlines()[1:]]


def test_a_booking_as_a_file_has_the_houses_clock_yuan_and_words(as_role: Any, hub: Any) -> None:
    made: Booking = past_booking(hub, RoomFactory(hub=hub), list_fen=6050, price_fen=0)
    answer = as_role("director").get("/admin/booking/?export=xlsx")
    (row,) = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.iter_rows(min_row=2, values_only=True))
    assert row[3] == clock.local(made.starts_at).replace(second=0, microsecond=0, tzinfo=None)
    assert (row[2], row[6], row[7]) == ("已订", 60.5, 0)


def test_a_formula_somebody_wrote_is_text(as_role: Any, hub: Any) -> None:
    PastWinner.objects.create(hub=hub, year=2024, edition_name='=HYPERLINK("http://x")', prize_name="+1", name="@李", is_full_name=True)
    ((_year, *cells),) = csv_of(as_role("director"), "/admin/past_winner/")
    assert [cell.strip('"')[0] for cell in cells] == ["'"] * 3


def test_yes_and_no_are_words(as_role: Any, hub: Any) -> None:
    a_post(hub, number=1, name_zh="3号综合窗口", is_active=False)
    ((*_others, takes_rest, active),) = csv_of(as_role("director"), "/admin/vanguard_post/")
    assert (takes_rest, active) == ("否", "否")


def test_a_list_without_columns_is_no_file(as_role: Any, hub: Any) -> None:
    answer = as_role("director").get("/admin/communities/?export=csv")
    assert (answer.status_code, answer["Content-Type"].split(";")[0]) == (200, "text/html")


def test_what_is_a_number_or_a_day_stays_one() -> None:
    nothing: Any = Model
    assert [as_read(nothing, field, value) for field, value in (("people_count", 3), ("day", date(2026, 3, 8)), ("about", None), ("words", "a"))] == [
        3, date(2026, 3, 8), None, "a",
    ]  # fmt: skip
