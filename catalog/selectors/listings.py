"""Lists of products, sorted and in pages, in a number of queries that no list changes."""

from collections.abc import Iterable
from collections.abc import Mapping as Parameters
from dataclasses import dataclass

from django.core.paginator import Page
from django.utils.translation import gettext_lazy as _

from catalog.models import CatalogPage, CategoryPage, ProductGroupPage
from catalog.structured_data import SHARED_RENDITION
from home.pagination import page_of
from home.selectors.cards import CARD_RENDITIONS, Card, cards_by_id
from home.selectors.privacy import public_only

from .pictures import load_pictures

PER_PAGE = 24
SORTINGS = {"newest": _("Newest"), "price": _("Price"), "name": _("Name")}
DEFAULT_SORTING = "newest"
# The renditions of the picture at the top of pages/category_page.html.
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


def listing(branch: CategoryPage | CatalogPage, parameters: Parameters[str, str]) -> Listing:
    """The products of a category and of the categories in it, as the query string asks for them."""
    sorting = parameters.get("sort")
    if sorting not in SORTINGS:
        sorting = DEFAULT_SORTING
    groups = public_only(ProductGroupPage.objects.live().descendant_of(branch))
    page = page_of(groups.with_price_from().sorted_by(sorting), parameters.get("page"), per_page=PER_PAGE)
    categories = child_categories(branch)
    # Before the cards are made, so that the category's own picture comes in the same query as theirs.
    pages = [branch, *categories, *page.object_list]
    load_pictures(
        [(branch, "social_image"), *((each, each.card_image_field) for each in pages)],
        [*HEAD_RENDITIONS, SHARED_RENDITION, *CARD_RENDITIONS],
    )
    cards = cards_by_id([*categories, *page.object_list])
    return Listing(
        categories=[cards[category.pk] for category in categories],
        products=[cards[group.pk] for group in page.object_list],
        page=page,
        sortings=[
            Sorting(label, "" if name == DEFAULT_SORTING else f"?sort={name}", name == sorting)
            for name, label in SORTINGS.items()
        ],
    )


def child_categories(branch: CategoryPage | CatalogPage) -> list[CategoryPage]:
    """The categories right below, in the order that editors gave them."""
    return list(public_only(CategoryPage.objects.live().child_of(branch)).order_by("path"))


def load_prices_from(groups: Iterable[ProductGroupPage]) -> None:
    """Gives product groups their `price_from` in one query; none when they have been loaded with it."""
    waiting = [group for group in groups if "price_from" not in vars(group)]
    if not waiting:
        return
    priced = ProductGroupPage.objects.filter(pk__in=[group.pk for group in waiting]).with_price_from()
    prices = dict(priced.values_list("pk", "price_from"))
    for group in waiting:
        group.price_from = prices.get(group.pk)
