"""Every address of the shop. Wagtail's pages come last: they answer whatever is left."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path, re_path
from django.views.decorators.cache import cache_control
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail import views as page_views
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.documents.views import serve as document_views

from home.accounts.views import ConfirmAddress
from home.admin_addresses import mend_admin_addresses
from home.feeds import StoryFeed
from home.models.base import PUBLIC_MAX_AGE_SECONDS
from home.page_passwords import limited
from home.views import favicon, healthz, robots, search

from .media import public_picture

mend_admin_addresses()
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
    re_path(
        r"^accounts/confirm-email/(?P<key>[-:\w]+)/$", ConfirmAddress.as_view(), name="account_confirm_email"
    ),
    path("accounts/", include("allauth.account.urls")),
    path("accounts/second-factor/", include("allauth.mfa.urls")),
    # Before those that Wagtail includes below, which know no limit.
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        limited(document_views.authenticate_with_password),
    ),
    path(
        "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
        limited(page_views.authenticate_with_password),
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("", include("commerce.urls")),
    path("personalization/", include("personalization.urls")),
    *static(settings.MEDIA_URL, view=public_picture),
    path("", include(wagtail_urls)),
]
