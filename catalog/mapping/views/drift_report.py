"""The report of differences from the Hub, and its tile on the admin's home page."""

from typing import Any

import django_filters
from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import page_permission_policy

from catalog.models import Finding, MappingCheck, MappingIssue, ProductGroupPage
from catalog.models.mapping import IN_THE_WAY
from catalog.views.access import EditorsOnlyMixin


class DifferencesFilterSet(WagtailFilterSet):
    """By kind of difference, and by what somebody remembers of the product."""

    kind = django_filters.MultipleChoiceFilter(label=_("What is the matter"), choices=Finding.choices)
    search = django_filters.CharFilter(label=_("SKU or product"), method="find")

    class Meta:
        model = MappingIssue
        fields = ["kind", "search"]

    def find(self, issues: QuerySet, name: str, value: str) -> QuerySet:
        return issues.filter(Q(sku__icontains=value) | Q(check_run__page__title__icontains=value))


class DifferencesView(EditorsOnlyMixin, ReportView):
    """What the last comparison of each product found."""

    page_title = _("Differences from the Hub")
    header_icon = "warning"
    index_url_name = "hub_differences"
    index_results_url_name = "hub_differences_results"
    filterset_class = DifferencesFilterSet
    is_searchable = False
    list_export = [
        "check_run.page.title",
        "sku",
        "get_kind_display",
        "detail",
        "check_run.reference",
        "first_seen_at",
        "check_run.checked_at",
    ]
    export_headings = {
        "check_run.page.title": _("Product"),
        "sku": _("SKU"),
        "get_kind_display": _("What is the matter"),
        "detail": _("Details"),
        "check_run.reference": _("Product reference"),
        "first_seen_at": _("Since"),
        "check_run.checked_at": _("Checked"),
    }

    @property
    def columns(self) -> list[Column]:
        return [
            TitleColumn("product", label=_("Product"), accessor="check_run.page.title", get_url=edit_url),
            Column("sku", label=_("SKU")),
            Column("kind", label=_("What is the matter"), accessor="get_kind_display"),
            Column("detail", label=_("Details")),
            DateColumn("first_seen_at", label=_("Since")),
            DateColumn("checked", label=_("Checked"), accessor="check_run.checked_at"),
        ]

    def get_base_queryset(self) -> QuerySet:
        return visible_issues(self.request.user)

    def get_filename(self) -> str:
        return "differences-from-the-hub"


class DifferencesTile(Component):
    """How many products do not fit to the Hub; shown to those who may put it right."""

    name = "hub_differences"
    template_name = "admin/mapping/differences_tile.html"
    order = 220

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        issues = visible_issues(parent_context["request"].user)
        in_the_way = issues.filter(kind__in=IN_THE_WAY)
        return {
            "products": in_the_way.values("check_run").distinct().count(),
            "others": issues.exclude(kind__in=IN_THE_WAY).count(),
            "checked_at": MappingCheck.objects.aggregate(last=Max("checked_at"))["last"],
            "report_url": reverse("hub_differences"),
        }


def visible_issues(user) -> QuerySet:
    """The issues of pages that this person may edit."""
    pages = page_permission_policy.instances_user_has_any_permission_for(user, {"change", "publish"})
    groups = ProductGroupPage.objects.filter(pk__in=pages.values("pk"))
    return (
        MappingIssue.objects.filter(check_run__page__in=groups)
        .select_related("check_run__page")
        .order_by("check_run__page__title", "pk")
    )


def edit_url(issue: MappingIssue) -> str:
    """Where the difference can be put right here."""
    page = reverse("wagtailadmin_pages:edit", args=[issue.check_run.page_id])
    return f"{page}#tab-personalization"
