"""The first visit to every page, made by the shop itself, so that no visitor waits for renditions."""

from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from wagtail.models import Site

from home.models import HomePage


def visit_every_page() -> list[str]:
    """Asks for every published page of the default site; the addresses that did not answer 200."""
    address = urlsplit(settings.SHOP_BASE_URL)
    client = Client(
        SERVER_NAME=address.hostname,
        SERVER_PORT=str(address.port or ""),
        raise_request_exception=False,
    )
    is_secure = address.scheme == "https"
    site = Site.objects.get(is_default_site=True)
    paths = [page.get_url_parts()[2] for page in _pages(site)]
    return [path for path in paths if client.get(path, secure=is_secure).status_code != 200]


def _pages(site: Site):
    return HomePage.objects.get(pk=site.root_page_id).get_descendants(inclusive=True).live().public()
