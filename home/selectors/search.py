"""What the search page finds: pages of every type, products by their words and by their SKUs too."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Page as Results
from django.db.models import QuerySet, Value
from django.http import HttpRequest
from django.utils.functional import cached_property
from wagtail.models import Page, get_page_models

from core.pagination import page_of
from core.search import clean_words
from home.stems import stems_to_find, stems_to_index

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
    return clean_words(text)[:MAX_QUERY_LENGTH]


class _Matches:
    """The matching pages, best first, as the paginator wants them: a length and slices.

    First the pages that contain all the words, then those in which the last word only begins like that; among
    them those whose title has the most of the words, then what is sold, then as the database ranks them. At
    most MAX_RANKED matches are read, unsorted, and only they are ranked.
    """

    def __init__(self, pages: QuerySet, query: str):
        self.pages = pages
        self.query = query
        self.stems = stems_to_find(query)
        by_stems = _unsorted(pages.search(" ".join(self.stems), order_by_relevance=False), is_beginning=False)
        by_beginning = _unsorted(pages.autocomplete(query, order_by_relevance=False), is_beginning=True)
        candidates = [_Match(*row) for row in by_stems.union(by_beginning, all=True)[:MAX_RANKED]]
        self.whole = {match.pk for match in candidates if not match.is_beginning}
        beginnings = [match for match in candidates if match.is_beginning and match.pk not in self.whole]
        self.types_for_sale = _types_for_sale()
        matches = [match for match in candidates if not match.is_beginning] + beginnings
        self.order = [match.pk for match in sorted(matches, key=self._place)]

    def __len__(self) -> int:
        return len(self.order)

    def __getitem__(self, part: slice) -> list[Page]:
        wanted = self.order[part]
        pages = self.pages.in_bulk(wanted)
        return [pages[pk] for pk in wanted if pk in pages]

    def _place(self, match: "_Match") -> tuple:
        title = stems_to_index(match.title)
        missing = [stem for stem in self.stems if not _is_in(title, stem, is_beginning=match.is_beginning)]
        is_other = match.content_type not in self.types_for_sale
        return (match.is_beginning, len(missing), is_other, self._ranks.get(match.pk, MAX_RANKED), match.pk)

    @cached_property
    def _ranks(self) -> dict[int, int]:
        """The place of each match as the database ranks them."""
        ranked = self.pages.filter(pk__in=self.whole).search(" ".join(self.stems)).get_queryset()
        return {pk: place for place, pk in enumerate(ranked.values_list("pk", flat=True))}


class _Match(NamedTuple):
    pk: int
    title: str
    content_type: int
    is_beginning: bool


def _is_in(title: list[str], stem: str, *, is_beginning: bool) -> bool:
    return any(word.startswith(stem) for word in title) if is_beginning else stem in title


def _types_for_sale() -> set[int]:
    models = [model for model in get_page_models() if getattr(model, "is_for_sale", False)]
    return {content_type.pk for content_type in ContentType.objects.get_for_models(*models).values()}


def _unsorted(matches, *, is_beginning: bool):
    pages = matches.get_queryset().order_by().annotate(is_beginning=Value(is_beginning))
    return pages.values_list("pk", "title", "content_type", "is_beginning")


def _pages_of(request: HttpRequest) -> QuerySet:
    root_path = site_frame(request).root_path
    return public_only(Page.objects.live().filter(path__startswith=root_path, depth__gt=1))
