"""Middleware of shoppers."""

from .services.visitors import COOKIE_NAME, FORGOTTEN


class VisitorMiddleware:
    """Takes the visitor cookie away with the answer in which somebody logged in or out."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, FORGOTTEN, False):
            response.delete_cookie(COOKIE_NAME, samesite="Lax")
        return response
