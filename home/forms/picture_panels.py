"""The field in which an editor chooses a picture."""

from django.utils.translation import gettext as _
from wagtail.admin.panels import FieldPanel

# As large as the shop's templates show pictures.
GALLERY_PIXELS = (1200, 900)
WIDE_PIXELS = (1280, 720)
SHARED_PIXELS = (1200, 630)


class PicturePanel(FieldPanel):
    """Says beside the field when the chosen picture has fewer pixels than its place shows.

    It refuses nothing: a small picture is better than none, and the shop enlarges no file.
    """

    def __init__(self, *args, least: tuple[int, int], **kwargs):
        super().__init__(*args, **kwargs)
        self.least = least

    def clone_kwargs(self):
        return super().clone_kwargs() | {"least": self.least}

    class BoundPanel(FieldPanel.BoundPanel):
        template_name = "admin/picture_panel.html"

        def get_context_data(self, parent_context=None):
            return super().get_context_data(parent_context) | {"too_small": self.too_small()}

        def too_small(self) -> str:
            """A sentence; empty when the picture is large enough, or none is chosen."""
            picture = getattr(self.instance, self.field_name, None)
            width, height = self.panel.least
            if picture is None or (picture.width >= width and picture.height >= height):
                return ""
            return _(
                "This picture has %(has)s pixels, and is shown larger: it will look blurred. "
                "Choose one of at least %(least)s pixels."
            ) % {"has": f"{picture.width} × {picture.height}", "least": f"{width} × {height}"}
