"""Database, cache, queue and mail server from the addresses that the environment gives.

Without an address the default is used as it is, because a path is no URL: `+`, `#`, `?` and `%` in the name
of a directory would change it. Addresses may hold passwords, so no message repeats one.
"""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit

import environ

from . import environment
from .environment import SettingError

IN_MEMORY = "sqlite://:memory:"
DATABASES = ("sqlite", "postgres", "postgresql", "pgsql", "psql")
CACHES = ("filecache", "locmemcache", "rediscache", "redis", "rediss")
QUEUES = ("redis", "rediss", "unix")
MAIL = ("smtp", "smtps", "smtp+tls", "smtp+ssl", "consolemail", "filemail", "memorymail", "dummymail")

Found = TypeVar("Found")


def database(name: str, default: dict) -> dict:
    """One of Django's DATABASES."""
    if environment.text(name) == IN_MEMORY:
        return environ.Env.db_url_config(IN_MEMORY)
    return _found(
        name,
        default,
        "a database",
        "postgres://user:password@host:5432/name",
        DATABASES,
        environ.Env.db_url_config,
    )


def cache(name: str, default: dict) -> dict:
    """One of Django's CACHES."""
    found = _found(name, default, "a cache", "rediscache://host:6379/0", CACHES, environ.Env.cache_url_config)
    if found["BACKEND"].endswith(".FileBasedCache"):
        found["BACKEND"] = "core.file_cache.FileCache"
    return found


def mail(name: str, default: dict) -> dict:
    """Django's settings EMAIL_*."""
    example = "smtp+tls://user:password@host:587"
    return _found(name, default, "a mail server", example, MAIL, environ.Env.email_url_config)


def queue(name: str) -> str:
    """The address of a Redis; empty when none is named."""
    return _found(name, "", "a Redis", "redis://host:6379/1", QUEUES, str)


def _found(
    name: str,
    default: Found,
    what: str,
    example: str,
    schemes: tuple[str, ...],
    parse: Callable[[str], Found],
) -> Found:
    value = environment.text(name)
    if not value:
        return default
    try:
        parts = urlsplit(value)
        if parts.scheme in schemes and _names_a_place(parts) and "#" not in value:
            return parse(value)
    except ValueError:
        pass
    raise SettingError(
        f"{name} must be the address of {what}, such as {example}; in a password write # as %23, / as %2F, "
        "? as %3F and @ as %40."
    )


def _names_a_place(parts: SplitResult) -> bool:
    """Whether the host or the path is there, without which the libraries would take one of their own."""
    if parts.scheme in ("sqlite", "unix"):
        return not parts.netloc and len(parts.path) > 1
    if parts.scheme in ("filecache", "filemail", *DATABASES):
        return len(parts.path) > 1
    if parts.scheme in ("locmemcache", "consolemail", "memorymail", "dummymail"):
        return True
    return bool(parts.hostname) and parts.port != 0
