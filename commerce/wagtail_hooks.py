"""What commerce registers in the Wagtail admin."""

from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .desk.bulk_actions import Cancel, Export, Release, RetryFailed
from .desk.panels import OrderDeskPanel
from .desk.permissions import SEE_ORDERS
from .desk.viewsets import FailedRenderViewSet, OrderViewSet
from .page_deletions import warn_before_deleting

for action in (RetryFailed, Release, Export, Cancel):
    hooks.register("register_bulk_action", action)

hooks.register("before_delete_page", warn_before_deleting)


class DeskMenuItem(MenuItem):
    """A menu item for those who may see orders."""

    def is_shown(self, request):
        return request.user.has_perm(SEE_ORDERS)


@hooks.register("register_admin_viewset")
def register_order_desk():
    return [OrderViewSet(), FailedRenderViewSet()]


@hooks.register("register_reports_menu_item")
def register_email_previews():
    return DeskMenuItem(_("E-mail previews"), reverse("order_desk:emails"), icon_name="mail", order=900)


@hooks.register("register_reports_menu_item")
def register_doctors_report():
    return DeskMenuItem(_("Doctor’s report"), reverse("order_desk:doctor"), icon_name="warning", order=910)


@hooks.register("register_settings_menu_item")
def register_connect_the_hub():
    return DeskMenuItem(_("Connect the Hub"), reverse("order_desk:connect"), icon_name="site", order=900)


@hooks.register("construct_homepage_panels")
def add_tiles(request, panels):
    panels.append(OrderDeskPanel())


@hooks.register("insert_global_admin_css")
def desk_styles():
    return format_html('<link rel="stylesheet" href="{}">', static("css/order-desk.css"))
