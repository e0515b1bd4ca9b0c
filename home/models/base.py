"""What every page of the site has in common."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.http import HttpRequest
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, ObjectList, TabbedInterface
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index
from wagtail.utils.decorators import cached_classmethod

from core.plain_text import PlainTextMixin
from home.blocks import pages_in
from home.selectors.cards import Card, cards_by_id, load_card_images
from home.selectors.privacy import is_surely_public
from home.selectors.routing import pages_along
from home.stems import stems_to_index

if TYPE_CHECKING:
    from .images import SiteRendition

PUBLIC_MAX_AGE_SECONDS = 60
SHARED_RENDITION = "fill-1200x630|format-jpeg"


class BasePage(PlainTextMixin, Page):
    """The parent of every page type of the site.

    A page is the same, byte for byte, for every visitor without a session: its template may use neither
    `csrf_token` nor `user` nor messages, so that anything between shop and visitor can keep a copy.
    """

    # Which ForeignKey to an image stands on the page's card.
    card_image_field = "social_image"
    # What the page is where somebody shares it (og:type).
    share_type = "website"
    # Whether it comes before other pages that a search finds just as well.
    is_for_sale = False
    # Tabs of the editor between Content and Promote: (panels, heading).
    extra_tabs: tuple[tuple[list, str], ...] = ()

    social_image = models.ForeignKey(
        "home.SiteImage",
        verbose_name=_("picture for sharing"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where somebody shares the page. Wide, at least 1200 × 630 pixels."),
    )

    search_fields = [*Page.search_fields, index.SearchField("stems")]

    promote_panels = [
        MultiFieldPanel(
            [FieldPanel("slug"), FieldPanel("seo_title"), FieldPanel("search_description")],
            heading=_("For search engines"),
        ),
        FieldPanel("social_image"),
    ]

    class Meta:
        abstract = True

    def route(self, request, path_components):
        """As Wagtail's, which asks twice for each level of the path; this finds the whole way at once.

        The first page on the way that has a `route` of its own decides about the rest of the path; without
        one, the deepest page does.
        """
        way = pages_along(self, path_components) if path_components else []
        if not way:
            return super().route(request, path_components)
        steps = next((n for n, page in enumerate(way, start=1) if _has_own_route(page)), len(way))
        page = way[steps - 1].specific
        page.trail = [*self.trail, self, *way[: steps - 1]]
        return page.route(request, path_components[steps:])

    @cached_property
    def trail(self) -> list[Page]:
        """The pages above this one, from the front page down."""
        return list(self.get_ancestors().filter(depth__gt=1)) if self.depth > 2 else []

    def get_view_restrictions(self):
        """As Wagtail's, but asks the database only where something may be private."""
        if is_surely_public([*self.trail, self]):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    @cached_classmethod
    def get_edit_handler(cls):
        tabs = [
            (cls.content_panels, _("Content")),
            *cls.extra_tabs,
            (cls.promote_panels, _("Promote")),
            (cls.settings_panels, _("Settings")),
        ]
        handler = TabbedInterface(
            [ObjectList(panels, heading=heading) for panels, heading in tabs if panels],
            base_form_class=cls.base_form_class,
        )
        return handler.bind_to_model(cls)

    @classmethod
    def cards(cls, pages: Sequence["BasePage"]) -> list[Card]:
        """Cards of pages of this type, in their order, in a constant number of queries.

        A page type that adds to its cards, such as prices, extends what this returns.
        """
        load_card_images(pages)
        return [page.card() for page in pages]

    def card(self) -> Card:
        """This page's card; lists use `cards`, which loads the pictures of all pages at once."""
        image = getattr(self, self.card_image_field)
        description = image.default_alt_text if image else ""
        return Card(
            title=self.title,
            url=self.url or "",
            summary=self.card_summary,
            image=image,
            # A screen reader would say the title twice.
            image_alt="" if description == self.title else description,
        )

    @property
    def stems(self) -> str:
        """For the search: the stems of every word of the page."""
        return " ".join(stems_to_index(self.searchable_text()))

    def searchable_text(self) -> str:
        """Everything by which a search finds this page."""
        fields = (field for field in self.get_search_fields() if type(field) is index.SearchField)
        values = (field.get_value(self) for field in fields if field.field_name != "stems")
        return " ".join(" ".join(value) if isinstance(value, list) else str(value) for value in values)

    @property
    def card_summary(self) -> str:
        """A sentence about the page for its card."""
        return self.search_description

    @property
    def meta_description(self) -> str:
        """What search engines show below the title."""
        return self.search_description or self.card_summary

    @property
    def share_image(self):
        """The image that stands for the page elsewhere; None leaves it to the brand's."""
        return self.social_image or getattr(self, self.card_image_field)

    @cached_property
    def share_rendition(self) -> "SiteRendition | None":
        """The copy of that image that is shown elsewhere; None without an image, or with an unusable one."""
        image = self.share_image
        return image.rendition_or_none(SHARED_RENDITION) if image else None

    def share_image_url(self) -> str:
        """The whole address of that copy; empty if there is none."""
        return self.share_rendition.full_url if self.share_rendition else ""

    def pages_shown(self) -> list[Page]:
        """The pages whose cards this page shows; their cards are loaded all at once."""
        return pages_in(getattr(self, "body", ()))

    def structured_data(self, request: HttpRequest) -> list[dict]:
        """schema.org objects (JSON-LD) that describe the page to search engines."""
        return []

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["is_anonymous"] = _is_anonymous(request)
        context["page_data"] = self.structured_data(request)
        context["page_cards"] = cards_by_id(self.pages_shown())
        return context

    def serve(self, request, *args, **kwargs):
        response = super().serve(request, *args, **kwargs)
        if response.has_header("Cache-Control"):
            return response
        if _is_anonymous(request):
            patch_cache_control(response, public=True, max_age=PUBLIC_MAX_AGE_SECONDS)
        else:
            patch_cache_control(response, private=True, no_cache=True)
        return response


def _has_own_route(page: Page) -> bool:
    return getattr(page.specific_class, "route", None) is not BasePage.route


def _is_anonymous(request: HttpRequest) -> bool:
    """Whether nobody can be logged in. Looks only for the cookie: asking the session would touch it."""
    return settings.SESSION_COOKIE_NAME not in request.COOKIES
