"""How long to wait before the Hub is asked again, other than after trouble that passes."""

import random
from datetime import datetime, timedelta

from django.utils import timezone

from personalization.hub import HubConfig

LONGEST_PAUSE = timedelta(minutes=15)
# Credentials and permissions are mended by people.
CONFIGURATION_LOOK = timedelta(minutes=5)
# The share of a project's age after which it is looked at again: the older, the rarer.
AGE_SHARE = 0.25


def before_next_look(submitted_at: datetime | None) -> timedelta:
    """The pause before a rendering project is looked at by itself; most changes are seen earlier, in bulk."""
    shortest = timedelta(seconds=HubConfig.from_settings().poll_seconds)
    if submitted_at is None:
        return shortest
    return max(shortest, min((timezone.now() - submitted_at) * AGE_SHARE, LONGEST_PAUSE))


def before_second_look() -> timedelta:
    """The pause between two looks for a project whose creation has an unknown outcome."""
    return timedelta(seconds=HubConfig.from_settings().look_again_seconds)


def before_configuration_look() -> timedelta:
    """The pause while the Hub refuses the shop's credentials; with jitter, for all projects wait for it."""
    return CONFIGURATION_LOOK * random.uniform(0.8, 1.25)  # noqa: S311 - spreads load, hides nothing


def deadline() -> timedelta:
    """How long print files may take before staff are told."""
    return timedelta(minutes=HubConfig.from_settings().deadline_minutes)
