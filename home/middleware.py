"""Middleware of the site as a whole."""

from django.urls import reverse


class AdminContentSecurityPolicyMiddleware:
    """Lets the Wagtail admin run its few inline scripts; every other page keeps the strict policy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_replace = {"script-src": ["'self'", "'unsafe-inline'"]}
        return response
