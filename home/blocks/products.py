"""Blocks that show pages of the shop as cards, and never one that the public may not see."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page

from home.selectors.cards import cards_for, chosen_cards


class CardsBlock(blocks.StructBlock):
    """A block that shows cards of chosen pages.

    The page that renders a whole body loads the cards of all its blocks at once (`pages_in`) and hands them
    down as `page_cards`; a block that is rendered alone, as in its preview, loads its own.
    """

    def chosen_pages(self, value) -> list[Page]:
        """The pages that the editor chose, without those that have been deleted."""
        raise NotImplementedError

    def get_context(self, value, parent_context=None):
        context = super().get_context(value, parent_context=parent_context)
        pages = self.chosen_pages(value)
        loaded = context.get("page_cards")
        context["cards"] = cards_for(pages) if loaded is None else chosen_cards(loaded, pages)
        return context


def pages_in(body: Iterable) -> list[Page]:
    """Every page that the blocks of a body show as a card."""
    return [
        page
        for child in body
        if isinstance(child.block, CardsBlock)
        for page in child.block.chosen_pages(child.value)
    ]


class ProductChooserBlock(blocks.PageChooserBlock):
    """Chooses a product group."""

    def __init__(self, **kwargs):
        super().__init__(**{"page_type": "catalog.ProductGroupPage", **kwargs})

    class Meta:
        label = _("Product")
        icon = "pick"
        is_previewable = False


class FeaturedProductsBlock(CardsBlock):
    """Products side by side."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=80)
    text = blocks.CharBlock(label=_("Text"), required=False, max_length=200)
    products = blocks.ListBlock(ProductChooserBlock(), label=_("Products"), min_num=1, max_num=12)

    class Meta:
        label = _("Products")
        icon = "pick"
        group = _("Shop")
        description = _("Two to twelve products as cards, in the order you choose.")
        template = "blocks/cards.html"
        label_format = "{title}"

    def chosen_pages(self, value):
        return [page for page in value["products"] if page is not None]

    def get_preview_value(self):
        return _preview(self, "products", title="People keep coming back for these")


class CategoryGridBlock(CardsBlock):
    """Categories side by side."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=80)
    text = blocks.CharBlock(label=_("Text"), required=False, max_length=200)
    categories = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="catalog.CategoryPage"),
        label=_("Categories"),
        min_num=1,
        max_num=12,
    )

    class Meta:
        label = _("Categories")
        icon = "folder-open-inverse"
        group = _("Shop")
        description = _("Large pictures that lead into the catalog.")
        template = "blocks/category_grid.html"
        label_format = "{title}"

    def chosen_pages(self, value):
        return [page for page in value["categories"] if page is not None]

    def get_preview_value(self):
        return _preview(self, "categories", title="What would you like to make?")


class StoriesBlock(CardsBlock):
    """Stories side by side."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=80)
    text = blocks.CharBlock(label=_("Text"), required=False, max_length=200)
    stories = blocks.ListBlock(
        blocks.PageChooserBlock(page_type="home.StoryPage"), label=_("Stories"), min_num=1, max_num=6
    )

    class Meta:
        label = _("Stories")
        icon = "doc-full-inverse"
        group = _("Shop")
        description = _("Up to six stories as cards.")
        template = "blocks/cards.html"
        label_format = "{title}"

    def chosen_pages(self, value):
        return [page for page in value["stories"] if page is not None]

    def get_preview_value(self):
        return _preview(self, "stories", title="From the workshop")


class ProductTeaserBlock(CardsBlock):
    """One product between paragraphs."""

    product = ProductChooserBlock()
    text = blocks.CharBlock(
        label=_("Text"), required=False, max_length=200, help_text=_("Empty: the product's own summary.")
    )
    button = blocks.CharBlock(label=_("Words of the button"), default=_("See the product"), max_length=40)

    class Meta:
        label = _("Product")
        icon = "pick"
        group = _("Shop")
        description = _("One product with its picture and a sentence, for the middle of a text.")
        template = "blocks/product_teaser.html"

    def chosen_pages(self, value):
        return [value["product"]] if value["product"] is not None else []

    def get_preview_value(self):
        product = self.child_blocks["product"].model_class.objects.live().first()
        return self.normalize(
            {"product": product, "text": "", "button": self.child_blocks["button"].get_default()}
        )


def _preview(block: CardsBlock, name: str, *, title: str):
    """A value with the first pages of the site, for the editor's list of blocks."""
    model = block.child_blocks[name].child_block.model_class
    return block.normalize({"title": title, "text": "", name: list(model.objects.live()[:4])})
