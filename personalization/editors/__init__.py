"""Editor families of Customer's Canvas. `open_editor` finds the one that the Hub names for a product."""

from .base import EditorAdapter, EditorContext, EditorPage, EditorUnavailable, SavedDesign
from .unsupported import UnsupportedFamily
from .workflow_elements import WorkflowElements

ADAPTERS: tuple[EditorAdapter, ...] = (WorkflowElements(), UnsupportedFamily())

__all__ = [
    "ADAPTERS",
    "EditorAdapter",
    "EditorContext",
    "EditorPage",
    "EditorUnavailable",
    "SavedDesign",
    "open_editor",
]


def open_editor(context: EditorContext) -> EditorPage:
    """The page of the first adapter that recognises the product's workflow. Raises EditorUnavailable."""
    adapter = next(adapter for adapter in ADAPTERS if adapter.recognises(context.parameters))
    return adapter.open(context)
