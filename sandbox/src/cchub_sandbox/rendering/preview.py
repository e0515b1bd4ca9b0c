"""Pictures of a design for people, taken from its print file, so that they show what will be printed."""

import io
import threading
from typing import Any

import pypdfium2
from PIL import Image, ImageChops, ImageDraw

from ..design_model import DesignModel, Surface, parse_model
from ..store import Store
from .pdf import POINTS_PER_MM, render_pdf

PREVIEW_WIDTH = 800
SMOOTHING = 4
PAPERS = ("#ffffff", "#f6ecd9", "#e3e6dc")

# PDFium is not thread-safe.
_pdfium = threading.Lock()


def model_preview(store: Store, model: dict[str, Any], surface: int) -> bytes:
    """PNG of one side of a design: cut to the trim, transparent outside the cut line."""
    shown = parse_model(model).surfaces[surface]
    pdf = render_pdf(DesignModel((shown,)), store, title="Preview")
    picture = _trim(pdf, shown)
    picture.putalpha(_cut_line(picture.size, shown))
    png = io.BytesIO()
    picture.save(png, "PNG", compress_level=4)
    return png.getvalue()


def on_paper(png: bytes, paper: int) -> bytes:
    """The same picture as if printed on one of PAPERS; the first is white."""
    picture = Image.open(io.BytesIO(png)).convert("RGBA")
    color = Image.new("RGBA", picture.size, PAPERS[paper % len(PAPERS)])
    tinted = io.BytesIO()
    ImageChops.multiply(picture, color).save(tinted, "PNG", compress_level=4)
    return tinted.getvalue()


def _trim(pdf: bytes, surface: Surface) -> Image.Image:
    scale = PREVIEW_WIDTH / (surface.width * POINTS_PER_MM)
    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            page = document[0].render(scale=scale).to_pil().convert("RGB")
        finally:
            document.close()
    bleed = surface.bleed * POINTS_PER_MM * scale
    height = round(surface.height * POINTS_PER_MM * scale)
    left = round(bleed)
    return page.crop((left, left, left + PREVIEW_WIDTH, left + height))


def _cut_line(size: tuple[int, int], surface: Surface) -> Image.Image:
    """White inside the cut line, black outside."""
    mask = Image.new("L", (size[0] * SMOOTHING, size[1] * SMOOTHING), 0)
    box = (0, 0, mask.width - 1, mask.height - 1)
    draw = ImageDraw.Draw(mask)
    if surface.shape == "ellipse":
        draw.ellipse(box, fill=255)
    elif surface.shape == "rounded":
        draw.rounded_rectangle(box, radius=surface.radius / surface.width * mask.width, fill=255)
    else:
        draw.rectangle(box, fill=255)
    return mask.resize(size, Image.Resampling.BOX)
