"""Where a process is killed: functions of the pipeline that kill it when a fuse is laid for them.

The points have the names of the list that the shop was planned with, K1 to K13. K3 and K5 belong to payment,
which the shop does not have; letters mark points that were added.
"""

import importlib
import os
import random
import signal
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

WEB, WORKER = "web", "worker"
BEFORE, AFTER, AMID, FIRST_ITEM = "before", "after", "amid", "first item"
# A process is killed alone, as by hand, or with its whole group, as by the kernel for want of memory.
ALONE, GROUP = "alone", "group"
LONGEST_AMID_SECONDS = 0.3

RENDERING = "personalization.rendering.services"
EMAILS = "commerce.services.emails"


@dataclass(frozen=True)
class Trap:
    """`target` is the function, by its dotted name; `moment` when to kill: before it, after it, at a random
    moment in it, or after the first item of what it yields. `when` looks at its arguments and its result.
    """

    name: str
    process: str
    what: str
    target: str
    moment: str
    when: Callable[[tuple, Any], bool] = lambda arguments, result: True


def _is_private(arguments: tuple, result: Any) -> bool:
    return str(getattr(arguments[0], "location", "")).endswith("private")


def _has_results(arguments: tuple, result: Any) -> bool:
    return hasattr(result, "files")


TRAPS = [
    Trap(
        "K1", WEB, "order written, not committed", "commerce.services.checkout.release_for_production", AFTER
    ),
    Trap("K2", WEB, "order committed, the worker not told", f"{EMAILS}.EMAILS.queue", BEFORE),
    Trap("K2b", WEB, "the worker told, the shopper not", "commerce.views.checkout.place_order", AFTER),
    Trap(
        "K4",
        WEB,
        "call-back stored, the worker not told",
        "personalization.rendering.services.events.async_task",
        BEFORE,
    ),
    Trap("K6", WORKER, "row leased, the Hub not asked", f"{RENDERING}.advance.create", BEFORE),
    Trap("K6b", WORKER, "creation noted, not sent", f"{RENDERING}.creation.send", BEFORE),
    Trap("K6c", WORKER, "creation on its way", f"{RENDERING}.creation.send", AMID),
    Trap("K7", WORKER, "project created, its id not saved", f"{RENDERING}.creation.send", AFTER),
    Trap("K8", WORKER, "id saved", f"{RENDERING}.creation._adopt", AFTER),
    Trap("K8b", WORKER, "status told to the Hub, not noted", f"{RENDERING}.hub_status._force", AFTER),
    Trap("K9", WORKER, "“Completed” seen", f"{RENDERING}.advance.look", AFTER, _has_results),
    Trap(
        "K10",
        WORKER,
        "in the middle of a download",
        "personalization.hub.files._whole",
        FIRST_ITEM,
    ),
    Trap(
        "K11",
        WORKER,
        "file stored, its row not",
        "django.core.files.storage.base.Storage.save",
        AFTER,
        _is_private,
    ),
    Trap("K11b", WORKER, "file and row stored, status not", f"{RENDERING}.fetching._keep", AFTER),
    Trap("K12", WORKER, "order completed, the mail not queued", f"{EMAILS}.EMAILS.queue", BEFORE),
    Trap("K12b", WORKER, "mail leased, not sent", f"{EMAILS}.message_for", BEFORE),
    Trap("K13", WORKER, "mail handed over, not noted", "django.core.mail.message.EmailMessage.send", AFTER),
    Trap("any", WORKER, "at a random moment of a task", "personalization.tasks.services.advance", AMID),
]
BY_NAME = {trap.name: trap for trap in TRAPS}


class Fuses:
    """Files in a folder that all processes see: each kills one process, once."""

    def __init__(self, folder: Path):
        self._laid, self._spent = folder / "laid", folder / "spent"
        for directory in (self._laid, self._spent):
            directory.mkdir(parents=True, exist_ok=True)

    def lay(self, trap: Trap, how: list[str]) -> None:
        """One for each way to be killed, used up in this order."""
        for number, way in enumerate(how, start=1):
            (self._laid / f"{trap.name}-{number:03}.{way}").touch()

    def left(self, trap: Trap) -> int:
        return len(list(self._laid.glob(f"{trap.name}-*")))

    def spent(self, trap: Trap) -> int:
        return len(list(self._spent.glob(f"{trap.name}-*")))

    def take(self, trap: Trap) -> str | None:
        """The way to be killed, if there is a fuse left; renaming it lets one process have it."""
        for fuse in sorted(self._laid.glob(f"{trap.name}-*")):
            try:
                fuse.rename(self._spent / fuse.name)
            except FileNotFoundError:
                continue
            return fuse.suffix.removeprefix(".")
        return None


def set_traps(process: str, fuses: Fuses) -> None:
    """Wrap the functions at which this kind of process can be killed."""
    for trap in TRAPS:
        if trap.process == process:
            _set(trap, fuses)


def _set(trap: Trap, fuses: Fuses) -> None:
    owner, name = _owner_of(trap.target)
    original = getattr(owner, name)
    wrap = {BEFORE: _before, AFTER: _after, AMID: _amid, FIRST_ITEM: _first_item}[trap.moment]
    setattr(owner, name, wrap(trap, original, fuses))


def _owner_of(target: str) -> tuple[Any, str]:
    """The module or class that holds the function, and its name there."""
    path, name = target.rsplit(".", 1)
    try:
        return importlib.import_module(path), name
    except ModuleNotFoundError:
        module, attribute = path.rsplit(".", 1)
        return getattr(importlib.import_module(module), attribute), name


def _before(trap: Trap, original: Callable, fuses: Fuses) -> Callable:
    def trapped(*arguments, **options):
        _die_if_due(trap, fuses)
        return original(*arguments, **options)

    return trapped


def _after(trap: Trap, original: Callable, fuses: Fuses) -> Callable:
    def trapped(*arguments, **options):
        result = original(*arguments, **options)
        if trap.when(arguments, result):
            _die_if_due(trap, fuses)
        return result

    return trapped


def _amid(trap: Trap, original: Callable, fuses: Fuses) -> Callable:
    def trapped(*arguments, **options):
        how = fuses.take(trap)
        if how is None:
            return original(*arguments, **options)
        threading.Timer(random.uniform(0, LONGEST_AMID_SECONDS), die, [how]).start()
        try:
            return original(*arguments, **options)
        finally:
            # It was over sooner. Later the worker would be idle, and might take the queue's lock along.
            die(how)

    return trapped


def _first_item(trap: Trap, original: Callable, fuses: Fuses) -> Callable:
    def trapped(*arguments, **options):
        for item in original(*arguments, **options):
            yield item
            _die_if_due(trap, fuses)

    return trapped


def _die_if_due(trap: Trap, fuses: Fuses) -> None:
    if how := fuses.take(trap):
        die(how)


def die(how: str) -> None:
    """As by kill -9: nothing of this process runs after it."""
    if how == GROUP:
        os.killpg(os.getpgid(0), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)
    time.sleep(60)
