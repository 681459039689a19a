"""Search that finds Chinese, on SQLite and PostgreSQL, without a dictionary.

Stock Wagtail search takes a sentence of Han characters for one word, so 退休 is never found inside it; on SQLite a stray quote was
a server error and MATCH was run once a row. Here every Han character is indexed as a word of its own, a run of them in a question
is a phrase, and everything that is neither letter nor digit is dropped from both sides: no question can be malformed.

`SearchBackend` is named in WAGTAILSEARCH_BACKENDS.
"""

import re
import unicodedata
from typing import Any

from django.db import connection
from django.db.models import Case, F, FloatField, Func, IntegerField, QuerySet, Value, When
from modelsearch.backends import database
from modelsearch.backends.base import BaseSearchBackend
from modelsearch.query import MATCH_NONE, And, Not, Or, Phrase, PlainText, SearchQuery

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
ONE_HAN = re.compile(f"([{HAN}])")
RUN = re.compile(rf"[{HAN}]+|[^\s{HAN}]+")
NEITHER_LETTER_NOR_DIGIT = re.compile(r"[\W_]+")
QUESTION_LENGTH = 100  # characters of a question that are read
RANKED = 500  # best matches put in order of rank; those behind follow by age
BEHIND_THE_RANKED = 10**6


def folded(text: str) -> str:
    """Full-width forms made plain; everything but letters and digits becomes a blank."""
    return NEITHER_LETTER_NOR_DIGIT.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def spaced(text: str) -> str:
    """As it is indexed: 退休金2026 → 退 休 金 2026."""
    return " ".join(ONE_HAN.sub(r" \1 ", folded(text)).split())


def question(text: str, operator: str = "and") -> SearchQuery:
    """What somebody typed as a query: runs of Han characters as phrases, words as words; nothing left finds nothing."""
    parts = [Phrase(" ".join(run)) if ONE_HAN.match(run) else PlainText(run) for run in RUN.findall(folded(text[:QUESTION_LENGTH]))]
    if not parts:
        return MATCH_NONE
    if len(parts) == 1:
        return parts[0]
    return Or(parts) if operator == "or" else And(parts)


def in_our_words(query: Any, operator: str | None) -> Any:
    """Any query of Wagtail's, with its texts read by `question`."""
    if isinstance(query, str):
        return question(query, operator or "and")
    if isinstance(query, PlainText):
        return question(query.query_string, query.operator)
    if isinstance(query, Phrase):
        return question(query.query_string)
    if isinstance(query, And | Or):
        return type(query)([in_our_words(part, operator) for part in query.subqueries])
    if isinstance(query, Not):
        return Not(in_our_words(query.subquery, operator))
    return query


class IndexesHan:
    """Mixed into the stock indexer: texts go into the index character by character."""

    def prepare_value(self, value: Any) -> str:
        return spaced(super().prepare_value(value))  # type: ignore[misc]  # the indexer it is mixed into


class AsksInOurWords:
    """Mixed into the stock backends: every question passes `in_our_words`."""

    def search(self, query: Any, model_or_queryset: Any, fields: Any = None, operator: str | None = None, order_by_relevance: bool = True) -> Any:
        asked = in_our_words(query, operator)
        return super().search(asked, model_or_queryset, fields=fields, order_by_relevance=order_by_relevance)  # type: ignore[misc]  # mixed in

    def autocomplete(self, query: Any, model_or_queryset: Any, fields: Any = None, operator: str | None = None, order_by_relevance: bool = True) -> Any:
        asked = in_our_words(query, operator)
        return super().autocomplete(asked, model_or_queryset, fields=fields, order_by_relevance=order_by_relevance)  # type: ignore[misc]  # mixed in


class OffTheIndex(Func):
    """`+column`: keeps SQLite's planner from entering by this column, which would run MATCH once a row (4–36 s on 5,000 pages)."""

    template = "+%(expressions)s"
    output_field = IntegerField()


