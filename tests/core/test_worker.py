"""The worker's queue: tasks are not run twice by mistake, and a worker that stands still is started anew."""

import math
import os
import sys
import threading
import time

import pytest
from django.core.management import call_command
from django_q.models import Schedule
from django_q.signals import post_execute_in_worker, pre_execute

from core.worker import signs
from core.worker.schedules import BEAT
from core.worker.watchdog import Watchdog, cluster_command
from siteconf.settings import base

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
ENDS = [sys.executable, "-c", "raise SystemExit(3)"]


@pytest.mark.parametrize("workers", range(1, 9))
def test_no_task_is_given_to_a_second_worker_while_it_waits_for_the_first(workers):
    """The lock's clock starts when a task is taken; it then waits behind those taken before it."""
    queue = base.Q_CLUSTER
    rounds = math.ceil((queue["queue_limit"] + 1) / workers) + 1
    assert queue["retry"] > queue["timeout"] * rounds


def test_a_task_that_always_fails_is_tried_a_limited_number_of_times():
    assert 1 <= base.Q_CLUSTER["max_attempts"] <= 10


def test_schedules_that_were_missed_are_not_run_in_a_burst():
    assert base.Q_CLUSTER["catch_up"] is False


def test_silence_is_only_what_lasts_longer_than_any_task():
    longest = base.Q_CLUSTER["timeout"] + 30
    assert longest < base.WORKER_SILENCE_SECONDS


@pytest.mark.django_db
def test_the_beat_is_scheduled_once_however_often_the_shop_is_migrated():
    call_command("migrate", "home", verbosity=0)
    call_command("migrate", "home", verbosity=0)
    beat = Schedule.objects.get(name=BEAT)
    assert (beat.func, beat.cron, beat.repeats) == ("core.worker.signs.beat", "* * * * * */30", -1)


def test_every_task_that_begins_or_ends_is_a_sign_of_life(tmp_path, monkeypatch):
    path = tmp_path / "alive"
    monkeypatch.setenv(signs.VARIABLE, str(path))
    signs.leave_signs_of_life()
    try:
        for event in (pre_execute, post_execute_in_worker):
            path.touch()
            os.utime(path, (1, 1))
            event.send(sender="django_q", func=None, task={})
            assert signs.age(path) < 10
    finally:
        pre_execute.disconnect(dispatch_uid="core.worker.begun")
        post_execute_in_worker.disconnect(dispatch_uid="core.worker.ended")


@pytest.fixture
def watch(tmp_path):
    """Starts watchdogs in threads; stops those that are left."""
    running = []

    def start(command, **options):
        defaults = {"silence": 0.5, "patience": 5, "look_every": 0.05, "holds_tasks": lambda pid: True}
        watchdog = Watchdog(signs_of_life=tmp_path / "alive", command=command, **defaults | options)
        thread = threading.Thread(target=watchdog.run)
        thread.start()
        running.append((watchdog, thread))
        return watchdog, thread

    yield start
    for watchdog, thread in running:
        watchdog.stop.set()
        thread.join(20)
        assert not thread.is_alive()


def wait_for(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_worker_that_stands_still_is_killed_and_started_anew(watch, tmp_path):
    pids = tmp_path / "pids"
    program = f"import os, time; open({str(pids)!r}, 'a').write(f'{{os.getpid()}} '); time.sleep(60)"

    watchdog, _ = watch([sys.executable, "-c", program], silence=3)

    wait_for(lambda: watchdog.restarts == 1)
    wait_for(lambda: len(pids.read_text().split()) == 2)
    first = int(pids.read_text().split()[0])
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_a_silent_worker_that_holds_no_tasks_is_left_alone(watch):
    watchdog, _ = watch(SLEEPER, holds_tasks=lambda pid: False)
    time.sleep(2)
    assert watchdog.restarts == 0


def test_a_worker_that_leaves_signs_is_left_alone(watch):
    program = (
        f"import os, pathlib, time; path = pathlib.Path(os.environ[{signs.VARIABLE!r}])\n"
        "while True: path.touch(); time.sleep(0.05)"
    )
    watchdog, _ = watch([sys.executable, "-c", program], silence=2)
    time.sleep(4)
    assert watchdog.restarts == 0


def test_a_worker_that_ended_is_started_anew(watch, caplog):
    watchdog, _ = watch(ENDS, silence=60)
    wait_for(lambda: watchdog.restarts >= 1)
    assert "ended by itself (exit code 3)" in caplog.text


def test_stopping_signals_the_main_process_alone_and_waits_for_it(watch, tmp_path):
    heard = tmp_path / "heard"
    program = f"""
import os, signal, sys, time
heard = {str(heard)!r}
child = os.fork()
name = "main" if child else "child"
def end(number, frame):
    time.sleep(0.5)
    open(heard, "a").write(name + " ")
    if child: os.kill(child, signal.SIGKILL)
    sys.exit(0)
signal.signal(signal.SIGTERM, end)
open(heard + "." + name, "w").close()
time.sleep(60)
"""
    watchdog, thread = watch([sys.executable, "-c", program], silence=60)
    wait_for(lambda: all((tmp_path / f"heard.{name}").exists() for name in ("main", "child")))

    watchdog.stop.set()
    thread.join(10)

    assert heard.read_text() == "main "
    assert not (tmp_path / "alive").exists()


def test_a_worker_that_does_not_stop_is_killed_in_the_end(watch, tmp_path):
    started = tmp_path / "started"
    program = (
        "import pathlib, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        f"pathlib.Path({str(started)!r}).touch(); time.sleep(60)"
    )
    watchdog, thread = watch([sys.executable, "-c", program], silence=60, patience=0.5)
    wait_for(started.exists)

    watchdog.stop.set()
    thread.join(10)

    assert not thread.is_alive()


def test_what_is_watched_is_the_cluster_of_django_q():
    assert cluster_command()[1:] == [str(base.BASE_DIR / "manage.py"), "qcluster"]
