"""Queues the sweeps every other second; the scheduler's half minute is too long for a browser that waits.

python -m tests.browser.impatience
"""

import time

import django

PAUSE_SECONDS = 2


def main() -> None:
    django.setup()
    from django_q.tasks import async_task

    from personalization.schedules import SCHEDULES

    while True:
        for function, _cron in SCHEDULES.values():
            async_task(function, q_options={"save": False})
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    main()
