"""What the catalog registers in the Wagtail admin."""

from wagtail import hooks

from . import admin_urls
from .admin_actions import refuse_bulk_publication, register_called_off_publications
from .viewsets import ProductListingViewSet


@hooks.register("register_admin_viewset")
def products_menu():
    return ProductListingViewSet()


@hooks.register("register_admin_urls")
def admin_addresses():
    return admin_urls.urlpatterns


hooks.register("before_bulk_action", refuse_bulk_publication)
hooks.register("register_log_actions", register_called_off_publications)
