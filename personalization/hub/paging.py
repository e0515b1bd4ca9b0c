"""Reading the Hub's lists, which come in pages of `{"total": n, "items": [...]}`."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

PAGE_SIZE = 100
MOST_PAGES = 1000


def pages(call: Callable[..., Any], operation: str, expects: str, **query: Any) -> Iterator[list[Any]]:
    """The items of each page, until the list's `total` is reached or a page is empty."""
    skip = 0
    for _ in range(MOST_PAGES):
        page = call(operation, expects, skip=skip, take=PAGE_SIZE, **query)
        items = page.items or []
        skip += len(items)
        if items:
            yield items
        if not items or page.total is None or skip >= page.total:
            return


def goes_back_beyond(since: datetime, moments: list[datetime | None]) -> bool:
    """Whether nothing newer can follow on a page of these moments, newest first.

    That they are sorted is checked, not believed, and whether the empty ones come first or last is left open.
    """
    known = [moment for moment in moments if moment is not None]
    if not known or known != sorted(known, reverse=True):
        return False
    return known[-1] < since or moments[-1] is None
