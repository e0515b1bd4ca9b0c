"""Placed pictures: cropped to cover their frame, at print resolution, in DeviceCMYK."""

import hashlib
import io
import zlib

from PIL import Image
from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from .color import picture_to_cmyk

PRINT_DPI = 300
JPEG_QUALITY = 92
MM_PER_INCH = 25.4


def covering_crop(size: tuple[int, int], frame: tuple[float, float]) -> tuple[float, float, float, float]:
    """The centred part of a picture, in its pixels, that has the proportions of the frame."""
    width, height = size
    scale = min(width / frame[0], height / frame[1])
    crop_width, crop_height = min(width, frame[0] * scale), min(height, frame[1] * scale)
    left, top = (width - crop_width) / 2, (height - crop_height) / 2
    return left, top, left + crop_width, top + crop_height


def effective_dpi(size: tuple[int, int], frame: tuple[float, float]) -> float:
    """Pixels per inch that a picture of this size has once it covers a frame of millimetres."""
    return min(size[0] / frame[0], size[1] / frame[1]) * MM_PER_INCH


def fit(picture: Image.Image, frame: tuple[float, float]) -> Image.Image:
    """The picture cropped to the frame (millimetres) and never finer than print resolution."""
    crop = covering_crop(picture.size, frame)
    shrink = min(1.0, PRINT_DPI / effective_dpi(picture.size, frame))
    size = (
        max(1, round((crop[2] - crop[0]) * shrink)),
        max(1, round((crop[3] - crop[1]) * shrink)),
    )
    return picture.resize(size, Image.Resampling.LANCZOS, box=crop, reducing_gap=3.0)


def draw(canvas: Canvas, picture: Image.Image, frame: tuple[float, float]) -> None:
    """Fill the unit square of the canvas with the picture; transparent parts stay transparent."""
    has_alpha = picture.has_transparency_data
    fitted = fit(picture.convert("RGBA" if has_alpha else "RGB"), frame)
    inks = picture_to_cmyk(fitted.convert("RGB"))
    name = hashlib.sha256(inks.tobytes() + fitted.tobytes()).hexdigest()[:32]
    registered = canvas._doc.getXObjectName(name)
    if registered not in canvas._doc.idToObject:
        image = _xobject(name, inks)
        if has_alpha:
            image.smask = _soft_mask(canvas, name, fitted.getchannel("A"))
        canvas._doc.Reference(image, registered)
        canvas._doc.addForm(name, image)
    canvas._currentPageHasImages = 1
    canvas._formsinuse.append(name)
    canvas.addLiteral(f"/{registered} Do")


def _xobject(name: str, inks: Image.Image) -> pdfdoc.PDFImageXObject:
    jpeg = io.BytesIO()
    inks.save(jpeg, "JPEG", quality=JPEG_QUALITY, subsampling=0)
    image = pdfdoc.PDFImageXObject(name)
    jpeg.seek(0)
    image.loadImageFromJPEG(jpeg)
    return image


def _soft_mask(canvas: Canvas, name: str, alpha: Image.Image) -> pdfdoc.PDFObjectReference:
    mask = pdfdoc.PDFImageXObject(f"{name}-mask")
    mask.width, mask.height = alpha.size
    mask.bitsPerComponent = 8
    mask.colorSpace = "DeviceGray"
    mask._filters = ("FlateDecode",)
    mask.streamContent = zlib.compress(alpha.tobytes())
    return canvas._doc.Reference(mask)
