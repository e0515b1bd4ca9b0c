"""Blocks that make a page: openings, calls to action, banners."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images.blocks import ImageBlock

from .links import LinkBlock
from .media import example_image


class HeroBlock(blocks.StructBlock):
    """The opening of a page: a headline, a few words and a large picture."""

    title = blocks.CharBlock(label=_("Headline"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=300, rows=3)
    image = ImageBlock(label=_("Picture"), required=False)
    links = blocks.ListBlock(LinkBlock(), label=_("Buttons"), max_num=2, default=[])

    class Meta:
        label = _("Opening")
        icon = "desktop"
        group = _("Sections")
        description = _("The opening of a page. As its first block, the headline is the page's main heading.")
        template = "blocks/hero.html"
        least_pixels = (1280, 640)
        label_format = "{title}"

    def get_preview_value(self):
        return self.normalize(
            {
                "title": "Made of paper, made for someone",
                "text": "Choose a card, a notebook or a mug, change the words, add a picture.",
                "image": example_image(),
                "links": [{"page": None, "address": "/", "text": "Start with a card"}],
            }
        )


class CallToActionBlock(blocks.StructBlock):
    """An invitation with one button."""

    title = blocks.CharBlock(label=_("Title"), max_length=80)
    text = blocks.TextBlock(label=_("Text"), required=False, max_length=240, rows=2)
    link = LinkBlock(label=_("Button"))

    class Meta:
        label = _("Call to action")
        icon = "redirect"
        group = _("Sections")
        description = _("An invitation with one button. It stays away when its page is unpublished.")
        template = "blocks/call_to_action.html"
        label_format = "{title}"
        preview_value = {
            "title": "A business card in three minutes",
            "text": "Two papers, two shapes, and a template that already looks right.",
            "link": {"page": None, "address": "/", "text": "Design a business card"},
        }


class BannerBlock(blocks.StructBlock):
    """A line across the page."""

    text = blocks.CharBlock(label=_("Text"), max_length=140)
    link = LinkBlock(label=_("Link"), required=False)

    class Meta:
        label = _("Banner")
        icon = "warning"
        group = _("Sections")
        description = _("One line across the page, like a last posting date.")
        template = "blocks/banner.html"
        label_format = "{text}"
        preview_value = {
            "text": "Order by 12 December to have it before Christmas.",
            "link": {"page": None, "address": "/", "text": "Posting dates"},
        }
