"""The stock ledger, and the tile on the admin's home page."""

from typing import Any

import django_filters
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.views.reports import ReportView

from catalog.models import Stock, StockMovement
from catalog.selectors.stock import LOW, SOLD_OUT
from core.audit.actors import display_names

SEE_STOCK = "catalog.view_stock"


class LedgerFilterSet(WagtailFilterSet):
    sku = django_filters.CharFilter(label=_("SKU"), field_name="stock__sku")
    order = django_filters.CharFilter(label=_("Order"), field_name="order_code", lookup_expr="iexact")
    kind = django_filters.MultipleChoiceFilter(label=_("What happened"), choices=StockMovement.Kind.choices)
    at = django_filters.DateFromToRangeFilter(label=_("When"), widget=DateRangePickerWidget)

    class Meta:
        model = StockMovement
        fields = ["sku", "order", "kind", "at"]


class LedgerView(ReportView):
    """Everything that ever changed a stock, the latest first."""

    page_title = _("Stock ledger")
    header_icon = "table"
    index_url_name = "stock_ledger"
    index_results_url_name = "stock_ledger_results"
    filterset_class = LedgerFilterSet
    is_searchable = False
    columns = [
        DateColumn("at", label=_("When")),
        Column("sku", label=_("SKU"), accessor="stock.sku"),
        Column("kind", label=_("What happened"), accessor="get_kind_display"),
        NumberColumn("change", label=_("Change")),
        NumberColumn("left", label=_("Left afterwards")),
        Column("order_code", label=_("Order")),
        Column("who", label=_("Who")),
        Column("reason", label=_("Why")),
    ]
    list_export = [
        "at",
        "stock.sku",
        "get_kind_display",
        "change",
        "left",
        "order_code",
        "who",
        "reason",
    ]
    export_headings = {
        "at": _("When"),
        "stock.sku": _("SKU"),
        "get_kind_display": _("What happened"),
        "change": _("Change"),
        "left": _("Left afterwards"),
        "order_code": _("Order"),
        "who": _("Who"),
        "reason": _("Why"),
    }

    def dispatch(self, request, *args, **kwargs):
        if not request.user.has_perm(SEE_STOCK):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_base_queryset(self):
        return StockMovement.objects.select_related("stock")

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        tell_who(context["object_list"])
        return context

    def to_row_dict(self, item):
        tell_who([item], self.names)
        return super().to_row_dict(item)

    @cached_property
    def names(self) -> dict[str, str]:
        """Of everybody in the ledger: a download has no pages."""
        return display_names(StockMovement.objects.order_by().values_list("actor", flat=True).distinct())

    def get_filename(self) -> str:
        return "stock-ledger"


def tell_who(movements, names: dict[str, str] | None = None) -> None:
    """Gives movements the name of whoever made them, as `who`."""
    known = names if names is not None else display_names(movement.actor for movement in movements)
    for movement in movements:
        movement.who = known[movement.actor]


class StockTile(Component):
    """How much is low or sold out, for those who can order more."""

    name = "stock"
    template_name = "admin/stock/tile.html"
    order = 210

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        url = reverse("stock:index")
        return {
            "is_used": Stock.objects.exists(),
            "sold_out": Stock.objects.filter(SOLD_OUT).count(),
            "low": Stock.objects.filter(LOW).count(),
            "sold_out_url": f"{url}?state=sold_out",
            "low_url": f"{url}?state=low",
            "stock_url": url,
        }
