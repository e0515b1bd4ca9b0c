"""The pictures of a copied design: copies of the shop's own copies, so that each design can go by itself."""

import logging
import secrets
from datetime import timedelta
from pathlib import PurePath

from django.utils import timezone

from personalization.models import Design, PreviewJob

from .previews import PREVIEWS

logger = logging.getLogger(__name__)

# What was not copied by then is fetched from the Hub, as for any design.
GRACE = timedelta(minutes=2)


def copy_pictures(design: Design, *, to: Design) -> None:
    """Copy the shop's pictures of a design to its copy. Those that cannot be read are fetched from the Hub
    later.
    """
    pictures = []
    for picture in design.pictures:
        name = _copied(design, picture["name"])
        if name is None:
            break
        pictures.append({**picture, "name": name})
    if not pictures:
        return
    values = {"pictures": pictures, "preview": pictures[0]["name"]}
    if not Design.objects.filter(pk=to.pk, pictures=[]).update(**values):
        # Discarded, or fetched by somebody else in the meantime.
        for picture in pictures:
            to.preview.storage.delete(picture["name"])
        return
    if len(pictures) == len(to.preview_urls):
        PreviewJob.objects.filter(pk=to.pk).delete()
    to.refresh_from_db(fields=["pictures", "preview"])


def owe_pictures(copy: Design) -> None:
    """The pictures of a copy are fetched after a while, if copying them does not work."""
    if copy.preview_urls:
        PREVIEWS.owe(copy.pk, by=timezone.now() + GRACE)


def _copied(design: Design, name: str) -> str | None:
    storage, field = design.preview.storage, design.preview.field
    try:
        with storage.open(name) as picture:
            new_name = f"{secrets.token_hex(16)}{PurePath(name).suffix}"
            return storage.save(field.generate_filename(design, new_name), picture)
    except OSError as trouble:
        logger.warning("A picture of design %s could not be copied: %s", design.pk, type(trouble).__name__)
        return None
