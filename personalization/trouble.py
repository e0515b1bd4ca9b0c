"""What trouble with the Hub means for work that can wait."""

import logging

from core.outbox import Later
from personalization.hub import HubContractError, HubError, HubNotAsked, HubRejected

logger = logging.getLogger(__name__)


def later(what: str, trouble: HubError) -> Later:
    """To be raised by work at an outbox: tried again, at the earliest when the Hub says. A call that was not
    made, because the Hub is left alone, is no attempt.
    """
    log_trouble(what, trouble)
    return Later(
        str(trouble) or type(trouble).__name__,
        after=getattr(trouble, "retry_after", None),
        is_attempt=not isinstance(trouble, HubNotAsked),
    )


def log_trouble(what: str, trouble: HubError) -> None:
    """A warning for what passes by itself, an error for what somebody has to look at."""
    needs_somebody = isinstance(trouble, HubRejected | HubContractError)
    logger.log(logging.ERROR if needs_somebody else logging.WARNING, "%s has to wait: %s", what, trouble)
