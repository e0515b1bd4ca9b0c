"""Which addresses are the same place, and which are inside our own network."""

import ipaddress
import socket
from urllib.parse import urlsplit

DEFAULT_PORTS = {"http": 80, "https": 443}


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
        return not literal.is_global
    found = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return any(not ipaddress.ip_address(str(entry[4][0]).partition("%")[0]).is_global for entry in found)


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").rstrip(".")
    except ValueError:
        return ""


def _literal(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
