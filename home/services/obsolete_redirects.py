"""Redirects that Wagtail made when a page left an address, at which there is a page now."""

from collections.abc import Iterator

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page


def drop_obsolete_redirects(page: Page) -> None:
    """Deletes them for the addresses of a page and of those below it.

    Nobody sees such a redirect while its address answers. Unpublished, the page would be looked for at the
    page that the redirect names: at itself, when it had been moved away and back, and so without end. What
    somebody made by hand stays, unless it leads to where it begins.
    """
    parts = page.get_url_parts()
    if parts is None or parts[2] is None:
        return
    site_id, _root_url, address = parts
    path = Redirect.normalise_path(address)
    below = Q(old_path=path) | Q(old_path__startswith=f"{path.rstrip('/')}/")
    redirects = list(Redirect.objects.filter(below, Q(site=site_id) | Q(site=None)))
    if not redirects:
        return
    pages = dict(_pages_by_path(page))
    obsolete = [
        redirect.pk
        for redirect in redirects
        if redirect.old_path in pages
        and (redirect.automatically_created or redirect.redirect_page_id == pages[redirect.old_path])
    ]
    Redirect.objects.filter(pk__in=obsolete).delete()


def _pages_by_path(page: Page) -> Iterator[tuple[str, int]]:
    for each in page.get_descendants(inclusive=True).specific(defer=True):
        parts = each.get_url_parts()
        if parts and parts[2]:
            yield Redirect.normalise_path(parts[2]), each.pk
