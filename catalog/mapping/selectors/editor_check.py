"""What a product of the Hub would do for shoppers: which editor opens, what becomes of its print files.

Reads from the Hub only; nothing is created there.
"""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import reverse

from core.bounds import FROM_HUB, bounded_json
from personalization.editors import (
    EditorContext,
    EditorUnavailable,
    EditorWishes,
    adapter_for,
    open_editor,
)
from personalization.hub import Hub, HubConfig, PersonalizationParameters, ProcessingPipeline, ProductKey

RENDERING_TASKS = ("render-", "invoke-dynamic-image")


@dataclass(frozen=True, kw_only=True)
class EditorCheck:
    """The editor that the Hub's answer and the page's wishes lead to, and the place where it opens.

    `problem` tells staff why it does not open, and `shopper_reads` what stands in its place; both are empty
    when it opens.
    """

    family: str
    component: str
    place: str = ""
    problem: str = ""
    shopper_reads: str = ""


@dataclass(frozen=True, kw_only=True)
class PipelineCheck:
    """What a pipeline's tasks do. All are False when its text is no list of tasks."""

    id: int
    name: str
    is_readable: bool
    renders: bool
    keeps_files: bool
    notifies_shop: bool


def check_editor(
    parameters: PersonalizationParameters, *, product: ProductKey, sku: str, wishes: EditorWishes
) -> EditorCheck:
    """Opens the editor as the page would, without a shopper and without asking the Hub."""
    adapter = adapter_for(parameters)
    family = getattr(adapter, "name", parameters.workflow_type)
    try:
        page = open_editor(_context_of_nobody(parameters, product, sku, wishes))
    except EditorUnavailable as trouble:
        return EditorCheck(family=family, component="", problem=str(trouble), shopper_reads=trouble.message)
    return EditorCheck(family=family, component=page.tag, place=page.place)


def check_pipeline(hub: Hub, pipeline_id: int) -> PipelineCheck:
    """What the pipeline does. Raises HubNotFound and HubError."""
    pipeline = hub.processing_pipeline(pipeline_id)
    tasks = _tasks(pipeline)
    kinds = [str(task.get("type") or "") for task in tasks]
    return PipelineCheck(
        id=pipeline.id,
        name=pipeline.name,
        is_readable=bool(tasks),
        renders=any(kind.startswith(RENDERING_TASKS) for kind in kinds),
        keeps_files=any(_keeps_files(task) for task in tasks),
        notifies_shop=any(_notifies_shop(task) for task in tasks),
    )


def _context_of_nobody(
    parameters: PersonalizationParameters, product: ProductKey, sku: str, wishes: EditorWishes
) -> EditorContext:
    config = HubConfig.from_settings()
    return EditorContext(
        parameters=parameters,
        summary=None,
        reference=product if isinstance(product, str) else "",
        sku=sku,
        title="",
        quantity=1,
        currency=settings.SHOP_CURRENCY,
        language=settings.LANGUAGE_CODE,
        tenant_id=config.tenant_id,
        storefront_id=config.storefront_id,
        hub_url=config.base_url,
        user_id="",
        token="",
        wishes=wishes,
    )


def _tasks(pipeline: ProcessingPipeline) -> list[dict[str, Any]]:
    try:
        content = bounded_json(pipeline.content, FROM_HUB)
    except ValueError:
        return []
    tasks = content.get("tasks") if isinstance(content, dict) else None
    return [task for task in tasks if isinstance(task, dict)] if isinstance(tasks, list) else []


def _keeps_files(task: dict[str, Any]) -> bool:
    """`finalize` keeps the artifacts that it lists; without any the project ends with no files."""
    return task.get("type") == "finalize" and bool(task.get("finalArtifacts"))


def _notifies_shop(task: dict[str, Any]) -> bool:
    parameters = task.get("parameters")
    address = parameters.get("url") if isinstance(parameters, dict) else None
    return task.get("type") == "invoke-url" and reverse("webhook") in str(address or "")
