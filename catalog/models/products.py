"""The page of a product group."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from django.db import IntegrityError, models, transaction
from django.utils.crypto import get_random_string
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable
from wagtail.search import index

from catalog.forms.products import ProductGroupForm
from catalog.mapping.blocks import CustomersCanvasBlock
from catalog.panels import product_content_panels, product_extra_tabs
from catalog.querysets import ProductGroupManager
from catalog.selectors.details import ProductDetails, product_details
from catalog.skus import check_skus
from catalog.structured_data import product_data
from core.fields import ContentField
from home.blocks import BodyStreamBlock
from home.forms.picture_panels import GALLERY_PIXELS, PicturePanel

from .branch import CatalogBranchPage


def new_reference() -> str:
    """A random product reference, readable enough to be typed into the Hub."""
    return "pg-" + get_random_string(10, "abcdefghjkmnpqrstuvwxyz23456789")


class ProductGroupPage(CatalogBranchPage):
    """What the Hub calls a product; its variants are what is sold."""

    template = "pages/catalog/product_group_page.html"
    parent_page_types = ["catalog.CategoryPage", "catalog.CatalogPage"]
    subpage_types = []
    page_description = _("A product with its variants, prices and pictures.")
    card_image_field = "picture"
    share_type = "product"
    base_form_class = ProductGroupForm
    # A copied page is another product: it must not take over the SKUs or the reference of the first.
    exclude_fields_in_copy = ["variants", "reference"]

    reference = models.SlugField(
        _("product reference"),
        max_length=100,
        unique=True,
        default=new_reference,
        help_text=_("This is what you type into the Hub's Connection. It never changes."),
    )
    summary = models.CharField(
        _("summary"),
        max_length=250,
        blank=True,
        help_text=_("One sentence below the title; also shown on cards and in search results."),
    )
    picture = models.ForeignKey(
        "home.SiteImage",
        verbose_name=_("main picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("First in the gallery, and the one on cards: 4 to 3, at least 1200 × 900 pixels."),
    )
    body = ContentField(BodyStreamBlock(), verbose_name=_("description"), blank=True)
    personalization = ContentField(
        [("customers_canvas", CustomersCanvasBlock())],
        verbose_name=_("personalization"),
        blank=True,
        max_num=1,
        help_text=_("Empty: the product is sold as it is, with an Add to cart button."),
    )

    content_panels = [*CatalogBranchPage.content_panels, *product_content_panels]
    extra_tabs = product_extra_tabs

    search_fields = [
        *CatalogBranchPage.search_fields,
        index.SearchField("summary", boost=2),
        index.SearchField("body"),
        index.RelatedFields("variants", [index.SearchField("sku_words"), index.SearchField("title")]),
        index.AutocompleteField("all_sku_words"),
        index.FilterField("reference"),
        index.FilterField("first_published_at"),
    ]

    objects = ProductGroupManager()

    # The lowest price among the variants on sale; set by `with_price_from` and `cards`.
    price_from: Decimal | None = None

    class Meta:
        verbose_name = _("product")
        verbose_name_plural = _("products")

    @property
    def card_summary(self) -> str:
        return self.summary or self.search_description

    @property
    def all_sku_words(self) -> str:
        """Everything that may be typed to find one of the SKUs."""
        return " ".join(
            f"{variant.sku_words} {variant.sku.replace('-', '')}" for variant in self.variants.all()
        )

    def searchable_text(self) -> str:
        titles = " ".join(variant.title for variant in self.variants.all())
        return f"{super().searchable_text()} {self.all_sku_words} {titles}"

    @cached_property
    def source(self) -> "ProductGroupPage":
        """The page whose variants are sold here: an alias shows those of the page it mirrors."""
        return self.alias_of.specific if self.alias_of_id else self

    @cached_property
    def details(self) -> ProductDetails:
        """Everything the page shows beyond its own fields, loaded once."""
        return product_details(self, others=ProductGroupPage.objects.live())

    @classmethod
    def cards(cls, pages: Sequence["ProductGroupPage"]):
        cls.objects.load_prices_from(pages)
        return super().cards(pages)

    def card(self):
        badge = _("Make it yours") if self.personalization else ""
        return replace(super().card(), price_from=self.price_from, badge=badge)

    def get_context(self, request, *args, **kwargs):
        return {**super().get_context(request, *args, **kwargs), "details": self.details}

    def structured_data(self, request):
        return [*super().structured_data(request), *product_data(self, self.details)]

    def save(self, *args, **kwargs):
        """Raises SkuTaken when somebody else has just given one of the SKUs to another product."""
        if self.alias_of_id:
            self._leave_variants_to_source()
        try:
            with transaction.atomic():
                return super().save(*args, **kwargs)
        except IntegrityError:
            check_skus(self)
            raise

    def _leave_variants_to_source(self) -> None:
        """An alias is filled from its source's content; SKUs and reference exist only once."""
        self.variants = []
        if self._state.adding:
            self.reference = new_reference()

    def with_content_json(self, content):
        """As Wagtail's, but the reference stays the page's own, whatever an old revision says."""
        page = super().with_content_json(content)
        page.reference = self.reference
        return page

    def check_publication(self, draft):
        super().check_publication(draft)
        check_skus(draft)


class ProductPicture(Orderable):
    """One more picture in a product's gallery."""

    page = ParentalKey(ProductGroupPage, on_delete=models.CASCADE, related_name="gallery")
    image = models.ForeignKey(
        "home.SiteImage", verbose_name=_("picture"), on_delete=models.CASCADE, related_name="+"
    )

    panels = [PicturePanel("image", least=GALLERY_PIXELS)]

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("more pictures")

    def __str__(self) -> str:
        return self.image.title
