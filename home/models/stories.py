"""Stories: the shop's magazine."""

from dataclasses import replace

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel
from wagtail.models import Page
from wagtail.search import index

from core.fields import ContentField
from core.pagination import page_of
from home.blocks import BodyStreamBlock, ProductChooserBlock
from home.forms.picture_panels import WIDE_PIXELS, PicturePanel
from home.selectors.cards import cards_for, chosen_cards
from home.selectors.privacy import public_only

from .base import BasePage


class StoryIndexPage(BasePage):
    """Lists the stories, newest first."""

    template = "pages/home/story_index_page.html"
    max_count_per_parent = 1
    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.StoryPage"]
    page_description = _("Lists the stories, newest first.")
    stories_per_page = 12

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        HelpPanel(
            heading=_("Stories"),
            content=_(
                "<p>Every published story below this page is listed on it by itself, newest first.</p>"
            ),
        ),
    ]

    class Meta:
        verbose_name = _("story index")

    @property
    def card_summary(self) -> str:
        return self.introduction or self.search_description

    def stories(self):
        """The published stories, newest first."""
        return public_only(StoryPage.objects.child_of(self).live()).order_by("-date", "-pk")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        stories = page_of(self.stories(), request.GET.get("page"), per_page=self.stories_per_page)
        context["stories"] = stories
        context["cards"] = cards_for(stories)
        return context


class StoryPage(BasePage):
    """One story."""

    template = "pages/home/story_page.html"
    parent_page_types = ["home.StoryIndexPage"]
    subpage_types = []
    page_description = _("An article about making, choosing or giving; can show products.")
    card_image_field = "picture"
    share_type = "article"

    introduction = models.CharField(
        _("introduction"),
        max_length=300,
        blank=True,
        help_text=_("One or two sentences below the title; also shown on cards and in search results."),
    )
    author = models.CharField(_("author"), max_length=80, blank=True)
    date = models.DateField(_("date"), default=timezone.localdate)
    picture = models.ForeignKey(
        "home.SiteImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown large above the story, and on cards."),
    )
    body = ContentField(BodyStreamBlock(), verbose_name=_("body"), blank=True)
    related_products = ContentField(
        [("product", ProductChooserBlock())],
        verbose_name=_("related products"),
        blank=True,
        max_num=4,
        help_text=_("Up to four products, shown below the story."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("author"), FieldPanel("date")]),
        FieldPanel("introduction"),
        PicturePanel("picture", least=WIDE_PIXELS),
        FieldPanel("body"),
        FieldPanel("related_products"),
    ]

    search_fields = [
        *BasePage.search_fields,
        index.SearchField("introduction"),
        index.SearchField("author"),
        index.SearchField("body"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("story")
        verbose_name_plural = _("stories")

    @property
    def card_summary(self) -> str:
        return self.introduction or self.search_description

    def card(self):
        return replace(super().card(), kicker=date_format(self.date))

    def pages_shown(self):
        return [*super().pages_shown(), *self._related_pages()]

    def _related_pages(self) -> list[Page]:
        return [block.value for block in self.related_products if block.value is not None]

    def structured_data(self, request):
        article = {
            "@context": "https://schema.org",
            "@type": "Article",
            "headline": self.title,
            "description": self.meta_description,
            "datePublished": self.date.isoformat(),
            "url": self.full_url,
        }
        if address := self.share_image_url():
            article["image"] = [address]
        if self.author:
            article["author"] = {"@type": "Person", "name": self.author}
        return [article]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["related_cards"] = chosen_cards(context["page_cards"], self._related_pages())
        return context
