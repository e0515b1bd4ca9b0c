"""Spreadsheets that open, and in which nothing that people typed is a formula.

The cells pass through here for every CSV and XLSX file of the admin: the shop's exports and Wagtail's own
reports alike.
"""

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from .plain_text import without_control_characters

# https://owasp.org/www-community/attacks/CSV_Injection; the wide forms count in East Asian versions.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
LINE_STARTS = ("\t", "\r", "\n")


def safe_cell(value: Any, file_format: str) -> Any:
    """A value as a cell of a "csv" or "xlsx" file may hold it; numbers and dates stay what they are.

    In CSV an apostrophe keeps a text from being read as a formula; Wagtail marks cells of XLSX as text.
    """
    if not isinstance(value, str):
        return value
    text = without_control_characters(value)
    is_risky = text.lstrip().startswith(FORMULA_STARTS) or text.startswith(LINE_STARTS)
    return f"'{text}" if file_format == SpreadsheetExportMixin.FORMAT_CSV and is_risky else text


def make_exports_safe() -> None:
    """Lets every view that exports write safe cells. Wagtail's reports know no setting for it, and their
    addresses cannot be given other views, so their common method is extended.
    """
    original = SpreadsheetExportMixin.preprocess_field_value
    if hasattr(original, "original"):
        return

    def preprocess_field_value(self: SpreadsheetExportMixin, field: str, value: Any, file_format: str) -> Any:
        return safe_cell(original(self, field, value, file_format), file_format)

    preprocess_field_value.original = original  # type: ignore[attr-defined]
    SpreadsheetExportMixin.preprocess_field_value = preprocess_field_value
