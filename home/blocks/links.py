"""Links: to a page of the site or to any other address, never both."""

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class LinkValue(blocks.StructValue):
    """What a template asks of a link: `url` and `text`. `url` is empty when its page is gone."""

    @cached_property
    def url(self) -> str:
        page = self.get("page")
        if page is not None:
            return page.url or "" if page.live else ""
        return self.get("address") or ""

    @cached_property
    def text(self) -> str:
        if text := self.get("text"):
            return text
        page = self.get("page")
        return page.title if page is not None else ""


class LinkBlock(blocks.StructBlock):
    """One link with its words."""

    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    address = blocks.CharBlock(
        label=_("Other address"),
        required=False,
        max_length=500,
        help_text=_("For example https://example.com, mailto:hello@example.com or /cart/."),
    )
    text = blocks.CharBlock(
        label=_("Words"), required=False, max_length=80, help_text=_("Empty: the title of the page.")
    )

    class Meta:
        label = _("Link")
        icon = "link"
        required = True
        value_class = LinkValue
        label_format = "{text}"
        is_previewable = False

    def clean(self, value):
        value = super().clean(value)
        if errors := self.link_errors(value):
            raise StructBlockValidationError(block_errors=errors)
        return value

    def link_errors(self, value) -> dict[str, ValidationError]:
        """What is wrong with a link, by the field that the editor has to change."""
        page, address = value.get("page"), (value.get("address") or "").strip()
        if page and address:
            return {"address": ValidationError(_("Choose a page or type an address, not both."))}
        if address and not address.startswith(("https://", "http://", "mailto:", "tel:", "/", "#")):
            return {"address": ValidationError(_("Start the address with https://, mailto:, tel: or /."))}
        if self.is_deferred_validation:
            return {}
        if not page and not address and self.meta.required:
            return {"page": ValidationError(_("Choose a page, or type another address."))}
        if address and not value.get("text"):
            return {"text": ValidationError(_("Say in a few words where this leads."))}
        return {}


class MenuItemBlock(LinkBlock):
    """An entry of the main menu, with the entries that open below it."""

    children = blocks.ListBlock(LinkBlock(), label=_("Opens below it"), default=[])

    class Meta:
        label = _("Menu entry")
        icon = "list-ul"


class FooterColumnBlock(blocks.StructBlock):
    """A titled list of links in the footer."""

    title = blocks.CharBlock(label=_("Title"), max_length=40)
    links = blocks.ListBlock(LinkBlock(), label=_("Links"))

    class Meta:
        label = _("Column")
        icon = "list-ul"
        label_format = "{title}"
        is_previewable = False
