"""The only code that talks to Customer's Canvas Hub.

`get_hub()` gives the facade; every failure is a HubError. Nothing here imports a Django model.
"""

from .breaker import HubState
from .config import HubConfig
from .errors import (
    HubContractError,
    HubError,
    HubForbidden,
    HubNotAsked,
    HubNotFound,
    HubRejected,
    HubUnavailable,
)
from .facade import Hub
from .process import get_hub, hub_state, impatient_hub
from .types import (
    ArtifactStream,
    NewProject,
    OutputFile,
    PersonalizationParameters,
    Preview,
    ProcessingPipeline,
    ProcessingPipelinePage,
    ProcessingResults,
    Product,
    ProductKey,
    ProductPage,
    ProductReference,
    ProductReferencePage,
    ProductSpecifier,
    ProductSummary,
    ProductVariant,
    Project,
)

__all__ = [
    "ArtifactStream",
    "Hub",
    "HubConfig",
    "HubContractError",
    "HubError",
    "HubForbidden",
    "HubNotAsked",
    "HubNotFound",
    "HubRejected",
    "HubState",
    "HubUnavailable",
    "NewProject",
    "OutputFile",
    "PersonalizationParameters",
    "Preview",
    "ProcessingPipeline",
    "ProcessingPipelinePage",
    "ProcessingResults",
    "Product",
    "ProductKey",
    "ProductPage",
    "ProductReference",
    "ProductReferencePage",
    "ProductSpecifier",
    "ProductSummary",
    "ProductVariant",
    "Project",
    "get_hub",
    "hub_state",
    "impatient_hub",
]
