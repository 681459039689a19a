"""Helpers and offers for tests."""

from datetime import time
from typing import Any

import factory

from bookings.dispatch.actions import accept, offer
from bookings.dispatch.models import KeptApart, Leave, Offer, Provider, Statement, WorkingHour
from hub.core import clock
from tests.cast import user_with


class ProviderFactory(factory.django.DjangoModelFactory):
    """A helper of `hub` for the given `services`, who goes everywhere and works whenever the house does."""

    class Meta:
        model = Provider
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"王师傅{n}")
    phone = factory.Sequence(lambda n: f"1370000{n % 10_000:04d}")
    answered_for_by = factory.LazyAttribute(lambda row: user_with("clerk", row.hub))

    @factory.post_generation
    def services(self, create: bool, given: Any, **_: Any) -> None:
        put(self, "services", given)

    @factory.post_generation
    def communities(self, create: bool, given: Any, **_: Any) -> None:
        put(self, "communities", given)

    @factory.post_generation
    def grids(self, create: bool, given: Any, **_: Any) -> None:
        put(self, "grids", given)

    @factory.post_generation
    def hours(self, create: bool, given: Any, **_: Any) -> None:
        """`hours=[(0, "08:00", "12:00")]`: weekday, from, until."""
        for weekday, starts, ends in given or ():
            WorkingHour.objects.create(provider=self, weekday=weekday, starts_at=time.fromisoformat(starts), ends_at=time.fromisoformat(ends))

    @factory.post_generation
    def leave(self, create: bool, given: Any, **_: Any) -> None:
        """`leave=(first, last)`."""
        if given:
            Leave.objects.create(provider=self, first_on=given[0], last_on=given[1], reason="回老家")


def put(provider: Any, name: str, given: Any) -> None:
    """Write one of the lists."""
    if given:
        getattr(provider, name).set(given)
        provider.save()


def apart(provider: Provider, resident: Any) -> KeptApart:
    """A pair kept apart."""
    made: KeptApart = KeptApart.objects.create(
        hub=provider.hub, provider=provider, resident=resident, reason="上次吵过", by=user_with("clerk", provider.hub), made_at=clock.now()
    )
    return made


def helper_with_account(hub: Any, **given: Any) -> Provider:
    """The household helper of the cast."""
    made: Provider = ProviderFactory(hub=hub, user=user_with("provider", hub), name="吴师傅", **given)
    return made


def offered(order: Any, provider: Provider | None = None) -> Offer:
    """An offer an operator sent."""
    helper = provider or ProviderFactory(hub=order.hub, services=[order.service])
    return offer(order=order, provider=helper, by=user_with("operator", order.hub))


def accepted(order: Any, provider: Provider | None = None) -> Offer:
    """An offer that was accepted."""
    return accept(offer=offered(order, provider))


def a_statement(hub: Any, **given: Any) -> Statement:
    """An empty one, drawn up."""
    columns = {"hub": hub, "provider": given.pop("provider", None) or ProviderFactory(hub=hub), "month": clock.today().replace(day=1)}
    made: Statement = Statement.objects.create(**{**columns, "drawn_by": user_with("clerk", hub), "drawn_at": clock.now(), **given})
    return made
