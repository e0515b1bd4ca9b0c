"""The shop's own copies of a design's previews: small, checked, under names that cannot be guessed.

The Hub's preview addresses may expire, and a shopper must not wait for them in the cart.
"""

import hashlib
import io
import logging
import secrets
import uuid
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from PIL import Image, ImageOps

from core.outbox import GiveUp, Later, Outbox
from personalization.hub import HubError, HubNotAsked, get_hub
from personalization.models import Design, PreviewJob

logger = logging.getLogger(__name__)

EDGE = 800
QUALITY = 82
OPAQUE = 255
MAXIMUM_PIXELS = 40_000_000
FORMATS = ("PNG", "JPEG", "WEBP")
# Delays before the second, third, ... attempt. After the last one the Hub's own address stays in use.
RETRY_DELAYS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=3))
PREVIEWS = Outbox(PreviewJob, task="personalization.tasks.fetch_preview")


class UnusablePicture(Exception):
    """The bytes are no picture that the shop can show."""


def fetch_preview(design_id: str | uuid.UUID) -> bool:
    """Copy the previews of a design into the shop's media, if that is due: those that it has not copied yet,
    in their order; False when it has to be tried again, or never will.
    """
    return PREVIEWS.run(design_id, _fetch)


def _fetch(job: PreviewJob) -> None:
    design = job.design
    for address in design.preview_urls[len(design.pictures) :]:
        try:
            answer = get_hub().fetch_preview(address, also_from=design.preview_urls)
            picture, suffix = small_copy(answer.content)
        except HubNotAsked as pause:
            raise Later(str(pause), after=pause.retry_after, is_attempt=False) from pause
        except (HubError, UnusablePicture) as trouble:
            logger.warning("A preview of design %s could not be copied: %s", design.pk, trouble)
            if job.attempts >= len(RETRY_DELAYS):
                raise GiveUp(str(trouble)) from trouble
            raise Later(str(trouble), after=RETRY_DELAYS[job.attempts].total_seconds()) from trouble
        if not _keep(design, picture, suffix):
            return


def small_copy(content: bytes) -> tuple[bytes, str]:
    """The picture, at most 800 pixels a side, as JPEG or, if one can see through it, as PNG; and its file's
    suffix. Not as WebP: e-mails show these pictures, and Outlook shows no WebP. Raises UnusablePicture.
    """
    small = _small(content)
    if small.mode == "RGBA" and small.getchannel("A").getextrema() == (OPAQUE, OPAQUE):
        small = small.convert("RGB")
    if small.mode == "RGBA":
        return _encoded(small, "PNG", optimize=True), ".png"
    return _encoded(small, "JPEG", quality=QUALITY, optimize=True), ".jpg"


def to_webp(content: bytes) -> bytes:
    """The picture as WebP of at most 800 pixels a side. Raises UnusablePicture."""
    return _encoded(_small(content), "WEBP", quality=QUALITY)


def _small(content: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(content), formats=FORMATS) as probe:
            if probe.width * probe.height > MAXIMUM_PIXELS:
                raise UnusablePicture(f"{probe.width} x {probe.height} pixels are too many")
            probe.verify()
        # `verify` uses the picture up; it has to be opened again to be read.
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            picture.draft("RGB", (EDGE, EDGE))
            upright = ImageOps.exif_transpose(picture)
            small = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as trouble:
        raise UnusablePicture(f"not a readable picture ({type(trouble).__name__})") from None
    small.thumbnail((EDGE, EDGE))
    return small


def _encoded(picture: Image.Image, kind: str, **options: Any) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, kind, **options)
    return stream.getvalue()


def _keep(design: Design, picture: bytes, suffix: str) -> bool:
    """Whether it is the design's next picture now: it may be discarded, or copied by somebody else."""
    storage, field = design.preview.storage, design.preview.field
    name = storage.save(
        field.generate_filename(design, f"{secrets.token_hex(16)}{suffix}"), ContentFile(picture)
    )
    pictures = [*design.pictures, {"name": name, "sha256": hashlib.sha256(picture).hexdigest()}]
    values = {"pictures": pictures, "preview": pictures[0]["name"]}
    if not Design.objects.filter(pk=design.pk, pictures=design.pictures).update(**values):
        storage.delete(name)
        return False
    design.pictures = pictures
    return True
