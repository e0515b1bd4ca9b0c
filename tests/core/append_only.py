"""Lets the test runner empty tables that refuse DELETE. Only here: the shop itself has no such switch.

PostgreSQL empties tables by TRUNCATE, which the triggers let pass. SQLite has DELETE alone, so the triggers
are taken off for the time of the flush.
"""

from django.db import connection
from django.db.backends.sqlite3.base import DatabaseWrapper

REFUSING = (
    "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%!_refuses!_%' ESCAPE '!'"
)


def let_flushes_through() -> None:
    """Call once per test process."""
    operations = DatabaseWrapper.ops_class
    original = operations.sql_flush

    def sql_flush(self, style, tables, **options):
        with self.connection.cursor() as cursor:
            triggers = cursor.execute(REFUSING).fetchall()
        drop = [f"DROP TRIGGER {name}" for name, _sql in triggers]
        return [*drop, *original(self, style, tables, **options), *(sql for _name, sql in triggers)]

    operations.sql_flush = sql_flush


def refusing_triggers() -> set[str]:
    """The names of the triggers that are in place, as SQLite and PostgreSQL know them."""
    query = REFUSING
    if connection.vendor == "postgresql":
        query = "SELECT tgname, '' FROM pg_trigger WHERE tgname LIKE '%!_refuses' ESCAPE '!'"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {name for name, _sql in cursor.fetchall()}
