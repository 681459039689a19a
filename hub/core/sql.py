"""What pages and actions share of asking the database: plain SQL where writing a statement down costs more than the answer, and an order."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Case, Q, When


def answers(statement: str, values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """The rows of one statement."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def nearest_first(now: datetime) -> tuple[Any, ...]:
    """For `order_by` of rows with `starts_at` and `ends_at`: what comes next, what comes later, then what is over, the latest first."""
    return Case(When(ends_at__gte=now, then="starts_at")).asc(nulls_last=True), "-starts_at", "-id"


def one_of(field: str, values: Iterable[Any]) -> Q:
    """For `filter` and for the condition of an index alike: the field has one of these values, said with "or".

    By it SQLite recognises an index over part of a table; by an "in" whose values come as parameters it does not, and reads the whole table (measured:
    what is late among 200,000 orders, 50 ms and 0.1 ms). To PostgreSQL both are the same.
    """
    return reduce(or_, (Q(**{field: value}) for value in values))


def holding(field: str, word: str) -> Q:
    """For `filter`: rows whose text holds a word somewhere, in large or small letters. Chinese has neither: then nothing has to be made large first, which
    on PostgreSQL is most of the work."""
    has_no_case = word.upper() == word.lower()
    return Q(**{f"{field}__{'contains' if has_no_case else 'icontains'}": word})
