"""python -m tests.endurance <drill>: see docs/reference/reliability.md."""

import argparse
import subprocess
import sys

from .drills.burst import burst
from .drills.control import control
from .drills.kills import kills
from .drills.lost_queue import lost_queue
from .drills.outage import outage
from .drills.resumption import resumption
from .drills.small import small
from .drills.storm import storm
from .drills.watchdog import watchdog

LONG = ("kills", "control", "storm", "outage", "lost-queue", "burst", "resumption", "watchdog")


def every_drill() -> bool:
    """The long ones, one after the other, each in a process of its own."""
    failures = [subprocess.call([sys.executable, "-m", "tests.endurance", drill]) for drill in LONG]
    return not any(failures)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.endurance", description=__doc__)
    commands = parser.add_subparsers(dest="drill", required=True)

    def add(name: str, drill, **numbers: int) -> argparse.ArgumentParser:
        command = commands.add_parser(name, help=drill.__doc__.replace("%", "%%"))
        command.set_defaults(play=drill)
        for option, default in numbers.items():
            command.add_argument(f"--{option}", type=int, default=default)
        return command

    add("kills", kills, times=20).add_argument("--points", nargs="*")
    add("control", control, times=4)
    add("storm", storm, lines=1000, seed=7)
    add("outage", outage, orders=500, sweeps=120)
    add("lost-queue", lost_queue, orders=50)
    add("burst", burst, posts=200)
    add("resumption", resumption, rounds=2)
    add("watchdog", watchdog, rounds=4)
    add("small", small)
    add("all", every_drill)
    options = vars(parser.parse_args())
    del options["drill"]
    play = options.pop("play")
    return 0 if play(**options) else 1


if __name__ == "__main__":
    sys.exit(main())
