"""The shop as it runs LATER_SECONDS from now: every clock that it reads is ahead."""

import os
import time
from datetime import timedelta

from django.utils import timezone

SECONDS = float(os.environ["LATER_SECONDS"])
_time, _now = time.time, timezone.now
time.time = lambda: _time() + SECONDS
timezone.now = lambda: _now() + timedelta(seconds=SECONDS)

# Only now: what the settings import must see the moved clocks too.
from siteconf.settings.dev import *  # noqa: E402, F403
