"""Version numbers of things that processes keep in memory."""

import secrets


def first_version() -> int:
    """Where a row's version begins: by chance, so that a row which takes over another's id is never taken for it. Counted up from there."""
    return secrets.randbelow(2**30)
