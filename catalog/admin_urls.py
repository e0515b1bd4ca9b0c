"""Addresses of the catalog's own views below /admin/; every one of them needs access to the admin."""

from django.urls import path

from .mapping.views.chooser import (
    PictureView,
    PipelineChooserView,
    PipelineChosenView,
    PipelineResultsView,
    ProductChooserView,
    ProductChosenView,
    ProductResultsView,
)
from .mapping.views.drift_report import DifferencesView
from .mapping.views.hub_import import HubImportView
from .mapping.views.mapping_check import MappingCheckView
from .views.stock import LedgerView

urlpatterns = [
    path("hub/products/", ProductChooserView.as_view(), name="hub_products"),
    path("hub/products/results/", ProductResultsView.as_view(), name="hub_products_results"),
    path("hub/products/chosen/", ProductChosenView.as_view(), name="hub_product_chosen"),
    path("hub/products/<int:product_id>/picture/", PictureView.as_view(), name="hub_product_picture"),
    path("hub/pipelines/", PipelineChooserView.as_view(), name="hub_pipelines"),
    path("hub/pipelines/results/", PipelineResultsView.as_view(), name="hub_pipelines_results"),
    path("hub/pipelines/chosen/", PipelineChosenView.as_view(), name="hub_pipeline_chosen"),
    path("hub/import/", HubImportView.as_view(), name="hub_import"),
    path("hub/check/<int:page_id>/", MappingCheckView.as_view(), name="hub_check"),
    path("reports/hub-differences/", DifferencesView.as_view(), name="hub_differences"),
    path(
        "reports/hub-differences/results/",
        DifferencesView.as_view(results_only=True),
        name="hub_differences_results",
    ),
    path("reports/stock/", LedgerView.as_view(), name="stock_ledger"),
    path("reports/stock/results/", LedgerView.as_view(results_only=True), name="stock_ledger_results"),
]
