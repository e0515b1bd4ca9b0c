"""What the queue of django-q does not do by itself, and how the shop is set up for it."""

import json
import subprocess
import sys

import pytest
from croniter import croniter
from django.conf import settings
from django.core.management import call_command
from django_q.models import Schedule

from core.worker.schedules import BEAT
from personalization.schedules import SWEEP
from siteconf.settings import base
from tests.processes import SERVICES, environment_of_a_shop


@pytest.mark.django_db
def test_each_schedule_is_one_row_however_often_the_shop_is_migrated():
    """django-q itself would take a second row of the same name, and run both."""
    call_command("migrate", "home", verbosity=0)
    before = sorted(Schedule.objects.values_list("name", "pk"))
    call_command("migrate", "home", verbosity=0)
    assert sorted(Schedule.objects.values_list("name", "pk")) == before
    names = [name for name, _pk in before]
    assert len(set(names)) == len(names)
    assert {BEAT, SWEEP} < set(names)


@pytest.mark.django_db
@pytest.mark.parametrize("name", [BEAT, SWEEP])
def test_half_minutes_are_kept_although_the_finest_unit_of_a_schedule_is_the_minute(name):
    """Cron with seconds; every half minute is also as often as the cluster looks at its schedules."""
    schedule = Schedule.objects.get(name=name)
    assert schedule.schedule_type == Schedule.CRON
    runs = croniter(schedule.cron)
    first, second, third = (runs.get_next(float) for _ in range(3))
    assert (second - first, third - second) == (30, 30)


@pytest.mark.django_db
def test_django_q_takes_cron_with_seconds():
    following = Schedule.objects.get(name=SWEEP).calculate_next_run()
    assert following.second in (0, 30)


def settings_with(module: str = "base", **environment: str) -> dict:
    """What the settings make of an environment, in a process of its own."""
    program = (
        f"import json; from siteconf.settings import {module} as settings;"
        "database = settings.DATABASES['default'];"
        "print(json.dumps({'database': {name: database.get(name) for name in"
        " ('ENGINE', 'OPTIONS', 'CONN_MAX_AGE', 'CONN_HEALTH_CHECKS')},"
        " 'queue': settings.Q_CLUSTER, 'cache': settings.CACHES['default']['BACKEND']}))"
    )
    result = subprocess.run(
        [sys.executable, "-c", program],
        env=environment_of_a_shop(
            without=SERVICES, PYTHONPATH=str(settings.BASE_DIR / "site"), **environment
        ),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(result.stdout)


def test_on_sqlite_a_transaction_waits_for_the_lock_at_its_start_and_readers_wait_for_nobody():
    assert base.SQLITE_OPTIONS["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in base.SQLITE_OPTIONS["init_command"]
    assert base.SQLITE_OPTIONS["timeout"] >= 10


def test_on_postgresql_connections_are_kept_and_not_pooled(tmp_path):
    """The broker closes old connections at each look at the queue, and a pool does not survive a fork."""
    found = settings_with(DATABASE_URL="postgresql://shop@db.example/shop", VAR_DIR=str(tmp_path))["database"]
    assert found["CONN_MAX_AGE"] >= 60
    assert found["CONN_HEALTH_CHECKS"] is True
    assert not (found["OPTIONS"] or {}).get("pool")


def test_the_development_server_keeps_no_connection_for_each_of_its_threads(tmp_path):
    """It has one for each connection of a browser; a hundred of them fill a PostgreSQL server."""
    found = settings_with("dev", DATABASE_URL="postgresql://shop@db.example/shop", VAR_DIR=str(tmp_path))
    assert found["database"]["CONN_MAX_AGE"] == 0


def test_the_queue_is_a_table_unless_a_redis_is_named(tmp_path):
    own = settings_with(VAR_DIR=str(tmp_path))["queue"]
    redis = settings_with(VAR_DIR=str(tmp_path), REDIS_URL="redis://queue.example/1")["queue"]
    assert (own.get("orm"), own.get("redis")) == ("default", None)
    assert (redis.get("orm"), redis.get("redis")) == (None, "redis://queue.example/1")


def test_the_cluster_does_not_write_its_state_into_the_database_twice_a_second(tmp_path):
    assert "Database" not in settings_with(VAR_DIR=str(tmp_path))["cache"]
