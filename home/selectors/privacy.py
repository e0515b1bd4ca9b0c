"""Who may see a page: everybody, or this visitor."""

from collections.abc import Iterable

from django.core.cache import cache
from django.http import HttpRequest
from wagtail.models import Page, PageViewRestriction
from wagtail.query import PageQuerySet

from .forgetting import forget

CACHE_KEY = "home.private-paths.1"
CACHE_SECONDS = 3600


def is_public(page: Page) -> bool:
    """Whether a page is published and neither it nor a page above it is kept private."""
    return page.live and not page.path.startswith(_private_paths())


def is_surely_public(way: Iterable[Page]) -> bool:
    """Whether none of these pages is kept private or mirrors a page that may be."""
    private = _private_paths()
    return not any(page.alias_of_id or page.path.startswith(private) for page in way)


def public_only(pages: PageQuerySet) -> PageQuerySet:
    """As Wagtail's own `public()`, but without a query to find out what is private."""
    for path in _private_paths():
        pages = pages.exclude(path__startswith=path)
    return pages


def closed_paths(request: HttpRequest | None = None) -> tuple[str, ...]:
    """The paths below which pages are kept from this visitor; without a request, from everybody.

    Neither the database nor the session is asked where nothing is private.
    """
    private = _private_paths()
    if request is None or not private:
        return private
    restrictions = PageViewRestriction.objects.select_related("page").prefetch_related("groups")
    return tuple(each.page.path for each in restrictions if not each.accept_request(request))


def forget_private_paths() -> None:
    """Makes the next look read the view restrictions again."""
    forget(CACHE_KEY)


def _private_paths() -> tuple[str, ...]:
    paths = cache.get(CACHE_KEY)
    if paths is None:
        paths = tuple(PageViewRestriction.objects.values_list("page__path", flat=True))
        cache.set(CACHE_KEY, paths, CACHE_SECONDS)
    return paths
