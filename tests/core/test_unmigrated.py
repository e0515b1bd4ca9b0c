"""Commands that need the shop's tables say so, instead of failing at the first one that is not there."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

COMMANDS = ["start_shop", "load_demo", "doctor"]


@pytest.mark.django_db
@pytest.mark.parametrize("command", COMMANDS)
def test_a_migration_that_has_not_run_is_asked_for(command):
    [newest] = MigrationLoader(None).graph.leaf_nodes("catalog")
    MigrationRecorder(connection).record_unapplied(*newest)
    with pytest.raises(CommandError, match=r"^Run manage\.py migrate first\.$"):
        call_command(command)


def test_an_empty_database_makes_no_traceback(tmp_path):
    environment = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "siteconf.settings.dev",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
        "VAR_DIR": str(tmp_path),
    }
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "start_shop", "--no-input"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "CommandError: Run manage.py migrate first.\n"
