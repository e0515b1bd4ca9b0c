"""Who may use the catalog's views in the admin."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.permissions import page_permission_policy

from catalog.models import ProductGroupPage


class EditorsOnlyMixin:
    """For people who may write pages: what the Hub sells is nobody else's business."""

    def dispatch(self, request: HttpRequest, *args, **kwargs):
        if not may_write_pages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class EditorsMenuItem(MenuItem):
    """Shown to people who may write pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_write_pages(request.user)


def may_write_pages(user) -> bool:
    """Whether this person edits any page at all."""
    return page_permission_policy.user_has_any_permission(user, {"add", "change", "publish"})


def require_may_edit(request: HttpRequest, group: ProductGroupPage) -> None:
    """Raises PermissionDenied unless this person may edit this page."""
    if not group.permissions_for_user(request.user).can_edit():
        raise PermissionDenied
