"""The services a drill runs on: a database and a Redis of its own, of the kinds the environment asks for.

DATABASE_URL of a PostgreSQL server: a new database there, dropped afterwards. REDIS_URL: two databases of
that server, for queue and cache (DRILL_REDIS_DATABASES=11,10), emptied. Otherwise SQLite, the queue as one of
its tables, and a cache of files.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis


@contextmanager
def own_services(folder: Path) -> Iterator[dict[str, str]]:
    """The variables that make the shop use them."""
    postgresql = os.environ.get("DATABASE_URL", "")
    if not postgresql.startswith("postgres"):
        yield {"DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}", **_redis()}
        return
    name = f"shop_endurance_{os.getpid()}"
    with psycopg.connect(postgresql, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
        try:
            yield {"DATABASE_URL": urlsplit(postgresql)._replace(path=f"/{name}").geturl(), **_redis()}
        finally:
            server.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def description() -> str:
    """What the drill runs on, for the head of its report."""
    is_postgresql = os.environ.get("DATABASE_URL", "").startswith("postgres")
    database = "PostgreSQL" if is_postgresql else "SQLite"
    return f"{database}, {'Redis' if os.environ.get('REDIS_URL') else 'ORM'} broker"


def _redis() -> dict[str, str]:
    if not (url := os.environ.get("REDIS_URL")):
        return {}
    server = urlsplit(url)
    queue, cache = os.environ.get("DRILL_REDIS_DATABASES", "11,10").split(",")
    for number in (queue, cache):
        redis.Redis.from_url(server._replace(path=f"/{number}").geturl()).flushdb()
    return {
        "REDIS_URL": server._replace(path=f"/{queue}").geturl(),
        "CACHE_URL": server._replace(scheme="rediscache", path=f"/{cache}").geturl(),
    }
