"""What the site as a whole shows on the admin's home page."""

from typing import Any

from wagtail.admin.ui.components import Component
from wagtail.images.permissions import permission_policy

from .models import SiteImage

MOST_NAMED = 5


class PicturesTile(Component):
    """The pictures that no copy can be made of, and that pages go on without; nothing when all are well."""

    name = "pictures"
    template_name = "admin/pictures_tile.html"
    order = 220

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        mine = permission_policy.instances_user_has_permission_for(user, "change")
        broken = SiteImage.objects.filter(pk__in=mine.values("pk")).exclude(trouble="").order_by("pk")
        return {"count": broken.count(), "named": broken[:MOST_NAMED]}
