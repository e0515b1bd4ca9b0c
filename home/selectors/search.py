"""What the search page finds: pages of every type, products by their words and by their SKUs too."""

import re
from dataclasses import dataclass, field

from django.core.paginator import Page as Results
from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page

from home.pagination import page_of

from .cards import Card, cards_for
from .chrome import chrome
from .privacy import without_private

MAX_QUERY_LENGTH = 100
RESULTS_PER_PAGE = 24
# Ranking looks at every match, which takes seconds for a word that stands in 100 000 products.
MAX_RANKED = 2000


@dataclass(frozen=True)
class Found:
    """The answer to a search; `results` is the pager's page, None when nothing was asked."""

    query: str
    results: Results | None = None
    cards: list[Card] = field(default_factory=list)

    @property
    def count(self) -> int:
        return self.results.paginator.count if self.results else 0

    @property
    def is_capped(self) -> bool:
        """Whether there may be more matches than were looked at."""
        return self.count >= MAX_RANKED


def find(request: HttpRequest, *, text: str, page_number: str | None) -> Found:
    """One page of what a site has on some words, best first. The number of queries does not grow with it."""
    query = clean_query(text)
    if not re.search(r"\w", query):
        return Found(query=query)
    pages = _pages_of(request)
    matches = _Matches(pages, query)
    results = page_of(matches, page_number, per_page=RESULTS_PER_PAGE)
    return Found(query=query, results=results, cards=cards_for(results))


def clean_query(text: str) -> str:
    """The words of a query, without what no page contains."""
    return " ".join(text.replace("\x00", " ").replace('"', " ").split())[:MAX_QUERY_LENGTH]


class _Matches:
    """The matching pages, best first, as the paginator wants them: a length and slices.

    The ids of at most MAX_RANKED matches are read first, unsorted; they give the length, and only they are
    ranked. Words that match nothing are tried again as the beginnings of words.
    """

    def __init__(self, pages: QuerySet, query: str):
        self.pages = pages
        self.query = query
        self.ids = self._ids(pages.search)
        self.by_beginning = not self.ids
        if self.by_beginning:
            self.ids = self._ids(pages.autocomplete)

    def __len__(self) -> int:
        return len(self.ids)

    def __getitem__(self, part: slice):
        if not self.ids:
            return []
        pages = self.pages.filter(pk__in=self.ids)
        search = pages.autocomplete if self.by_beginning else pages.search
        return search(self.query)[part]

    def _ids(self, search) -> list[int]:
        matches = search(self.query, order_by_relevance=False)[:MAX_RANKED]
        return list(matches.get_queryset().values_list("pk", flat=True))


def _pages_of(request: HttpRequest) -> QuerySet:
    root_path = chrome(request).root_path
    return without_private(Page.objects.live().filter(path__startswith=root_path, depth__gt=1))
