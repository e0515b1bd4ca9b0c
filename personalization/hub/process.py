"""The Hub facade of the running process."""

import os
from dataclasses import replace

from .breaker import HubState
from .config import HubConfig
from .facade import Hub

_current: tuple[int, Hub] | None = None


def get_hub() -> Hub:
    """The Hub of this process, as `settings.CCHUB` describes it.

    Connections must not be shared with a forked child, or answers would cross between customers. A child,
    known by its process id, makes its own. There is no lock that a fork could leave locked: if two threads
    are first at once, one of the two objects is dropped.
    """
    global _current
    config = HubConfig.from_settings()
    known = _current
    if known is None or known[0] != os.getpid() or known[1].config != config:
        known = _current = (os.getpid(), Hub(config))
    return known[1]


def hub_state() -> HubState:
    """Whether the Hub is asked at present, for those who watch over the shop. Asks the Hub nothing."""
    return get_hub().state()


def impatient_hub(*, seconds: float) -> Hub:
    """A Hub for one errand while somebody waits: it gives up on an answer after so many seconds."""
    return Hub(replace(HubConfig.from_settings(), timeout_seconds=seconds))
