"""Pictures of many objects and their renditions, in one query."""

from collections.abc import Iterable, Sequence

from django.db.models import Model

from home.models import SiteImage, SiteRendition


def load_pictures(owners: Iterable[tuple[Model, str]], renditions: Sequence[str]) -> None:
    """Loads the image fields of these objects together with the renditions that are going to be shown.

    One query, and one more for images whose renditions have not been made yet.
    """
    fields = [(owner, owner._meta.get_field(name)) for owner, name in owners]
    waiting = [(owner, field) for owner, field in fields if not field.is_cached(owner)]
    images = _images({getattr(owner, field.attname) for owner, field in waiting} - {None}, renditions)
    for owner, field in waiting:
        field.set_cached_value(owner, images.get(getattr(owner, field.attname)))


def _images(ids: set[int], renditions: Sequence[str]) -> dict[int, SiteImage]:
    images: dict[int, SiteImage] = {}
    if not ids:
        return images
    made = SiteRendition.objects.filter(image_id__in=ids, filter_spec__in=renditions)
    for rendition in made.select_related("image"):
        image = images.setdefault(rendition.image_id, rendition.image)
        image.prefetched_renditions = [*getattr(image, "prefetched_renditions", []), rendition]
    if missing := ids - images.keys():
        images.update(SiteImage.objects.in_bulk(missing))
    return images
