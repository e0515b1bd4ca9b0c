"""A database of release 0.1.0 becomes one of today by the steps of docs/backup-and-upgrade.md.

`release_0_1.sqlite3.gz` was made by that release: pages, products, a cart, orders, and work on its way.
"""

import gzip
import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings

from tests.sharing import made_once

RELEASE = Path(__file__).with_name("release_0_1.sqlite3.gz")
NAME = "db.sqlite3"
OURS = ("home", "catalog", "commerce", "personalization")


def run(path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    environment = {
        **kept,
        "DJANGO_SETTINGS_MODULE": "siteconf.settings.dev",
        "DATABASE_URL": f"sqlite:///{path}",
        "VAR_DIR": str(path.parent),
    }
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def manage(path: Path, *arguments: str) -> str:
    done = run(path, *arguments)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


def write_release(path: Path) -> None:
    path.write_bytes(gzip.decompress(RELEASE.read_bytes()))


@pytest.fixture(scope="module")
def upgraded(tmp_path_factory) -> Path:
    def upgrade(folder: Path) -> None:
        write_release(folder / NAME)
        manage(folder / NAME, "migrate", "--verbosity", "0")

    return made_once(tmp_path_factory, "upgraded", upgrade) / NAME


@pytest.fixture(scope="module")
def new(tmp_path_factory) -> Path:
    """Migrated app after app, in an order that a half migrated database of 0.1.0 might look like."""

    def make(folder: Path) -> None:
        manage(folder / NAME, "migrate", "home", "0001", "--verbosity", "0")
        manage(folder / NAME, "migrate", "--verbosity", "0")

    return made_once(tmp_path_factory, "new", make) / NAME


def rows(path: Path, query: str) -> list[tuple]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def schema(path: Path) -> dict[str, set]:
    """Columns of every table, and what refuses changes."""
    tables = [name for (name,) in rows(path, "SELECT name FROM sqlite_master WHERE type = 'table'")]
    # An index of text search is made by its own rows.
    found = {
        table: {
            (name, kind, required)
            for _n, name, kind, required, *_ in rows(path, f"PRAGMA table_info({table})")
        }
        for table in tables
        if "_fts" not in table
    }
    triggers = rows(path, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_refuses_%'")
    return {**found, "triggers": set(triggers)}


def test_nothing_is_left_to_migrate(upgraded):
    manage(upgraded, "migrate", "--check")


def test_the_schema_is_that_of_a_new_database(upgraded, new):
    old = schema(upgraded)
    # Of an app that 0.1.0 had installed and never used.
    del old["wagtailforms_formsubmission"]
    assert old == schema(new)
    assert len(schema(new)["triggers"]) >= 8


def test_orders_designs_and_carts_are_still_there(upgraded):
    assert rows(upgraded, "SELECT email, status FROM commerce_order ORDER BY id") == [
        ("desk@example.com", "processing"),
        ("Anna@Example.com", "completed"),
    ]
    assert rows(upgraded, "SELECT count(*) FROM personalization_design") == [(3,)]
    assert rows(upgraded, "SELECT status FROM personalization_renderproject") == [("creating",)]
    assert rows(upgraded, "SELECT sku, title, quantity FROM commerce_cartitem ORDER BY id") == [
        ("OW-PENCIL", "Product OW-PENCIL", 2),
        ("OW-CARD", "Product OW-CARD", 1),
    ]


def test_bodies_and_mappings_are_still_there(upgraded):
    [(body,)] = rows(upgraded, "SELECT body FROM home_storypage")
    assert [block["value"] for block in json.loads(body)] == ["<p>Cotton, linen and laid.</p>"]
    mapping = "SELECT personalization FROM catalog_productgrouppage WHERE personalization LIKE '%canvas%'"
    [(stored,)] = rows(upgraded, mapping)
    assert json.loads(stored)[0]["value"]["product_reference"] == "cards"


def test_a_right_that_the_operator_took_away_stays_away(upgraded):
    query = """
        SELECT count(*) FROM auth_group_permissions
        JOIN auth_group ON auth_group.id = group_id
        JOIN auth_permission ON auth_permission.id = permission_id
        WHERE auth_group.name = 'Order desk' AND codename = '{}'
    """
    assert rows(upgraded, query.format("change_stock")) == [(0,)]
    assert rows(upgraded, query.format("change_order")) == [(1,)]


@pytest.mark.parametrize(
    "missing",
    ["app = 'commerce' AND name LIKE '0011%'", *(f"app = '{app}'" for app in OURS)],
)
def test_a_database_that_0_1_left_half_migrated_is_refused_untouched(missing, tmp_path):
    path = tmp_path / "db.sqlite3"
    write_release(path)
    with closing(sqlite3.connect(path)) as database, database:
        assert database.execute(f"DELETE FROM django_migrations WHERE {missing}").rowcount > 0  # noqa: S608
    before = rows(path, "SELECT app, name FROM django_migrations ORDER BY id"), schema(path)

    done = run(path, "migrate")

    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "CommandError: This database is not fully migrated by 0.1.0: run its `manage.py migrate` to the end "
        "first, see docs/backup-and-upgrade.md. Nothing was changed."
    ]
    assert (rows(path, "SELECT app, name FROM django_migrations ORDER BY id"), schema(path)) == before


def test_apps_migrated_one_after_another_by_this_release_are_not_refused(new):
    manage(new, "migrate", "--check")
