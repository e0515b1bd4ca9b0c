"""The design model: what a private design contains, checked and typed.

Lengths are millimetres from the trim's top-left corner, type sizes are points, rotation is clockwise degrees.
"""

import math
import re
from dataclasses import dataclass
from typing import Any

FONT_IDS = ("lora", "worksans", "caveat", "playfair")
SHAPES = ("rectangle", "rounded", "ellipse")
ALIGNMENTS = ("left", "center", "right")
HEX_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
ASSET_ID = re.compile(r"[0-9a-f]{32}")
MAX_SURFACES = 12
MAX_ITEMS = 200
MAX_TEXT = 2000
MAX_LENGTH = 2000.0


class ModelError(ValueError):
    """The design cannot be read; the message is fit for the person who made it."""


@dataclass(frozen=True)
class TextItem:
    id: str
    label: str
    locked: bool
    text: str
    font: str
    size: float
    bold: bool
    italic: bool
    color: str
    align: str
    x: float
    y: float
    rotation: float


@dataclass(frozen=True)
class ImageItem:
    """`asset` None is an empty placeholder, which is never printed."""

    id: str
    label: str
    locked: bool
    asset: str | None
    x: float
    y: float
    width: float
    height: float
    rotation: float


@dataclass(frozen=True)
class ShapeItem:
    id: str
    label: str
    locked: bool
    kind: str
    color: str
    x: float
    y: float
    width: float
    height: float
    rotation: float


Item = TextItem | ImageItem | ShapeItem


@dataclass(frozen=True)
class Surface:
    """One printed side: trim size, bleed around it, and the cut line."""

    name: str
    width: float
    height: float
    bleed: float
    shape: str
    radius: float
    background: str
    items: tuple[Item, ...]


@dataclass(frozen=True)
class DesignModel:
    surfaces: tuple[Surface, ...]

    @property
    def assets(self) -> set[str]:
        """Ids of the pictures placed anywhere in the design."""
        return {
            item.asset
            for surface in self.surfaces
            for item in surface.items
            if isinstance(item, ImageItem) and item.asset
        }


def parse_model(data: Any) -> DesignModel:
    """Read a design model.

    Raises ModelError, in plain words, for anything that could not be printed.
    """
    fields = _Fields(data, "The design")
    if data.get("version") != 1:
        raise ModelError("The design has an unknown version.")
    surfaces = fields.list("surfaces", most=MAX_SURFACES)
    if not surfaces:
        raise ModelError("The design has no surface to print on.")
    return DesignModel(tuple(_surface(row) for row in surfaces))


def _surface(data: Any) -> Surface:
    fields = _Fields(data, "A surface of the design")
    return Surface(
        name=fields.text("name", "Surface"),
        width=fields.number("width", least=5),
        height=fields.number("height", least=5),
        bleed=fields.number("bleed", 0, least=0, most=50),
        shape=fields.choice("shape", SHAPES, "rectangle"),
        radius=fields.number("radius", 0, least=0),
        background=fields.colour("background", "#ffffff"),
        items=tuple(_item(row) for row in fields.list("items", most=MAX_ITEMS)),
    )


def _item(data: Any) -> Item:
    fields = _Fields(data, "An item of the design")
    kind = fields.choice("type", ("text", "image", "rectangle", "ellipse"))
    common = {
        "id": fields.text("id", ""),
        "label": fields.text("label", ""),
        "locked": data.get("locked") is True,
        "x": fields.number("x"),
        "y": fields.number("y"),
        "rotation": fields.number("rotation", 0),
    }
    if kind == "text":
        return TextItem(
            **common,
            text=fields.text("text", "", most=MAX_TEXT),
            font=fields.choice("font", FONT_IDS, FONT_IDS[0]),
            size=fields.number("size", 12, least=1, most=1000),
            bold=data.get("bold") is True,
            italic=data.get("italic") is True,
            color=fields.colour("color", "#000000"),
            align=fields.choice("align", ALIGNMENTS, "left"),
        )
    common |= {"width": fields.number("width", least=0.1), "height": fields.number("height", least=0.1)}
    if kind == "image":
        fields.choice("fit", ("cover",), "cover")
        return ImageItem(**common, asset=fields.asset("asset"))
    return ShapeItem(**common, kind=kind, color=fields.colour("color", "#000000"))


class _Fields:
    """Typed access to one JSON object of a design."""

    def __init__(self, data: Any, what: str) -> None:
        if not isinstance(data, dict):
            raise ModelError(f"{what} could not be read.")
        self._data = data
        self._what = what

    def list(self, name: str, *, most: int) -> list[Any]:
        value = self._data.get(name, [])
        if not isinstance(value, list):
            raise self._wrong(name)
        if len(value) > most:
            raise ModelError(f"{self._what} has more than {most} {name}.")
        return value

    def number(
        self, name: str, default: float | None = None, *, least: float = -MAX_LENGTH, most: float = MAX_LENGTH
    ) -> float:
        value = self._data.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise self._wrong(name)
        if not least <= value <= most:
            raise ModelError(f"{self._what} has a {name} outside {least:g} to {most:g}.")
        return float(value)

    def text(self, name: str, default: str, *, most: int = 200) -> str:
        value = self._data.get(name, default)
        if not isinstance(value, str):
            raise self._wrong(name)
        if len(value) > most:
            raise ModelError(f"{self._what} has a {name} longer than {most} characters.")
        return value

    def choice(self, name: str, allowed: tuple[str, ...], default: str | None = None) -> str:
        value = self._data.get(name, default)
        if value not in allowed:
            raise self._wrong(name)
        return value

    def colour(self, name: str, default: str) -> str:
        value = self._data.get(name, default)
        if not isinstance(value, str) or not HEX_COLOUR.fullmatch(value):
            raise self._wrong(name)
        return value.lower()

    def asset(self, name: str) -> str | None:
        value = self._data.get(name)
        if value is not None and not (isinstance(value, str) and ASSET_ID.fullmatch(value)):
            raise self._wrong(name)
        return value

    def _wrong(self, name: str) -> ModelError:
        return ModelError(f"{self._what} has no usable {name}.")
