from django.http import HttpResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path

from home.models import BasePage, RoutableBasePage


class CalendarPage(RoutablePageMixin, BasePage):
    """A page type with two routes of its own below its address."""

    # Tests put it where they need it.
    parent_page_types = []

    @path("")
    def all_days(self, request):
        return HttpResponse("all days")

    @path("<int:year>/<int:month>/")
    def month(self, request, year, month):
        return HttpResponse(f"month {month} of {year}")


class WorkshopsPage(RoutableBasePage):
    """Routes that say nothing about caches, and one that does."""

    parent_page_types = []

    @path("free/")
    def free(self, request):
        return HttpResponse("free places")

    @path("mine/")
    def mine(self, request):
        return HttpResponse("mine", headers={"Cache-Control": "no-store"})
