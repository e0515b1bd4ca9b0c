"""The print file: one page per surface, in DeviceCMYK, with fonts embedded and exact page boxes."""

import io
import threading

from PIL import Image
from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from .. import assets
from ..design_model import DesignModel, ImageItem, ShapeItem, Surface, TextItem
from ..store import Store
from . import fonts, pictures
from .color import cmyk

POINTS_PER_MM = 72 / 25.4
OBLIQUE = 0.25

# The library keeps fonts in a global table and is not meant for several threads at once.
_rendering = threading.Lock()
rl_config.useA85 = 0


def render_pdf(model: DesignModel, store: Store, *, title: str, subject: str = "") -> bytes:
    """Draw a design.

    The MediaBox and BleedBox are trim plus bleed, the TrimBox is the trim. No output intent is declared,
    since the colours are not made for a known printing condition.
    """
    with _rendering:
        data = io.BytesIO()
        canvas = Canvas(data, initialFontName=fonts.any_font(), enforceColorSpace="CMYK", pageCompression=1)
        canvas.setTitle(title)
        canvas.setSubject(subject)
        canvas.setAuthor("")
        canvas.setCreator("Customer's Canvas Hub sandbox")
        for surface in model.surfaces:
            _SurfacePage(canvas, surface, store).draw()
            canvas.showPage()
        canvas.save()
        return data.getvalue()


class _SurfacePage:
    """One page: points from its bottom left, where the design has mm from the trim's top left."""

    def __init__(self, canvas: Canvas, surface: Surface, store: Store) -> None:
        self._canvas = canvas
        self._surface = surface
        self._store = store
        self._width = (surface.width + 2 * surface.bleed) * POINTS_PER_MM
        self._height = (surface.height + 2 * surface.bleed) * POINTS_PER_MM

    def draw(self) -> None:
        bleed = self._surface.bleed * POINTS_PER_MM
        self._canvas.setPageSize((self._width, self._height))
        self._canvas.setBleedBox((0, 0, self._width, self._height))
        self._canvas.setTrimBox((bleed, bleed, self._width - bleed, self._height - bleed))
        self._fill(self._surface.background)
        self._canvas.rect(0, 0, self._width, self._height, stroke=0, fill=1)
        for item in self._surface.items:
            self._canvas.saveState()
            if isinstance(item, TextItem):
                self._draw_text(item)
            elif isinstance(item, ImageItem):
                self._draw_image(item)
            else:
                self._draw_shape(item)
            self._canvas.restoreState()

    def _draw_text(self, item: TextItem) -> None:
        self._move_to(item.x, item.y)
        self._canvas.rotate(-item.rotation)
        self._fill(item.color)
        slant = OBLIQUE if item.italic else 0
        for number, line in enumerate(fonts.lines(item)):
            pieces = fonts.runs(line, item)
            if not pieces:
                continue
            start = {"left": 0.0, "center": 0.5, "right": 1.0}[item.align] * -fonts.width(line, item)
            text = self._canvas.beginText()
            text.setTextTransform(1, 0, slant, 1, start, -number * item.size * fonts.LEADING)
            for name, piece in pieces:
                text.setFont(name, item.size)
                text.textOut(piece)
            self._canvas.drawText(text)

    def _draw_image(self, item: ImageItem) -> None:
        picture = self._picture(item)
        if picture is None:
            return
        self._move_to_frame(item)
        self._canvas.transform(
            item.width * POINTS_PER_MM,
            0,
            0,
            item.height * POINTS_PER_MM,
            -item.width / 2 * POINTS_PER_MM,
            -item.height / 2 * POINTS_PER_MM,
        )
        pictures.draw(self._canvas, picture, (item.width, item.height))

    def _draw_shape(self, item: ShapeItem) -> None:
        self._move_to_frame(item)
        self._fill(item.color)
        width, height = item.width * POINTS_PER_MM, item.height * POINTS_PER_MM
        if item.kind == "ellipse":
            self._canvas.ellipse(-width / 2, -height / 2, width / 2, height / 2, stroke=0, fill=1)
        else:
            self._canvas.rect(-width / 2, -height / 2, width, height, stroke=0, fill=1)

    def _picture(self, item: ImageItem) -> Image.Image | None:
        return assets.open_upright(self._store, item.asset) if item.asset else None

    def _move_to_frame(self, item: ImageItem | ShapeItem) -> None:
        self._move_to(item.x + item.width / 2, item.y + item.height / 2)
        self._canvas.rotate(-item.rotation)

    def _move_to(self, x: float, y: float) -> None:
        left = (x + self._surface.bleed) * POINTS_PER_MM
        down = (y + self._surface.bleed) * POINTS_PER_MM
        self._canvas.translate(left, self._height - down)

    def _fill(self, color: str) -> None:
        self._canvas.setFillColorCMYK(*cmyk(color))
