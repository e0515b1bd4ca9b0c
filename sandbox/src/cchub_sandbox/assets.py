"""Pictures that storefront users upload into their private storage."""

import io
import secrets
import warnings
from sqlite3 import Row

from PIL import Image, ImageOps

from .store import Store

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 60_000_000
PRINTABLE_MODES = ("1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK", "YCbCr")
CONTENT_TYPES = {"PNG": "image/png", "JPEG": "image/jpeg", "WEBP": "image/webp"}


class AssetError(ValueError):
    """The upload is not a usable picture; the message is fit for the person who chose it."""


def add(store: Store, owner_id: str, data: bytes, *, now: float) -> Row:
    """Keep a picture and return its row. Width and height are those after turning it upright.

    Raises AssetError.
    """
    content_type, (width, height) = _examine(data)
    asset_id = secrets.token_hex(16)
    store.file("assets", asset_id).write_bytes(data)
    store.write(
        "insert into asset values (?, ?, ?, ?, ?, ?)", asset_id, owner_id, content_type, width, height, now
    )
    return find(store, asset_id)


def find(store: Store, asset_id: str) -> Row | None:
    return store.row("select * from asset where id = ?", asset_id)


def missing(store: Store, owner_id: str, asset_ids: set[str]) -> set[str]:
    """Those of the ids that this user has no picture for."""
    owned = {row["id"] for row in store.rows("select id from asset where owner_id = ?", owner_id)}
    return asset_ids - owned


def open_upright(store: Store, asset_id: str) -> Image.Image | None:
    """The picture as a person sees it, or None when it is gone."""
    if find(store, asset_id) is None:
        return None
    with Image.open(store.file("assets", asset_id)) as picture:
        return ImageOps.exif_transpose(picture)


def _examine(data: bytes) -> tuple[str, tuple[int, int]]:
    if len(data) > MAX_BYTES:
        raise AssetError("This picture is larger than 20 MB. Please choose a smaller one.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=tuple(CONTENT_TYPES))
        if picture.width * picture.height > MAX_PIXELS:
            raise AssetError("This picture has too many pixels. Please choose a smaller one.")
        upright = ImageOps.exif_transpose(picture)
        upright.load()
        if upright.mode not in PRINTABLE_MODES:
            raise AssetError("This kind of picture cannot be printed. Please save it with 8 bits per colour.")
    except AssetError:
        raise
    except Exception as error:  # Pillow raises many kinds for damaged files
        raise AssetError("This file is not a PNG, JPEG or WebP picture we can read.") from error
    return CONTENT_TYPES[picture.format], upright.size
