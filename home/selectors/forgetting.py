"""Dropping what the cache holds when its source changes."""

from functools import partial

from django.core.cache import cache
from django.db import transaction


def forget(key: str) -> None:
    """Drops a key now and once more on commit: another process may have read the old rows in between."""
    cache.delete(key)
    transaction.on_commit(partial(cache.delete, key))
