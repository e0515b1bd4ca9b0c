"""Addresses that the shop itself answers, so that no page of Wagtail's can ever be seen there."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.urls import URLResolver, get_resolver
from django.utils.translation import gettext as _
from wagtail import urls as wagtail_urls
from wagtail.models import Page

FIRST_SEGMENT = re.compile(r"\^?([\w-]+)(?:/|\\Z|\$|$)")


def is_the_shops(slug: str, parent: Page | None) -> bool:
    """Whether a page with this slug would stand, below this parent, where the shop answers itself."""
    return parent is not None and slug in _first_segments() and parent.is_site_root()


def refusal() -> str:
    """What an editor reads who has chosen such a slug."""
    return _("The shop itself uses this address. Choose another slug.")


def _first_segments() -> set[str]:
    files = {settings.MEDIA_URL, settings.STATIC_URL}
    return set(_segments_of(get_resolver())) | {
        match[1] for address in files if (match := FIRST_SEGMENT.match(address.lstrip("/")))
    }


def _segments_of(resolver: URLResolver) -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver) and pattern.urlconf_name is wagtail_urls:
            continue
        if match := FIRST_SEGMENT.match(str(pattern.pattern)):
            yield match[1]
        elif isinstance(pattern, URLResolver) and not str(pattern.pattern):
            yield from _segments_of(pattern)
