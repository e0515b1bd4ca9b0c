"""Turns the generated client's models into our own values.

Every field of those models is optional. Where the shop cannot do without one, its absence is a
HubContractError.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from .config import HubConfig
from .errors import HubContractError
from .types import (
    OutputFile,
    PersonalizationParameters,
    ProcessingPipeline,
    ProcessingResults,
    Product,
    ProductReference,
    ProductSummary,
    ProductVariant,
    Project,
)

PREVIEW = "Preview"
MAXIMUM_ID = 2**63 - 1
MAXIMUM_FILES = 1000


def product_reference(dto: Any, reference: str = "") -> ProductReference:
    return ProductReference(
        reference=dto.product_reference or reference,
        type=_text(dto.product_reference_type),
        name=dto.product_reference_name or "",
        product_id=dto.product_id,
        product_version_id=dto.product_version_id,
        product_link_id=dto.product_link_id,
        product_bundle_id=dto.product_bundle_id,
        product_specification_id=dto.product_specification_id,
    )


def personalization_parameters(dto: Any, config: HubConfig) -> PersonalizationParameters:
    return PersonalizationParameters(
        product_type=_text(dto.product_type),
        product_id=dto.id,
        product_version_id=dto.version_id,
        workflow_type=_text(dto.workflow_type),
        workflow_content=dto.workflow_content,
        api_gateway_url=_address(dto.api_gateway_url) or config.gateway_url,
        workflow_elements_url=_address(dto.workflow_elements_url) or config.fallback_workflow_elements_url,
        ui_framework_url=_address(dto.ui_framework_url),
        simple_editor_url=_address(dto.simple_editor_url),
        design_editor_url=_address(dto.design_editor_url),
    )


def product_summary(dto: Any, sku: str) -> ProductSummary:
    return ProductSummary(
        product_id=dto.product_id,
        product_version_id=dto.product_version_id,
        product_link_id=dto.product_link_id,
        product_variant_id=dto.product_variant_id,
        sku=dto.product_variant_sku or sku,
        price=_decimal(dto.product_variant_price),
        available=bool(dto.is_product_variant_available),
        name=dto.name or "",
        pipeline_id=dto.processing_pipeline_id,
        workflow_id=dto.personalization_workflow_id,
    )


def product(dto: Any) -> Product:
    return Product(
        id=_id(dto.id, "product id"),
        version_id=dto.product_version_id,
        name=dto.name or "",
        description=dto.description or "",
        image_url=(dto.image.url or "") if dto.image else "",
        tags=tuple(dto.tags or ()),
        pipeline_id=dto.processing_pipeline_id,
        workflow_id=dto.personalization_workflow_id,
    )


def product_variant(dto: Any) -> ProductVariant:
    return ProductVariant(
        id=_id(dto.id, "variant id"),
        product_id=dto.product_id,
        product_version_id=dto.product_version_id,
        sku=dto.sku or "",
        price=_decimal(dto.price),
        weight=_decimal(dto.weight),
        available=bool(dto.is_available),
        options={
            option.product_option_title or "": option.product_option_value_title or ""
            for option in dto.product_variant_options or ()
        },
    )


def design_picture(dto: Any) -> str:
    """The address of the first preview among the resources of a variant's design; empty without one."""
    pictures = (
        resource.url for resource in dto.product_variant_resources or () if _text(resource.type) == PREVIEW
    )
    return next((address for address in pictures if address), "")


def pipeline(dto: Any) -> ProcessingPipeline:
    return ProcessingPipeline(
        id=_id(dto.id, "pipeline id"), name=dto.name or "", content=dto.raw_content or ""
    )


def project(dto: Any) -> Project:
    items = dto.items or ()
    return Project(
        id=_id(dto.id, "project id"),
        order_id=dto.order_id or "",
        order_url=dto.order_url or "",
        order_line_item_id=dto.order_line_item_id or _first([item.order_line_item_id for item in items]),
        processing_status=_text(dto.processing_status),
        status=dto.status,
        design_ids=tuple(design_id for item in items for design_id in item.design_ids or ()),
        last_modified=_aware(dto.last_modified),
        created=_aware(dto.created),
    )


def processing_results(dto: Any) -> ProcessingResults:
    files = dto.output_file_details or ()
    if len(files) > MAXIMUM_FILES:
        raise HubContractError(f"The Hub names more than {MAXIMUM_FILES} files of one project.")
    return ProcessingResults(
        status=_text(dto.status),
        description=dto.status_description or "",
        files=tuple(output_file(file) for file in files),
    )


def output_file(dto: Any) -> OutputFile:
    if not dto.artifact_id and not dto.url:
        raise HubContractError("An output file has neither an artifact id nor an address.")
    return OutputFile(
        artifact_id=dto.artifact_id or "",
        name=dto.name or "",
        format=dto.format or "",
        size=dto.size,
        url=dto.url or "",
        project_item_id=dto.project_item_id,
        order_line_item_id=dto.order_line_item_id or "",
    )


def _id(value: Any, name: str) -> Any:
    if value is None:
        raise HubContractError(f"The Hub left out the {name}.")
    if not 0 <= value <= MAXIMUM_ID:
        raise HubContractError(f"The Hub's {name} is out of range.")
    return value


def _text(member: Any) -> str:
    """The plain text of an enumeration's member, known or not."""
    return "" if member is None else str(member.value)


def _address(url: str | None) -> str:
    return (url or "").rstrip("/")


def _decimal(number: float | None) -> Decimal | None:
    return None if number is None else Decimal(str(number))


def _aware(moment: datetime | None) -> datetime | None:
    if moment is None or moment.tzinfo is not None:
        return moment
    return moment.replace(tzinfo=UTC)


def _first(texts: Sequence[str | None]) -> str:
    return next((text for text in texts if text), "")
