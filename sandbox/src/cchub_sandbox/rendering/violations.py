"""What will look wrong in print, said to the person who is designing."""

import math
from typing import Any

from .. import assets
from ..design_model import DesignModel, ImageItem, Surface, TextItem
from ..store import Store
from . import fonts
from .pdf import POINTS_PER_MM
from .pictures import effective_dpi

LEAST_DPI = 150
SAFE_MM = 2.0
POINT_TOLERANCE = 1e-6


def violations(store: Store, model: DesignModel) -> list[dict[str, str]]:
    """Every concern as {"code", "message", "itemId"}; locked items are the template's own affair."""
    found: list[dict[str, str]] = []
    for surface in model.surfaces:
        for item in surface.items:
            if item.locked:
                continue
            if isinstance(item, ImageItem):
                found += _picture_concerns(store, item)
            elif isinstance(item, TextItem):
                found += _text_concerns(surface, item)
    return found


def _picture_concerns(store: Store, item: ImageItem) -> list[dict[str, Any]]:
    asset = assets.find(store, item.asset) if item.asset else None
    if asset is None:
        return []
    dpi = effective_dpi((asset["width"], asset["height"]), (item.width, item.height))
    if dpi >= LEAST_DPI:
        return []
    name = item.label or "This picture"
    return [
        _concern(
            "low-resolution",
            item,
            f"“{name}” may look blurred in print: it has {dpi:.0f} pixels per inch at this size, and "
            f"{LEAST_DPI} or more look sharp. Choose a larger picture or make it smaller.",
        )
    ]


def _text_concerns(surface: Surface, item: TextItem) -> list[dict[str, Any]]:
    concerns = []
    name = item.label or item.text.splitlines()[0][:40] if item.text else item.label
    if not all(_is_safe(surface, x, y) for x, y in _corners(item)):
        concerns.append(
            _concern(
                "safe-area",
                item,
                f"“{name}” is less than {SAFE_MM:g} mm from the edge and could be cut off. "
                "Move it further in, shorten it or make it smaller.",
            )
        )
    missing = fonts.undrawable(item)
    if missing:
        concerns.append(
            _concern(
                "missing-character",
                item,
                f"“{name}” contains characters we cannot print: {' '.join(missing[:10])} "
                "Please write it without them.",
            )
        )
    return concerns


def _corners(item: TextItem) -> list[tuple[float, float]]:
    """The corners of every line's ink, in mm of the surface."""
    turn = math.radians(item.rotation)
    corners = []
    for number, line in enumerate(fonts.lines(item)):
        width = fonts.width(line, item)
        if not width:
            continue
        left = {"left": 0.0, "center": 0.5, "right": 1.0}[item.align] * -width
        baseline = number * item.size * fonts.LEADING
        for x in (left, left + width):
            for y in (baseline - fonts.ASCENT * item.size, baseline + fonts.DESCENT * item.size):
                right = (x * math.cos(turn) - y * math.sin(turn)) / POINTS_PER_MM
                down = (x * math.sin(turn) + y * math.cos(turn)) / POINTS_PER_MM
                corners.append((item.x + right, item.y + down))
    return corners


def _is_safe(surface: Surface, x: float, y: float) -> bool:
    """Whether a point keeps the safe distance from the cut line."""
    half_width, half_height = surface.width / 2 - SAFE_MM, surface.height / 2 - SAFE_MM
    right, down = abs(x - surface.width / 2), abs(y - surface.height / 2)
    if surface.shape == "ellipse":
        return (right / half_width) ** 2 + (down / half_height) ** 2 <= 1 + POINT_TOLERANCE
    if right > half_width + POINT_TOLERANCE or down > half_height + POINT_TOLERANCE:
        return False
    radius = max(0.0, surface.radius - SAFE_MM) if surface.shape == "rounded" else 0.0
    into_corner = (right - (half_width - radius), down - (half_height - radius))
    return min(into_corner) <= 0 or math.hypot(*into_corner) <= radius + POINT_TOLERANCE


def _concern(code: str, item: ImageItem | TextItem, message: str) -> dict[str, Any]:
    return {"code": code, "message": message, "itemId": item.id}
