"""Editor families of Customer's Canvas. The Hub decides per product which one opens; `adapter_for` finds it.

docs/developers.md, "Adding an editor", tells how to write another.
"""

from importlib import import_module
from pkgutil import iter_modules

from personalization.hub.types import PersonalizationParameters

from . import families
from .base import (
    NO_WISHES,
    Credential,
    EditorAdapter,
    EditorContext,
    EditorPage,
    EditorUnavailable,
    EditorWishes,
    Place,
    SavedDesign,
    UnreadableOutput,
)
from .unsupported import UnsupportedFamily

FAMILIES: dict[str, EditorAdapter] = {
    adapter.name: adapter
    for adapter in (
        import_module(f"{families.__name__}.{module.name}").ADAPTER
        for module in iter_modules(families.__path__)
    )
}
UNSUPPORTED = UnsupportedFamily()

__all__ = [
    "FAMILIES",
    "NO_WISHES",
    "Credential",
    "EditorAdapter",
    "EditorContext",
    "EditorPage",
    "EditorUnavailable",
    "EditorWishes",
    "Place",
    "SavedDesign",
    "UnreadableOutput",
    "adapter_for",
    "open_editor",
]


def adapter_for(parameters: PersonalizationParameters) -> EditorAdapter | UnsupportedFamily:
    """The family that recognises the product's workflow; one that opens nothing if none does."""
    found = (adapter for adapter in FAMILIES.values() if adapter.recognises(parameters))
    return next(found, UNSUPPORTED)


def open_editor(context: EditorContext) -> EditorPage:
    """The page of the family that recognises the product's workflow. Raises EditorUnavailable."""
    return adapter_for(context.parameters).open(context)
