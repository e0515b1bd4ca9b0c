"""The site's own image model, so that fields can be added without moving every image."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, AbstractRendition, Filter, Image, SourceImageIOError

from core.plain_text import PlainTextMixin
from core.renditions import eight_bit_copy

from ..stand_ins import stand_in_url

logger = logging.getLogger(__name__)

# How long a copy that could not be made is not tried again: somebody waits for each try.
NOT_AGAIN_SECONDS = 600


class SiteImage(PlainTextMixin, AbstractImage):
    """An image with Wagtail's own fields, of which the description is asked for.

    Whatever keeps a copy of it from being made stops no page of the shop or the admin: a stand-in is shown,
    and staff read of it on the admin's home page.
    """

    description = models.CharField(
        _("description"),
        max_length=255,
        default="",
        help_text=_("What is to be seen, for people who cannot see the picture and for search engines."),
    )
    # Which copy could not be made, and why: "<filter spec>: <reason>".
    trouble = models.CharField(_("trouble"), max_length=255, blank=True, default="", editable=False)

    admin_form_fields = Image.admin_form_fields

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")

    @property
    def default_alt_text(self) -> str:
        """What a screen reader says; never the title, which is mostly the name of the uploaded file."""
        return self.description

    def clean_fields(self, exclude=None) -> None:
        """As Django's, but a file that is stored already is not measured once more: it may be gone."""
        stored = {"file"} if self.file._committed else set()
        super().clean_fields(exclude={*(exclude or ()), *stored})

    def get_rendition(self, filter: Filter | str) -> "SiteRendition":
        """A copy of this picture; a stand-in when it cannot be made, of which staff are told.

        Wagtail's own raises SourceImageIOError, which its chooser of images lets through.
        """
        try:
            return super().get_rendition(filter)
        except SourceImageIOError:
            return self._stand_in(filter)

    def get_renditions(self, *filters: Filter | str) -> "dict[str, SiteRendition]":
        """As `get_rendition`, for several."""
        try:
            return super().get_renditions(*filters)
        except SourceImageIOError:
            each = [self.get_rendition(filter) for filter in filters]
            return {rendition.filter_spec: rendition for rendition in each}

    def rendition_or_none(self, spec: str) -> "SiteRendition | None":
        """A copy of this picture; None when it cannot be made, of which staff are told."""
        rendition = self.get_rendition(spec)
        return None if rendition.is_stand_in else rendition

    def create_rendition(self, filter: Filter) -> "SiteRendition":
        """Raises SourceImageIOError when the copy cannot be made, and remembers it."""
        with self._noting_trouble(filter):
            return super().create_rendition(filter)

    def create_renditions(self, *filters: Filter) -> "dict[Filter, SiteRendition]":
        """One after the other, so that the database knows of each. Raises as `create_rendition`."""
        return {filter: self.create_rendition(filter) for filter in filters}

    def generate_rendition_file(self, filter: Filter, *, source=None):
        """As Wagtail's, but from eight bits where the original has more."""
        if source is None:
            with self.open_file() as file:
                source = eight_bit_copy(file)
        return super().generate_rendition_file(filter, source=source)

    def _stand_in(self, filter: Filter | str) -> "SiteRendition":
        filter = Filter(spec=filter) if isinstance(filter, str) else filter
        # As large as the copy would be, so that what is around it keeps its place.
        width, height = (max(1, round(length)) for length in filter.get_transform(self).size)
        stand_in = SiteRendition(image=self, filter_spec=filter.spec, width=width, height=height)
        stand_in.is_stand_in = True
        return stand_in

    @contextmanager
    def _noting_trouble(self, filter: Filter) -> Iterator[None]:
        key = f"home.no-rendition.{self.pk}.{self.file.name}.{filter.spec}"
        if cache.get(key):
            raise SourceImageIOError(self.trouble)
        try:
            yield
        except InvalidFilterSpecError:
            raise
        except Exception as reason:  # Pillow's decoders let errors of many kinds through.
            cache.set(key, True, NOT_AGAIN_SECONDS)
            self._note_trouble(f"{filter.spec}: {reason}"[:255])
            raise SourceImageIOError(str(reason)) from reason
        if self.trouble.startswith(f"{filter.spec}: "):
            self.trouble = ""
            SiteImage.objects.filter(pk=self.pk).update(trouble="")

    def _note_trouble(self, trouble: str) -> None:
        """Whoever is the first to meet it tells; the others find it told."""
        self.trouble = trouble
        if SiteImage.objects.filter(pk=self.pk, trouble="").update(trouble=trouble):
            logger.error("The picture %s “%s” cannot be shown: %s", self.pk, self.title, trouble)


class SiteRendition(AbstractRendition):
    """A resized copy of a `SiteImage`."""

    image = models.ForeignKey(SiteImage, on_delete=models.CASCADE, related_name="renditions")

    # Whether this is no copy at all, but the drawing that is shown because none can be made. Never saved.
    is_stand_in = False

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_site_rendition"
            )
        ]

    @property
    def url(self) -> str:
        return stand_in_url() if self.is_stand_in else super().url
