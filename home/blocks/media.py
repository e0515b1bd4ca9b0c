"""Blocks of pictures and films."""

import re
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.images import get_image_model
from wagtail.images.blocks import ImageBlock


def example_image():
    """Any picture of the library for a block's preview, described by its own description; or none."""
    image = get_image_model().objects.order_by("pk").first()
    if image is not None:
        image.contextual_alt_text, image.decorative = image.default_alt_text, False
    return image


class PictureBlock(blocks.StructBlock):
    """A picture with an optional caption."""

    image = ImageBlock(label=_("Picture"))
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        label = _("Picture")
        icon = "image"
        group = _("Pictures and film")
        description = _("A picture, a little wider than the text, with a caption if you like.")
        template = "blocks/picture.html"
        least_pixels = (960, 540)
        label_format = "{caption}"

    def get_preview_value(self):
        return self.normalize({"image": example_image(), "caption": "The first sheet of a job."})


class GalleryBlock(blocks.StructBlock):
    """Pictures side by side."""

    pictures = blocks.ListBlock(ImageBlock(label=_("Picture")), label=_("Pictures"), min_num=2, max_num=6)
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=200)

    class Meta:
        label = _("Gallery")
        icon = "image"
        group = _("Pictures and film")
        description = _("Two to six pictures side by side.")
        template = "blocks/gallery.html"
        least_pixels = (960, 720)

    def get_preview_value(self):
        return self.normalize({"pictures": [example_image(), example_image()], "caption": ""})


class VideoValue(blocks.StructValue):
    """What a template asks of a film: the player's `player_url` and the `host` that it comes from."""

    @cached_property
    def player_url(self) -> str:
        return player_url(self.get("url") or "")

    @property
    def host(self) -> str:
        return "Vimeo" if "vimeo" in self.player_url else "YouTube"


class VideoBlock(blocks.StructBlock):
    """A film that is fetched from its host only when somebody opens it."""

    url = blocks.URLBlock(label=_("Address"), help_text=_("The address of a film on YouTube or Vimeo."))
    title = blocks.CharBlock(label=_("Title"), max_length=120, help_text=_("What the film shows."))
    image = ImageBlock(label=_("Still picture"), required=False)

    class Meta:
        label = _("Film")
        icon = "media"
        group = _("Pictures and film")
        description = _("A film from YouTube or Vimeo. Nothing is loaded from there until somebody opens it.")
        template = "blocks/video.html"
        least_pixels = (1280, 720)
        value_class = VideoValue
        label_format = "{title}"

    def clean(self, value):
        value = super().clean(value)
        if value.get("url") and not value.player_url:
            raise StructBlockValidationError(
                block_errors={
                    "url": ValidationError(_("Paste the address of one film on youtube.com or vimeo.com."))
                }
            )
        return value

    def get_preview_value(self):
        return self.normalize(
            {
                "url": "https://vimeo.com/76979871",
                "title": "A morning at the press",
                "image": example_image(),
            }
        )


def player_url(url: str) -> str:
    """The address of the player that sets no cookies before it plays; empty for any other address."""
    parts = urlsplit(url)
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host == "youtu.be":
        return _youtube(parts.path.strip("/"))
    if host in ("youtube.com", "youtube-nocookie.com"):
        path = re.fullmatch(r"/(?:embed|shorts|live)/([^/]+)/?", parts.path)
        return _youtube(path[1] if path else parse_qs(parts.query).get("v", [""])[0])
    if host in ("vimeo.com", "player.vimeo.com") and (
        number := re.fullmatch(r"(?:/video)?/(\d+)/?", parts.path)
    ):
        return f"https://player.vimeo.com/video/{number[1]}?dnt=1"
    return ""


def _youtube(film: str) -> str:
    if not re.fullmatch(r"[\w-]{6,20}", film):
        return ""
    return f"https://www.youtube-nocookie.com/embed/{film}?rel=0"
