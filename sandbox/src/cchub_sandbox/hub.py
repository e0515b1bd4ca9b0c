"""The sandbox's working parts in one object, which every endpoint receives."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from .calls import CallLog
from .catalog import PIPELINE_ID, QUIET_PIPELINE_ID, Catalog, Product
from .clock import Clock
from .config import SandboxConfig, Switches
from .failures import Failures
from .pipeline import seed_pipeline
from .store import Store

if TYPE_CHECKING:
    from .control import Control
    from .processing import Processor

NO_PRODUCT = 0


class Hub:
    """One tenant with one storefront and one external app."""

    pipeline_id = PIPELINE_ID

    def __init__(self, config: SandboxConfig, catalog: Path | str | dict[str, Any], speed: float) -> None:
        self.config = config
        self.switches = Switches()
        self.clock = Clock(speed)
        self.catalog = Catalog.read(catalog)
        self.store = Store(config.state_dir)
        self.signing_key = self.store.signing_key()
        self.tokens_valid_from = 0
        self.failures = Failures()
        self.calls = CallLog()
        self.pipelines = {
            PIPELINE_ID: seed_pipeline(config.shop_url, config.webhook_secret),
            QUIET_PIPELINE_ID: seed_pipeline(None, ""),
        }
        self.base_url = ""
        self.endpoint_names: tuple[str, ...] = ()
        self.processor: Processor  # set by the server
        self.control: Control  # set by the server

    def url(self, path: str) -> str:
        """The absolute address of one of the sandbox's own paths."""
        return self.base_url + path

    def product_of(self, reference: str) -> Product | None:
        """The product a reference is connected to, by the catalog or by a connection made later."""
        row = self.store.row("select product_id from product_reference where reference = ?", reference)
        if row:
            return self.catalog.product(row["product_id"])
        return self.catalog.by_reference(reference)

    def references(self) -> list[tuple[str, Product]]:
        """Every connected reference with its product."""
        connected = {product.reference: product for product in self.catalog}
        for row in self.store.rows("select reference, product_id from product_reference order by created"):
            product = self.catalog.product(row["product_id"])
            if product:
                connected[row["reference"]] = product
            else:
                connected.pop(row["reference"], None)
        return list(connected.items())

    def connect(self, reference: str, product_id: int, name: str | None = None) -> None:
        """Let a reference stand for a product, whatever it stood for before."""
        self.store.write(
            "insert or replace into product_reference values (?, ?, ?, ?)",
            reference,
            product_id,
            name,
            self.clock.now(),
        )

    def disconnect(self, reference: str) -> None:
        """Let a reference stand for nothing, whatever it stood for before."""
        self.connect(reference, NO_PRODUCT)
