"""What the worker does for the catalog. Every task takes ids and may be run twice."""

import logging

from personalization.hub import HubError

from .mapping.services import mapping_checks

logger = logging.getLogger(__name__)


def check_mapping(page_id: int) -> None:
    """Compares a published product with the Hub; the nightly check makes up for an outage."""
    try:
        mapping_checks.check_page(page_id)
    except HubError as trouble:
        logger.warning("The product page %s could not be compared with the Hub: %s", page_id, trouble)


def check_mappings() -> int:
    """Nightly: compares every personalized product with the Hub, for the report of differences."""
    return mapping_checks.check_all_pages()
