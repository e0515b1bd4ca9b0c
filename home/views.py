"""Views that belong to the site as a whole."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """Answers 200 while the process serves requests."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may visit: everything but the pages that belong to one visitor."""
    return render(request, "robots.txt", content_type="text/plain")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Finds pages and SKUs."""
    return render(request, "pages/search.html")
