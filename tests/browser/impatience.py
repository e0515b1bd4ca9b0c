"""Queues the sweeps every other second; the scheduler's half minute is too long for a browser that waits.

python -m tests.browser.impatience
"""

import time

import django

PAUSE_SECONDS = 2
SWEEPS = ("personalization.tasks.sweep", "personalization.tasks.look_at_hub")


def main() -> None:
    django.setup()
    from django_q.tasks import async_task

    while True:
        for function in SWEEPS:
            async_task(function, q_options={"save": False})
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    main()
