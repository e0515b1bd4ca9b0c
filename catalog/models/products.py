"""The page of a product group."""

from django.db import models
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.log_actions import log
from wagtail.models import Orderable

from catalog.blocks import CustomersCanvasBlock
from home.models import BasePage

from .skus import SkuTaken, check_skus

SCHEDULED = "wagtail.publish.scheduled"


def new_reference() -> str:
    """A random product reference, readable enough to be typed into the Hub."""
    return "pg-" + get_random_string(10, "abcdefghjkmnpqrstuvwxyz23456789")


class ProductGroupPage(BasePage):
    """What the Hub calls a product; its variants are what is sold."""

    template = "pages/product_group_page.html"
    parent_page_types = ["catalog.CategoryPage", "catalog.CatalogPage"]
    subpage_types = []
    page_description = _("A product with its variants, prices and pictures.")
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
        help_text=_("One sentence for cards, search results and search engines."),
    )
    picture = models.ForeignKey(
        "home.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown first on the page, and on cards."),
    )
    body = StreamField([("paragraph", blocks.RichTextBlock())], verbose_name=_("body"), blank=True)
    personalization = StreamField(
        [("customers_canvas", CustomersCanvasBlock())],
        verbose_name=_("personalization"),
        blank=True,
        max_num=1,
    )

    class Meta:
        verbose_name = _("product group")
        verbose_name_plural = _("product groups")

    def with_content_json(self, content):
        """As Wagtail's, but the reference stays the page's own, whatever an old revision says."""
        page = super().with_content_json(content)
        page.reference = self.reference
        return page

    def publish(self, revision, user=None, log_action=True, **kwargs):
        """Publishes a revision. Raises SkuTaken when another variant has got one of its SKUs meanwhile.

        A scheduled publication has nobody to tell, and an exception would keep every later page from being
        published: it is called off, and the page's history says why.
        """
        try:
            check_skus(revision.as_object())
        except SkuTaken as clash:
            if log_action != SCHEDULED:
                raise
            self._call_off_schedule(revision, reason=clash.messages[0])
            return None
        return super().publish(revision, user=user, log_action=log_action, **kwargs)

    def _call_off_schedule(self, revision, *, reason: str) -> None:
        self.revisions.update(approved_go_live_at=None)
        log(self, "catalog.publication_called_off", revision=revision, data={"reason": reason})


class ProductPicture(Orderable):
    """One more picture in a product's gallery."""

    page = ParentalKey(ProductGroupPage, on_delete=models.CASCADE, related_name="gallery")
    image = models.ForeignKey(
        "home.SiteImage", verbose_name=_("picture"), on_delete=models.CASCADE, related_name="+"
    )

    class Meta(Orderable.Meta):
        verbose_name = _("picture")
        verbose_name_plural = _("more pictures")

    def __str__(self) -> str:
        return self.image.title
