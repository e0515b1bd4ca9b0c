"""The site's own image model, so that fields can be added without moving every image."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.models import AbstractImage, AbstractRendition, Image


class SiteImage(AbstractImage):
    """An image with Wagtail's own fields, of which the description is asked for."""

    description = models.CharField(
        _("description"),
        max_length=255,
        default="",
        help_text=_("What is to be seen, for people who cannot see the picture and for search engines."),
    )

    admin_form_fields = Image.admin_form_fields

    @property
    def default_alt_text(self) -> str:
        """What a screen reader says; never the title, which is mostly the name of the uploaded file."""
        return self.description


class SiteRendition(AbstractRendition):
    """A resized copy of a `SiteImage`."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_site_rendition"
            )
        ]
