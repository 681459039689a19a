"""Helpers as the rules see them, for one order or for a board of them: the same few statements however many helpers and orders there are."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Sum

from bookings.dispatch.models import KeptApart, Leave, Offer, Provider, WorkingHour
from bookings.dispatch.rules import HelperFacts, Need, Ranked, rank
from bookings.dispatch.states import OfferStates
from bookings.orders.models import Order
from bookings.orders.states import FELL_AWAY
from hub.core import clock
from hub.core.phones import masked
from hub.hubs.models import Hub

RATINGS_COUNT_FOR = timedelta(days=180)
Span = tuple[datetime, datetime]
Theirs = Any  # a question that gives helpers' ids, asked inside the others: spelling five hundred ids out seven times took a third of a proposal


@dataclass(frozen=True, slots=True)
class Listed:
    """A helper as lists need one: a whole `Provider` takes as long to make as all the rest of a proposal."""

    pk: int
    name: str
    phone: str
    most_a_day: int
    is_active: bool
    has_hours: bool

    @property
    def masked_phone(self) -> str:
        """138****1234."""
        return masked(self.phone)


@dataclass(frozen=True, slots=True)
class Proposed:
    """A helper on an order's list."""

    provider: Listed
    ranked: Ranked
    facts: HelperFacts


@dataclass(frozen=True, slots=True)
class Job:
    """A living offer of a helper, as load."""

    order: int
    span: Span


def need_of(order: Order) -> Need:
    """What the order asks; the grid is that of the resident's building, when it lies in the order's community."""
    building = order.for_person.building if order.for_person else None
    grid = building.grid if building and building.grid.community_id == order.community_id else None
    return Need(
        service=order.service_id,
        starts_at=clock.local(order.starts_at),
        ends_at=clock.local(order.ends_at),
        community=order.community_id,
        grid=grid.pk if grid else None,
        person=order.for_person_id,
    )


def proposals(order: Order) -> list[Proposed]:
    """Every active helper of the order's hub, in the order in which they are proposed, those who cannot be sent last."""
    return proposals_for(order.hub, [order])[order.pk]


def proposals_for(hub: Hub, orders: Sequence[Order], only: Collection[int] | None = None) -> dict[int, list[Proposed]]:
    """The same for several orders of one hub; `only` these helpers, active or not."""
    gathered = Gathered(hub, orders, only)
    return {order.pk: gathered.proposals(order, gathered.providers.values()) for order in orders}


def first_for(hub: Hub, orders: Sequence[Order]) -> dict[int, Proposed | None]:
    """Who is proposed first for each of several orders; None where nobody can be sent."""
    gathered = Gathered(hub, orders)
    return {order.pk: gathered.first(order) for order in orders}


