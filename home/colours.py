"""Colours of the brand, and whether people can read what is written in them."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

GREEN, PAPER = "#1f4d3f", "#fbf8f3"
# What stands on buttons, and what is written on pages; both as in static/css/site.css.
BUTTON_TEXT, INK = "#fffdfa", "#22302b"
# WCAG 2.2, success criterion 1.4.3.
LEAST_CONTRAST = 4.5


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours as WCAG 2.2 defines it, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def validate_colour(colour: str) -> None:
    """For buttons and links: white text has to be legible on it, and it on white. Raises ValidationError."""
    _check_form(colour)
    if contrast(colour, BUTTON_TEXT) < LEAST_CONTRAST:
        raise ValidationError(_("White text cannot be read on this colour. Choose a darker one."))


def validate_background(colour: str) -> None:
    """For what lies behind texts. Raises ValidationError."""
    _check_form(colour)
    if contrast(colour, INK) < LEAST_CONTRAST:
        raise ValidationError(_("Text cannot be read on this colour. Choose a lighter one."))


def _check_form(colour: str) -> None:
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise ValidationError(_("Write the colour as # and six digits, like #1f4d3f."))


def _luminance(colour: str) -> float:
    shares = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
