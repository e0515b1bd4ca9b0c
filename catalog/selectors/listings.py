"""Lists of products, sorted and in pages, in a number of queries that no list changes."""

from __future__ import annotations

from collections.abc import Mapping as Parameters
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.paginator import Page
from django.utils.translation import gettext_lazy as _

from core.pagination import page_of
from home.models.base import SHARED_RENDITION
from home.selectors.cards import CARD_RENDITIONS, Card, cards_by_id
from home.selectors.privacy import public_only

from .pictures import load_pictures

if TYPE_CHECKING:
    from wagtail.query import PageQuerySet

    from catalog.models.categories import ListingPage
    from catalog.querysets import ProductGroupQuerySet

PER_PAGE = 24
SORTINGS = {"newest": _("Newest"), "price": _("Price"), "name": _("Name")}
DEFAULT_SORTING = "newest"
# The renditions of the picture at the top of pages/catalog/category_page.html.
HEAD_RENDITIONS = ("fill-800x600|format-webp", "fill-1200x900|format-webp")


@dataclass(frozen=True)
class Sorting:
    """One way to sort a list, and the query string that asks for it."""

    label: str
    query: str
    is_current: bool


@dataclass(frozen=True)
class Listing:
    """What a category shows: the categories in it, and one page of its products."""

    categories: list[Card]
    products: list[Card]
    page: Page
    sortings: list[Sorting]


def listing(
    branch: ListingPage,
    parameters: Parameters[str, str],
    *,
    products: ProductGroupQuerySet,
    categories: PageQuerySet,
) -> Listing:
    """These products and categories, as far as everybody may see them, as the query string asks for them."""
    sorting = parameters.get("sort")
    if sorting not in SORTINGS:
        sorting = DEFAULT_SORTING
    page = page_of(
        public_only(products).with_price_from().sorted_by(sorting), parameters.get("page"), per_page=PER_PAGE
    )
    shown_categories = list(public_only(categories).order_by("path"))
    # Before the cards are made, so that the category's own picture comes in the same query as theirs.
    pages = [branch, *shown_categories, *page.object_list]
    load_pictures(
        [(branch, "social_image"), *((each, each.card_image_field) for each in pages)],
        [*HEAD_RENDITIONS, SHARED_RENDITION, *CARD_RENDITIONS],
    )
    cards = cards_by_id([*shown_categories, *page.object_list])
    return Listing(
        categories=[cards[category.pk] for category in shown_categories],
        products=[cards[group.pk] for group in page.object_list],
        page=page,
        sortings=[
            Sorting(label, "" if name == DEFAULT_SORTING else f"?sort={name}", name == sorting)
            for name, label in SORTINGS.items()
        ],
    )
