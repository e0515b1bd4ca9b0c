"""One registry of schedules: what is in it, and that rows, doctor and documentation follow it."""

import re
from datetime import timedelta
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django_q.models import Schedule as Row
from django_q.models import Task

from commerce.doctor.schedules import missing_schedules
from core.schedules import HALF_MINUTE, Schedule, register, registered, registry
from core.schedules.rows import write_rows
from core.worker.housekeeping import clear_failed_tasks, clear_sessions

ROW = re.compile(r"^\| `([a-z_.]+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)


def function_of(path: str):
    module, _dot, name = path.rpartition(".")
    return getattr(import_module(module), name)


def test_every_room_that_has_something_to_do_is_in_the_registry():
    assert [schedule.name for schedule in registered()] == [
        "catalog.check_mappings",
        "commerce.clear_abandoned_carts",
        "commerce.clear_reorders",
        "commerce.examine",
        "commerce.release_held_orders",
        "commerce.send_due_emails",
        "core.beat",
        "core.clear_failed_tasks",
        "core.clear_sessions",
        "home.publish_scheduled",
        "home.purge_revisions",
        "personalization.clear_hub_events",
        "personalization.clear_visitors",
        "personalization.look_at_hub",
        "personalization.sweep",
    ]


@pytest.mark.parametrize("schedule", registered(), ids=lambda schedule: schedule.name)
def test_a_schedule_names_a_function_that_there_is(schedule):
    assert callable(function_of(schedule.function))


def test_the_operators_table_is_the_registry():
    text = (settings.BASE_DIR / "docs" / "operators.md").read_text("utf-8")
    section = text.partition("## What runs by itself")[2].partition("\n## ")[0]
    told = {name: (rhythm, what) for name, rhythm, what in ROW.findall(section)}
    assert told == {
        schedule.name: (str(schedule.rhythm), str(schedule.description)) for schedule in registered()
    }


@pytest.mark.django_db
def test_the_rows_are_the_registry():
    rows = {row.name: (row.func, row.cron, row.minutes) for row in Row.objects.all()}
    assert rows == {
        schedule.name: (schedule.function, schedule.cron or None, schedule.minutes or None)
        for schedule in registered()
    }


@pytest.mark.django_db
def test_migrate_removes_rows_of_ours_that_are_registered_no_more_and_no_others():
    Row.objects.create(name="home.beat", func="home.worker.signs.beat", minutes=1)
    Row.objects.create(name="catalog.given_up", func="catalog.tasks.given_up", minutes=1)
    Row.objects.create(name="an operator's own", func="ours.report", minutes=1)
    Row.objects.create(name="once more", func="catalog.tasks.check_mappings", minutes=1)
    call_command("migrate", "home", verbosity=0)
    names = set(Row.objects.values_list("name", flat=True))
    assert names == {schedule.name for schedule in registered()} | {"an operator's own", "once more"}


@pytest.mark.django_db
def test_the_last_schedule_of_an_app_goes_as_well(monkeypatch):
    others = {name: each for name, each in registry._registered.items() if not name.startswith("catalog.")}
    monkeypatch.setattr(registry, "_registered", others)
    write_rows()
    assert not Row.objects.filter(name__startswith="catalog.").exists()


@pytest.mark.django_db
def test_the_doctor_misses_none_of_them():
    Row.objects.all().delete()
    found = list(missing_schedules())
    assert [finding.subject for finding in found] == [schedule.name for schedule in registered()]
    for finding in found:
        finding.mend()
    assert list(missing_schedules()) == []


def test_two_schedules_of_one_name_are_refused():
    with pytest.raises(ValueError, match=r"core\.beat"):
        register(Schedule(name="core.beat", function="core.other", cron=HALF_MINUTE, description="Another"))


def test_a_name_that_fits_into_no_row_is_refused():
    with pytest.raises(ValueError, match="up to 100"):
        Schedule(name="n" * 101, function="core.never", description="Never", minutes=1)


@pytest.mark.parametrize(
    "rhythm",
    [
        {},
        {"cron": "0 0 1 * *"},
        {"cron": "75 3 * * *"},
        {"cron": "10 30 * * *"},
        {"minutes": -5},
        {"minutes": 1.5},
        {"cron": HALF_MINUTE, "minutes": 1},
    ],
)
def test_a_rhythm_that_operators_could_not_read_is_refused(rhythm):
    with pytest.raises(ValueError, match="HALF_MINUTE"):
        Schedule(name="never", function="core.never", description="Never", **rhythm)


@pytest.mark.django_db
def test_expired_sessions_go_and_others_stay():
    now = timezone.now()
    for key, hours in (("expired", -1), ("alive", 1)):
        Session.objects.create(session_key=key, expire_date=now + timedelta(hours=hours))
    clear_sessions()
    assert list(Session.objects.values_list("session_key", flat=True)) == ["alive"]


@pytest.mark.django_db
def test_failed_tasks_go_after_their_days_and_successes_are_the_queues_own_business():
    now = timezone.now()
    for name, days, success in (("old", 31, False), ("young", 29, False), ("fine", 31, True)):
        Task.objects.create(
            id=name,
            name=name,
            func="core.task",
            started=now,
            stopped=now - timedelta(days=days),
            success=success,
        )
    assert clear_failed_tasks() == 1
    assert set(Task.objects.values_list("name", flat=True)) == {"young", "fine"}


@pytest.mark.django_db
def test_how_long_failed_tasks_are_kept_is_a_setting(settings):
    settings.FAILED_TASKS_KEPT_DAYS = 7
    long_ago = timezone.now() - timedelta(days=8)
    Task.objects.create(
        id="old", name="old", func="core.task", started=long_ago, stopped=long_ago, success=False
    )
    assert clear_failed_tasks() == 1
