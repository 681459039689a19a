"""Where domains meet without knowing each other.

Each app registers rows from its `joins.py` (found at start-up); joint pages read the registries. A new domain appears on every
joint page, and nobody imports it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise

from hub.core.registry import Registry


@dataclass(frozen=True)
class HubOpener:
    """Something that every new hub needs: `open(hub)` makes it, and may be called again without harm."""

    name: str
    open: Callable[[Any], None]
    order: int = 0


@dataclass(frozen=True)
class MyThings:
    """A list on the resident's own page: `template` shows what `rows(user, hub)` (a queryset, the coming and the latest first) gives under `label`."""

    name: str
    label: Promise
    rows: Callable[[Any, Any], Any]
    template: str
    order: int = 0


@dataclass(frozen=True)
class Finder:
    """How /find/ looks a thing up: `find(hub, reference, phone)` gives the address of its page, or None."""

    name: str
    find: Callable[[Any, str, str], str | None]


@dataclass(frozen=True)
class PromiseKind:
    """Something the house owes by a time; promises of this kind carry `name`. A kind that is kept by doing it says where: `done_at(promise)` is the
    staff page ('' when its thing is gone), and nobody ticks it off without; `may(user, promise)` is whether that page opens to this user."""

    name: str
    label: Promise
    done_at: Callable[[Any], str] | None = None
    may: Callable[[Any, Any], bool] | None = None


@dataclass(frozen=True)
class IntegrityCheck:
    """`find()` gives one sentence per thing that must never be so; none when all is well."""

    name: str
    find: Callable[[], Iterable[str]]


@dataclass(frozen=True)
class PeriodicJob:
    """`run()` does what is due, safely twice and two at once, and says how many things it did."""

    name: str
    run: Callable[[], int]
    every_minutes: int
    about: str


@dataclass(frozen=True)
class PersonalFields:
    """What a model keeps about a person: `export(resident)` gives rows to hand over, `erase(resident)` blanks them."""

    name: str
    fields: tuple[str, ...]
    export: Callable[[Any], Iterable[dict[str, Any]]]
    erase: Callable[[Any], int]


@dataclass(frozen=True)
class DemoSeed:
    """`seed(world)` puts an app's demo rows there; safe to call again."""

    name: str
    seed: Callable[[Any], None]
    order: int = 0


@dataclass(frozen=True)
class ChangeRecorder:
    """Who is told of a change on a staff screen, in its transaction: `record(hub_id, actor, verb, subject, ref, changes)`."""

    name: str
    record: Callable[..., None]


@dataclass(frozen=True)
class ApiRouter:
    """A django-ninja router mounted below /api/v1/."""

    name: str
    router: Any


@dataclass(frozen=True)
class PaymentPurpose:
    """What money is for. `lock(ref)` locks the thing itself, before its charge. `fulfil(ref)` is told, in the payment's own transaction, that
    everything due is paid; it may be told again, and answers whether what was paid for can still be had (if not, the money goes back).
    `title(ref)` is what the payer reads, `url(ref)` their page."""

    name: str
    label: Promise
    lock: Callable[[str], None]
    fulfil: Callable[[str], bool]
    title: Callable[[str], str]
    url: Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Claim:
    """What a domain says about one of its rows: so much is due, and whether it counts as paid there."""

    ref: str
    due_fen: int
    is_paid: bool
    url: str


@dataclass(frozen=True)
class MoneyClaims:
    """The rows of a domain that cost something or would have: `claims(hub, start, end)` of the instants [start, end), by when they were made;
    `about(hub, refs)` of these references, whenever they were made. `name` is that of the payment purpose."""

    name: str
    label: Promise
    claims: Callable[[Any, Any, Any], Iterable[Claim]]
    about: Callable[[Any, Iterable[str]], Iterable[Claim]]


@dataclass(frozen=True, slots=True)
class Booked:
    """What the book of payments says about one charge, in fen."""

    ref: str
    due_fen: int
    received_fen: int
    refunded_fen: int
    url: str


