"""The list of orders and the view of one. An order is a snapshot: nothing here edits it."""

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button, HeaderButton

from commerce.desk.exports import spreadsheet
from commerce.desk.permissions import WORK_ON_ORDERS, ReadOnlyPolicy
from commerce.desk.selectors import with_print_state
from commerce.desk.urls import urlpatterns
from commerce.desk.views.order import moves_of, order_context
from commerce.models import Order
from core.addresses import normal_form
from core.templatetags.money import money

from .columns import ToneColumn, print_state, print_tone, warnings_state
from .filters import OrderFilterSet

READ_ONLY_URLS = {"index", "index_results", "inspect"}


class OrderIndexView(IndexView):
    """Orders with search, filters, bulk actions and a spreadsheet of their lines."""

    template_name = "admin/desk/index.html"
    list_export = ["code"]

    def get_base_queryset(self):
        return with_print_state(super().get_base_queryset())

    def search_queryset(self, queryset):
        """An address finds its orders however it is spelt. An order with several items is listed once."""
        if "@" in self.search_query:
            spelt = Q(email_normal__contains=normal_form(self.search_query))
            return queryset.filter(spelt | Q(email__icontains=self.search_query))
        return super().search_queryset(queryset).distinct()

    @cached_property
    def columns(self):
        """Who may only look is offered nothing to select."""
        columns = super().columns
        return columns if self.may_work else columns[1:]

    @cached_property
    def may_work(self):
        return self.request.user.has_perm(WORK_ON_ORDERS)

    @cached_property
    def header_more_buttons(self):
        held = Button(
            _("Release all orders on hold"), url=reverse("order_desk:release_all"), icon_name="check"
        )
        return [*super().header_more_buttons, *([held] if self.may_work else [])]

    def get_context_data(self, *args, **kwargs):
        return super().get_context_data(*args, may_work=self.may_work, **kwargs)

    def as_spreadsheet(self, queryset, spreadsheet_format):
        return spreadsheet(queryset, spreadsheet_format)


class OrderInspectView(InspectView):
    """An order with its items, files, e-mails, notes and everything that happened to it."""

    template_name = "admin/desk/order.html"

    def get_page_title(self):
        return _("Order")

    def get_page_subtitle(self):
        return self.object.code

    @cached_property
    def header_buttons(self):
        if not self.request.user.has_perm(WORK_ON_ORDERS):
            return []
        return [
            HeaderButton(label, url=reverse(f"order_desk:{name}", args=[self.object.pk]), icon_name=icon)
            for name, label, icon in moves_of(self.object, by=self.request.user)
        ]

    def get_context_data(self, **kwargs):
        return super().get_context_data(**order_context(self.object, self.request.user), **kwargs)


class OrderViewSet(ModelViewSet):
    """The order desk's orders."""

    model = Order
    name = "order_desk"
    url_prefix = "orders"
    icon = "form"
    menu_label = _("Orders")
    menu_order = 250
    add_to_admin_menu = True
    form_fields: list[str] = []
    copy_view_enabled = False
    index_view_class = OrderIndexView
    index_template_name = OrderIndexView.template_name
    inspect_view_enabled = True
    inspect_view_class = OrderInspectView
    inspect_template_name = OrderInspectView.template_name
    # The secret is missing on purpose: it is the shopper's key to the order.
    inspect_view_fields = ["code", "email", "status", "total", "created_at", "completed_at"]
    filterset_class = OrderFilterSet
    search_fields = ["code", "email", "items__sku", "items__render_project__hub_project_id"]
    search_backend_name = None
    add_to_reference_index = False
    list_per_page = 50

    @cached_property
    def list_display(self):
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="order"),
            TitleColumn(
                "code",
                label=_("Order"),
                sort_key="code",
                classname="desk-name",
                url_name=self.get_url_name("inspect"),
                get_title_id=lambda order: f"order_{order.pk}_title",
            ),
            ToneColumn(
                "get_status_display",
                label=_("Status"),
                sort_key="status",
                tone=lambda order: order.status,
            ),
            ToneColumn("print_state", label=_("Print files"), accessor=print_state, tone=print_tone),
            ToneColumn("warned", label=_("Warnings"), accessor=warnings_state, tone=lambda order: "on_hold"),
            Column("email", label=_("Email"), sort_key="email"),
            Column("lines", label=_("Lines")),
            Column(
                "total",
                label=_("Total"),
                accessor=lambda order: money(order.total, order.currency),
                sort_key="total",
            ),
            DateColumn("created_at", label=_("Placed"), sort_key="created_at"),
        ]

    @property
    def permission_policy(self):
        return ReadOnlyPolicy(self.model)

    def get_urlpatterns(self):
        patterns = [pattern for pattern in super().get_urlpatterns() if pattern.name in READ_ONLY_URLS]
        return [*patterns, *urlpatterns]
