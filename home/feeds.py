"""The stories for feed readers."""

from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from home.models import StoryPage
from home.selectors.privacy import public_only
from home.selectors.site_frame import SiteFrame, site_frame

STORIES_IN_FEED = 20


class StoryFeed(Feed):
    """The newest published stories of the site."""

    def get_object(self, request: HttpRequest) -> SiteFrame:
        return site_frame(request)

    def title(self, site: SiteFrame) -> str:
        return _("Stories from %(shop)s") % {"shop": site.name}

    def description(self, site: SiteFrame) -> str:
        return site.tagline

    def link(self) -> str:
        return "/"

    def feed_url(self) -> str:
        return reverse("story_feed")

    def items(self, site: SiteFrame):
        stories = StoryPage.objects.live().filter(path__startswith=site.root_path)
        return public_only(stories).order_by("-date", "-pk")[:STORIES_IN_FEED]

    def item_title(self, story: StoryPage) -> str:
        return story.title

    def item_description(self, story: StoryPage) -> str:
        return story.card_summary

    def item_link(self, story: StoryPage) -> str:
        return story.full_url

    def item_author_name(self, story: StoryPage) -> str:
        return story.author

    def item_pubdate(self, story: StoryPage) -> datetime:
        return timezone.make_aware(datetime.combine(story.date, time.min))
