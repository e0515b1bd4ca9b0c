"""Work done at the same time by several threads, each with a database connection of its own."""

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from django.db import connection, connections

WAL = "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"


def run_parallel(work: Callable[[int], object], *, times: int, folder: Path) -> list:
    """The answers of `work(0)`, `work(1)` and so on, all begun at the same moment.

    Threads cannot share SQLite's database in memory as processes share a file, so it is copied into a file
    for them, opened as the shop opens its own, and copied back.
    """
    if connection.vendor != "sqlite":
        return _run(work, times)
    file = folder / "parallel.sqlite3"
    _copy(connection, file)
    shared = connections.settings["default"]
    options = {**shared["OPTIONS"], "init_command": WAL}
    connections.settings["default"] = {**shared, "NAME": str(file), "OPTIONS": options}
    try:
        return _run(work, times)
    finally:
        connections.settings["default"] = shared
        with closing(sqlite3.connect(file)) as source:
            source.backup(connection.connection)


def _copy(source, file: Path) -> None:
    source.ensure_connection()
    with closing(sqlite3.connect(file)) as target:
        source.connection.backup(target)


def _run(work: Callable[[int], object], times: int) -> list:
    start = threading.Barrier(times)

    def one(number: int):
        try:
            start.wait()
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))
