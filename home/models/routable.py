"""The parent of page types with routes of their own."""

from wagtail.contrib.routable_page.models import RoutablePageMixin

from .base import BasePage, say_who_may_keep


class RoutableBasePage(RoutablePageMixin, BasePage):
    """A `BasePage` whose own routes are kept by caches like its page.

    `RoutablePageMixin` alone leaves out `BasePage.serve`, and with it the header, where a route answers.
    """

    class Meta:
        abstract = True

    def serve(self, request, *args, **kwargs):
        return say_who_may_keep(super().serve(request, *args, **kwargs), request)
