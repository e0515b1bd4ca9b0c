"""The Hub's addresses and credentials, read from `settings.CCHUB`."""

import hashlib
from dataclasses import dataclass, field

from django.conf import settings

from .addresses import is_loopback, origin

ENVIRONMENTS = ("us", "eu", "au")

# Opening a connection takes milliseconds or will not happen; waiting longer for it only holds up a worker.
CONNECT_SECONDS = 5.0


@dataclass(frozen=True, kw_only=True)
class HubConfig:
    """How to reach one tenant of the Hub. Addresses have no trailing slash; secrets stay out of the repr."""

    base_url: str
    gateway_url: str
    storefront_id: int
    tenant_id: int
    client_id: str
    client_secret: str = field(repr=False)
    environment: str
    timeout_seconds: float
    poll_seconds: int
    breaker_failures: int
    breaker_seconds: float
    look_again_seconds: int
    deadline_minutes: int
    webhook_secret: str = field(repr=False)
    design_editor_product_key: str
    design_editor_configuration_key: str
    private_designs_path: str
    keeping_policy: str
    temporary_policy: str

    @classmethod
    def from_settings(cls) -> "HubConfig":
        """The configuration in `settings.CCHUB`, which holds every default; `personalization.checks` tells
        whether it is complete.
        """
        values = settings.CCHUB
        base_url = values["BASEURL"].rstrip("/")
        return cls(
            base_url=base_url,
            gateway_url=values["API_URL"].rstrip("/") or derive_gateway(base_url),
            storefront_id=values["STOREFRONT_ID"],
            tenant_id=values["TENANT_ID"],
            client_id=values["CLIENTID"],
            client_secret=values["CLIENTSECRET"],
            environment=values["ENVIRONMENT"],
            timeout_seconds=float(values["TIMEOUT_SECONDS"]),
            poll_seconds=values["POLL_SECONDS"],
            breaker_failures=values["BREAKER_FAILURES"],
            breaker_seconds=float(values["BREAKER_SECONDS"]),
            look_again_seconds=values["LOOK_AGAIN_SECONDS"],
            deadline_minutes=values["DEADLINE_MINUTES"],
            webhook_secret=values["WEBHOOK_SECRET"],
            design_editor_product_key=values["DESIGN_EDITOR_PRODUCT_KEY"],
            design_editor_configuration_key=values["DESIGN_EDITOR_CONFIGURATION_KEY"],
            private_designs_path=values["PRIVATE_DESIGNS_PATH"],
            keeping_policy=values["KEEPING_POLICY"],
            temporary_policy=values["TEMPORARY_POLICY"],
        )

    @property
    def timeout(self) -> tuple[float, float]:
        """Seconds to wait for a connection, and for each part of an answer."""
        return min(CONNECT_SECONDS, self.timeout_seconds), self.timeout_seconds

    @property
    def origins(self) -> frozenset[str]:
        """The origins named in the environment: they alone may be given the access token."""
        return frozenset({origin(self.base_url), origin(self.gateway_url)})

    @property
    def fallback_workflow_elements_url(self) -> str:
        """Where Aurigma publishes the editors of this environment, for tenants that name no address."""
        return f"https://staticjs-aurigma.azureedge.net/libs/{self.environment}/workflow-elements"

    @property
    def fingerprint(self) -> str:
        """Names this tenant and client in cache keys without revealing either."""
        identity = (
            f"{self.client_id}|{self.base_url}|{self.gateway_url}|{self.storefront_id}|{self.tenant_id}"
        )
        return hashlib.sha256(identity.encode()).hexdigest()[:32]


def derive_gateway(base_url: str) -> str:
    """The API gateway of a Hub: `https://api.<host>`, as in Aurigma's samples; a loopback Hub is its own."""
    if is_loopback(base_url):
        return base_url
    return base_url.replace("://", "://api.", 1)