@dataclass(frozen=True)
class MoneyBook:
    """The book that claims are set against: `booked(hub, purpose, refs)` by ref; `opened(hub, purpose, start, end)` the refs of charges opened in
    [start, end); `oddities(hub, start, end)` sentences about what payments themselves find wrong; `takings(hub, start, end)` what came in
    (and, negative, went back) by method in words: method, fen, how many; `waived(hub, start, end)` what was given away: reason, how many, fen."""

    name: str
    booked: Callable[[Any, str, Iterable[str]], dict[str, Booked]]
    opened: Callable[[Any, str, Any, Any], Iterable[str]]
    oddities: Callable[[Any, Any, Any], Iterable[str]]
    takings: Callable[[Any, Any, Any], Iterable[tuple[str, int, int]]]
    waived: Callable[[Any, Any, Any], Iterable[tuple[str, int, int]]]


@dataclass(frozen=True)
class Figure:
    """A number on the director's page: `count(hub, start, end)` over the instants [start, end), in `unit` (times, fen, percent, minutes,
    pieces, people: hidden below five); `url(start_day, end_day)` leads to the rows it counts (both dates included), or is ''."""

    name: str
    label: Promise | str
    count: Callable[[Any, Any, Any], int]
    url: Callable[[Any, Any], str]
    unit: str = "times"
    order: int = 0


@dataclass(frozen=True, slots=True)
class Caller:
    """Who is on the line or at the counter: a resident's row (or None), the name and number that were said, how they came (people.Channels).

    `others` are residents they may be asking for: the same number, the same household, a recorded link. `ref` is the token of the call.
    """

    person: Any
    name: str
    phone: str
    channel: str
    others: tuple[Any, ...] = ()
    ref: str = ""


@dataclass(frozen=True, slots=True)
class DeskRow:
    """One line on the desk: when and what in words, how it stands, where it leads; `is_late` puts it first. `press` is an address that one
    key posts to (the board's next step), `press_label` what the key says."""

    when: str
    what: str
    state: str = ""
    url: str = ""
    is_late: bool = False
    press: str = ""
    press_label: Promise | str = ""


@dataclass(frozen=True)
class DeskCard:
    """A panel of the caller's card: `rows(hub, caller, user)` of what the domain keeps about them, at most a handful; `may(user)` is asked first."""

    name: str
    label: Promise
    rows: Callable[[Any, Caller, Any], Iterable[DeskRow]]
    may: Callable[[Any], bool]
    order: int = 0


@dataclass(frozen=True, slots=True)
class DeskPreview:
    """What a task would do, before it is done: `lines` are (label, words) of price and the like; `read_back` the sentences to say aloud;
    `same` rows of what may be the same matter already."""

    lines: tuple[tuple[Promise | str, str], ...] = ()
    read_back: tuple[str, ...] = ()
    same: tuple[DeskRow, ...] = ()


@dataclass(frozen=True, slots=True)
class DeskDone:
    """What was done: its reference and page for staff, and what to read to the caller."""

    reference: str
    url: str
    read_back: tuple[str, ...]


@dataclass(frozen=True)
class DeskTask:
    """Something the desk does for a caller without leaving its page. `form(hub, caller, data, initial)` gives a Django form (data None: unbound);
    `preview(hub, caller, typed)` of its cleaned data writes nothing; `act(hub, caller, typed, by, token)` does it, and for the same token gives the
    first answer again. Both raise RuleBroken. `may(user)` is asked each time."""

    name: str
    label: Promise
    form: Callable[[Any, Caller, Any, Any], Any]
    preview: Callable[[Any, Caller, Any], DeskPreview]
    act: Callable[[Any, Caller, Any, Any, str], DeskDone]
    may: Callable[[Any], bool]
    order: int = 0


@dataclass(frozen=True)
class DeskFinder:
    """How the desk's one box looks a reference up: `find(hub, reference)` gives who it is about and the staff's page of it, or None."""

    name: str
    find: Callable[[Any, str], tuple[Caller, str] | None]
    may: Callable[[Any], bool]


