"""Whether the Hub answers, as the worker found out last. Pages read that and never wait."""

from dataclasses import dataclass
from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

from personalization.hub import HubError, impatient_hub

KEY = "personalization.hub_health"
REMEMBERED_SECONDS = 24 * 3600
# With the repeats of the facade well below the time that the queue gives a task.
TIMEOUT_SECONDS = 5


@dataclass(frozen=True)
class HubHealth:
    """The last look at the Hub; `trouble` says what was wrong, without secrets."""

    answers: bool
    at: datetime
    trouble: str = ""


def look_at_hub() -> HubHealth:
    """Ask the Hub for one product, with a token, through the gateway, as any call; remembers the outcome."""
    try:
        impatient_hub(seconds=TIMEOUT_SECONDS).products(take=1)
        health = HubHealth(answers=True, at=timezone.now())
    except HubError as trouble:
        health = HubHealth(answers=False, at=timezone.now(), trouble=str(trouble))
    cache.set(KEY, health, REMEMBERED_SECONDS)
    return health


def last_look() -> HubHealth | None:
    """What the worker found; None when it has not looked for a day."""
    found: HubHealth | None = cache.get(KEY)
    return found
