"""Django's cache of files, with an `add` that one of several processes wins."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.filebased import FileBasedCache
from django.core.files import locks


class FileCache(FileBasedCache):
    """Limits and locks, those of django-allauth too, are as safe as `add` is.

    Django's own looks whether the key is there and then writes it, and several processes may do both at once.
    """

    def add(
        self, key: Any, value: Any, timeout: float | None = DEFAULT_TIMEOUT, version: int | None = None
    ) -> bool:
        with self._alone_at(key):
            return super().add(key, value, timeout, version)

    @contextmanager
    def _alone_at(self, key: Any) -> Iterator[None]:
        folder = Path(self._dir)  # type: ignore[attr-defined] # the stubs leave it out
        folder.mkdir(0o700, parents=True, exist_ok=True)
        # One of 256 files, which several keys share.
        name = f"{hashlib.sha256(str(key).encode()).hexdigest()[:2]}.lock"
        with (folder / name).open("ab") as file:
            locks.lock(file, locks.LOCK_EX)
            yield
