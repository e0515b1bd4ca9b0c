"""Work done at the same time by several threads, each with a database connection of its own."""

import fcntl
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

from django.db import OperationalError, connection, connections

ADDRESS = ("USER", "PASSWORD", "HOST", "PORT", "NAME")
WAL = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"


def run_parallel(work: Callable[[int], object], *, times: int, folder: Path) -> list:
    """The answers of `work(0)`, `work(1)` and so on, all begun at the same moment."""
    with shared_database(folder), alone_on_the_server():
        return run_together(work, times=times, before=connect)


@contextmanager
def shared_database(folder: Path) -> Iterator[str]:
    """The address of the test's database as other threads and processes can use it.

    Threads cannot share SQLite's database in memory as processes share a file, so it is copied into a file
    for them, opened as the shop opens its own, and copied back.
    """
    if connection.vendor != "sqlite":
        values = {name: quote(str(connection.settings_dict[name]), safe="") for name in ADDRESS}
        yield "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format_map(values)
        return
    file = folder / "parallel.sqlite3"
    _copy(connection, file)
    shared = connections.settings["default"]
    options = {**shared["OPTIONS"], "init_command": WAL}
    connections.settings["default"] = {**shared, "NAME": str(file), "OPTIONS": options}
    try:
        yield f"sqlite:///{file}"
    finally:
        connections.settings["default"] = shared
        with closing(sqlite3.connect(file)) as source:
            source.backup(connection.connection)


def _copy(source, file: Path) -> None:
    source.ensure_connection()
    with closing(sqlite3.connect(file)) as target:
        source.connection.backup(target)


def run_together(
    work: Callable[[int], object], *, times: int, before: Callable[[], object] | None = None
) -> list:
    """The answers of so many threads that begin at the same moment, after each has done `before`."""
    start = threading.Barrier(times)

    def one(number: int):
        try:
            if before:
                before()
            start.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


@contextmanager
def alone_on_the_server() -> Iterator[None]:
    """Keeps the crowds of several test processes apart: a PostgreSQL server lets about a hundred in."""
    with (Path(tempfile.gettempdir()) / "shop-tests-together.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def connect(seconds: float = 90) -> None:
    """Wait for a place at the server, which the running shops of other test processes may have taken."""
    deadline = time.monotonic() + seconds
    while True:
        try:
            connection.ensure_connection()
            return
        except OperationalError:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.2)
