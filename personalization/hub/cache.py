"""Remembers what the Hub says about products, so that a page does not wait for it and survives its absence.

Only answers that are the same for everybody belong here. Nothing personal, and no token of a storefront user.
"""

import dataclasses
import hashlib
import logging
import secrets
import time
from collections.abc import Callable
from typing import Any, TypeVar

from django.core.cache import cache

from . import types
from .errors import HubContractError, HubNotAsked, HubNotFound, HubUnavailable

logger = logging.getLogger(__name__)

Value = TypeVar("Value")

KEEP_STALE_SECONDS = 24 * 3600
NOT_FOUND_SECONDS = 30
DOUBTED_SECONDS = 3


def _shape_of_types() -> str:
    """Changes whenever our dataclasses do: a new release must not read what an older one pickled."""
    shapes = {
        name: [part.name for part in dataclasses.fields(kind)]
        for name, kind in vars(types).items()
        if dataclasses.is_dataclass(kind)
    }
    return hashlib.sha256(repr(shapes).encode()).hexdigest()[:8]


SHAPE = _shape_of_types()


@dataclasses.dataclass(frozen=True)
class Entry:
    """One remembered answer; `found` is False for "the Hub does not know it"."""

    value: Any
    fresh_until: float
    found: bool = True


class AnswerCache:
    """Answers of one Hub tenant, in Django's cache, shared by all processes.

    Answers are kept in groups (a product reference, a product, the tenant) that can be forgotten as one.
    """

    def __init__(self, fingerprint: str):
        self._prefix = f"cchub:{fingerprint}"

    def read(self, group: str, name: str, fetch: Callable[[], Value], *, seconds: float) -> Value:
        """The answer `name` of `group`, asked for with `fetch` unless a fresh one is known.

        A last good answer is served for a day while the Hub is unavailable or talks nonsense; without one its
        error is raised.
        """
        key = self._key(group, name)
        entry = cache.get(key)
        if entry is not None and entry.fresh_until > time.time():
            known: Value = _value_of(entry)
            return known
        try:
            value = fetch()
        except HubNotFound:
            cache.set(key, Entry(None, time.time() + NOT_FOUND_SECONDS, found=False), NOT_FOUND_SECONDS)
            raise
        except (HubUnavailable, HubContractError) as failure:
            if entry is None or not entry.found:
                raise
            level = logging.INFO if isinstance(failure, HubNotAsked) else logging.WARNING
            logger.log(level, "Serving the last good answer: %s", failure)
            last_good: Value = entry.value
            return last_good
        cache.set(key, Entry(value, time.time() + seconds), seconds + KEEP_STALE_SECONDS)
        return value

    def forget(self, group: str) -> None:
        """Ask the Hub again about everything in the group, whatever is remembered."""
        cache.set(self._generation_key(group), secrets.token_hex(4), 2 * KEEP_STALE_SECONDS)

    def doubt(self, group: str) -> bool:
        """Forget a group whose answers were of no use; False if that was done a few seconds ago."""
        is_first = cache.add(f"{self._prefix}:doubted:{_digest(group)}", True, DOUBTED_SECONDS)
        if is_first:
            self.forget(group)
        return is_first

    def _key(self, group: str, name: str) -> str:
        generation = cache.get(self._generation_key(group), "")
        return f"{self._prefix}:{SHAPE}:{_digest(f'{group}|{generation}|{name}')}"

    def _generation_key(self, group: str) -> str:
        return f"{self._prefix}:generation:{_digest(group)}"


def _value_of(entry: Entry) -> Any:
    if not entry.found:
        raise HubNotFound("The Hub said a moment ago that it does not know this.")
    return entry.value


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]
