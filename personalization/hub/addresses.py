"""Which addresses are the same place, and which are inside our own network."""

import ipaddress
import socket
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
# Mapped and compatible ones, and the two prefixes of NAT64.
IPV4_AT_THE_END = tuple(
    map(ipaddress.IPv6Network, ("::ffff:0:0/96", "::/96", "64:ff9b::/96", "64:ff9b:1::/48"))
)


def origin(url: str) -> str:
    """`scheme://host:port` of an http(s) address in lower case; an empty string if it is no such address."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in DEFAULT_PORTS or not parts.hostname or parts.username is not None:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port or DEFAULT_PORTS[parts.scheme]}"


def is_loopback(url: str) -> bool:
    """Whether the address names this very machine (localhost, 127.0.0.0/8, ::1); does not ask the network."""
    host = _host(url)
    if host == "localhost" or host.endswith(".localhost"):
        return True
    literal = _literal(host)
    return literal is not None and literal.is_loopback


def leads_inside(url: str) -> bool:
    """Whether any address behind the URL's host is not a public one. Asks the name server.

    Raises `OSError` when the name cannot be resolved.
    """
    host = _host(url)
    literal = _literal(host)
    if literal is not None:
        return not _is_public(literal)
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return any(not _is_public(ipaddress.ip_address(str(entry[4][0]).partition("%")[0])) for entry in found)


def _is_public(address: Address) -> bool:
    """Of IPv6 addresses that stand for one of IPv4, whether that one is."""
    if isinstance(address, ipaddress.IPv6Address) and (inner := _inner(address)):
        return _is_public(inner)
    return address.is_global and not address.is_multicast


def _inner(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if any(address in network for network in IPV4_AT_THE_END):
        return ipaddress.IPv4Address(address.packed[-4:])
    return address.sixtofour or (address.teredo and address.teredo[1])


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
