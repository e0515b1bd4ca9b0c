"""Lists in pages, with a pager whose length does not depend on how many pages there are."""

from django.core.paginator import Page, Paginator


def page_of(items, number: str | int | None, *, per_page: int) -> Page:
    """The page with this number; the first or last one for a number that is none or too large."""
    return Paginator(items, per_page).get_page(number)
