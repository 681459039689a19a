"""The director's page."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import load_workbook

from hub.core import clock
from hub.core.joins import figures
from hub.desk.figures import as_number, change_in_words, in_words
from hub.people.states import Roles
from tests.factories.rooms import RoomFactory, book, past_booking

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("frozen")]

PAGE = "/admin/figures/"
DAY = timedelta(days=1)


def at(year, month, day, hour=12, minute=0):
    return datetime(year, month, day, hour, minute, tzinfo=clock.zone())


def table(page):
    """Figure, this period, the one before, the difference: as the page says them."""
    return [(str(row.figure.label), row.now_words, row.before_words, row.change_words) for _domain, rows in page.context["groups"] for row in rows]


@pytest.mark.parametrize("role", Roles.values)
def test_the_page_is_the_directors_and_the_administrators(as_role, no_figures, role):
    assert as_role(role).get(PAGE).status_code == (200 if role in {"director", "admin"} else 404)


def test_another_hubs_director_sees_nothing_here(second_hub, as_role):
    client = as_role("director", second_hub)
    assert client.get(PAGE, headers={"host": "testserver"}).status_code == 404


def test_every_figure_stands_beside_the_days_before(no_figures, as_role):
    no_figures("rooms.booked", {at(2026, 11, 1, 0): 2, at(2026, 11, 28, 23, 59): 1, at(2026, 10, 31, 23, 59): 5, at(2026, 10, 4, 0): 1, at(2026, 10, 3, 23): 9})
    no_figures("payments.taken", {at(2026, 11, 3): 2050}, label="Taken", unit="fen", order=1)
    no_figures("rooms.used", {at(2026, 11, 3): 85, at(2026, 10, 5): 80}, label="Used", unit="percent", order=2)
    page = as_role("director").get(PAGE)
    times, fen, percent = ([in_words(n, unit) for n in numbers] for unit, numbers in (("times", (3, 6)), ("fen", (2050, 0)), ("percent", (85, 80))))
    assert table(page) == [
        ("Rooms booked", *times, change_in_words(-3, "times")),
        ("Used", *percent, change_in_words(5, "percent")),
        ("Taken", *fen, change_in_words(2050, "fen")),
    ]
    assert [len(rows) for _domain, rows in page.context["groups"]] == [2, 1]


@pytest.mark.parametrize(
    ("change", "unit", "words"),
    [(0, "times", "the same"), (1, "times", "1 time more"), (-3, "times", "3 times less"), (2050, "fen", "20.50 yuan more"), (-5, "percent", "5 points less")],
)
def test_the_difference_is_said_in_words(change, unit, words):
    with translation.override("en"):
        assert change_in_words(change, unit) == words


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("", "2026-11-01", "2026-11-28"),
        ("?period=week", "2026-11-23", "2026-11-28"),
        ("?period=quarter", "2026-10-01", "2026-11-28"),
        ("?period=year", "2026-01-01", "2026-11-28"),
        ("?from=2026-02-01&to=2026-02-28", "2026-02-01", "2026-02-28"),
        ("?period=year&from=2026-02-01&to=2026-02-28", "2026-02-01", "2026-02-28"),
    ],
)
def test_a_number_leads_to_its_rows_with_the_same_days(no_figures, as_role, query, first, last):
    no_figures("rooms.booked", {})
    page = as_role("director").get(PAGE + query).content.decode()
    assert f'href="/admin/x/?from={first}&amp;to={last}"' in page


def test_the_administrator_reads_the_number_without_the_way_to_the_rows(no_figures, as_role):
    no_figures("rooms.booked", {at(2026, 11, 3): 7})
    page = as_role("admin").get(PAGE)
    assert (table(page)[0][1], "/admin/x/" in page.content.decode()) == (in_words(7, "times"), False)


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("from=2026-11-31&to=2026-12-01", "first"),
        ("from=soon&to=later", "first"),
        ("from=2026-11-02&to=2026-11-01", "__all__"),
        ("from=2026-11-02", "__all__"),
        ("to=2026-11-02", "__all__"),
        ("from=0001-01-01&to=0001-01-02", "__all__"),
        ("from=2000-01-01&to=2026-01-01", "__all__"),
        ("from=9999-12-31&to=9999-12-31", "__all__"),
        ("from=2026-11-02x&to=2026-11-03", "first"),
        ("period=decade", "period"),
    ],
)
@pytest.mark.parametrize("path", [PAGE, "/admin/money/waived/"])
def test_bad_dates_are_answered_in_a_sentence_and_kept(as_role, path, query, field):
    page = as_role("director").get(f"{path}?{query}&sheet=xlsx")
    assert (page.status_code, next(iter(page.context["form"].errors)), page["Content-Type"]) == (200, field, "text/html; charset=utf-8")
    assert "desk-table" not in page.content.decode()
    if "from=2026-11-02&" in query:
        assert 'value="2026-11-02"' in page.content.decode()


def test_the_sheet_holds_the_same_numbers_and_no_formula(no_figures, as_role):
    no_figures("rooms.booked", {at(2026, 11, 3): 3, at(2026, 10, 5): 5}, label="=1+1")
    no_figures("@evil.taken", {at(2026, 11, 3): 2050}, label="+cmd|x", unit="fen", order=1)
    reply = as_role("director").get(f"{PAGE}?sheet=xlsx")
    assert reply["Content-Disposition"] == 'attachment; filename="figures-2026-11-01-2026-11-28.xlsx"'
    rows = list(load_workbook(BytesIO(reply.content)).active.iter_rows(min_row=2))
    assert [[cell.data_type for cell in row] for row in rows] == [["s", "s", "s", "n", "n", "n"]] * 2
    assert [row[1].value for row in rows] == ["'=1+1", "'+cmd|x"]
    assert [[cell.value for cell in row[3:]] for row in rows] == [[3, 5, -2], [20.5, 0, 20.5]]
    assert rows[1][0].value == "'@evil"


def test_yuan_in_a_cell_are_exact():
    assert (as_number(1999, "fen"), as_number(7, "times")) == (Decimal("19.99"), 7)


def test_a_house_without_figures_says_so(no_figures, as_role):
    assert as_role("director").get(PAGE).context["groups"] == []


# --- what the domains really join
@pytest.fixture
def a_month(hub, frozen):
    """Bookings made and held on several days, before and after midnight."""
    room = RoomFactory(hub=hub, price=2000)
    for days in (1, 2, 3, 30, 45):
        past_booking(hub, room, days_ago=days)
    book(hub, room, "09:00", "10:00")
    frozen.shift(DAY)
    book(hub, room, "13:00", "14:00")


SPANS = [(date(2026, 11, 1), date(2026, 11, 28)), (date(2026, 11, 29), date(2026, 11, 29)), (date(2026, 10, 1), date(2026, 12, 31))]


@pytest.mark.usefixtures("a_month")
@pytest.mark.parametrize(("first", "last"), SPANS)
def test_every_figure_of_every_domain_equals_the_rows_behind_it(hub, as_role, first, last):
    director, start, end = as_role("director"), clock.day_bounds(first)[0], clock.day_bounds(last)[1]
    wrong, counts = {}, {}
    for figure in figures:
        url = figure.url(first, last)
        if not url or figure.unit != "times":
            continue
        page = director.get(url)
        rows = page.context["paginator"].count if page.status_code == 200 else page.status_code
        counts[figure.name] = figure.count(hub, start, end)
        if rows != counts[figure.name]:
            wrong[figure.name] = (counts[figure.name], rows)
    assert (wrong, counts["rooms.begin"] > 0) == ({}, True)
