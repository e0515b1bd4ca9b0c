"""The queue of render projects that failed and wait for a human."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn, Column, DateColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from commerce.desk.permissions import WORK_ON_ORDERS, ReadOnlyPolicy
from commerce.desk.selectors import failed_queue
from personalization.models import RenderProject

from .columns import PictureColumn
from .filters import FailedRenderFilterSet


class FailedRenderIndexView(IndexView):
    """Failed render projects with their reasons."""

    template_name = "admin/desk/index.html"
    results_template_name = "admin/desk/failed_results.html"
    page_title = _("Failed renders")

    def get_base_queryset(self):
        return failed_queue()

    @cached_property
    def columns(self):
        columns = super().columns
        return columns if self.may_work else columns[1:]

    @cached_property
    def may_work(self):
        return self.request.user.has_perm(WORK_ON_ORDERS)

    def get_context_data(self, *args, **kwargs):
        return super().get_context_data(*args, may_work=self.may_work, **kwargs)


class FailedRenderViewSet(ModelViewSet):
    """Failed renders; each leads to its order, where it is mended."""

    model = RenderProject
    name = "failed_renders"
    url_prefix = "failed-renders"
    icon = "warning"
    menu_label = _("Failed renders")
    menu_order = 260
    add_to_admin_menu = True
    form_fields: list[str] = []
    copy_view_enabled = False
    index_view_class = FailedRenderIndexView
    index_template_name = FailedRenderIndexView.template_name
    index_results_template_name = FailedRenderIndexView.results_template_name
    filterset_class = FailedRenderFilterSet
    search_fields = ["line_id", "sku", "title", "reason", "hub_project_id"]
    search_backend_name = None
    add_to_reference_index = False
    list_per_page = 50

    @cached_property
    def list_display(self):
        return [
            BulkActionsCheckboxColumn("bulk_actions", obj_type="project"),
            PictureColumn("picture", label="", accessor="design.preview", width="72px"),
            TitleColumn(
                "line_id",
                label=_("Order line"),
                sort_key="line_id",
                classname="desk-name",
                get_url=lambda project: reverse("order_desk:inspect", args=[project.order_item.order_id]),
                get_title_id=lambda project: f"project_{project.pk}_title",
            ),
            Column("reason", label=_("Reason"), classname="desk-reason"),
            Column("title", label=_("Product")),
            Column("hub_project_id", label=_("Hub project"), accessor=_hub_project),
            DateColumn("finished_at", label=_("Failed"), sort_key="finished_at"),
        ]

    @property
    def permission_policy(self):
        return ReadOnlyPolicy(self.model)

    def register_permissions(self):
        """None of its own: who sees orders sees their failed renders."""

    def get_urlpatterns(self):
        wanted = {"index", "index_results"}
        return [pattern for pattern in super().get_urlpatterns() if pattern.name in wanted]


def _hub_project(project: RenderProject) -> str:
    """Ids are names: without separators."""
    return str(project.hub_project_id or "–")