@dataclass(frozen=True)
class BoardPanel:
    """A list on the operator's board: `rows(hub, user)` in the order they are to be done."""

    name: str
    label: Promise
    rows: Callable[[Any, Any], list[DeskRow]]
    may: Callable[[Any], bool]
    order: int = 0


@dataclass(frozen=True)
class StaffWay:
    """Buttons that a domain adds to another's staff page: `ways(user, row)` gives (label, address, icon) for a row of `subject` (app.model)."""

    name: str
    subject: str
    ways: Callable[[Any, Any], Iterable[tuple[Promise | str, str, str]]]
    order: int = 0


@dataclass(frozen=True, slots=True)
class ReviewStep:
    """One thing the reviewer still has to do, in the order it is done: `left` of them (0: done). `url` is where it is done; `press` an address
    that one key posts to, `press_label` what the key says; `waits` says in words why it cannot be done yet."""

    what: Promise | str
    left: int
    url: str = ""
    press: str = ""
    press_label: Promise | str = ""
    waits: Promise | str = ""


@dataclass(frozen=True)
class ReviewPart:
    """A part of the reviewer's page: `steps(hub, month, user)` of a month (its first day), done ones too. `closings` names the kinds of closing
    whose versions are shown below it."""

    name: str
    label: Promise
    steps: Callable[[Any, date, Any], Iterable[ReviewStep]]
    may: Callable[[Any], bool]
    closings: tuple[str, ...] = ()
    order: int = 0


@dataclass(frozen=True, slots=True)
class ResultText:
    """A frozen result in words, for a notice: a title and a short address in each language, and paragraphs (`kind` is "h2", "p" or "li")."""

    title_zh: str
    title_en: str
    slug: str
    lines_zh: tuple[tuple[str, str], ...]
    lines_en: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ClosingKind:
    """A kind of month or edition that can be closed. `words(closing)` gives its result for a notice (names as they are published), or None
    where nothing is published; `period_words(closing)` says which month or edition it is; `url(closing)` is where staff look at it. `reopen(closing,
    reason, by)` opens it again from the reviewer's page, for those who `may_reopen(user)`; without it a domain does that on its own page."""

    name: str
    label: Promise
    words: Callable[[Any], ResultText | None]
    period_words: Callable[[Any], str]
    url: Callable[[Any], str]
    reopen: Callable[..., Any] | None = None
    may_reopen: Callable[[Any], bool] | None = None


@dataclass(frozen=True, slots=True)
class Rating:
    """What somebody thinks of a service: `grade` 5 (very satisfied) to 1, words and how it came (people.Channels). `by` is who was signed in."""

    grade: int
    words: str = ""
    channel: str = "web"
    by: Any = None


@dataclass(frozen=True)
class RatingTaker:
    """Who is told, in the same transaction, when a service of the ledger is rated elsewhere: `take(event, rating)`, once for each event."""

    name: str
    take: Callable[[Any, Rating], None]


hub_openers: Registry[HubOpener] = Registry()
my_things: Registry[MyThings] = Registry()
finders: Registry[Finder] = Registry()
promise_kinds: Registry[PromiseKind] = Registry()
integrity_checks: Registry[IntegrityCheck] = Registry()
periodic_jobs: Registry[PeriodicJob] = Registry()
personal_fields: Registry[PersonalFields] = Registry()
demo_seeds: Registry[DemoSeed] = Registry()
change_recorders: Registry[ChangeRecorder] = Registry()
api_routers: Registry[ApiRouter] = Registry()
payment_purposes: Registry[PaymentPurpose] = Registry()
money_claims: Registry[MoneyClaims] = Registry()
money_books: Registry[MoneyBook] = Registry()
figures: Registry[Figure] = Registry()
desk_cards: Registry[DeskCard] = Registry()
desk_tasks: Registry[DeskTask] = Registry()
desk_finders: Registry[DeskFinder] = Registry()
board_panels: Registry[BoardPanel] = Registry()
staff_ways: Registry[StaffWay] = Registry()
review_parts: Registry[ReviewPart] = Registry()
closing_kinds: Registry[ClosingKind] = Registry()
rating_takers: Registry[RatingTaker] = Registry()