class Gathered:
    """What is asked of the database once, for all these helpers and orders: of those who do any of it. Of the others one thing is known, and enough."""

    def __init__(self, hub: Hub, orders: Sequence[Order], only: Collection[int] | None = None) -> None:
        self.providers = {listed.pk: listed for listed in listed_of(hub, only)}
        self.needs = {order.pk: need_of(order) for order in orders}
        needs = list(self.needs.values())
        days = {need.starts_at.date() for need in needs} or {clock.today()}
        skilled = Provider.services.through.objects.filter(service_id__in={need.service for need in needs})
        if only is not None:
            skilled = skilled.filter(provider_id__in=only)
        self.services = pairs(skilled, "service_id")
        theirs = skilled.values("provider_id")
        self.communities = pairs(Provider.communities.through.objects.filter(provider_id__in=theirs), "community_id")
        self.grids, self.grid_communities = grids_of(theirs)
        self.hours = hours_of(theirs, {day.weekday() for day in days})
        self.leaves = leaves_of(theirs, min(days), max(days))
        self.apart = set(KeptApart.objects.at(hub).filter(resident_id__in={need.person for need in needs}).values_list("provider_id", "resident_id"))
        self.jobs = jobs_of(hub, theirs, min(days), max(days))
        self.months = month_counts(hub, theirs, {day.replace(day=1) for day in days})
        self.ratings = ratings_of(hub, theirs)
        self.answers = answers_to(orders)

    def proposals(self, order: Order, providers: Iterable[Listed]) -> list[Proposed]:
        """These helpers for one order, ranked."""
        need = self.needs[order.pk]
        facts = {provider.pk: self.facts(provider, order, need) for provider in providers}
        return [Proposed(self.providers[ranked.id], ranked, facts[ranked.id]) for ranked in rank(need, facts.values())]

    def first(self, order: Order) -> Proposed | None:
        """The first who can be sent; who does not do this is not even looked at."""
        service = self.needs[order.pk].service
        ranked = self.proposals(order, [provider for pk, provider in self.providers.items() if service in self.services.get(pk, ())])
        return ranked[0] if ranked and ranked[0].ranked.can_be_sent else None

    def facts(self, provider: Listed, order: Order, need: Need) -> HelperFacts:
        """One helper for one order."""
        pk, day = provider.pk, need.starts_at.date()
        if not self.services.get(pk):
            return HelperFacts(id=pk, is_active=provider.is_active, is_kept_apart=(pk, need.person) in self.apart)
        jobs = [job.span for job in self.jobs[pk] if job.order != order.pk]
        rating_sum, rating_count = self.ratings.get(pk, (0, 0))
        said = self.answers.get((order.pk, pk), frozenset())
        return HelperFacts(
            id=pk,
            is_active=provider.is_active,
            services=self.services[pk],
            communities=self.communities[pk],
            grids=self.grids[pk],
            grid_communities=self.grid_communities[pk],
            has_hours=provider.has_hours,
            hours=tuple(self.hours[pk, day.weekday()]),
            is_on_leave=any(first <= day <= last for first, last in self.leaves[pk]),
            is_kept_apart=(pk, need.person) in self.apart,
            busy=tuple(jobs),
            day_count=sum(start.date() == day for start, _end in jobs),
            most_a_day=provider.most_a_day,
            month_count=self.months.get((pk, day.replace(day=1)), 0),
            rating_sum=rating_sum,
            rating_count=rating_count,
            said_no=OfferStates.DECLINED in said,
            let_it_lapse=OfferStates.LAPSED in said,
        )


def listed_of(hub: Hub, only: Collection[int] | None) -> Iterable[Listed]:
    """The hub's active helpers; or `only` these, active or not."""
    rows = Provider.objects.at(hub)
    rows = rows.active() if only is None else rows.filter(pk__in=only)
    rows = rows.annotate(has_hours=Exists(WorkingHour.objects.filter(provider=OuterRef("pk")))).order_by("pk")
    return (Listed(*row) for row in rows.values_list("pk", "name", "phone", "most_a_day", "is_active", "has_hours"))


def pairs(rows: Any, field: str) -> dict[int, frozenset[int]]:
    """The ids on the other side of a many-to-many, by helper."""
    return gathered_by_first(rows.values_list("provider_id", field))


