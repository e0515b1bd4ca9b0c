"""What several tests only read is made once: rows for a module, files for all test processes."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import transaction


@contextmanager
def shared_rows(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """Rows that are made here are there for every test until it ends; what a test changes is taken back.

    For a fixture of a module without transactional tests, which depends on `django_db_setup`.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        # As Django's TestCase marks its own transactions: services may still ask for the outermost one.
        transaction.get_connection().atomic_blocks[-1]._from_testcase = True
        yield
        transaction.set_rollback(True)


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """A folder that the first test process to ask for it fills; the others wait for that."""
    root = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        root = root.parent
    folder, is_ready = root / name, root / f"{name}-is-ready"
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_ready.exists():
            folder.mkdir(exist_ok=True)
            make(folder)
            is_ready.touch()
    return folder
