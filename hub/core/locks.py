"""Locks on what has no row to lock: one transaction at a time for a word."""

from django.db import connection

NUMBERS = 66_212_590  # the first key of the advisory locks on telephone numbers; any other number would do


def lock_number(phone: str) -> None:
    """One transaction at a time for this telephone number. Taken after rows are locked, so that no two wait for each other.

    On SQLite its BEGIN has locked everything already.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [NUMBERS, phone])
