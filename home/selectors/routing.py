"""From an address to a page."""

from collections.abc import Sequence
from itertools import accumulate, takewhile

from wagtail.models import Page


def pages_along(start: Page, slugs: Sequence[str]) -> list[Page]:
    """The pages that lead from `start` down these slugs as far as there are any, in one query."""
    addresses = list(accumulate(slugs, lambda address, slug: f"{address}{slug}/", initial=start.url_path))[1:]
    # The slugs are there for the database's index: addresses have none.
    found = Page.objects.filter(slug__in=set(slugs), url_path__in=addresses)
    pages = {page.url_path: page for page in found}
    return [pages[address] for address in takewhile(pages.__contains__, addresses)]
