"""What all calls of the facade have in common: configuration, the way to the Hub, the generated client."""

from typing import Any

from .config import HubConfig
from .generated_client import GeneratedClient
from .transport import Transport


class Calls:
    """One tenant of the Hub, without any call yet; the facade is put together from its subclasses."""

    def __init__(self, config: HubConfig):
        self.config = config
        self._transport = Transport(config)
        self._generated: GeneratedClient | None = None

    @property
    def _storefront(self) -> dict[str, int]:
        return {"storefront_id": self.config.storefront_id}

    def _call(self, operation: str, expects: str | None, **arguments: Any) -> Any:
        return self._client().call(operation, expects=expects, **arguments)

    def _call_with_body(self, operation: str, expects: str | None, **arguments: Any) -> tuple[Any, str]:
        return self._client().call_with_body(operation, expects=expects, **arguments)

    def _client(self) -> GeneratedClient:
        if self._generated is None:
            self._generated = GeneratedClient(self.config.gateway_url, self._transport)
        return self._generated

    def _applications_dto(self) -> Any:
        return self._call("tenant_info.tenant_info_get_applications_info", "TenantApplicationsInfoDto")
