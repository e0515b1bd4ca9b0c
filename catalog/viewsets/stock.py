"""What is left of each SKU, and the form in which staff say what they have counted."""

from django.forms import RadioSelect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_filters import CharFilter, ChoiceFilter
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, StatusTagColumn, TitleColumn
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic import CreateView, EditView, IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from catalog.forms.stock import NewStockForm, RecountForm, told_meanwhile
from core.templatetags.packs import counted

from ..models import Stock
from ..selectors.stock import LOW, SOLD_OUT, named_stocks
from ..services.stock import CountedMeanwhile
from ..views.stock import tell_who

URLS = {"index", "index_results", "add", "edit"}
NEWEST_MOVEMENTS = 20

LOW_STATE, SOLD_OUT_STATE = "low", "sold_out"
STATES = {
    LOW_STATE: (gettext_lazy("Low"), LOW),
    SOLD_OUT_STATE: (gettext_lazy("Sold out"), SOLD_OUT),
}


class StockFilterSet(WagtailFilterSet):
    state = ChoiceFilter(
        label=gettext_lazy("State"),
        choices=[(name, label) for name, (label, _condition) in STATES.items()],
        widget=RadioSelect,
        empty_label=gettext_lazy("All"),
        method="in_state",
    )
    sku = CharFilter(label=gettext_lazy("SKU"), lookup_expr="icontains")

    class Meta:
        model = Stock
        fields = ["state", "sku"]

    def in_state(self, stocks, name, value):
        return stocks.filter(STATES[value][1])


class StockIndexView(IndexView):
    """All stocks with the products that carry their SKU."""

    list_export = ["sku", "product", "variant", "quantity", "pack_size", "low_from", "state"]
    export_headings = {
        "sku": gettext_lazy("SKU"),
        "product": gettext_lazy("Product"),
        "variant": gettext_lazy("Variant"),
        "quantity": gettext_lazy("Left"),
        "pack_size": gettext_lazy("Pieces in a pack"),
        "low_from": gettext_lazy("Low from"),
        "state": gettext_lazy("State"),
    }

    def get_base_queryset(self):
        return named_stocks()

    def get_filename(self):
        return "stock"


class ComesBack:
    """For views with a form: saved, they lead back to where somebody came from, if that is said."""

    def get_success_url(self):
        return get_valid_next_url_from_request(self.request) or super().get_success_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"action_url": self.request.get_full_path()}


class NewStockView(ComesBack, CreateView):
    """From now on, only what is left of a SKU is sold."""

    page_title = gettext_lazy("Count")
    success_message = gettext_lazy("From now on the shop sells only what is left of %(object)s.")

    def get_initial(self):
        return {"sku": self.request.GET.get("sku", "")}


class RecountView(ComesBack, EditView):
    """Says what has been counted, and shows what happened before."""

    page_title = gettext_lazy("Count")
    template_name = "admin/stock/count.html"
    success_message = gettext_lazy("Saved what you counted of %(object)s.")

    def get_usage_url(self):
        return None

    def get_history_url(self):
        return None

    def get_delete_url(self):
        return None

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except CountedMeanwhile as change:
            form.add_error("quantity", told_meanwhile(change.quantity))
            return self.form_invalid(form)

    def get_context_data(self, **kwargs):
        movements = list(self.object.movements.all()[:NEWEST_MOVEMENTS])
        tell_who(movements)
        return super().get_context_data(
            movements=movements,
            named=named_stocks().get(pk=self.object.pk),
            ledger_url=f"{reverse('stock_ledger')}?sku={self.object.sku}",
            **kwargs,
        )


def left_in_words(stock: Stock) -> str:
    """How many are left of a row of `named_stocks`."""
    return counted(stock.quantity, stock.pack_size)


def is_plenty(stock: Stock) -> bool:
    """Whether nobody has to order more."""
    return not (stock.is_low or stock.is_sold_out)


class StockViewSet(ModelViewSet):
    """Stock; a SKU without one is sold without limit."""

    model = Stock
    name = "stock"
    icon = "table"
    menu_label = gettext_lazy("Stock")
    menu_order = 160
    add_to_admin_menu = True
    index_view_class = StockIndexView
    add_view_class = NewStockView
    edit_view_class = RecountView
    edit_template_name = RecountView.template_name
    filterset_class = StockFilterSet
    copy_view_enabled = False
    list_per_page = 50
    add_to_reference_index = False

    @cached_property
    def list_display(self):
        return [
            TitleColumn("sku", label=_("SKU"), sort_key="sku", url_name=self.get_url_name("edit")),
            Column("product", label=_("Product"), sort_key="product"),
            Column("variant", label=_("Variant")),
            Column("quantity", label=_("Left"), accessor=left_in_words, sort_key="quantity"),
            NumberColumn("low_from", label=_("Low from")),
            # The hatched tag stands out; "primary" is the quiet one.
            StatusTagColumn("state", label=_("State"), primary=is_plenty),
        ]

    @property
    def export_headings(self):
        return StockIndexView.export_headings

    @property
    def list_export(self):
        return StockIndexView.list_export

    def get_form_class(self, for_update=False):
        return RecountForm if for_update else NewStockForm

    def get_urlpatterns(self):
        """Nothing is deleted: a stock that is not to be counted any more keeps its ledger."""
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in URLS]
