"""Registries with nothing in them but what a test puts there."""

import pytest

from hub.core import clock, joins
from hub.core.joins import Figure, MoneyClaims, PaymentPurpose

PURPOSE = "tests.thing"


@pytest.fixture
def no_figures(monkeypatch):
    """Only the figures of this test: `no_figures("rooms.booked", {day: 3}, unit="times")` counts so many on each day."""
    monkeypatch.setattr(joins.figures, "_rows", {})

    def register(name, by_day, *, label="Rooms booked", url=lambda first, last: f"/admin/x/?from={first}&to={last}", **given):
        def count(hub, start, end):
            return sum(n for moment, n in by_day.items() if start <= moment < end)

        return joins.figures.register(Figure(name, label, count, url, **given))

    return register


@pytest.fixture
def claim(monkeypatch):
    """`claim(ref, 3000)`: a thing of this purpose costs thirty yuan; `at` says when it was made."""
    made = []
    purpose = PaymentPurpose(PURPOSE, "Thing", lambda ref: None, lambda ref: True, lambda ref: "Thing", lambda ref: "/")

    def claims(hub, start, end):
        return [row for at_hub, moment, row in made if at_hub == hub.pk and start <= moment < end]

    def about(hub, refs):
        return [row for at_hub, _moment, row in made if at_hub == hub.pk and row.ref in refs]

    monkeypatch.setattr(joins.payment_purposes, "_rows", {PURPOSE: purpose})
    monkeypatch.setattr(joins.money_claims, "_rows", {PURPOSE: MoneyClaims(PURPOSE, "Thing", claims, about)})

    def claiming(hub, ref, due_fen, *, is_paid=False, at=None):
        made.append((hub.pk, at or clock.now(), joins.Claim(ref, due_fen, is_paid, f"/admin/thing/{ref}/")))

    return claiming
