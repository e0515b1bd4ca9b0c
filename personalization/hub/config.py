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
    environment: str = "us"
    timeout_seconds: float = 20.0
    poll_seconds: int = 30
    breaker_failures: int = 5
    breaker_seconds: float = 30.0
    look_again_seconds: int = 15
    deadline_minutes: int = 60
    webhook_secret: str = field(default="", repr=False)
    design_editor_product_key: str = "productDefinition"
    design_editor_configuration_key: str = "configuration"
    private_designs_path: str = "/api/storage/v1/private-designs"
    keeping_policy: str = "Never"
    temporary_policy: str = "Default"

    @classmethod
    def from_settings(cls) -> "HubConfig":
        """The configuration in `settings.CCHUB`; `personalization.checks` tells whether it is complete."""
        values = settings.CCHUB
        base_url = (values.get("BASEURL") or "").rstrip("/")
        return cls(
            base_url=base_url,
            gateway_url=(values.get("API_URL") or "").rstrip("/") or derive_gateway(base_url),
            storefront_id=int(values.get("STOREFRONT_ID") or 0),
            tenant_id=int(values.get("TENANT_ID") or 0),
            client_id=values.get("CLIENTID") or "",
            client_secret=values.get("CLIENTSECRET") or "",
            environment=values.get("ENVIRONMENT") or "us",
            timeout_seconds=float(values.get("TIMEOUT_SECONDS") or 20),
            poll_seconds=int(values.get("POLL_SECONDS") or 30),
            breaker_failures=int(values.get("BREAKER_FAILURES") or 5),
            breaker_seconds=float(values.get("BREAKER_SECONDS") or 30),
            look_again_seconds=int(values.get("LOOK_AGAIN_SECONDS") or 15),
            deadline_minutes=int(values.get("DEADLINE_MINUTES") or 60),
            webhook_secret=values.get("WEBHOOK_SECRET") or "",
            design_editor_product_key=values.get("DESIGN_EDITOR_PRODUCT_KEY") or "productDefinition",
            design_editor_configuration_key=values.get("DESIGN_EDITOR_CONFIGURATION_KEY") or "configuration",
            private_designs_path=values.get("PRIVATE_DESIGNS_PATH") or cls.private_designs_path,
            keeping_policy=values.get("KEEPING_POLICY") or cls.keeping_policy,
            temporary_policy=values.get("TEMPORARY_POLICY") or cls.temporary_policy,
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
