"""What the Hub tells the shop and what the shop tells the Hub, as plain immutable values.

External enumerations (`ProjectProcessingStatus`, `WorkflowType`, ...) are plain `str`: the Hub may add a
member any day. Dates are aware. Prices are in the currency of the Hub's tenant and are never what a shopper
pays.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

# How the Hub is asked about a product: by this shop's product reference, or by the Hub's own number of a
# product that has no reference here.
ProductKey = str | int


@dataclass(frozen=True, kw_only=True)
class ProductReference:
    """What a product reference of this shop points at in the Hub; exactly one of the ids is normally set."""

    reference: str
    type: str
    name: str
    product_id: int | None
    product_version_id: int | None
    product_link_id: int | None
    product_bundle_id: int | None
    product_specification_id: int | None


@dataclass(frozen=True, kw_only=True)
class ProductReferencePage:
    """One page of a list of product references; `total` counts all pages."""

    total: int
    items: tuple[ProductReference, ...]


@dataclass(frozen=True, kw_only=True)
class PersonalizationParameters:
    """All that is needed to open a product's editor. `workflow_content` is text that should hold JSON."""

    product_type: str
    product_id: int | None
    product_version_id: int | None
    workflow_type: str
    workflow_content: str | None
    api_gateway_url: str
    workflow_elements_url: str
    ui_framework_url: str
    simple_editor_url: str
    design_editor_url: str


@dataclass(frozen=True, kw_only=True)
class ProductSummary:
    """A product as seen through one SKU. `product_variant_id` is None when the Hub knows no such SKU.

    Variant ids change whenever a variant is edited in the Hub: look them up when they are needed, do not
    store them.
    """

    product_id: int | None
    product_version_id: int | None
    product_link_id: int | None
    product_variant_id: int | None
    sku: str
    price: Decimal | None
    available: bool
    name: str
    pipeline_id: int | None
    workflow_id: int | None


@dataclass(frozen=True, kw_only=True)
class Product:
    """A product of the Hub, for choosing one."""

    id: int
    version_id: int | None
    name: str
    description: str
    image_url: str
    tags: tuple[str, ...]
    pipeline_id: int | None
    workflow_id: int | None


@dataclass(frozen=True, kw_only=True)
class ProductPage:
    """One page of a product list; `total` counts all pages."""

    total: int
    items: tuple[Product, ...]


@dataclass(frozen=True, kw_only=True)
class ProductVariant:
    """One combination of option values; `options` maps option titles to value titles. The Hub says no unit
    for `weight`.
    """

    id: int
    product_id: int | None
    product_version_id: int | None
    sku: str
    price: Decimal | None
    weight: Decimal | None
    available: bool
    options: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ProcessingPipeline:
    """A list of tasks that makes print files. `content` is text that should hold JSON; it may hold secrets of
    the merchant's, such as the one of a call-back.
    """

    id: int
    name: str
    content: str = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class ProcessingPipelinePage:
    """One page of a list of pipelines; `total` counts all pages."""

    total: int
    items: tuple[ProcessingPipeline, ...]


@dataclass(frozen=True, kw_only=True)
class ProductSpecifier:
    """Names the exact Hub product of a project's item."""

    product_id: int
    version_id: int | None = None
    variant_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class NewProject:
    """A project to create for one order item. `owner_id` is the storefront user whose designs are printed.

    `fields` are what a pipeline may ask for by name; `preview_urls` are shown to the Hub's staff. Without a
    `product_reference` the product is known by `product` alone, and a pipeline has to be named.
    """

    owner_id: str = field(repr=False)
    order_id: str
    order_number: int | None
    order_name: str
    order_url: str = field(repr=False)
    order_line_item_id: str
    order_line_item_index: int
    customer_name: str = field(repr=False)
    name: str
    product_reference: str
    sku: str
    quantity: int
    design_ids: tuple[str, ...]
    customer_id: str = field(default="", repr=False)
    fields: Mapping[str, Any] = field(default_factory=dict, repr=False)
    hidden: Mapping[str, Any] = field(default_factory=dict, repr=False)
    preview_urls: tuple[str, ...] = field(default=(), repr=False)
    product: ProductSpecifier | None = None


@dataclass(frozen=True, kw_only=True)
class Project:
    """A project in the Hub. `processing_status` tells of the print files, `status` is the tenant's business
    status code. `answer` is what the Hub said, for staff; empty for a project out of a list.
    """

    id: int
    order_id: str
    order_url: str = field(repr=False)
    order_line_item_id: str
    processing_status: str
    status: int | None
    design_ids: tuple[str, ...]
    last_modified: datetime | None
    created: datetime | None
    answer: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class OutputFile:
    """A file that the Hub rendered. `size` is in bytes. `name` may lack an extension; `format` is as the Hub
    spells it.
    """

    artifact_id: str
    name: str
    format: str
    size: int | None
    url: str = field(repr=False)
    project_item_id: int | None
    order_line_item_id: str


@dataclass(frozen=True, kw_only=True)
class ProcessingResults:
    """How far a project's print files are. `description` is the Hub's explanation of a failure, for staff.
    `answer` is all that the Hub said; it can hold keys to the files.
    """

    status: str
    description: str
    files: tuple[OutputFile, ...]
    answer: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, kw_only=True)
class ArtifactStream:
    """An open download. `size` is in bytes, if known. Each call of `iter_bytes` goes on where the last one
    stopped.
    """

    content_type: str
    size: int | None
    iter_bytes: Callable[[], Iterator[bytes]] = field(repr=False)


@dataclass(frozen=True, kw_only=True)
class Preview:
    """A picture of a design: PNG, JPEG or WebP."""

    content: bytes = field(repr=False)
    content_type: str
