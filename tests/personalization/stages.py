"""The products that scenes of the failure table are about; one stage serves all rows of a scene."""

from catalog.models import ProductGroupPage
from tests.factories.catalog import a_category, a_group

SKU, REFERENCE = "OW-BC-MATT-50", "classic-business-cards"
LETTERHEAD = "OW-LH-LAID-50"
UNKNOWN = "OW-UNKNOWN"


def cards(sku: str = SKU, reference: str = REFERENCE, **block) -> ProductGroupPage:
    mapping = [("customers_canvas", block)]
    return a_group(sku, title="Classic business cards", personalization=mapping, reference=reference)


STAGES = {
    "open": cards,
    "fresh-token": cards,
    "copy": cards,
    "check": cards,
    "publish": cards,
    "open-by-number": lambda: cards(hub_product_id=401),
    "open-design-editor": lambda: cards(LETTERHEAD, "letterheads"),
    "report": lambda: cards(UNKNOWN),
    "import": a_category,
}
