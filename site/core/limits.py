"""Limits on how often somebody may try. The counters are in the cache that all web processes share."""

import hashlib
import time
from ipaddress import IPv6Address, ip_address, ip_network

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest


def client_of(request: HttpRequest) -> str:
    """The client's address, of IPv6 the network that one customer has.

    Of X-Forwarded-For only what the shop's own proxies added is believed (TRUSTED_PROXIES).
    """
    address = ip_address(get_adapter().get_client_ip(request))
    return str(ip_network((address, 64), strict=False) if isinstance(address, IPv6Address) else address)


def is_reached(limit: str, who: str) -> bool:
    """Whether `who` has had all tries that `settings.LIMITS` allows in the present span of time."""
    tries: int = cache.get(_key(limit, who), 0)
    return tries >= settings.LIMITS[limit][0]


def count(limit: str, who: str) -> None:
    """Note one try of `who`."""
    seconds = settings.LIMITS[limit][1]
    key = _key(limit, who)
    cache.add(key, 0, timeout=seconds)
    try:
        cache.incr(key)
    except ValueError:
        # The counter's time ended between the two calls.
        cache.add(key, 1, timeout=seconds)


def _key(limit: str, who: str) -> str:
    span = int(time.time() // settings.LIMITS[limit][1])
    return f"limit:{limit}:{span}:{hashlib.sha256(who.encode()).hexdigest()}"
