"""The order desk: what staff see of orders. Nothing can be changed here; an order is a snapshot."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import DateFromToRangeFilter
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView, InspectView
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.permission_policies import ModelPermissionPolicy

from home.templatetags.money import money

from .models import Order
from .selectors import order_items

READ_ONLY_URLS = {"index", "index_results", "inspect"}


class ReadOnlyPolicy(ModelPermissionPolicy):
    """Lets nobody, not even an administrator, add, change or delete."""

    def user_has_permission(self, user, action):
        return action == "view" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return "view" in actions and self.user_has_permission(user, "view")


class OrderFilterSet(WagtailFilterSet):
    created_at = DateFromToRangeFilter(label=_("Placed"), widget=DateRangePickerWidget)

    class Meta:
        model = Order
        fields = ["status", "created_at"]


class OrderIndexView(IndexView):
    def search_queryset(self, queryset):
        """An order with several matching items is listed once."""
        return super().search_queryset(queryset).distinct()


class OrderInspectView(InspectView):
    """An order with its items, their render projects and its e-mails."""

    template_name = "admin/order_inspect.html"

    def get_page_subtitle(self):
        return self.object.code

    def get_total_display_value(self):
        return money(self.object.total)

    def get_completed_at_display_value(self):
        return self.object.completed_at or _("Not yet")

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            items=order_items(self.object), emails=self.object.emails.all(), **kwargs
        )


class OrderViewSet(ModelViewSet):
    """The list of orders, with search and filters."""

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
    inspect_view_enabled = True
    inspect_view_class = OrderInspectView
    # The secret is missing on purpose: it is the shopper's key to the order.
    inspect_view_fields = ["code", "email", "status", "total", "created_at", "completed_at"]
    inspect_template_name = OrderInspectView.template_name
    filterset_class = OrderFilterSet
    search_fields = ["code", "email", "items__sku"]
    search_backend_name = None
    add_to_reference_index = False
    list_per_page = 50

    @cached_property
    def list_display(self):
        return [
            TitleColumn("code", label=_("Code"), sort_key="code", url_name=self.get_url_name("inspect")),
            Column("email", label=_("Email"), sort_key="email"),
            StatusTagColumn(
                "get_status_display",
                label=_("Status"),
                sort_key="status",
                primary=lambda order: order.status == Order.Status.COMPLETED,
            ),
            Column("total", label=_("Total"), accessor=lambda order: money(order.total), sort_key="total"),
            DateColumn("created_at", label=_("Placed"), sort_key="created_at"),
        ]

    @property
    def permission_policy(self):
        return ReadOnlyPolicy(self.model)

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in READ_ONLY_URLS]
