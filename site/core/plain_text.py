"""Texts without control characters: spreadsheets, feeds and search indexes break on them.

Word processors put them on the clipboard (a vertical tab for a line break), and bots type them.
"""

import re
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

# What XML 1.0 cannot hold, and the C1 controls beside it. Tab, line feed and carriage return are text.
CONTROL_CHARACTERS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")

refuse_control_characters = RegexValidator(
    CONTROL_CHARACTERS,
    _("There is an invisible control character in this text. Delete it, or type the text anew."),
    code="control_character",
    inverse_match=True,
)


def without_control_characters(text: str) -> str:
    """The text as programs that read XML can take it."""
    return CONTROL_CHARACTERS.sub("", text)


class PlainTextMixin:
    """For models whose texts people type: refuses control characters beside the field they are in."""

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        errors: dict[str, list[ValidationError]] = {}
        try:
            super().clean_fields(exclude=exclude)  # type: ignore[misc]
        except ValidationError as found:
            errors = found.update_error_dict(errors)
        for field in self._meta.concrete_fields:  # type: ignore[attr-defined]
            is_typed = field.editable and isinstance(field, (models.CharField, models.TextField))
            if not is_typed or field.name in (exclude or ()):
                continue
            try:
                refuse_control_characters(getattr(self, field.attname) or "")
            except ValidationError as found:
                errors.setdefault(field.name, []).append(found)
        if errors:
            raise ValidationError(errors)
