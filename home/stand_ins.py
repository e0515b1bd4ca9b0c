"""What is shown in place of a picture of which no copy can be made."""

from urllib.parse import quote

from django.utils.html import escape
from django.utils.translation import gettext

# Grey on paper, readable in Wagtail's light and dark themes alike; the text is the one thing that changes.
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 180" font-family="sans-serif" font-size="18"'
    ' text-anchor="middle"><rect width="240" height="180" fill="#f4f1ec"/>'
    '<path d="M88 44h64v44H88zm6 38 17-22 12 15 8-9 15 16" fill="none" stroke="#6b726e" stroke-width="4"/>'
    '<text x="120" y="122" fill="#3c4440">{first}</text><text x="120" y="146" fill="#3c4440">{second}</text>'
    "</svg>"
)


def stand_in_drawing() -> str:
    """An SVG that says in words that the picture is missing."""
    # Translators: Drawn in two lines where a picture should be; a line holds some twenty letters.
    first, second = gettext("This picture"), gettext("cannot be shown")
    return DRAWING.format(first=escape(first), second=escape(second))


def stand_in_url() -> str:
    """The address of the drawing, which holds all of it."""
    return "data:image/svg+xml," + quote(stand_in_drawing())
