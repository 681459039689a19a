"""Taking a room on PostgreSQL, beside libres and beside a bare Django model: `rooms.reserve.*`.

100,000 bookings stand in each system's table. The systems take turns block by block, three times; a figure is the middle one of three.
"""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import count

from bench import databases, house
from bench.bare.rooms import BareRooms
from bench.peers.harness import BLOCKS, Block, Connect, Outcome, median_rate, run
from bench.peers.libres_rooms import LibresRooms
from bench.report import Row, beside, told, within
from bench.run import Run, say
from bookings.rooms.models import Booking, Room
from hub.core import clock

DATABASES = ("postgresql",)
BEGINS = datetime(clock.today().year + 1, 1, 1)
FILLED = 100_000
FILLED_DAYS = 560  # what 100,000 bookings need of 13 rooms × 14 hours, and a little
DAYS = 1040
A_BLOCK = 10  # days from one block's slots to the next one's: none meets another's
BARS_BESIDE_LIBRES = {"alone": 2.0, "disjoint": 2.5, "same_slots": 3.0, "one_room": 2.0}
BARS_BESIDE_BARE = {"alone": 0.45, "disjoint": 0.45, "same_slots": 0.7}
TRIES = 3  # for a block that was disturbed
SYSTEMS = ("libres", "house", "bare")


class Ground:
    """The systems with their tables filled, and for each the days nobody has used yet."""

    def __init__(self, filled: int) -> None:
        say("rooms.reserve: filling the tables")
        self.libres, self.house, self.bare = LibresRooms(databases.server_words()), house.HouseRooms(), BareRooms()
        self.libres.set_up(BEGINS, DAYS, filled, BEGINS + timedelta(days=FILLED_DAYS))
        databases.fresh("bench_reserve")
        self.house.set_up()
        like = house.one_booking(self.house, (BEGINS + timedelta(days=DAYS)).replace(hour=9))
        rooms = list(Room.objects.order_by("first_part").values_list("pk", "first_part"))
        house.fill_bookings(like, house.hour_by_hour(rooms, BEGINS.date(), filled))
        self.bare.set_up(BEGINS, filled)
        assert (Booking.objects.count(), self.libres.count()) == (filled + 1, filled)
        databases.tidy()
        self.visitor = house.HouseRooms(is_visitor=True)
        self.visitor.hub = self.house.hub
        self.blocks = {name: count() for name in SYSTEMS}

    def connect(self, name: str) -> Connect:
        return {"libres": self.libres.connect, "house": self.house.connect, "bare": self.bare.connect, "visitor": self.visitor.connect}[name]

    def fresh_day(self, name: str) -> datetime:
        """The first of ten days nobody has booked yet; a visitor books in the same table as a resident."""
        day = FILLED_DAYS + A_BLOCK * next(self.blocks["house" if name == "visitor" else name])
        assert day + A_BLOCK <= DAYS
        return BEGINS + timedelta(days=day)


def rows(this: Run) -> Iterator[Row]:
    """Bookings a second beside both yardsticks, then what must be none."""
    ground = Ground(FILLED // 10 if this.is_quick else FILLED)
    results: dict[tuple[str, str], list[Outcome]] = {}
    void: set[str] = set()
    for turn in this.rounds():
        for block in BLOCKS:
            for name in SYSTEMS[turn % 3 :] + SYSTEMS[: turn % 3]:
                if name != "bare" or block.name in BARS_BESIDE_BARE:
                    one_block(this, ground, name, block, results, void)
        one_block(this, ground, "visitor", BLOCKS[0], results, void)
    for block in BLOCKS:
        yield from compared(block, results, is_void=block.name in void)
    rate, yardstick = median_rate(results["visitor", "alone"]), median_rate(results["libres", "alone"])
    yield beside("rooms.reserve.alone_visitor.beside_libres", rate, "bookings/s", LibresRooms.name, yardstick, at_least=2.0, void="alone" in void)
    yield within("rooms.reserve.overlaps", house.overlaps(clock.at(BEGINS.date(), time())), "pairs", at_most=0)
    yield within("rooms.reserve.retries_seen", retries(results, "house", "visitor"), "retries", at_most=0)
    yield told("rooms.reserve.libres.overlaps", ground.libres.overlaps(BEGINS + timedelta(days=FILLED_DAYS)), "pairs")
    yield told("rooms.reserve.libres.retries_seen", retries(results, "libres"), "retries")


def retries(results: dict[tuple[str, str], list[Outcome]], *names: str) -> int:
    """How often a caller of these systems had to ask again."""
    return sum(outcome.retries for (name, _block), outcomes in results.items() if name in names for outcome in outcomes)


def one_block(this: Run, ground: Ground, name: str, block: Block, results: dict[tuple[str, str], list[Outcome]], void: set[str]) -> None:
    """Run one block of one system, again when others disturbed it; then it is void."""
    for _try in range(TRIES):
        databases.let_go()  # a process that closes the connection it was born with ends ours
        this.watch.wait()
        with this.watch.block():
            outcome = run(ground.connect(name), block.slots_of_each(ground.fresh_day(name)))
        if not this.watch.may_repeat():
            break
    void |= {block.name} if this.watch.is_void else set()
    results.setdefault((name, block.name), []).append(outcome)
    mark = f"  void ({this.watch.busy:.1f} processors busy for others)" if this.watch.is_void else ""
    say(f"  {block.name:10} {name:7} {outcome.ok_a_second:7.1f}/s  {outcome.taken} taken, {outcome.retries} retries{mark}")
    assert name == "libres" or outcome.ok == block.slots, f"{name} made {outcome.ok} bookings of {block.slots}"


def compared(block: Block, results: dict[tuple[str, str], list[Outcome]], *, is_void: bool) -> Iterator[Row]:
    """One block's figure beside libres and, where it has a bar, beside the bare model."""
    ours = median_rate(results["house", block.name])
    for other, words, bars in (("libres", LibresRooms.name, BARS_BESIDE_LIBRES), ("bare", BareRooms.name, BARS_BESIDE_BARE)):
        if block.name in bars:
            rate = median_rate(results[other, block.name])
            yield beside(f"rooms.reserve.{block.name}.beside_{other}", ours, "bookings/s", words, rate, at_least=bars[block.name], void=is_void)
