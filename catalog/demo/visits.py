"""The first visit to every page, made by the shop itself, so that no visitor waits for renditions."""

import os
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from wagtail.models import Site

from home.models import HomePage


def visit_every_page() -> list[str]:
    """Asks for every published page of the default site; the addresses that did not answer 200."""
    paths = _paths()
    if connection.in_atomic_block:
        # Other threads have other connections, which do not see what is not committed.
        statuses = [_status(path) for path in paths]
    else:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            statuses = list(pool.map(_status_in_thread, paths))
    return [path for path, status in zip(paths, statuses, strict=True) if status != HTTPStatus.OK]


def _paths() -> list[str]:
    site = Site.objects.get(is_default_site=True)
    home = HomePage.objects.get(pk=site.root_page_id)
    return [page.get_url_parts()[2] for page in home.get_descendants(inclusive=True).live().public()]


def _status(path: str) -> int:
    address = urlsplit(settings.SHOP_BASE_URL)
    client = Client(
        SERVER_NAME=address.hostname, SERVER_PORT=str(address.port or ""), raise_request_exception=False
    )
    return client.get(path, secure=address.scheme == "https").status_code


def _status_in_thread(path: str) -> int:
    try:
        return _status(path)
    finally:
        connection.close()
