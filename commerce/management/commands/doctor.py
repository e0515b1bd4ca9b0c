"""Finds, and mends, drift between orders, render projects, files, e-mails, schedules and the Hub."""

import json
import sys
from argparse import ArgumentTypeError

from django.core.management.base import BaseCommand, CommandParser

from commerce.doctor import examine
from commerce.doctor.examination import DAYS
from commerce.models import DoctorReport
from core.unmigrated import require_migrations


class Command(BaseCommand):
    help = (
        "Find where orders, render projects, print files, e-mails, schedules and the Hub have drifted apart. "
        "Ends with exit code 1 while something is left to mend or the Hub cannot be asked."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--repair", action="store_true", help="Mend what can be mended.")
        parser.add_argument("--json", action="store_true", help="Print the report as JSON.")
        parser.add_argument(
            "--days", type=_days, default=DAYS, help="How far back to look, in days (%(default)s)."
        )

    def handle(self, **options) -> None:
        require_migrations()
        report = examine(repair=options["repair"], days=options["days"])
        self.stdout.write(json.dumps(report.as_dict(), indent=2) if options["json"] else _text(report))
        if not report.is_clean:
            sys.exit(1)


def _days(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"{text} is not a number of days, 1 or more")
    return int(text)


def _text(report: DoctorReport) -> str:
    lines = [
        f"{entry['kind']}  {entry['subject']}: {entry['detail']} "
        + ("Mended." if entry["mended"] else entry["why_not"])
        for entry in report.findings
    ]
    if report.hub_trouble:
        lines.append(f"The Hub could not be compared: {report.hub_trouble}")
    mended = len(report.findings) - report.remaining
    lines.append(f"{len(report.findings)} found, {mended} mended, {report.remaining} left.")
    return "\n".join(line.rstrip() for line in lines)
