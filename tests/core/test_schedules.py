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

from commerce.doctor.schedules import schedule_differences
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
@pytest.mark.parametrize(
    ("name", "function", "stays"),
    [
        ("home.operators_own", "home.tasks.publish_scheduled", False),
        ("operators_own", "home.tasks.publish_scheduled", True),
        ("our.home.operators_own", "home.tasks.publish_scheduled", True),
        ("home.operators_own", "ours.report", True),
        (None, "home.tasks.publish_scheduled", True),
    ],
)
def test_what_is_called_like_the_app_whose_function_it_calls_is_the_shops(name, function, stays):
    """So the operators' page says it."""
    row = Row.objects.create(name=name, func=function, minutes=1)
    found = [(finding.kind, finding.subject) for finding in schedule_differences()]
    assert found == ([] if stays else [("stray-schedule", "home.operators_own")])
    write_rows()
    assert Row.objects.filter(pk=row.pk).exists() == stays


@pytest.mark.django_db
def test_the_last_schedule_of_an_app_goes_as_well(monkeypatch):
    others = {name: each for name, each in registry._registered.items() if not name.startswith("catalog.")}
    monkeypatch.setattr(registry, "_registered", others)
    write_rows()
    assert not Row.objects.filter(name__startswith="catalog.").exists()


@pytest.mark.django_db
def test_the_doctor_misses_none_of_them():
    Row.objects.all().delete()
    found = list(schedule_differences())
    assert [finding.subject for finding in found] == [schedule.name for schedule in registered()]
    for finding in found:
        finding.mend()
    assert list(schedule_differences()) == []


def a_year_from_now():
    return timezone.now() + timedelta(days=365)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["home.publish_scheduled", "home.purge_revisions", "core.beat"])
@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("func", "home.tasks.nonsense"),
        ("minutes", 600),
        ("cron", "0 0 1 1 *"),
        ("schedule_type", Row.ONCE),
        ("cluster", "other"),
        ("cluster", ""),
        ("args", "1"),
        ("kwargs", "surprise=1"),
        ("hook", "ours.hook"),
        ("intended_date_kwarg", "date"),
        ("next_run", None),
        ("next_run", a_year_from_now),
    ],
)
def test_a_row_that_was_changed_is_found_and_written_anew(name, field, value):
    before = Row.objects.filter(name=name).values().get()
    Row.objects.filter(name=name).update(**{field: value() if callable(value) else value})
    [finding] = schedule_differences()
    assert (finding.kind, finding.subject) == ("schedule-differs", name)
    finding.mend()
    assert list(schedule_differences()) == []
    after = Row.objects.filter(name=name).values().get()
    del before["next_run"], after["next_run"]
    assert after == before


@pytest.mark.django_db
def test_the_doctor_says_what_differs():
    Row.objects.filter(name="home.publish_scheduled").update(minutes=600, cluster="other")
    [finding] = schedule_differences()
    assert finding.detail == ("minutes is “600”; it should be “1”. cluster is “other”; it should be empty.")


@pytest.mark.django_db
def test_a_row_that_has_just_run_and_one_that_is_late_are_as_they_should_be():
    nightly = timedelta(hours=24)
    for name, pause in (("home.publish_scheduled", timedelta(minutes=1)), ("home.purge_revisions", nightly)):
        for next_run in (timezone.now() + pause, timezone.now() - timedelta(days=3)):
            Row.objects.filter(name=name).update(next_run=next_run)
            assert list(schedule_differences()) == []
            write_rows()
            assert Row.objects.get(name=name).next_run == next_run


@pytest.mark.django_db
def test_what_a_form_left_empty_is_no_difference():
    Row.objects.update(args="", hook="", intended_date_kwarg="")
    assert list(schedule_differences()) == []


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
