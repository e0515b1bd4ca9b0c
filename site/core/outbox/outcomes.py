"""How work at a row ends, other than well."""

import logging
import traceback
from datetime import timedelta

from django.utils.translation import gettext as _

logger = logging.getLogger("core.outbox")

FRAMES = 20
# Others may ask for a pause, but not for ever.
LONGEST_ASKED_SECONDS = 3600.0


class LeaseLost(Exception):
    """Another worker has taken the row over; this one must stop at once."""


class Later(Exception):
    """Trouble that passes, such as a service that is away: the row is due again after a pause.

    `reason` is for staff. `after`: at least so many seconds, an hour at most. `is_attempt`: whether the pause
    grows; not when nothing was tried.
    """

    def __init__(self, reason: str, *, after: float | None = None, is_attempt: bool = True):
        super().__init__(reason)
        self.reason = reason
        self.after = timedelta(seconds=min(after or 0, LONGEST_ASKED_SECONDS))
        self.is_attempt = is_attempt


class GiveUp(Exception):
    """Trouble that does not pass; `reason` is for staff."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason or _("It was given up without a reason.")


def words_for(error: BaseException) -> str:
    """What staff read of a defect: its class. Its text may quote addresses and secrets, so that stays out."""
    told = _("An unexpected error stopped this (%(error)s). The worker’s log has the details.")
    return told % {"error": type(error).__name__}


def log_defect(what: object, error: BaseException) -> None:
    """The end of the traceback; of an endless recursion the whole would fill the log."""
    lines = traceback.format_exception(type(error), error, error.__traceback__, limit=-FRAMES)
    logger.error("Unexpected error at %s: %s\n%s", what, type(error).__name__, "".join(lines))
