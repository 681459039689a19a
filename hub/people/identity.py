"""ID numbers: sealed by keys of their own, found by a keyed hash. The only door to the cryptography library for them.

(Packaged encrypted fields were looked at: they derive the key from SECRET_KEY, and their `filter()` silently finds nothing.)
"""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from hub.people.models import Resident


class CannotBeRead(Exception):
    """None of FIELD_KEYS opens it."""


def _safe() -> MultiFernet:
    if not settings.FIELD_KEYS:
        raise ImproperlyConfigured("The setting FIELD_KEYS is missing: it protects ID numbers ('make keys' writes one).")
    return _safe_of(tuple(settings.FIELD_KEYS))


@lru_cache(maxsize=4)
def _safe_of(keys: tuple[str, ...]) -> MultiFernet:
    return MultiFernet([Fernet(key) for key in keys])


def seal_bytes(raw: bytes) -> bytes:
    """Encrypted with the first of FIELD_KEYS."""
    return _safe().encrypt(raw)


def open_bytes(sealed: bytes) -> bytes:
    """Opened with whichever of FIELD_KEYS fits; CannotBeRead when none does."""
    try:
        return _safe().decrypt(sealed)
    except InvalidToken:
        raise CannotBeRead from None


def seal(number: str) -> str:
    """An ID number in normal form, encrypted."""
    return seal_bytes(number.encode()).decode()


def unseal(sealed: str) -> str:
    """The ID number again; CannotBeRead when its key is gone."""
    return open_bytes(sealed.encode()).decode()


def resealed(sealed: str) -> str:
    """The same, encrypted anew with the first key: for a change of keys."""
    try:
        return _safe().rotate(sealed.encode()).decode()
    except InvalidToken:
        raise CannotBeRead from None


def look_up(number: str, kind: str) -> str:
    """The keyed hash (HMAC-SHA256, hex) under which a number in normal form is found."""
    if not settings.INDEX_KEY:
        raise ImproperlyConfigured("The setting INDEX_KEY is missing: ID numbers are found by it ('make keys' writes one).")
    return hmac.new(settings.INDEX_KEY.encode(), f"{kind}:{number}".encode(), hashlib.sha256).hexdigest()


def put_id(resident: Resident, number: str, kind: str, *, found: str = "") -> None:
    """Set the four fields of an ID number on an unsaved change; '' takes it away. `found` is its hash, when it is known already."""
    if not number:
        resident.id_kind, resident.id_sealed, resident.id_hash, resident.id_tail = "", "", None, ""
        return
    found = found or look_up(number, kind)
    if resident.id_hash != found:  # sealing anew would look like a change
        resident.id_kind, resident.id_sealed, resident.id_hash, resident.id_tail = kind, seal(number), found, number[-4:]
