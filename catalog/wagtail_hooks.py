"""What the catalog registers in the Wagtail admin."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from . import admin_urls
from .copying import tell_what_stayed_behind
from .mapping.publication_warnings import warn_after_publishing
from .mapping.views.drift_report import DifferencesTile
from .views.access import EditorsMenuItem, may_write_pages
from .views.stock import SEE_STOCK, StockTile
from .viewsets import ProductListingViewSet, StockViewSet


@hooks.register("register_admin_viewset")
def products_menu():
    return [ProductListingViewSet(), StockViewSet()]


@hooks.register("register_admin_urls")
def admin_addresses():
    return admin_urls.urlpatterns


@hooks.register("register_reports_menu_item")
def differences_menu_item():
    label = _("Differences from the Hub")
    return EditorsMenuItem(label, reverse("hub_differences"), icon_name="warning", order=650)


class StockMenuItem(MenuItem):
    """Shown to people who may see stock."""

    def is_shown(self, request):
        return request.user.has_perm(SEE_STOCK)


@hooks.register("register_reports_menu_item")
def ledger_menu_item():
    return StockMenuItem(_("Stock ledger"), reverse("stock_ledger"), icon_name="table", order=660)


@hooks.register("construct_homepage_panels")
def stock_tile(request, panels):
    if request.user.has_perm(SEE_STOCK):
        panels.append(StockTile())


@hooks.register("construct_homepage_panels")
def differences_tile(request, panels):
    if may_write_pages(request.user):
        panels.append(DifferencesTile())


hooks.register("after_publish_page", warn_after_publishing)
hooks.register("after_copy_page", tell_what_stayed_behind)
