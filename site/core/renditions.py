"""Smaller copies of pictures: what is done so that any original can have them, and what stops one."""

from io import BytesIO
from typing import IO

import willow
from PIL import Image, UnidentifiedImageError

# How Pillow names grey of sixteen bits, which neither JPEG nor WebP knows; only PNG files have it.
DEEP_GREY = {"I", "I;16", "I;16B"}
EIGHT_BITS = 1 / 256
PROBE_SIZE = (32, 32)


class UnusablePicture(Exception):
    """No copy of a picture can be made."""


def eight_bit_copy(file: IO[bytes]) -> BytesIO | None:
    """A PNG of a greyscale picture of more than eight bits; None when the picture is fine as it is."""
    try:
        picture = Image.open(file, formats=["PNG"])
    except UnidentifiedImageError:
        return None
    if picture.mode not in DEEP_GREY:
        return None
    copy = BytesIO()
    picture.convert("I").point(lambda value: value * EIGHT_BITS).convert("L").save(copy, "PNG")
    copy.seek(0)
    return copy


def check_picture(file: IO[bytes]) -> None:
    """Reads the whole picture and makes small copies as the shop does. Raises UnusablePicture."""
    try:
        # A probe says more than a look at the header: a cut file, or a colour profile that nothing reads.
        small = willow.Image.open(eight_bit_copy(_from_start(file)) or _from_start(file))
        small = small.auto_orient().resize(PROBE_SIZE)
        small.save_as_webp(BytesIO())
        if small.has_alpha():
            small = small.set_background_color_rgb((255, 255, 255))
        small.save_as_jpeg(BytesIO())
    except Exception as trouble:  # Pillow's decoders let errors of many kinds through.
        raise UnusablePicture(f"{type(trouble).__name__}: {trouble}") from trouble


def _from_start(file: IO[bytes]) -> IO[bytes]:
    file.seek(0)
    return file
