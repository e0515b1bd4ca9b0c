"""The schedules that the apps have registered."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

# Cron with seconds; every half minute is as often as the cluster looks at its schedules.
HALF_MINUTE = "* * * * * */30"
NIGHTLY = re.compile(r"(?P<minute>[1-5]?\d) (?P<hour>1?\d|2[0-3]) \* \* \*")
LONGEST_NAME = 100

_registered: dict[str, "Schedule"] = {}


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A function (its dotted path) that the worker calls without arguments: every so many `minutes`, or by
    `cron`, which is `HALF_MINUTE` or once a night, such as "10 4 * * *" (in the shop's time zone).

    `name` is unique, `description` is what operators read. Raises ValueError for another rhythm.
    """

    name: str
    function: str
    description: str | Promise
    cron: str = ""
    minutes: int = 0

    def __post_init__(self) -> None:
        if bool(self.cron) == bool(self.minutes) or not self.rhythm:
            raise ValueError(f"{self.name}: give minutes, HALF_MINUTE or a time of the night")
        if not 0 < len(self.name) <= LONGEST_NAME:
            raise ValueError(f"{self.name}: a name has up to {LONGEST_NAME} characters")

    @property
    def rhythm(self) -> str | Promise:
        """How often, in words; empty if it is none that the shop knows."""
        if isinstance(self.minutes, int) and self.minutes > 0:
            return format_lazy(_("{minutes} min"), minutes=self.minutes)
        if self.cron == HALF_MINUTE:
            return _("30 s")
        night = NIGHTLY.fullmatch(self.cron)
        return (
            format_lazy(_("night, at {time}"), time=f"{night['hour']}:{night['minute']:0>2}") if night else ""
        )

    @property
    def is_nightly(self) -> bool:
        return bool(NIGHTLY.fullmatch(self.cron))


def register(*schedules: Schedule) -> None:
    """Have these done. Raises ValueError for a name that another one has."""
    for schedule in schedules:
        if _registered.setdefault(schedule.name, schedule) != schedule:
            raise ValueError(f"two schedules are called {schedule.name}")


def registered() -> list[Schedule]:
    """All of them, by name."""
    return sorted(_registered.values(), key=lambda schedule: schedule.name)
