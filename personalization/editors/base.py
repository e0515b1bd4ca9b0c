"""What an editor family has to offer to the page /personalize/<sku>/.

The Hub decides per product which editor opens; the shop asks the adapters in turn and names no product
anywhere. To add a family: write an adapter as below, a JavaScript module in static/js/editor/adapters/ with
the same name, and list the adapter in `editors/__init__.py`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol
from urllib.parse import urlsplit

from personalization.hub.types import PersonalizationParameters, ProductSummary

HOST = re.compile(r"(?:[a-z0-9-]+\.)*[a-z0-9-]+|\[[0-9a-f:]+\]")


class EditorUnavailable(Exception):
    """The Hub names no editor that this shop can open. `message` is for the shopper, the text itself for
    the log.
    """

    def __init__(self, reason: str, *, message: str):
        super().__init__(reason)
        self.message = message


@dataclass(frozen=True, kw_only=True)
class SavedDesign:
    """A private design to go on with, as the editor handed it over."""

    state_id: str
    sku: str
    product_id: int | None
    product_version_id: int | None
    product_link_id: int | None


@dataclass(frozen=True, kw_only=True)
class EditorContext:
    """Everything that an adapter may use; it asks the Hub nothing itself. `summary` is None for a SKU
    unknown there.
    """

    parameters: PersonalizationParameters
    summary: ProductSummary | None
    reference: str
    sku: str
    quantity: int
    currency: str
    language: str
    tenant_id: int
    storefront_id: int
    hub_url: str
    user_id: str
    token: str = field(repr=False)
    design: SavedDesign | None = None


@dataclass(frozen=True, kw_only=True)
class EditorPage:
    """What the page loads and hands to the editor.

    `adapter` names the JavaScript module; `config` is what the element's `init` receives, and holds the
    shopper's token; `origins` are the places that the page's content security policy has to let in.
    """

    template: str
    adapter: str
    tag: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    config: dict[str, Any] = field(repr=False)
    origins: tuple[str, ...]

    @property
    def adapter_path(self) -> str:
        """The adapter's module among the static files."""
        return f"js/editor/adapters/{self.adapter}.js"


class EditorAdapter(Protocol):
    """One editor family."""

    def recognises(self, parameters: PersonalizationParameters) -> bool:
        """Whether the product's workflow is of this family."""

    def open(self, context: EditorContext) -> EditorPage:
        """What the page needs to open the editor. Raises EditorUnavailable when the workflow cannot be
        used.
        """


def csp_origins(addresses: Iterable[str]) -> tuple[str, ...]:
    """The origins of addresses as sources of a content security policy; what is no plain http(s) address is
    left out.
    """
    found = (_csp_origin(address) for address in addresses if address)
    return tuple(dict.fromkeys(origin for origin in found if origin))


def _csp_origin(address: str) -> str:
    """`scheme://host[:port]`. The host is checked letter by letter: a semicolon in it would write policy of
    its own.
    """
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    host = f"[{host}]" if ":" in host else host
    if parts.scheme not in ("http", "https") or not HOST.fullmatch(host):
        return ""
    return f"{parts.scheme}://{host}:{port}" if port else f"{parts.scheme}://{host}"
