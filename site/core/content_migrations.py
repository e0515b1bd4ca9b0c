"""Migrations of what ContentFields hold, by Wagtail's own operations.

MigrateStreamData(
    app_name="home",
    model_name="StoryPage",
    field_name="body",
    operations_and_block_paths=[
        at("gallery.pictures.item", RenameStructChildrenOperation("caption", "description")),
    ],
)
"""

from typing import Any

from django.utils.deconstruct import deconstructible
from wagtail.blocks.migrations.operations import BaseBlockOperation


@deconstructible
class ContentOperation(BaseBlockOperation):
    """Applies an operation at every place of a path, which it finds in the data alone.

    Wagtail finds it in the blocks' definitions, of which a ContentField has none in a migration.
    """

    def __init__(self, path: str, operation: BaseBlockOperation):
        super().__init__()
        self.path = path
        self.operation = operation

    def apply(self, block_value: Any) -> Any:
        """The value with the operation applied; other values of it stay as they are."""
        return self._applied(block_value, self.path.split(".") if self.path else [])

    @property
    def operation_name_fragment(self) -> str:
        return str(self.operation.operation_name_fragment)

    def _applied(self, value: Any, path: list[str]) -> Any:
        if not path:
            return self.operation.apply(value)
        if isinstance(value, list):
            return [self._applied_to_child(child, path) for child in _children(value, path[0])]
        if isinstance(value, dict) and path[0] in value:
            return {**value, path[0]: self._applied(value[path[0]], path[1:])}
        return value

    def _applied_to_child(self, child: Any, path: list[str]) -> Any:
        """`child` is one of a StreamBlock or a ListBlock, whose children are all of the type `item`."""
        if not _has_type(child) or child["type"] != path[0]:
            return child
        return {**child, "value": self._applied(child["value"], path[1:])}


def _children(value: list[Any], name: str) -> list[Any]:
    """The children of a StreamBlock, or of a ListBlock, which Wagtail stored without their type once."""
    if name != "item" or all(_has_type(child) for child in value):
        return value
    return [{"type": "item", "value": child} for child in value]


def _has_type(child: Any) -> bool:
    return isinstance(child, dict) and "type" in child and "value" in child


def at(path: str, operation: BaseBlockOperation) -> tuple[ContentOperation, str]:
    """An entry of `operations_and_block_paths`. Names of the path are divided by dots; the child of a list is
    called `item`; an empty path is the field itself.
    """
    return ContentOperation(path, operation), ""
