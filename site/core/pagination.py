"""Lists in pages, with a pager whose length does not depend on how many pages there are."""

from typing import TYPE_CHECKING, TypeVar

from django.core.paginator import InvalidPage, Page, Paginator
from django.http import Http404

if TYPE_CHECKING:
    from django.core.paginator import _SupportsPagination as Countable

Item = TypeVar("Item")


def page_of(items: "Countable[Item]", number: str | None, *, per_page: int) -> "Page[Item]":
    """The page with this number, the first one for None. Raises Http404 for a page that is not there."""
    try:
        return Paginator(items, per_page).page(1 if number is None else number)
    except InvalidPage:
        raise Http404 from None


def nearest_page_of(items: "Countable[Item]", number: str | None, *, per_page: int) -> "Page[Item]":
    """As `page_of`, for a list that gets shorter while somebody looks at it: there is always a page."""
    return Paginator(items, per_page).get_page(number)
