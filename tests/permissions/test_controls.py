"""The walk is worth something only if it fails when something is left open: here something is."""

import pytest

from bookings.rooms import staff
from hub.hubs.policies import AskPolicy
from hub.hubs.viewsets import AtThisHub

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]  # why: see conftest.py


def about(violations, address):
    """How often the walk complains of it."""
    return sum(address in violation for violation in violations)


def test_nothing_is_wrong_where_nothing_is_left_open(walk_as):
    assert walk_as("reviewer", only="/admin/booking/") == []


def test_a_button_that_asks_nobody_is_found(walk_as, monkeypatch):
    monkeypatch.setattr(staff, "user_can_serve_bookings", lambda user, booking=None: True)

    assert about(walk_as("reviewer", only="/admin/booking/used/"), "may not, but a get is answered 200") == 1


def test_a_viewset_that_asks_nobody_is_found(walk_as, monkeypatch):
    monkeypatch.setattr(AskPolicy, "user_has_permission_for_instance", lambda self, user, action, instance: True)

    assert about(walk_as("reviewer", only="/admin/outbox/inspect/"), "may not, but a get is answered 200") == 1


def test_a_row_looked_up_without_its_hub_is_found(walk_as, monkeypatch):
    monkeypatch.delattr(AtThisHub, "get_object")

    assert about(walk_as("director", only="/admin/buildings/edit/"), "the other hub's row is answered 200") == 1


@pytest.mark.urls("tests.permissions.urls_left_open")
def test_a_viewset_on_the_wrong_base_is_found(walk_as):
    assert about(walk_as("director", only="/admin/buildings/edit/"), "the other hub's row is answered 200") == 1


@pytest.mark.urls("tests.permissions.urls_left_open")
def test_an_address_nobody_wrote_into_the_table_is_found(walk_as):
    assert walk_as("visitor", only="/left-open/") == ["visitor at /left-open/: 0 rows of the table speak about it, not one"]


@pytest.mark.urls("tests.permissions.urls_left_open")
def test_a_get_that_writes_is_found(walk_as):
    assert about(walk_as("visitor", only="/healthz"), "a GET writes to hubs_hub") == 1
