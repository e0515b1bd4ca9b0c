"""The bundled typefaces, and which of them can draw which character."""

import unicodedata
from functools import cache

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from ..config import FONTS_DIR
from ..design_model import FONT_IDS, TextItem

LEADING = 1.25
# Where ink usually ends above and below a baseline, in parts of the type size.
ASCENT = 0.75
DESCENT = 0.22


def lines(item: TextItem) -> list[str]:
    """The item's lines as they are set: composed characters, no control characters."""
    text = unicodedata.normalize("NFC", item.text).replace("\t", " ")
    return [
        "".join(char for char in line if unicodedata.category(char) not in ("Cc", "Cf"))
        for line in text.splitlines()
    ]


def runs(line: str, item: TextItem) -> list[tuple[str, str]]:
    """The line as (font name, text) pieces: the item's font where it can, another bundled one where not.

    Characters that no bundled font has are left out; see `undrawable`.
    """
    pieces: list[tuple[str, str]] = []
    for char in line:
        name = _font_with(char, item.font, item.bold)
        if name is None:
            continue
        if pieces and pieces[-1][0] == name:
            pieces[-1] = name, pieces[-1][1] + char
        else:
            pieces.append((name, char))
    return pieces


def undrawable(item: TextItem) -> list[str]:
    """Characters of the item that no bundled font has, each once."""
    chars = dict.fromkeys(char for line in lines(item) for char in line)
    return [char for char in chars if _font_with(char, item.font, item.bold) is None]


def width(line: str, item: TextItem) -> float:
    """How wide the line is set, in points."""
    return sum(pdfmetrics.stringWidth(text, name, item.size) for name, text in runs(line, item))


def any_font() -> str:
    """A registered font to open a page with, so that no other one is ever named in a file."""
    return _registered(FONT_IDS[0], bold=False)


@cache
def _font_with(char: str, font_id: str, bold: bool) -> str | None:
    for candidate in (font_id, *(other for other in FONT_IDS if other != font_id)):
        name = _registered(candidate, bold=bold)
        if ord(char) in pdfmetrics.getFont(name).face.charToGlyph:
            return name
    return None


@cache
def _registered(font_id: str, *, bold: bool) -> str:
    name = f"{font_id}-{'bold' if bold else 'regular'}"
    pdfmetrics.registerFont(TTFont(name, FONTS_DIR / f"{name}.ttf"))
    return name
