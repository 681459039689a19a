"""ID numbers are sealed, found by a keyed hash, and survive a change of keys."""

import base64

import pytest

from hub.people import identity
from hub.people.models import Resident
from tests.factories.people import id_number

OLD, NEW = (base64.urlsafe_b64encode(bytes([letter]) * 32).decode() for letter in (1, 2))


def test_a_sealed_number_opens_again_and_says_nothing_by_itself() -> None:
    sealed = identity.seal(id_number())
    assert (identity.unseal(sealed), id_number() in sealed, sealed == identity.seal(id_number())) == (id_number(), False, False)


def test_the_first_key_writes_and_all_read(settings: object) -> None:
    settings.FIELD_KEYS = [OLD]  # type: ignore[attr-defined]  # pytest-django's settings
    sealed = identity.seal(id_number())
    settings.FIELD_KEYS = [NEW, OLD]  # type: ignore[attr-defined]  # as above
    fresh = identity.resealed(sealed)
    assert identity.unseal(sealed) == id_number()
    settings.FIELD_KEYS = [NEW]  # type: ignore[attr-defined]  # as above
    assert identity.unseal(fresh) == id_number()
    with pytest.raises(identity.CannotBeRead):
        identity.unseal(sealed)


def test_the_hash_depends_on_the_key_and_the_paper(settings: object) -> None:
    first = identity.look_up("E12345678", "foreign")
    other_paper = identity.look_up("E12345678", "taiwan")
    settings.INDEX_KEY = "another"  # type: ignore[attr-defined]  # as above
    assert len({first, other_paper, identity.look_up("E12345678", "foreign")}) == 3


def test_the_same_number_again_is_no_change() -> None:
    resident = Resident()
    identity.put_id(resident, id_number(), "resident")
    sealed = resident.id_sealed
    identity.put_id(resident, id_number(), "resident")
    assert (resident.id_sealed, resident.id_tail) == (sealed, id_number()[-4:])
