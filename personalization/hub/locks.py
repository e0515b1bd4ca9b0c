"""Locks around what only one process at a time should do, on one machine or on several."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.core.cache import cache, caches
from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks


@contextmanager
def try_lock(name: str, *, seconds: float) -> Iterator[bool]:
    """Whether we got the lock `name`; never waits. It ends with the block, or when this process dies.

    Django's cache of files cannot say which of two processes was first, so there a locked file in VAR_DIR
    decides; the operating system frees it with its holder. Other caches decide by `add`, which is atomic on
    Redis and Memcached; there the lock of a dead process ends after `seconds`.
    """
    by = _by_file(name) if isinstance(caches["default"], FileBasedCache) else _by_cache(name, seconds)
    with by as is_ours:
        yield is_ours


@contextmanager
def _by_file(name: str) -> Iterator[bool]:
    folder = Path(settings.VAR_DIR) / "locks"
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{name.replace(':', '-')}.lock").open("ab") as file:
        is_ours = locks.lock(file, locks.LOCK_EX | locks.LOCK_NB)
        try:
            yield is_ours
        finally:
            # Explicitly: a process forked in the meantime holds the same open file.
            if is_ours:
                with suppress(OSError):
                    locks.unlock(file)


@contextmanager
def _by_cache(name: str, seconds: float) -> Iterator[bool]:
    key, mark = f"{name}:lock", secrets.token_hex(8)
    is_ours = cache.add(key, mark, seconds)
    try:
        yield is_ours
    finally:
        if is_ours and cache.get(key) == mark:
            cache.delete(key)
