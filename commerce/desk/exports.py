"""Spreadsheets of orders: one row for each line."""

from codecs import BOM_UTF8
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.mixins import SpreadsheetExportMixin

from commerce.models import Consent, OrderItem

from .selectors import lines_of

HEADINGS = {
    "code": _("Order"),
    "placed": _("Placed"),
    "status": _("Status"),
    "email": _("Email"),
    "sku": _("SKU"),
    "title": _("Product"),
    "variant": _("Variant"),
    "quantity": _("Quantity"),
    "pack_size": _("Pieces in a pack"),
    "pieces": _("Pieces"),
    "unit_price": _("Unit price"),
    "line_total": _("Line total"),
    "currency": _("Currency"),
    "design": _("Design"),
    "hub_project": _("Hub project"),
    "print_status": _("Print file"),
    "reason": _("Reason"),
    "files": _("Files"),
    "warnings": _("Warnings"),
    "lowest_dpi": _("Lowest resolution in dpi"),
    "warnings_accepted": _("Warnings accepted"),
    "proof_approved": _("Proof approved"),
}


class LineSpreadsheet(SpreadsheetExportMixin):
    """Order lines as CSV or XLSX. Cells of XLSX know no time zone: they get the shop's, as its pages do."""

    list_export = list(HEADINGS)
    export_headings = HEADINGS
    custom_value_preprocess = SpreadsheetExportMixin.custom_value_preprocess | {
        datetime: {SpreadsheetExportMixin.FORMAT_XLSX: timezone.make_naive}
    }

    def get_filename(self):
        return f"orders-{timezone.localdate():%Y-%m-%d}"

    def to_row_dict(self, item: OrderItem) -> dict[str, Any]:
        """The values of a row, by column."""
        order, project, design = item.order, item.render_project, item.design
        agreed = {consent.kind: consent for consent in item.consents.all()}
        accepted, approved = agreed.get(Consent.Kind.WARNINGS), agreed.get(Consent.Kind.PROOF)
        return {
            "code": order.code,
            "placed": order.created_at,
            "status": order.get_status_display(),
            "email": order.email,
            "sku": item.sku,
            "title": item.title,
            "variant": item.variant_title,
            "quantity": item.quantity,
            "pack_size": item.pack_size,
            "pieces": item.quantity * item.pack_size,
            "unit_price": item.unit_price,
            "line_total": item.line_total,
            "currency": order.currency,
            "design": str(item.design_id or ""),
            "hub_project": project.hub_project_id if project else None,
            "print_status": project.get_status_display() if project else "",
            "reason": project.reason if project else "",
            "files": [file.name for file in project.files.all()] if project else [],
            "warnings": accepted.warnings if accepted else [],
            "lowest_dpi": design.lowest_dpi if design else None,
            "warnings_accepted": accepted.at if accepted else None,
            "proof_approved": approved.at if approved else None,
        }

    def stream_csv(self, queryset):
        """With the mark by which Excel knows UTF-8."""
        yield BOM_UTF8
        yield from super().stream_csv(queryset)


def spreadsheet(orders, file_format: str) -> HttpResponse:
    """The lines of these orders as a download; `file_format` is "csv" or "xlsx"."""
    return LineSpreadsheet().as_spreadsheet(lines_of(orders), file_format)
