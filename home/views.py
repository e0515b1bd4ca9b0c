"""Views that belong to the site as a whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from home.models.base import PUBLIC_MAX_AGE_SECONDS
from home.selectors.search import find


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers 200 while the process serves requests."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=PUBLIC_MAX_AGE_SECONDS)
def favicon(request: HttpRequest) -> HttpResponse:
    """For browsers and crawlers that ask for the icon without reading the page."""
    return redirect(static("img/favicon.ico"))


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may visit: everything but the pages that belong to one visitor."""
    return render(request, "robots.txt", content_type="text/plain")


@require_safe
@cache_control(public=True, max_age=PUBLIC_MAX_AGE_SECONDS)
def search(request: HttpRequest) -> HttpResponse:
    """Finds pages of every type, products by their SKUs too."""
    found = find(request, text=request.GET.get("q", ""), page_number=request.GET.get("page"))
    return render(request, "pages/home/search.html", {"found": found})