def gathered_by_first(rows: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    """(a, b), (a, c) as a: {b, c}."""
    sets: dict[int, set[int]] = defaultdict(set)
    for first, second in rows:
        sets[first].add(second)
    return defaultdict(frozenset, {first: frozenset(seconds) for first, seconds in sets.items()})


def grids_of(theirs: Theirs) -> tuple[dict[int, frozenset[int]], dict[int, frozenset[int]]]:
    """The grids each helper knows, and the communities these lie in."""
    rows = list(Provider.grids.through.objects.filter(provider_id__in=theirs).values_list("provider_id", "grid_id", "grid__community_id"))
    return gathered_by_first((pk, grid) for pk, grid, _community in rows), gathered_by_first((pk, community) for pk, _grid, community in rows)


def hours_of(theirs: Theirs, weekdays: Collection[int]) -> dict[tuple[int, int], list[tuple[time, time]]]:
    """Working hours of these weekdays, by helper and weekday."""
    hours: dict[tuple[int, int], list[tuple[time, time]]] = defaultdict(list)
    rows = WorkingHour.objects.filter(provider_id__in=theirs, weekday__in=weekdays)
    for pk, weekday, starts, ends in rows.values_list("provider_id", "weekday", "starts_at", "ends_at"):
        hours[pk, weekday].append((starts, ends))
    return hours


def leaves_of(theirs: Theirs, first: date, last: date) -> dict[int, list[tuple[date, date]]]:
    """Leaves that touch these days, by helper."""
    leaves: dict[int, list[tuple[date, date]]] = defaultdict(list)
    rows = Leave.objects.filter(provider_id__in=theirs, first_on__lte=last, last_on__gte=first)
    for pk, begins, ends in rows.values_list("provider_id", "first_on", "last_on"):
        leaves[pk].append((begins, ends))
    return leaves


def living(hub: Hub, theirs: Theirs) -> Any:
    """Offers that are a load: asked or accepted, and their order has not fallen away."""
    return Offer.objects.living().filter(provider_id__in=theirs, order__hub=hub).exclude(order__state__in=FELL_AWAY).order_by()


def jobs_of(hub: Hub, theirs: Theirs, first: date, last: date) -> dict[int, list[Job]]:
    """The load of these days, by helper, on the wall clock of the house."""
    jobs: dict[int, list[Job]] = defaultdict(list)
    rows = living(hub, theirs).filter(order__starts_at__gte=clock.day_bounds(first)[0], order__starts_at__lt=clock.day_bounds(last)[1])
    for pk, order, starts, ends in rows.values_list("provider_id", "order_id", "order__starts_at", "order__ends_at"):
        jobs[pk].append(Job(order, (clock.local(starts), clock.local(ends))))
    return jobs


def month_counts(hub: Hub, theirs: Theirs, months: Collection[date]) -> dict[tuple[int, date], int]:
    """How many jobs each helper has in each of these months (their first days)."""
    bounds = {month: clock.month_bounds(month) for month in sorted(months)}
    spans = {month: Q(order__starts_at__gte=start, order__starts_at__lt=end) for month, (start, end) in bounds.items()}
    rows = living(hub, theirs).filter(
        order__starts_at__gte=min(start for start, _end in bounds.values()), order__starts_at__lt=max(end for _start, end in bounds.values())
    )
    counted = rows.values("provider_id").annotate(**{f"of_{month:%Y%m}": Count("pk", filter=span) for month, span in spans.items()})
    return {(row["provider_id"], month): row[f"of_{month:%Y%m}"] for row in counted for month in spans}


def ratings_of(hub: Hub, theirs: Theirs) -> dict[int, tuple[int, int]]:
    """Sum and number of the last half year's ratings, by helper."""
    since = clock.now() - RATINGS_COUNT_FOR
    rows = Offer.objects.filter(provider_id__in=theirs, state=OfferStates.ACCEPTED, order__hub=hub, order__rating__isnull=False, order__done_at__gte=since)
    found = rows.order_by().values("provider_id").annotate(all=Sum("order__rating"), n=Count("pk"))
    return {row["provider_id"]: (row["all"], row["n"]) for row in found}


def answers_to(orders: Sequence[Order]) -> dict[tuple[int, int], frozenset[str]]:
    """Who has already said no to, or not answered about, which of these orders."""
    rows = Offer.objects.filter(Q(state=OfferStates.DECLINED) | Q(state=OfferStates.LAPSED), order__in=[order.pk for order in orders])
    found: dict[tuple[int, int], set[str]] = defaultdict(set)
    for order, pk, state in rows.values_list("order_id", "provider_id", "state"):
        found[order, pk].add(state)
    return {key: frozenset(states) for key, states in found.items()}
