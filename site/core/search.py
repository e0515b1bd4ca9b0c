"""The search backend of the shop: the database's, asked only for what it can understand.

Every search box of the Wagtail admin hands over what somebody typed as it is. SQLite's full-text search
takes a quotation mark for the beginning of a phrase, and no database is to be asked for thousands of words.
"""

from functools import cache
from typing import Any

from wagtail.search.backends.database import SearchBackend as DatabaseSearchBackend
from wagtail.search.query import And, Boost, Fuzzy, Not, Or, Phrase, PlainText, SearchQuery

MOST_WORDS = 40
IMPOSSIBLE = str.maketrans({"\x00": " ", '"': " "})


def clean_words(text: str) -> str:
    """The first words of what somebody typed, without what no text in the index contains."""
    return " ".join(text.translate(IMPOSSIBLE).split()[:MOST_WORDS])


def clean_query(query: str | SearchQuery) -> str | SearchQuery:
    """A query that finds the same and that every database can be asked."""
    match query:
        case str():
            return clean_words(query)
        case PlainText():
            return PlainText(clean_words(query.query_string), query.operator, query.boost)
        case Phrase():
            return Phrase(clean_words(query.query_string))
        case Fuzzy():
            return Fuzzy(clean_words(query.query_string), query.operator)
        case And() | Or():
            return type(query)([clean_query(part) for part in query.subqueries[:MOST_WORDS]])
        case Not():
            return Not(clean_query(query.subquery))
        case Boost():
            return Boost(clean_query(query.subquery), query.boost)
    return query


def SearchBackend(params: dict[str, Any]) -> Any:
    """The backend of the database that the shop uses."""
    backend: Any = type(DatabaseSearchBackend(dict(params)))
    return _with_clean_queries(backend)(params)


@cache
def _with_clean_queries(backend: Any) -> Any:
    """The backend, cleaning whatever it is asked for."""

    def _search(
        self: Any, compiler_class: Any, query: str | SearchQuery, model_or_queryset: Any, **kwargs: Any
    ) -> Any:
        return backend._search(self, compiler_class, clean_query(query), model_or_queryset, **kwargs)

    return type("ShopSearchBackend", (backend,), {"_search": _search})
