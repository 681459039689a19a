"""The house's rules about services, without a database."""

from datetime import date, datetime, time, timedelta

from hypothesis import given
from hypothesis import strategies as some

from bookings.orders.rules import Asked, OpenDay, Price, ServiceFacts, complaints, open_days, quote
from hub.people.states import EntitlementKinds

TODAY = date(2026, 11, 28)
NOW = datetime(2026, 11, 28, 10)
WINDOWS = ((time(8), time(10)), (time(10), time(12)), (time(14), time(16)))
KINDS = some.sampled_from(EntitlementKinds.values)


def facts(**change: object) -> ServiceFacts:
    plain: dict[str, object] = {
        "place": "home", "days": "every_day", "lead_hours": 2, "horizon_days": 14, "cancel_hours": 2, "most": 5, "windows": WINDOWS, "areas": frozenset(),
        "prices": (Price(date(2026, 1, 1), 3000, "time"),), "waivers": (),
    }  # fmt: skip
    return ServiceFacts(**{**plain, **change})  # type: ignore[arg-type]  # as the test gives them


def weekdays_only(day: date) -> OpenDay:
    return OpenDay(is_closed=day.day == 1, is_workday=day.weekday() < 5)


@given(
    fen=some.integers(0, 1_000_000),
    call_out=some.integers(0, 1_000_000),
    quantity=some.integers(1, 99),
    waivers=some.dictionaries(KINDS, some.integers(0, 99)),
    held=some.lists(KINDS),
)
def test_nobody_pays_more_than_the_list_price_and_the_best_waiver_counts(
    fen: int, call_out: int, quantity: int, waivers: dict[str, int], held: list[str]
) -> None:
    service = facts(prices=(Price(date(2026, 1, 1), fen, "time", call_out),), waivers=tuple(waivers.items()))
    found = quote(service, TODAY, quantity, held)
    alone = [quote(service, TODAY, quantity, [kind]).price_fen for kind in held]
    assert found.list_fen == fen * quantity + call_out
    assert found.price_fen == min([found.list_fen, *alone])
    assert (found.kind != "") == (found.price_fen < found.list_fen)


@given(days=some.integers(-400, 400), hour=some.integers(0, 23), quantity=some.integers(-5, 200))
def test_what_is_let_through_is_in_every_bound(days: int, hour: int, quantity: int) -> None:
    start = datetime.combine(TODAY + timedelta(days=days), time(hour))
    asked = Asked(start, start + timedelta(hours=2), quantity, None, "3号楼")
    if not complaints(facts(days="workdays"), asked, now=NOW, day_of=weekdays_only):
        assert start >= NOW + timedelta(hours=2)
        assert start.date() in open_days(facts(days="workdays"), NOW, weekdays_only)
        assert (hour in {8, 10, 14}, 1 <= quantity <= 5) == (True, True)


@given(lead=some.integers(0, 400), hour=some.integers(0, 23), minute=some.integers(0, 59))
def test_every_day_that_is_offered_can_be_ordered(lead: int, hour: int, minute: int) -> None:
    service, now = facts(days="workdays", lead_hours=lead), datetime.combine(TODAY, time(hour, minute))
    asked = [[Asked(datetime.combine(day, start), datetime.combine(day, end), 1, None, "3号楼") for start, end in WINDOWS] for day in
             (TODAY + timedelta(days=n) for n in range(20))]  # fmt: skip
    can_be = {each[0].starts_at.date() for each in asked if not all(complaints(service, one, now=now, day_of=weekdays_only) for one in each)}
    assert set(open_days(service, now, weekdays_only)) == can_be


@given(begins=some.lists(some.dates(date(2026, 1, 1), date(2027, 12, 31)), unique=True, min_size=1), day=some.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_the_price_is_the_latest_that_has_begun(begins: list[date], day: date) -> None:
    service = facts(prices=tuple(Price(begin, 100 + n, "time") for n, begin in enumerate(begins)))
    begun = [begin for begin in begins if begin <= day]
    assert quote(service, day, 1).list_fen == (100 + begins.index(max(begun)) if begun else 0)
