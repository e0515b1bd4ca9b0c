"""Django's own `migrate`, which looks first whether an earlier release has finished its migrations."""

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connections
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

# The first migration of each app of ours; it replaces all those of release 0.1.0.
BEGINNING = "0001_initial_schema"


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if is_left_half_migrated(options["database"]):
            raise CommandError(
                "This database is not fully migrated by 0.1.0: run its `manage.py migrate` to the end first, "
                "see docs/backup-and-upgrade.md. Nothing was changed."
            )
        super().handle(*args, **options)


def is_left_half_migrated(database: str) -> bool:
    """Whether release 0.1.0 began this database, and some of its migrations have not run.

    Migrations of today would run on it until they meet what is not there or is there already.
    """
    applied = MigrationRecorder(connections[database]).applied_migrations()
    not_begun = [
        set(migration.replaces)
        for key, migration in MigrationLoader(None).disk_migrations.items()
        if key[1] == BEGINNING and key not in applied
    ]
    by_earlier_release = any(replaced & applied.keys() for replaced in not_begun)
    return by_earlier_release and any(replaced - applied.keys() for replaced in not_begun)
