"""The Hub as the shop sees it: plain calls, plain values, few errors."""

from collections.abc import Iterable
from contextlib import AbstractContextManager

from .breaker import HubState
from .config import HubConfig
from .files import Files
from .private_designs import PrivateDesignCalls
from .products import ProductCalls
from .projects import ProjectCalls
from .types import ArtifactStream, OutputFile, Preview
from .users import UserCalls


class Hub(ProductCalls, UserCalls, PrivateDesignCalls, ProjectCalls):
    """One tenant of the Hub. Every method blocks, is safe for threads, and raises nothing but HubError.

    Calls that only read are repeated twice when the Hub is briefly unavailable; calls that change something
    never are. After failures in a row calls raise HubNotAsked at once, until the Hub is back (see `breaker`).
    """

    def __init__(self, config: HubConfig):
        super().__init__(config)
        self._files = Files(config, self._transport)

    def state(self) -> HubState:
        """Whether the Hub is asked at present, as all processes know it. Asks nothing."""
        return self._transport.breaker.state()

    def probe(self) -> None:
        """See whether the Hub is back, if it was away and it is time to look; for background jobs. Raises
        HubUnavailable.
        """
        self._transport.probe()

    def open_artifact(self, file: OutputFile) -> AbstractContextManager[ArtifactStream]:
        """A rendered file as a stream: `with hub.open_artifact(file) as stream: ... stream.iter_bytes()`.

        HubUnavailable is also raised at the end of the iteration if bytes are missing: keep the file only
        after it.
        """
        return self._files.open_artifact(file)

    def fetch_preview(self, url: str, *, also_from: Iterable[str] = ()) -> Preview:
        """A design's preview picture, at most 5 MB, from a configured host or from the host of an address in
        `also_from`.

        Other places, other types and larger files are HubContractError.
        """
        return self._files.fetch_preview(url, also_from=also_from)
