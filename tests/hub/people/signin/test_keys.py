"""A change of keys: everything is sealed anew with the first one, and the old one can go."""

import base64

import pytest
from django.core.management import CommandError, call_command

from hub.audit.models import Line
from hub.people import identity
from hub.people.models import Resident
from hub.people.signin import keys
from hub.people.signin.gateway import SecondFactor
from tests.factories.people import ResidentFactory, UserFactory, id_number

pytestmark = pytest.mark.django_db
OLD, NEW = (base64.urlsafe_b64encode(bytes([letter]) * 32).decode() for letter in (1, 2))


@pytest.fixture
def sealed_with_old(hub, settings, monkeypatch):
    """Three people with ID numbers, one with none, and somebody with an app and codes for when it is lost."""
    monkeypatch.setattr(keys, "A_BATCH", 2)
    settings.FIELD_KEYS = [OLD]
    people = [ResidentFactory(hub=hub, id_number=id_number(serial=serial)) for serial in (1, 2, 3)]
    ResidentFactory(hub=hub, name="李建国")
    app = SecondFactor.objects.create(user=UserFactory(), type="totp", data={"secret": identity.seal("JBSWY3DP")})
    codes = SecondFactor.objects.create(user=UserFactory(), type="recovery_codes", data={"seed": identity.seal("seed"), "used_mask": 5})
    settings.FIELD_KEYS = [NEW, OLD]
    return people, app, codes


def test_after_it_the_new_key_alone_opens_everything(sealed_with_old, settings, capsys):
    people, app, codes = sealed_with_old
    hashes = [person.id_hash for person in people]

    call_command("change_keys")
    settings.FIELD_KEYS = [NEW]

    again = list(Resident.objects.filter(pk__in=[person.pk for person in people]).order_by("pk"))
    assert [identity.unseal(person.id_sealed) for person in again] == [id_number(serial=serial) for serial in (1, 2, 3)]
    assert [person.id_hash for person in again] == hashes
    app.refresh_from_db()
    codes.refresh_from_db()
    assert (identity.unseal(app.data["secret"]), identity.unseal(codes.data["seed"]), codes.data["used_mask"]) == ("JBSWY3DP", "seed", 5)
    assert "3 ID numbers and 2 second factors" in capsys.readouterr().out
    assert {line.changes["id_numbers"] for line in Line.objects.filter(verb="change_keys")} == {3}


def test_it_can_be_run_again(sealed_with_old, settings):
    call_command("change_keys")
    settings.FIELD_KEYS = [NEW]
    found = keys.reseal_everything()
    assert (found.numbers, found.factors, found.unreadable) == (3, 2, [])


def test_what_no_key_opens_is_named_and_left_alone(sealed_with_old, settings):
    people, _app, _codes = sealed_with_old
    Resident.objects.filter(pk=people[1].pk).update(id_sealed="gAAAA-nobody-reads-this")

    with pytest.raises(CommandError, match=f"resident {people[1].pk}"):
        call_command("change_keys")

    settings.FIELD_KEYS = [NEW]
    kept = Resident.objects.get(pk=people[1].pk)
    assert kept.id_sealed == "gAAAA-nobody-reads-this"
    assert identity.unseal(Resident.objects.get(pk=people[2].pk).id_sealed) == id_number(serial=3)