def _teach(module: Any) -> None:
    """Let a stock backend module index Han characters; it names its indexer nowhere but at its top."""
    if not issubclass(module.ObjectIndexer, IndexesHan):
        module.ObjectIndexer = type("HanIndexer", (IndexesHan, module.ObjectIndexer), {})


def SearchBackend(params: dict[str, Any]) -> BaseSearchBackend:  # noqa: N802  the name by which Wagtail asks a backend module
    """The backend for the database in use; one without full-text search keeps Wagtail's own."""
    if connection.vendor == "postgresql":
        return _postgres(params)
    stock = database.SearchBackend(params)
    if connection.vendor == "sqlite" and type(stock).__name__ == "SQLiteSearchBackend":
        return _sqlite(params)
    return stock


def _postgres(params: dict[str, Any]) -> BaseSearchBackend:
    from modelsearch.backends.database.postgres import postgres  # needs django.contrib.postgres, which only PostgreSQL has

    _teach(postgres)
    backend: type = type("HanPostgresBackend", (AsksInOurWords, postgres.PostgresSearchBackend), {})
    return backend({"SEARCH_CONFIG": "simple", **params})


def _sqlite(params: dict[str, Any]) -> BaseSearchBackend:
    from modelsearch.backends.database.sqlite import sqlite  # its index table is there on SQLite alone
    from modelsearch.backends.database.sqlite.query import MatchExpression, normalize

    _teach(sqlite)

    class RunsMatchOnce:
        """Asks the index first, once, for ids and ranks; then filters the rows by them."""

        def search(self: Any, config: Any, start: int | None, stop: int | None, score_field: str | None = None) -> QuerySet[Any]:
            asked = normalize(self.query)
            if not isinstance(asked, PlainText | Phrase | And | Or):
                return super().search(config, start, stop, score_field)  # type: ignore[misc]  # the compiler it is mixed into
            ranked = self.ranked_ids(asked, MatchExpression, config)
            rows = self.queryset.filter(pk__in=[pk for pk, _rank in ranked])
            if score_field is not None:
                rows = rows.annotate(**{score_field: by_pk(dict(ranked), default=0.0, output_field=FloatField())})
            if self.order_by_relevance and ranked:
                places = {pk: place for place, (pk, _rank) in enumerate(ranked[:RANKED])}
                rows = rows.order_by(by_pk(places, default=BEHIND_THE_RANKED, output_field=IntegerField()), "-pk")
            elif not rows.query.order_by:
                rows = rows.order_by("-pk")
            return rows[start:stop]

        def ranked_ids(self: Any, asked: Any, match: Any, config: Any) -> list[tuple[Any, float]]:
            """Pairs of primary key and rank, best (smallest) first."""
            found = (
                sqlite.SQLiteFTSIndexEntry.objects.filter(match(self.fields or self.FTS_TABLE_FIELDS, self.build_search_query(asked, config=config)))
                .annotate(kind=OffTheIndex(F("index_entry__content_type_id")))
                .filter(kind__in=sqlite.get_descendants_content_types_pks(self.queryset.model))
                .annotate(rank=self._build_rank_expression(self.get_search_vectors(), config))
                .values_list("index_entry__object_id", "rank")
            )
            to_python = self.queryset.model._meta.pk.to_python
            return sorted(((to_python(pk), rank) for pk, rank in found), key=lambda pair: (pair[1], pair[0]))

    compiler = type("HanQueryCompiler", (RunsMatchOnce, sqlite.SQLiteSearchQueryCompiler), {})
    completer = type("HanAutocompleteQueryCompiler", (RunsMatchOnce, sqlite.SQLiteAutocompleteQueryCompiler), {})
    names = {"query_compiler_class": compiler, "autocomplete_query_compiler_class": completer}
    backend: type = type("HanSQLiteBackend", (AsksInOurWords, sqlite.SQLiteSearchBackend), names)
    return backend(params)


def by_pk(values: dict[Any, Any], *, default: Any, output_field: Any) -> Case:
    """A CASE over primary keys."""
    return Case(*[When(pk=pk, then=Value(value)) for pk, value in values.items()], default=Value(default), output_field=output_field)
