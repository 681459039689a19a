"""Every address, every person; one's own, another's, another hub's and an absent row."""

import json

import pytest

from hub.people.models import Role, User
from tests.cast import user_with
from tests.factories.people import ResidentFactory, UserFactory
from tests.factories.rooms import book
from tests.permissions.table import EVERYBODY, WRITES
from tests.permissions.things import addresses, fill
from tests.permissions.walk import TRIES, Person, not_drawn, privileges

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite_only]  # why: see conftest.py


# Who may open most goes first: the last to come home are those who walk fast.
IN_ORDER = (
    "director", "publisher", "editor", "clerk", "operator", "reviewer", "coordinator", "admin", "stranger", "resident", "provider", "volunteer", "visitor",
)  # fmt: skip


def test_everybody_walks():
    assert sorted(IN_ORDER) == sorted(EVERYBODY)


@pytest.mark.parametrize("name", IN_ORDER)
def test_every_address_answers_as_the_table_says(walk_as, name):
    assert "\n".join(walk_as(name)) == ""


ONLY_ASKS = {"/services/", "/services/<slug:slug>/"}  # "is it free for me?" is posted to stand in no address; it writes nothing (bookings/orders/test_pages.py)


def test_no_form_is_taken_without_its_token(houses):
    taken, by_token = {}, set()
    for name in ("visitor", "director"):
        person = Person.of(name, *houses, enforce_csrf_checks=True)
        person.headers = {}
        for address in addresses():
            with not_drawn():
                status = person.ask(fill(address, houses[0]), "post").status_code
            if address.template.startswith("/api/"):
                by_token.add(status)
            elif address.template == "/payments/stripe/webhook/":
                by_token.add(status)  # a gateway has no form of ours: it signs (tests/bookings/payments/test_online.py)
            elif status != 403 and address.template.removeprefix("/en") not in ONLY_ASKS:
                taken[name, str(address)] = status

    # A visitor has no session that somebody else's page could make use of: Wagtail's lists lead them to the door.
    led_away = {key for key, status in taken.items() if key[0] == "visitor" and key[1].startswith("/admin/api/main/") and status == 302}
    assert (taken.keys() - led_away, by_token - {401, 403, 404, 405}) == (set(), set())


ABOUT_ACCOUNTS = ("/admin/account/", "/admin/staff/", "/admin/users/", "/admin/groups/", "/admin/residents/", "/login/", "/find/")


def test_no_form_makes_anybody_more_than_they_are(houses):
    """More is posted than is asked, to every form about people; a role of one's own is not granted either. The one account that the heads can open, named x,
    has the role they gave it and nothing else."""
    people = [Person.of(name, *houses) for name in ("resident", "operator", "editor", "director", "admin")]
    before, staff = privileges(), Role.objects.count()
    for person in people:
        me = User.objects.get(pk=person.client.session["_auth_user_id"])
        for address in addresses():
            if address.template.startswith(ABOUT_ACCOUNTS) and "revoke" not in address.template:
                person.client.post(fill(address, houses[0]), {**TRIES, "name": "x", "username": "x", "account": me.username, "role": "director"})

    opened = User.objects.get(username="x")
    assert [row for row in privileges() if row[0] != opened.pk] == before
    assert (opened.is_superuser, opened.is_staff, opened.user_permissions.count()) == (False, False, 0)
    assert list(opened.roles.values_list("role", "hub")) == [("director", houses[0].hub.pk)]
    assert Role.objects.count() == staff + 1


def test_a_file_no_page_leads_to_is_its_writers(houses):
    ours, theirs = houses
    found = {}
    for name in EVERYBODY:
        person = Person.of(name, ours, theirs)
        found[name] = [person.ask(f"/documents/{file.pk}/{file.filename}").status_code for file in (ours.draft, theirs.draft, theirs.document)]

    assert found == {name: [200 if name in WRITES else 404, 404, 404] for name in EVERYBODY}


# --- own and another's
@pytest.fixture
def neighbour(houses):
    """Another resident with a booking of their own."""
    ours = houses[0]
    resident = ResidentFactory(hub=ours.hub, name="李梅", phone="13800003333", user=UserFactory())
    return book(ours.hub, ours.room, "13:00", "14:00", asked_by=resident, for_person=resident, name="李梅", phone="13800003333", purpose="合唱练习")


def test_ones_own_pages_hold_ones_own(houses, neighbour):
    """A role adds nothing to them."""
    ours, found = houses[0], {}
    for name in ("resident", "clerk", "director", "volunteer", "stranger"):
        person = Person.of(name, *houses)
        page = person.ask("/me/").content.decode()
        listed = json.loads(person.ask("/api/v1/bookings").content) if name != "stranger" else []
        found[name] = (ours.pending.token in page, neighbour.token in page or "李梅" in page, [row["reference"] for row in listed])

    assert found == {"resident": (True, False, [ours.pending.reference])} | {
        name: (False, False, []) for name in ("clerk", "director", "volunteer", "stranger")
    }


def test_anothers_booking_another_hubs_and_none_are_answered_alike(houses, neighbour):
    found = {}
    for name in ("resident", "clerk", "director", "stranger", "visitor"):
        person = Person.of(name, *houses)
        references = (neighbour.reference, houses[1].pending.reference, "00000000")
        answers = [person.client.delete(f"/api/v1/bookings/{reference}", headers=person.headers) for reference in references]
        found[name] = ({answer.status_code for answer in answers}, len({answer.content for answer in answers}))

    neighbour.refresh_from_db()
    assert found == {"resident": ({404}, 1), "clerk": ({404}, 1), "director": ({404}, 1), "stranger": ({401}, 1), "visitor": ({401}, 1)}
    assert neighbour.state == "pending"


def test_ones_own_booking_is_cancelled_by_its_token(houses):
    person = Person.of("resident", *houses)
    pending = houses[0].pending

    assert person.client.delete(f"/api/v1/bookings/{pending.reference}", headers=person.headers).status_code == 204


def test_a_role_at_one_hub_is_none_at_the_other(houses):
    """Clerk here, director there: nothing of the director's opens at this hub's address."""
    ours, theirs = houses
    both = user_with("director", theirs.hub, "both")
    user_with("clerk", ours.hub, "both")
    person = Person.of("visitor", ours, theirs)
    person.client.force_login(both, backend="django.contrib.auth.backends.ModelBackend")
    asked = ["/admin/booking/", "/admin/staff/", "/admin/audit/", "/admin/pages/", f"/admin/pages/{theirs.page.pk}/edit/", f"/admin/images/{theirs.image.pk}/"]

    assert [person.ask(address).status_code for address in asked] == [200, 404, 404, 404, 404, 404]
