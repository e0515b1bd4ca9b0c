"""Limits on how often somebody may try. The tries are in the cache that all web processes share."""

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


class LimitReached(Exception):
    """Somebody has no try left; `limit` is the key in `settings.LIMITS`."""

    def __init__(self, limit: str):
        super().__init__(limit)
        self.limit = limit


def is_reached(limit: str, who: str) -> bool:
    """Whether `who` has had all tries that `settings.LIMITS` allows in the present span of time."""
    tries, _seconds = settings.LIMITS[limit]
    return cache.get(_key(limit, who, tries - 1)) is not None


def take(limit: str, who: str) -> bool:
    """Use up one try of `who`; False when there was none left. Never two at once use up the same one."""
    tries, seconds = settings.LIMITS[limit]
    return any(cache.add(_key(limit, who, number), True, timeout=seconds) for number in range(tries))


def spend(limit: str, who: str) -> None:
    """Use up one try of `who`. Raises LimitReached when there was none left."""
    if not take(limit, who):
        raise LimitReached(limit)


def _key(limit: str, who: str, number: int) -> str:
    span = int(time.time() // settings.LIMITS[limit][1])
    return f"limit:{limit}:{span}:{hashlib.sha256(who.encode()).hexdigest()}:{number}"
