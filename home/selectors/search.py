"""What the search page finds: pages of every type, products by their words and by their SKUs too."""

import re
from dataclasses import dataclass, field

from django.core.paginator import Page as Results
from django.db.models import QuerySet, Value
from django.http import HttpRequest
from wagtail.models import Page

from core.pagination import page_of

from .cards import Card, cards_for
from .privacy import public_only
from .site_frame import site_frame

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
    """The matching pages as the paginator wants them: a length and slices.

    First the pages that contain all the words, best first, then those in which the last word only begins
    like that. The ids of at most MAX_RANKED matches are read in one unsorted query; they give the length,
    and only they are ranked.
    """

    def __init__(self, pages: QuerySet, query: str):
        self.pages = pages
        self.query = query
        whole, beginning = self._unsorted(pages.search, 0), self._unsorted(pages.autocomplete, 1)
        candidates = list(whole.union(beginning, all=True)[:MAX_RANKED])
        self.whole = {pk for pk, tier in candidates if tier == 0}
        self.beginning = {pk for pk, tier in candidates} - self.whole

    def __len__(self) -> int:
        return len(self.whole) + len(self.beginning)

    def __getitem__(self, part: slice) -> list[Page]:
        turn = len(self.whole)
        pages = []
        if part.start < turn:
            pages += self._among(self.whole).search(self.query)[part.start : part.stop]
        if part.stop > turn:
            rest = slice(max(part.start - turn, 0), part.stop - turn)
            pages += self._among(self.beginning).autocomplete(self.query)[rest]
        return pages

    def _among(self, ids: set[int]) -> QuerySet:
        return self.pages.filter(pk__in=ids)

    def _unsorted(self, search, tier: int) -> QuerySet:
        matches = search(self.query, order_by_relevance=False).get_queryset()
        return matches.order_by().annotate(tier=Value(tier)).values_list("pk", "tier")


def _pages_of(request: HttpRequest) -> QuerySet:
    root_path = site_frame(request).root_path
    return public_only(Page.objects.live().filter(path__startswith=root_path, depth__gt=1))
