"""Pictures of products beside the lines of carts and orders."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet, prefetch_related_objects

from home.models import SiteImage, SiteRendition

# The rendition that components/line_picture.html asks for; lists prefetch exactly this one.
LINE_RENDITION = "fill-240x240|format-webp"


def load_renditions(images: Iterable[SiteImage | None]) -> None:
    """Gives pictures of products the rendition that a line shows, in one query."""
    prefetch_related_objects(
        [image for image in images if image],
        Prefetch("renditions", _line_renditions(), to_attr="prefetched_renditions"),
    )


def images_with_renditions() -> Prefetch:
    """The pictures of items with the rendition that a line shows."""
    return Prefetch("image", SiteImage.objects.prefetch_renditions(LINE_RENDITION))


def _line_renditions() -> QuerySet[SiteRendition]:
    return SiteRendition.objects.filter(filter_spec=LINE_RENDITION)
