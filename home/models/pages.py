"""The front page, and pages for everything that is neither a product nor a story."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from core.fields import ContentField
from home.blocks import LandingStreamBlock
from home.forms.picture_panels import WIDE_PIXELS, PicturePanel
from home.selectors.site_frame import site_frame

from .base import BasePage


class HomePage(BasePage):
    """The shop's front page, built of blocks; the first hero carries the page's headline."""

    template = "pages/home/home_page.html"
    max_count_per_parent = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["catalog.CatalogPage", "home.StandardPage", "home.StoryIndexPage"]
    page_description = _("The front page of the shop.")

    body = ContentField(LandingStreamBlock(), verbose_name=_("body"), blank=True)

    content_panels = [*BasePage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = _("home page")

    def structured_data(self, request):
        brand = site_frame(request)
        organization = {"@type": "Organization", "name": brand.name, "url": self.full_url}
        if brand.contact_email:
            organization["email"] = brand.contact_email
        website = {"@type": "WebSite", "name": brand.name, "url": self.full_url}
        return [{"@context": "https://schema.org", **thing} for thing in (organization, website)]


class StandardPage(BasePage):
    """A page about anything: delivery, contact, a campaign."""

    template = "pages/home/standard_page.html"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage"]
    page_description = _("A page about anything: delivery, contact, a campaign.")
    card_image_field = "picture"

    introduction = models.CharField(
        _("introduction"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences below the title; also shown on cards and in search results."),
    )
    picture = models.ForeignKey(
        "home.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown below the introduction, wide, and on cards."),
    )
    body = ContentField(LandingStreamBlock(), verbose_name=_("body"), blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        PicturePanel("picture", least=WIDE_PIXELS),
        FieldPanel("body"),
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("body"),
    ]

    class Meta:
        verbose_name = _("standard page")
        verbose_name_plural = _("standard pages")

    @property
    def card_summary(self) -> str:
        return self.introduction or self.search_description
