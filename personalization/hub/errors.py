"""What can go wrong when the shop talks to the Hub: these errors, and no others, leave `personalization.hub`.

Their texts name the call, the status and the field at fault. They never hold a token, a header or a body, so
that they may be logged and stored as they are.
"""


class HubError(Exception):
    """Base of everything the Hub facade raises."""


class HubUnavailable(HubError):
    """The Hub did not answer, or asked to be left alone (network, time-out, 408, 429, 5xx).

    After a call that creates or changes something this means "outcome unknown". `retry_after` is in seconds.
    `outage` says in a few words how the Hub failed; it is empty when the Hub is there (408, 429) or the
    trouble is another's.
    """

    def __init__(self, message: str = "", *, retry_after: float | None = None, outage: str = ""):
        super().__init__(message)
        self.retry_after = retry_after
        self.outage = outage


class HubNotAsked(HubUnavailable):
    """Nothing was sent: the Hub has failed too often lately and is left alone for `retry_after` seconds.

    It says nothing about the call itself, so it does not count as an attempt.
    """


class HubRejected(HubError):
    """The Hub understood the request and refused it (400, 409, 422).

    `detail` is the Hub's own explanation, for staff; it may repeat what was sent, so it is not part of the
    text.
    """

    def __init__(self, message: str = "", *, status: int = 0, detail: str = ""):
        super().__init__(message)
        self.status = status
        self.detail = detail


class HubForbidden(HubRejected):
    """The Hub refuses the shop's credentials, or they lack a permission: somebody must change a setting."""


class HubNotFound(HubError):
    """The Hub does not know the thing asked for (404)."""


class HubContractError(HubError):
    """The Hub's answer, or what was to be sent to it, does not fit the Hub's API."""
