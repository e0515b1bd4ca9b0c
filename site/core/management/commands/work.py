"""Runs the worker under its watchdog."""

import signal
from argparse import ArgumentTypeError
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from core.worker.watchdog import Watchdog, signs_path


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds < float("inf"):
        raise ArgumentTypeError(f"{text} is not a number of seconds")
    return seconds


class Command(BaseCommand):
    help = (
        "Run the worker (qcluster) and start it anew when it stands still. Stop it by Ctrl-C, or by SIGTERM "
        "to this process alone."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--silence",
            type=_seconds,
            default=settings.WORKER_SILENCE_SECONDS,
            help="Seconds without a sign of life after which the worker is started anew (%(default)s).",
        )
        parser.add_argument(
            "--patience",
            type=_seconds,
            default=90.0,
            help="Seconds that tasks get to finish when the worker is stopped (%(default)s).",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        watchdog = Watchdog(
            signs_of_life=signs_path(), silence=options["silence"], patience=options["patience"]
        )
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: watchdog.stop.set())
        watchdog.run()
