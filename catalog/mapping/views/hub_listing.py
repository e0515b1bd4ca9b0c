"""Pages of the Hub's lists, as the admin's paginator reads them."""

from collections.abc import Callable
from typing import Any

from personalization.hub import (
    HubError,
    HubUnavailable,
    ProcessingPipelinePage,
    ProductPage,
    ProductReferencePage,
)

ListPage = ProductPage | ProductReferencePage | ProcessingPipelinePage
Fetch = Callable[[int, int], ListPage]


class HubList:
    """A list of the Hub's as a sequence. The page that is asked for first also tells the total, so that a
    page costs one call however long the list is.
    """

    def __init__(self, fetch: Fetch, *, page: int, per_page: int):
        self._fetch = fetch
        self._start = (page - 1) * per_page
        self._first = fetch(self._start, per_page)

    def __len__(self) -> int:
        return self._first.total

    def __getitem__(self, wanted: slice) -> list[Any]:
        if wanted.start == self._start:
            return list(self._first.items)
        return list(self._fetch(wanted.start, wanted.stop - wanted.start).items)


def page_number(text: str | None) -> int:
    """The page that an address asks for; the first one if it is no number."""
    return max(1, int(text)) if text and text.isascii() and text.isdecimal() and len(text) < 7 else 1


def is_away(trouble: HubError) -> bool:
    """Whether waiting helps; otherwise somebody has to look at the settings."""
    return isinstance(trouble, HubUnavailable)
