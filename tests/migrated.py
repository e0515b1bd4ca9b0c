"""Migrates an SQLite database once and gives every test process a copy: that takes longer than most tests.

The copy is kept in var/tests until a migration, or what migrations are made of, changes. `migrate` still runs
on it, and with it whatever apps do after a migration.
"""

import fcntl
import hashlib
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

FOLDER = Path(settings.BASE_DIR) / "var" / "tests"


@contextmanager
def copied_database() -> Iterator[bool]:
    """Around the making of the test database: a copy is there before it, or is kept after it.

    Only one process makes the first copy, and the others wait for it. Yields whether there was one.
    """
    name = connection.creation._get_test_db_name()
    if connection.vendor != "sqlite" or "mode=memory" not in name:
        yield False
        return
    copy = FOLDER / f"{_fingerprint()}.sqlite3"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        is_there = copy.exists()
        if is_there:
            fcntl.flock(lock, fcntl.LOCK_UN)
        # A database in memory lives as long as somebody is connected to it.
        memory = sqlite3.connect(name, uri=True)
        if is_there:
            _copy(copy, memory)
        yield is_there
        if not is_there:
            _keep(memory, copy)
        memory.close()


def _copy(source: Path, target: sqlite3.Connection) -> None:
    file = sqlite3.connect(source)
    file.backup(target)
    file.close()


def _keep(source: sqlite3.Connection, copy: Path) -> None:
    for older in FOLDER.glob("*.sqlite3"):
        older.unlink()
    unfinished = copy.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    file = sqlite3.connect(unfinished)
    source.backup(file)
    file.close()
    unfinished.replace(copy)


def _fingerprint() -> str:
    root = Path(settings.BASE_DIR)
    rooms = [root / room for room in ("home", "catalog", "personalization", "commerce")]
    files = [file for room in rooms for file in room.rglob("migrations/*.py")]
    files += [*(root / "site" / "core").rglob("*.py"), root / "requirements.lock"]
    content = b"".join(str(file.relative_to(root)).encode() + file.read_bytes() for file in sorted(files))
    return hashlib.sha256(content).hexdigest()[:16]
