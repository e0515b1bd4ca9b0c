"""Addresses as sources of a content security policy."""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

HOST = re.compile(r"(?:[a-z0-9-]+\.)*[a-z0-9-]+|\[[0-9a-f:]+\]")


def csp_origins(addresses: Iterable[str]) -> tuple[str, ...]:
    """The origins of addresses as sources of a content security policy; what is no plain http(s) address is
    left out.
    """
    found = (_csp_origin(address) for address in addresses if address)
    return tuple(dict.fromkeys(origin for origin in found if origin))


def _csp_origin(address: str) -> str:
    """`scheme://host[:port]`. The host is checked letter by letter: a semicolon in it would write policy of
    its own.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    host = f"[{host}]" if ":" in host else host
    if parts.scheme not in ("http", "https") or not HOST.fullmatch(host):
        return ""
    return f"{parts.scheme}://{host}:{port}" if port else f"{parts.scheme}://{host}"
