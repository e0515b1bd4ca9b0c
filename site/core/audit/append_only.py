"""Tables that are only ever added to: the database itself refuses to change or delete what they hold."""

from django.apps.registry import Apps
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations import RunPython

SQLITE = """
CREATE TRIGGER {table}_refuses_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END
"""
POSTGRESQL = """
CREATE FUNCTION {table}_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER {table}_refuses BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_refuses()
"""


def refuse_changes(table: str) -> RunPython:
    """A migration's operation: from now on UPDATE and DELETE of the table's rows are an IntegrityError.

    SQLite drops the triggers when a later migration alters the table; such a migration must end with this
    operation again. TRUNCATE in PostgreSQL, which empties test databases, is not refused.
    """

    def install(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(POSTGRESQL.format(table=table))
            return
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_refuses_{verb}")
            schema_editor.execute(SQLITE.format(table=table, verb=verb))

    def remove(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP TRIGGER {table}_refuses ON {table}")
            schema_editor.execute(f"DROP FUNCTION {table}_refuses()")
            return
        for verb in ("UPDATE", "DELETE"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {table}_refuses_{verb}")

    return RunPython(install, remove)
