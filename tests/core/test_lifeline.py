"""A watchdog that is killed takes its cluster along: kill -9, real processes, the real cluster."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings

from tests.processes import SERVICES, environment_of_a_shop

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")

MANAGE = [sys.executable, str(settings.BASE_DIR / "manage.py")]


def processes_of(session: int) -> set[int]:
    """The processes that belong to a session; the watchdog gives its cluster one of its own."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, _group, of, *_ = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(of) == session and state != "Z":
            found.add(int(stat.parent.name))
    return found


def children_of(parent: int) -> set[int]:
    return set(map(int, Path(f"/proc/{parent}/task/{parent}/children").read_text().split()))


def wait_for(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


@pytest.fixture
def start_worker(tmp_path):
    """Starts `manage.py work` with an empty queue; ends whatever is left of it."""
    environment = environment_of_a_shop(
        without=SERVICES, DJANGO_SETTINGS_MODULE="siteconf.settings.dev", VAR_DIR=str(tmp_path)
    )
    subprocess.run([*MANAGE, "migrate", "django_q", "--verbosity", "0"], env=environment, check=True)
    started, clusters = [], []

    def start() -> tuple[subprocess.Popen, int]:
        """The watchdog, and the main process of its cluster with all its forks."""
        log = (tmp_path / "log").open("a")
        watchdog = subprocess.Popen(
            [*MANAGE, "work", "--patience", "20"], env=environment, stderr=log, stdout=log
        )
        started.append(watchdog)
        wait_for(lambda: children_of(watchdog.pid))
        [main] = children_of(watchdog.pid)
        clusters.append(main)
        # Main process, guard, pusher, monitor, two workers.
        wait_for(lambda: len(processes_of(main)) >= 6)
        return watchdog, main

    yield start
    for watchdog in started:
        watchdog.kill()
        watchdog.wait()
    for main in clusters:
        for pid in processes_of(main):
            os.kill(pid, signal.SIGKILL)


def test_a_watchdog_that_is_killed_leaves_no_cluster_behind(start_worker, tmp_path):
    watchdog, main = start_worker()
    watchdog.kill()
    watchdog.wait()
    wait_for(lambda: not processes_of(main))
    assert "The worker's watchdog is gone" in (tmp_path / "log").read_text()


def test_killed_together_with_the_main_process_of_its_cluster_it_leaves_nothing_either(start_worker):
    watchdog, main = start_worker()
    os.kill(main, signal.SIGKILL)
    watchdog.kill()
    watchdog.wait()
    wait_for(lambda: not processes_of(main))


PATH = f"import sys; sys.path[:0] = [{str(settings.BASE_DIR)!r}, {str(settings.BASE_DIR / 'site')!r}]"
LIFELINE = "import os, signal, time; from core.worker.lifeline import VARIABLE, take_up_lifeline"


def test_a_cluster_that_hangs_is_killed_when_its_patience_is_over():
    """As one does that has lost its queue's lock: it does not follow SIGTERM."""
    program = "\n".join(
        [
            PATH,
            LIFELINE,
            "signal.signal(signal.SIGTERM, signal.SIG_IGN)",
            "os.environ[VARIABLE] = '0.5'; os.setsid(); take_up_lifeline()",
            "os.fork(); os.write(1, b'ready\\n'); time.sleep(120)",
        ]
    )
    hanging = subprocess.Popen([sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert hanging.stdout.readline() == hanging.stdout.readline() == b"ready\n"
    hanging.stdin.close()
    assert hanging.wait(60) == -signal.SIGKILL
    wait_for(lambda: not processes_of(hanging.pid))


@pytest.mark.parametrize("watched", ["", "os.environ[VARIABLE] = '5'"])
def test_what_a_task_starts_does_not_take_itself_for_a_cluster(watched):
    """Nor does `manage.py qcluster` alone: nobody holds the other end of its standard input."""
    start = "import subprocess; subprocess.run([sys.executable, '-c', program], stdin=subprocess.DEVNULL)"
    own = "\n".join([PATH, LIFELINE, "take_up_lifeline(); time.sleep(1); print('lives')"])
    program = "\n".join([PATH, LIFELINE, watched, "take_up_lifeline()", f"program = {own!r}", start])
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as task:
        assert task.stdout.read() == b"lives\n"
