"""Pictures in the blocks of a page that have fewer pixels than their block shows."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.blocks import BoundBlock, StructValue
from wagtail.blocks.list_block import ListValue
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page


def tell_of_small_pictures(request: HttpRequest, page: Page) -> None:
    """Hook after_edit_page and after_create_page. An autosave shows no page on which it could be read."""
    if not request.accepts("text/html"):
        return
    sentences = [_sentence(*found) for found in small_pictures(page)]
    if sentences:
        heading = _("Some pictures have fewer pixels than their place, and will look blurred:")
        items = format_html_join("", "<li>{}</li>", ((text,) for text in sentences))
        messages.warning(request, format_html("{}<ul>{}</ul>", heading, items))


def small_pictures(page: Page) -> Iterator[tuple[BoundBlock, AbstractImage]]:
    """With the blocks that they are in; a block names what it needs in its Meta, as `least_pixels`."""
    for field in page._meta.get_fields():
        if not isinstance(field, StreamField):
            continue
        for child in getattr(page, field.name):
            width, height = getattr(child.block.meta, "least_pixels", (0, 0))
            for picture in _pictures(child.value):
                if picture.width < width or picture.height < height:
                    yield child, picture


def _pictures(value: object) -> Iterator[AbstractImage]:
    if isinstance(value, AbstractImage):
        yield value
    elif isinstance(value, StructValue):
        for part in value.values():
            yield from _pictures(part)
    elif isinstance(value, ListValue):
        for part in value:
            yield from _pictures(part)


def _sentence(child: BoundBlock, picture: AbstractImage) -> str:
    width, height = child.block.meta.least_pixels
    text = _("%(block)s: “%(picture)s” has %(has)s pixels, and needs at least %(least)s.")
    return text % {
        "block": child.block.label,
        "picture": picture.title,
        "has": f"{picture.width} × {picture.height}",
        "least": f"{width} × {height}",
    }
