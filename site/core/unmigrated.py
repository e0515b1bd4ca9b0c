"""What a command says when it is run before `migrate`."""

from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


def require_migrations() -> None:
    """Raises CommandError while a migration has not run; tables of today may be missing then."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise CommandError("Run manage.py migrate first.")
