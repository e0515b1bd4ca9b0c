"""The long proofs in small, so that they cannot rot; `python -m tests.endurance` plays them in full."""

import subprocess
import sys

from django.conf import settings

from tests.processes import environment_of_a_shop

LIMIT_SECONDS = 1800


def test_kills_storm_outage_and_a_lost_queue_leave_nothing_wrong():
    """On the services of this run; see `tests.endurance.drills.small`."""
    environment = environment_of_a_shop(without=["DJANGO_SETTINGS_MODULE"])
    environment.setdefault("DRILL_REDIS_DATABASES", "7,6")
    played = subprocess.run(
        [sys.executable, "-m", "tests.endurance", "small"],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=LIMIT_SECONDS,
    )
    assert played.returncode == 0, played.stdout + played.stderr
