"""Every address of the shop. Wagtail's pages come last: they answer whatever is left."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from django.views.decorators.cache import cache_control
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from home.feeds import StoryFeed
from home.models.base import PUBLIC_MAX_AGE_SECONDS
from home.views import favicon, healthz, robots, search

to_login = RedirectView.as_view(pattern_name="account_login", query_string=True)

urlpatterns = [
    path("healthz/", healthz, name="healthz"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("favicon.ico", favicon, name="favicon"),
    path(
        "stories.rss",
        cache_control(public=True, max_age=PUBLIC_MAX_AGE_SECONDS)(StoryFeed()),
        name="story_feed",
    ),
    path("search/", search, name="search"),
    # One login for everybody: Wagtail's own neither limit the tries nor ask for the second factor.
    path("admin/login/", to_login),
    path("_util/login/", to_login),
    path("admin/", include(wagtailadmin_urls)),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/second-factor/", include("allauth.mfa.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("commerce.urls")),
    path("personalization/", include("personalization.urls")),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include(wagtail_urls)),
]
